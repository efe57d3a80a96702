/** Numbers sorted into bins of an axis that does not move. */

/** From a number to its place on the axis: 0 at the beginning, 1 at the end. */
export type Axis = (x: number) => number;

export interface Binned {
  readonly counts: Uint32Array;
  /** Numbers that are exactly zero have no sign, and stand in no bin of an axis with both signs. */
  readonly zeros: number;
  readonly notFinite: number;
  readonly least: number;
  readonly most: number;
}

/** What lies beyond an end of the axis is counted in the bin there. */
export function binned(numbers: Iterable<number>, axis: Axis, count: number): Binned {
  const counts = new Uint32Array(count);
  let [zeros, notFinite] = [0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of numbers) {
    if (!Number.isFinite(x)) {
      notFinite++;
      continue;
    }
    least = Math.min(least, x);
    most = Math.max(most, x);
    if (x === 0) {
      zeros++;
      continue;
    }
    const place = Math.floor(count * axis(x));
    counts[Math.max(0, Math.min(count - 1, place))]!++;
  }
  return { counts, zeros, notFinite, least, most };
}

export const linearAxis =
  (most: number): Axis =>
  (x) =>
    (x / most + 1) / 2;

/** Linear inside ± zone, where zero is; logarithmic on both sides of it. */
export const symlogAxis =
  (most: number, zone: number): Axis =>
  (x) =>
    ((Math.sign(x) * Math.log1p(Math.abs(x) / zone)) / Math.log1p(most / zone) + 1) / 2;

/** Decades, for numbers above zero. */
export const logAxis =
  (low: number, high: number): Axis =>
  (x) =>
    (Math.log10(x) - low) / (high - low);
