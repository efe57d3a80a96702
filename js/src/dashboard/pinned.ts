/**
 * The end of a scale that stays where it is: it grows, by a large step, when a number would be off
 * it, and falls back only when it has become useless, as after numbers without bounds.
 */

const USELESS = 100;

/** The smallest of 1, 2 and 5 times a power of ten that is not below `x`. */
export function roundUp(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  // Powers of ten below 1 are not exact, so that a round number may seem to lie above itself.
  const factor = [1, 2, 5, 10].find((n) => n * power >= x * (1 - 1e-12))!;
  return Number((factor * power).toPrecision(1));
}

export class Pinned {
  readonly #least: number;
  #subject: unknown = null;
  #end: number;

  /** `least` is where it begins. */
  constructor(least: number) {
    this.#least = least;
    this.#end = least;
  }

  /** An end that has room for the numbers, and for those of the same subject before them. */
  around(subject: unknown, numbers: Iterable<number>): number {
    if (subject !== this.#subject) this.#end = this.#least;
    this.#subject = subject;
    let most = 0;
    for (const x of numbers) {
      const size = Math.abs(x);
      if (size > most && size < Number.POSITIVE_INFINITY) most = size;
    }
    if (most > this.#end) this.#end = roundUp(most);
    const useful = USELESS * Math.max(most, this.#least);
    if (this.#end > useful) this.#end = roundUp(useful / USELESS);
    return this.#end;
  }
}
