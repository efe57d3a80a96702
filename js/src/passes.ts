/**
 * The two passes as a sequence of steps: first every operation in turn works out its number, then
 * the output is given the gradient 1, and every operation passes its gradient on, in reverse.
 *
 * *Position* p means that the first p steps are done. A tape of n operations has 2n + 1 steps.
 */
import { Op } from "./arithmetic.ts";
import type { Tape } from "./tape.ts";

export type Phase = "forward" | "seed" | "backward";

export interface PassStep {
  readonly phase: Phase;
  /** The value that is worked out, or that passes its gradient on. */
  readonly at: number;
}

export class Passes {
  readonly #tape: Tape;
  /** The operations, operands before results. */
  readonly #operations: Int32Array;
  /** The position from which a value is known; 0 for a leaf. */
  readonly #known: Int32Array;
  /** Of every value but the output, which nothing uses. */
  readonly #lastUser: Int32Array;
  readonly #firstUser: Int32Array;

  constructor(tape: Tape) {
    this.#tape = tape;
    this.#known = new Int32Array(tape.count);
    this.#firstUser = new Int32Array(tape.count).fill(tape.count);
    this.#lastUser = new Int32Array(tape.count);
    const operations: number[] = [];
    for (let i = 0; i < tape.count; i++) {
      if (tape.ops[i] !== Op.leaf) this.#known[i] = operations.push(i);
      for (const operand of [tape.left[i]!, tape.right[i]!]) {
        if (operand < 0) continue;
        this.#lastUser[operand] = i;
        if (this.#firstUser[operand] === tape.count) this.#firstUser[operand] = i;
      }
    }
    this.#operations = Int32Array.from(operations);
  }

  /** How many steps forward. */
  get forward(): number {
    return this.#operations.length;
  }

  /** How many steps in all. */
  get count(): number {
    return 2 * this.forward + 1;
  }

  /** What the step after this position does. */
  step(position: number): PassStep {
    const { forward } = this;
    if (position < forward) return { phase: "forward", at: this.#operations[position]! };
    if (position === forward) return { phase: "seed", at: this.#tape.count - 1 };
    return { phase: "backward", at: this.#operations[2 * forward - position]! };
  }

  /** The position after which a value has passed its gradient on. */
  passedOn(i: number): number {
    return this.count + 1 - this.#known[i]!;
  }

  knowsValue(i: number, position: number): boolean {
    return this.#known[i]! <= position;
  }

  /** Whether a value has a gradient by now, though more may still be added to it. */
  hasGradient(i: number, position: number): boolean {
    if (position <= this.forward) return false;
    return i === this.#tape.count - 1 || this.#lastUser[i]! >= this.firstDone(position);
  }

  /** Whether nothing more will be added to the gradient of a value. */
  isComplete(i: number, position: number): boolean {
    return position > this.forward && this.#firstUser[i]! >= this.firstDone(position);
  }

  /** Of all operations that have passed their gradient on, the first on the tape. */
  firstDone(position: number): number {
    const done = position - this.forward - 1;
    return done <= 0 ? this.#tape.count : this.#operations[this.forward - done]!;
  }
}
