/** The numbers shown beside the older ones: how many have changed, and which most. */
import type { Comparison, Quantity } from "../comparison.ts";
import type { Expression } from "../expression.ts";
import { ROOT } from "../groups.ts";
import { compareText } from "../strings/compare.ts";
import { shortNumber } from "../text.ts";
import { html, refill } from "./dom.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { link, marked, table } from "./rows.ts";
import { button } from "./toolbar.ts";

/** So many of each kind at first. */
const SOME = 5;
/** So many more each time that somebody asks. */
const MORE = 10;

export const makeCompare = (desk: Desk): Part => new Compare(desk);

class Compare implements Part {
  readonly element = html("details", { class: "mgw-compare", hidden: "" });
  readonly #summary = html("summary");
  readonly #body = html("div", { class: "mgw-compare-body" });
  readonly #tables = html("div", { class: "mgw-compare-tables" });
  readonly #more: HTMLButtonElement;
  readonly #note = html("p", { class: "mgw-note" });
  readonly #desk: Desk;
  #comparison: Comparison | null = null;
  #most = SOME;
  /** Whether this is about two states, and not about a change of leaves. */
  #isOfStates = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#more = button(compareText.more, "", () => this.#showMore());
    this.#body.append(this.#tables, this.#more, this.#note);
    this.element.append(this.#summary, this.#body);
    this.element.addEventListener("toggle", () => this.#fill(), { signal: desk.signal });
  }

  update(situation: Situation | null): void {
    const comparison = situation?.expression.comparison ?? null;
    if (comparison === this.#comparison) return;
    this.#comparison = comparison;
    this.element.hidden = comparison === null;
    const isOfStates = comparison !== null && !Array.isArray(this.#desk.traits.get("ghosts"));
    if (isOfStates && !this.#isOfStates) this.element.open = true;
    if (!isOfStates && this.#isOfStates) this.element.open = false;
    this.#isOfStates = isOfStates;
    this.#most = SOME;
    this.#fill();
  }

  #showMore(): void {
    const shown = this.#links().length;
    this.#most += MORE;
    this.#fill();
    // The button may be gone, and the focus with it.
    if (this.#more.hidden)
      this.#links()
        .at(Math.min(shown, this.#links().length - 1))
        ?.focus();
  }

  #links(): HTMLElement[] {
    return [...this.#tables.querySelectorAll<HTMLElement>("button")];
  }

  #fill(): void {
    const [comparison, situation] = [this.#comparison, this.#desk.situation];
    if (comparison === null || situation === null) {
      this.#tables.replaceChildren();
      return;
    }
    const { expression } = situation;
    const hasGradients = expression.numbers.position === null;
    const gradients = hasGradients ? comparison.count("gradient") : null;
    const counts = compareText.counts(comparison.count("value"), gradients, expression.tape.count);
    const what = this.#isOfStates ? compareText.withState : compareText.withBefore;
    this.#summary.textContent = compareText.summary(what, counts);
    if (!this.element.open) return;
    const tables = (["value", "gradient"] as const).filter((of) => comparison.count(of) > 0);
    const filled = tables.map((of) => this.#table(expression, comparison, of));
    refill(this.#tables, filled);
    this.#more.hidden = tables.every((of) => comparison.count(of) <= this.#most);
    this.#note.textContent = tables.length > 0 ? compareText.measure : compareText.none;
  }

  #table(expression: Expression, comparison: Comparison, of: Quantity): HTMLElement {
    const rows = comparison
      .largest(of, this.#most)
      .map(({ at, before, now, difference }) => [
        link(expression, at, ROOT, (item) => this.#desk.go(item)),
        shortNumber(before),
        shortNumber(now),
        marked(difference),
      ]);
    return table(compareText.tables[of], [...compareText.head], rows);
  }
}
