/**
 * Is the gradient right? Central differences against the chain rule; the twin of
 * `microgradwidgets/checks.py`. Any value can be moved as if it were a leaf.
 */
import { downstreamMask } from "./graph.ts";
import { result } from "./replay.ts";
import type { Tape } from "./tape.ts";

/** The cube root of the machine epsilon: about where truncation and rounding error meet. */
export const STEP = 6.055454452393343e-6;
export const RELATIVE_TOLERANCE = 1e-5;
export const ABSOLUTE_TOLERANCE = 1e-7;

export interface Check {
  readonly numerical: number;
  readonly error: number;
  readonly ok: boolean;
}

/** The numbers of one expression, to be moved one at a time. */
export class Checker {
  readonly #tape: Tape;
  readonly #data: Float64Array;
  readonly #moved: Float64Array;

  constructor(tape: Tape, data: Float64Array) {
    this.#tape = tape;
    this.#data = data;
    this.#moved = data.slice();
  }

  /** Whether a gradient agrees with the derivative that was measured for value `i`. */
  judge(i: number, gradient: number, numerical: number): Check {
    const error = Math.abs(numerical - gradient);
    // What rounding of the output alone does to a difference with the default step. With a smaller
    // one it does more, and that is not excused, so that it can be seen.
    const rounding = (4e-16 * Math.abs(this.#data.at(-1)!)) / (STEP * scaleOf(this.#data[i]!));
    const larger = Math.max(Math.abs(numerical), Math.abs(gradient));
    const allowed = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * larger + rounding;
    return { numerical, error, ok: Number.isFinite(error) && error <= allowed };
  }

  /** The derivative of the output by value `i`; NaN where the step is lost in rounding. */
  difference(i: number, step: number): number {
    const x = this.#data[i]!;
    const h = step * scaleOf(x);
    const above = x + h;
    const below = x - h;
    if (above === below) return Number.NaN;
    const after = this.#followers(i);
    const slope =
      (this.#outputAt(i, above, after) - this.#outputAt(i, below, after)) / (above - below);
    this.#moved[i] = x;
    for (const j of after) this.#moved[j] = this.#data[j]!;
    return slope;
  }

  /** What depends on value `i`, in order. */
  #followers(i: number): number[] {
    const mask = downstreamMask(this.#tape, [i]);
    const after: number[] = [];
    for (let j = i + 1; j < mask.length; j++) if (mask[j] === 1) after.push(j);
    return after;
  }

  #outputAt(i: number, number: number, after: readonly number[]): number {
    const data = this.#moved;
    data[i] = number;
    for (const j of after) data[j] = result(this.#tape, data, j);
    return data.at(-1)!;
  }
}

const scaleOf = (x: number): number => Math.max(1, Math.abs(x));
