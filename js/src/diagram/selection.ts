/** The selected value or group, and what of it the model knows: a model knows values alone. */
import type { Expression } from "../expression.ts";
import { onlyOutput } from "../grouped.ts";
import type { Traits } from "./traits.ts";

export class Selection {
  /** A value, or a group, whose numbers follow those of the values. */
  item: number | null = null;
  readonly #traits: Traits;

  constructor(traits: Traits) {
    this.#traits = traits;
  }

  /** The value that the model has selected, if it is one. */
  wanted(expression: Expression | null): number | null {
    const wanted = this.#traits.get("selected");
    return expression?.has(wanted) ? wanted : null;
  }

  /** Whether the model means what is selected here already. */
  agrees(expression: Expression | null): boolean {
    return this.wanted(expression) === this.#valueOf(expression, this.item);
  }

  /** Tells the model. A group stands for its output, one of several outputs for none. */
  tell(expression: Expression | null): void {
    this.#traits.set("selected", this.#valueOf(expression, this.item));
  }

  #valueOf(expression: Expression | null, item: number | null): number | null {
    if (expression === null || item === null || expression.has(item)) return item;
    return onlyOutput(expression, item - expression.tape.count);
  }
}
