/** The formulas of the selected value: how it is made, and the chain rule there. */
import { copy } from "../export/clipboard.ts";
import type { Expression } from "../expression.ts";
import { type Derivation, derive } from "../formula/derivation.ts";
import { latexLines } from "../formula/latex.ts";
import { sidesOf } from "../formula/mathml.ts";
import { Notation } from "../formula/notation.ts";
import { type Formula, holds } from "../formula/tree.ts";
import { exportText } from "../strings/export.ts";
import { formulaText } from "../strings/formulas.ts";
import { visibleText } from "../text.ts";
import { offerByHand } from "./byhand.ts";
import { html, isolated } from "./dom.ts";
import type { Desk, Part, Situation } from "./part.ts";

const WRITTEN = "written";

export function makeFormulas(desk: Desk): Part {
  return new Formulas(desk);
}

class Formulas implements Part {
  readonly element: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #lines = html("div", { class: "mgw-formula-lines" });
  readonly #source = html("span", { class: "mgw-source" });
  readonly #choice: HTMLSelectElement;
  #notation: Notation | null = null;
  #notationOf: Expression | null = null;
  #isWritten = true;
  /** What stands there now, as one text. */
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    const options = Object.entries(formulaText.notations);
    this.#choice = html(
      "select",
      {},
      ...options.map(([value, label]) => html("option", { value }, label)),
    );
    this.#choice.addEventListener("change", () => desk.traits.set("notation", this.#choice.value));
    const label = html("label", {}, html("span", {}, formulaText.notation), this.#choice);
    this.element = html(
      "details",
      { class: "mgw-fold mgw-formulas", open: "" },
      html("summary", {}, formulaText.formulas),
      html("div", { class: "mgw-formula-choice" }, label, this.#source),
      this.#lines,
    );
    this.element.addEventListener("toggle", () => this.update(desk.situation));
  }

  update(situation: Situation | null): void {
    const item = situation?.item ?? null;
    const isValue = situation !== null && item !== null && !situation.expression.isGroup(item);
    this.element.hidden = !isValue;
    // What is not seen must not be in the page either: it might be for a learner to find.
    if (!isValue || !this.element.open) {
      this.#clear();
      return;
    }
    const isWritten = this.#desk.traits.get("notation") !== "primitives";
    this.#choice.value = isWritten ? WRITTEN : "primitives";
    const notation = this.#notationFor(situation.expression, isWritten);
    this.#show(derive(situation.expression, notation, item), this.#sourceOf(item));
  }

  #clear(): void {
    this.#shown = "";
    this.#source.replaceChildren();
    this.#lines.replaceChildren();
  }

  #notationFor(expression: Expression, isWritten: boolean): Notation {
    if (this.#notationOf !== expression || this.#isWritten !== isWritten) this.#notation = null;
    this.#notationOf = expression;
    this.#isWritten = isWritten;
    const { tape, consumers } = expression;
    this.#notation ??= new Notation(tape, consumers, (i) => expression.value(i), isWritten);
    return this.#notation;
  }

  /** The line of the learner's code that made a value; empty where none is known. */
  #sourceOf(item: number): string {
    const sources = this.#desk.traits.get("sources");
    const found = Array.isArray(sources) ? sources.find((row) => row?.[0] === item) : undefined;
    return typeof found?.[1] === "string" ? found[1] : "";
  }

  /** Only what has changed is made anew: a button that has the focus keeps it. */
  #show(about: Derivation, source: string): void {
    const kinds: [kind: string, formulas: readonly Formula[]][] = [
      [formulaText.operation, [about.operation]],
      [formulaText.locals, about.locals],
      [formulaText.total, [about.total]],
      [formulaText.where, about.where],
    ];
    const shown = JSON.stringify([kinds, about.more, source]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const sections = kinds.flatMap(([kind, formulas]) => {
      if (formulas.length === 0) return [];
      const lines = formulas.map((formula) => equation(formula));
      const isCut = formulas === about.locals && about.more > 0;
      return [
        html("div", { class: "mgw-formula-kind" }, kind, this.#copyButton(kind, formulas)),
        ...lines,
        ...(isCut ? [note(formulaText.more(about.more))] : []),
      ];
    });
    const hasCondition = kinds.some(([, formulas]) => formulas.some((f) => holds(f, "condition")));
    this.#source.replaceChildren(...(source === "" ? [] : sourceLine(source)));
    this.#lines.replaceChildren(
      ...sections,
      ...(hasCondition ? [note(formulaText.condition)] : []),
    );
  }

  #copyButton(kind: string, formulas: readonly Formula[]): HTMLElement {
    const label = { "aria-label": formulaText.copyOf(kind) };
    const button = html(
      "button",
      { type: "button", class: "mgw-copy", ...label },
      formulaText.copy,
    );
    button.addEventListener("click", () => void this.#copy(kind, latexLines(formulas)));
    return button;
  }

  async #copy(kind: string, content: string): Promise<void> {
    const { root } = this.#desk;
    if (await copy(content, root)) {
      const words = exportText.copied(formulaText.latexOf(kind), content.length);
      this.#desk.say(words);
      this.#desk.hint(words);
    } else {
      offerByHand(content, root);
    }
  }
}

/** Between two sides a line may end; where a side is too long for one, between its terms too. */
const equation = (formula: Formula): HTMLElement => {
  const sides = sidesOf(formula).map((pieces) => html("span", { class: "mgw-side" }, ...pieces));
  return html("div", { class: "mgw-equation" }, ...sides.flatMap((side) => [side, " "]));
};

const note = (words: string): HTMLElement => html("div", { class: "mgw-formula-note" }, words);

const sourceLine = (source: string): HTMLElement[] => [
  html("span", {}, formulaText.source),
  html("code", {}, isolated(visibleText(source))),
];
