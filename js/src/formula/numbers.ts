/** The numbers in formulas: what may be seen of an expression, as plain text. */
import type { Expression } from "../expression.ts";
import { text } from "../strings.ts";
import { type Entry, operationOf, sideOf } from "./notation.ts";
import { type Formula, number } from "./tree.ts";

export class FormulaNumbers {
  readonly #expression: Expression;

  constructor(expression: Expression) {
    this.#expression = expression;
  }

  value(i: number): Formula {
    return number(this.#expression.value(i));
  }

  /** Unknown as long as something is still to be added to it: no equation holds before. */
  gradient(i: number): Formula {
    const isPartial = this.#expression.numbers.isPartial(i);
    return number(isPartial ? text.unknown : this.#expression.gradient(i));
  }

  /**
   * A derivative: the sum over all entries, each the local one there, times the one after it where
   * `following` says that the way goes on through a part.
   */
  slope(entries: readonly Entry[], following: (at: Entry) => Entry | null): Formula {
    const { numbers } = this.#expression;
    let sum = 0;
    for (const at of entries) {
      const on = following(at);
      const isSeen = numbers.seesLocals(operationOf(at));
      if (!isSeen || (on !== null && !numbers.seesLocals(operationOf(on)))) {
        return number(text.unknown);
      }
      sum += on === null ? this.#local(at) : this.#local(at) * this.#local(on);
    }
    return number(sum);
  }

  #local(at: Entry): number {
    const to = operationOf(at);
    return this.#expression.local({ from: -1, to, slot: sideOf(at) });
  }
}

/** Whether gradients are those of the tape's own output, and not of something beyond it. */
export const isSeeded = ({ numbers, output }: Expression): boolean =>
  numbers.finalGradients[output] === 1;
