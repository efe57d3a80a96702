/** A few lines beside the pointer: the same as in the panel, only sooner. */
import type { Expression } from "../expression.ts";
import { text } from "../strings.ts";
import { fullNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";

const DELAY_MS = 100;

export class Tooltip {
  readonly element = html("div", { class: "mgw-tooltip", "aria-hidden": "true", hidden: "" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #index: number | null = null;

  /** Shows value `index` beside a place of the page after a moment; null hides at once. */
  point(
    expression: Expression,
    index: number | null,
    place: { clientX: number; clientY: number },
  ): void {
    if (index === this.#index) return;
    this.hide();
    this.#index = index;
    if (index === null) return;
    this.#timer = setTimeout(() => {
      this.element.replaceChildren(...lines(expression, index));
      this.element.hidden = false;
      this.#moveTo(place);
    }, DELAY_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#index = null;
    this.element.hidden = true;
  }

  #moveTo({ clientX, clientY }: { clientX: number; clientY: number }): void {
    const parent = this.element.offsetParent;
    if (parent === null) return;
    const frame = parent.getBoundingClientRect();
    // A slide may be scaled: the frame's shown size against its own says by how much.
    const scale = frame.width / (parent as HTMLElement).offsetWidth || 1;
    const x = (clientX - frame.left) / scale + 14;
    const y = (clientY - frame.top) / scale + 16;
    const room = (parent as HTMLElement).offsetWidth - this.element.offsetWidth - 4;
    const below = y + this.element.offsetHeight < (parent as HTMLElement).offsetHeight;
    this.element.style.left = `${Math.max(4, Math.min(x, room))}px`;
    this.element.style.top = `${Math.max(4, below ? y : y - this.element.offsetHeight - 28)}px`;
  }
}

function lines(expression: Expression, i: number): HTMLElement[] {
  const { names } = expression;
  const isConstant = names.kind(i) === "constant";
  const title = isConstant ? text.constant : names.title(i);
  const row = (word: string, number: number) =>
    html("div", { class: "mgw-row" }, html("span", {}, word), html("b", {}, fullNumber(number)));
  const formula = expression.formula(i);
  return [
    html("div", { class: "mgw-name" }, isolated(title)),
    row(text.value, expression.data[i]!),
    row(text.gradient, expression.gradients[i]!),
    ...(formula === "" ? [] : [html("div", { class: "mgw-formula" }, isolated(formula))]),
  ];
}
