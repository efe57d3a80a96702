/**
 * Where a walk through the two passes halts in a picture: after every step at something drawn. What
 * happens inside a closed group, or at values that are not drawn, is taken together: a group is
 * done when the last of its values is.
 */
import type { Contraction } from "./contraction.ts";
import type { Passes, Phase } from "./passes.ts";

/** A place among the halts of one phase: the 2nd of 5. */
export interface Stage {
  readonly phase: Phase;
  readonly number: number;
  readonly of: number;
}

export class Stops {
  /** Positions in order; the last one is the end of the passes. */
  readonly #positions: readonly number[];
  /** How many of them are forward. */
  readonly #forward: number;

  constructor(passes: Passes, contraction: Contraction, isDrawn: (item: number) => boolean) {
    const done = (from: number, to: number) => {
      const last = new Map<number, number>();
      for (let p = from; p < to; p++) {
        const item = contraction.itemOf(passes.step(p).at);
        if (isDrawn(item)) last.set(item, p + 1);
      }
      return [...last.values()].sort((a, b) => a - b);
    };
    const { forward, count } = passes;
    const before = done(0, forward);
    const after = done(forward + 1, count);
    this.#forward = before.length;
    const positions = [...before, forward + 1, ...after];
    // What is left at the end is of values that are not drawn.
    if (positions.at(-1) !== count) positions.push(count);
    this.#positions = positions;
  }

  get count(): number {
    return this.#positions.length;
  }

  /** How many halts lie behind a position, that one included. */
  reached(position: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#positions[middle]! <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The position after so many halts. */
  position(reached: number): number {
    return reached <= 0 ? 0 : this.#positions[Math.min(reached, this.count) - 1]!;
  }

  isStop(position: number): boolean {
    return this.position(this.reached(position)) === position;
  }

  next(position: number): number {
    return this.position(this.reached(position) + 1);
  }

  previous(position: number): number {
    const reached = this.reached(position);
    return this.position(this.isStop(position) ? reached - 1 : reached);
  }

  /** Which halt of its phase the walk stands at; null at the start. */
  stage(position: number): Stage | null {
    const reached = this.reached(position);
    if (reached === 0) return null;
    const forward = this.#forward;
    if (reached <= forward) return { phase: "forward", number: reached, of: forward };
    if (reached === forward + 1) return { phase: "seed", number: 1, of: 1 };
    const passed = forward + 1;
    return { phase: "backward", number: reached - passed, of: this.count - passed };
  }
}
