/** The figures of a lesson, of which one is on: each has a model of its own, as on a page. */
import { html } from "../diagram/dom.ts";
import { NUMBER_TRAITS, readNumbers, readTrait } from "../diagram/reading.ts";
import { Traits } from "../diagram/traits.ts";
import { Expression } from "../expression.ts";
import { bytesOf } from "../host.ts";
import type { MountOptions } from "../mounted.ts";
import { PageModel } from "../page/pagemodel.ts";
import type { StoredTraits } from "../page/restored.ts";
import type { Scene, Setting } from "./scenes.ts";

/** Puts a figure of any kind into an element; returns what takes it away again. */
export type Put = (options: MountOptions) => () => void;

/** Settings of a training, which make it another one. */
const TRAINED = ["learning_rate", "schedule", "alpha", "batch_size", "batch_seed", "optimizer"];

export class Stage {
  readonly element = html("div", { class: "mgw-scene-stage" });
  readonly #put: Put;
  readonly #changed: () => void;
  readonly #signal: AbortSignal;
  #shown: readonly StoredTraits[] = [];
  #models: (PageModel | undefined)[] = [];
  #traits: Traits[] = [];
  #expressions: (Expression | undefined)[] = [];
  #on: { readonly figure: number; end(): void } | null = null;
  #theme: unknown = "auto";
  #isEntering = false;

  /** Calls back after a figure has moved by itself: by what a learner did. */
  constructor(put: Put, changed: () => void, signal: AbortSignal) {
    this.#put = put;
    this.#changed = changed;
    this.#signal = signal;
  }

  /** Begins anew with other figures. */
  take(shown: readonly StoredTraits[]): void {
    this.#leave();
    this.#shown = shown;
    this.#models = [];
    this.#expressions = [];
  }

  /** Brings the figure of a scene to what the scene asks for; what is on already only moves. */
  enter({ figure, setting }: Scene): void {
    if (this.#isOtherTraining(figure, setting)) this.#beginAnew(figure, setting);
    const model = this.#modelOf(figure);
    this.#isEntering = true;
    // Older numbers would be those of another scene.
    model.setAll({ ...setting, ...("edits" in setting ? { ghosts: null } : { playing: false }) });
    this.#isEntering = false;
    if (this.#on?.figure === figure) return;
    this.#leave();
    this.#on = { figure, end: this.#put({ model, el: this.element, signal: this.#signal }) };
  }

  #isOtherTraining(figure: number, setting: Setting): boolean {
    const model = this.#modelOf(figure);
    return TRAINED.some((name) => name in setting && model.get(name) !== setting[name]);
  }

  /** A step is one of a training that had its settings from the beginning on. */
  #beginAnew(figure: number, setting: Setting): void {
    if (this.#on?.figure === figure) this.#leave();
    this.#models[figure] = undefined;
    this.#modelOf(figure).setAll({ ...setting, result: new Uint8Array(), playing: false });
  }

  /** A trait of the figure that is on. */
  get(name: string): unknown {
    return this.#on === null ? undefined : this.#modelOf(this.#on.figure).get(name);
  }

  set(name: string, value: unknown): void {
    if (this.#on !== null) this.#modelOf(this.#on.figure).set(name, value);
  }

  wear(theme: string): void {
    this.#theme = theme;
    for (const model of this.#models) model?.set("theme", theme);
  }

  /** The number of a value as the figure shows it: a question mark while it has not come. */
  number(node: number, of: "data" | "grad"): string {
    const expression = this.#on === null ? null : this.#expressionOf(this.#on.figure);
    if (!expression?.has(node)) return "";
    return of === "data" ? expression.value(node) : expression.gradient(node);
  }

  /** The same as a number, also where the figure does not show it yet. */
  truth(node: number, of: "data" | "grad"): number {
    const expression = this.#on === null ? null : this.#expressionOf(this.#on.figure);
    if (!expression?.has(node)) return Number.NaN;
    return (of === "data" ? expression.data : expression.numbers.finalGradients)[node]!;
  }

  #leave(): void {
    this.#on?.end();
    this.#on = null;
    this.element.replaceChildren();
  }

  #modelOf(figure: number): PageModel {
    let model = this.#models[figure];
    if (model === undefined) {
      model = new PageModel({ ...this.#shown[figure], theme: this.#theme, presenter: false });
      this.#models[figure] = model;
      this.#traits[figure] = this.#follow(figure, model);
      this.#expressions[figure] = undefined;
    }
    return model;
  }

  #follow(figure: number, model: PageModel): Traits {
    const names = new Set([...FOLLOWED, ...NUMBER_TRAITS]);
    const traits = new Traits(
      model,
      [...names],
      (name) => {
        if (this.#models[figure] !== model) return;
        const expression = this.#expressions[figure];
        // First of all: a text that is told of a change asks for the numbers.
        if (expression !== undefined) readTrait(expression, traits, name);
        if (!this.#isEntering && this.#on?.figure === figure) this.#changed();
      },
      this.#signal,
    );
    return traits;
  }

  /** Worked out a second time, and so only where a text quotes a number. */
  #expressionOf(figure: number): Expression {
    let expression = this.#expressions[figure];
    if (expression === undefined) {
      expression = new Expression(bytesOf(this.#modelOf(figure).get("tape")));
      readNumbers(expression, this.#traits[figure]!);
      this.#expressions[figure] = expression;
    }
    return expression;
  }
}

/** What a learner can move that a text follows. */
const FOLLOWED = [
  ...["step", "selected", "edits", "overlay", "direction", "predict", "selected_point"],
  ...TRAINED,
];
