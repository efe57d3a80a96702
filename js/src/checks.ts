/** Which gradients have been checked by now: worked out a little at a time, and kept. */
import { type Check, Checker } from "./check.ts";
import type { Expression } from "./expression.ts";
import { inSlices } from "./slices.ts";

/** While there is more to come the picture is not painted more often than this. */
const REST_MS = 100;

export class Checks {
  readonly #changed: () => void;
  #expression: Expression | null = null;
  #leavesVersion = -1;
  #step = 0;
  /** The derivative that was measured, by value. */
  #measured = new Map<number, number>();
  #checker: Checker | null = null;
  #wanted = new Set<number>();
  #work = new AbortController();

  /** Calls back when there is more to show, after what could be worked out at once. */
  constructor(changed: () => void, signal: AbortSignal) {
    this.#changed = changed;
    signal.addEventListener("abort", () => this.#work.abort(), { once: true });
  }

  /** Whether some of what is wanted is still being worked out. */
  get isWorking(): boolean {
    return this.#measured.size < this.#wanted.size;
  }

  /** Whether what was measured is of these numbers and this step. */
  suit(expression: Expression, step: number): boolean {
    const { leavesVersion } = expression.numbers;
    const isSame = expression === this.#expression && leavesVersion === this.#leavesVersion;
    return isSame && step === this.#step;
  }

  /** Measures these values, and lets go of what was measured of other numbers or steps. */
  want(values: readonly number[], expression: Expression, step: number): void {
    const isSame = this.suit(expression, step);
    if (isSame && values.every((i) => this.#wanted.has(i))) return;
    this.#work.abort();
    this.#work = new AbortController();
    if (!isSame) {
      this.#measured = new Map();
      this.#wanted = new Set();
      this.#checker = new Checker(expression.tape, expression.data);
      this.#expression = expression;
      this.#leavesVersion = expression.numbers.leavesVersion;
      this.#step = step;
    }
    for (const i of values) this.#wanted.add(i);
    void this.#measure(this.#checker!, this.#measured, this.#work.signal);
  }

  /** How the gradient shown compares with what was measured; null while that is not known. */
  of(i: number): Check | null {
    const measured = this.#measured.get(i);
    if (measured === undefined || this.#expression === null) return null;
    return this.#checker!.judge(i, this.#expression.gradients[i]!, measured);
  }

  async #measure(
    checker: Checker,
    measured: Map<number, number>,
    signal: AbortSignal,
  ): Promise<void> {
    const missing = [...this.#wanted].filter((i) => !measured.has(i));
    let painted: number | null = null;
    const between = () => {
      const now = performance.now();
      if (painted !== null && now - painted < REST_MS) return;
      painted = now;
      this.#changed();
    };
    const work = (i: number) => measured.set(i, checker.difference(i, this.#step));
    await inSlices(missing, work, signal, between);
    if (painted !== null && !signal.aborted) this.#changed();
  }
}
