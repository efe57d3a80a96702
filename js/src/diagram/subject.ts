/** What a figure is about: an expression, how far it is unfolded, and what of it is selected. */
import { Expression } from "../expression.ts";
import { Fold } from "../fold.ts";
import type { Trace } from "./keys.ts";
import type { Situation } from "./part.ts";
import { readNumbers } from "./reading.ts";
import { Selection } from "./selection.ts";
import type { Traits } from "./traits.ts";

export class Subject {
  readonly selection: Selection;
  /** What is lit besides what is selected. */
  trace: Trace = "both";
  readonly #traits: Traits;
  #expression: Expression | null = null;
  #fold: Fold | null = null;

  constructor(traits: Traits) {
    this.#traits = traits;
    this.selection = new Selection(traits);
  }

  /** Null while nothing can be shown. */
  get situation(): Situation | null {
    if (this.#expression === null || this.#fold === null) return null;
    return { expression: this.#expression, fold: this.#fold, item: this.selection.item };
  }

  /** Begins anew with a tape; an error tells what is wrong with it. */
  read(bytes: Uint8Array): void {
    this.forget();
    const expression = new Expression(bytes);
    readNumbers(expression, this.#traits);
    this.#expression = expression;
    this.#fold = new Fold(expression.tape, expression.groups);
    this.#fold.restore(this.#traits.get("unfolded"));
    this.selection.item = this.selection.wanted(expression);
  }

  forget(): void {
    this.#expression = null;
    this.#fold = null;
  }

  get isUnfoldedLikeModel(): boolean {
    const wanted = this.#traits.get("unfolded") ?? null;
    return JSON.stringify(this.#fold?.snapshot()) === JSON.stringify(wanted);
  }

  /** A value asked for may be one that is not drawn yet; says whether it has to be now. */
  revealSelected(): boolean {
    const { situation } = this;
    if (situation === null || situation.item === null) return false;
    return situation.fold.reveal(situation.item, situation.expression.consumers);
  }
}
