/** A few lines beside the pointer: the same as in the panel, only sooner. */
import { undrawnUses } from "../arrows.ts";
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import { groupGradientText, oldGroupGradient, onlyOutput } from "../grouped.ts";
import { countedBehind } from "../scene.ts";
import { text, values } from "../strings.ts";
import { countText, fullNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";
import { oldNumber } from "./rows.ts";

const DELAY_MS = 100;

export class Tooltip {
  readonly element = html("div", { class: "mgw-tooltip", "aria-hidden": "true", hidden: "" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #index: number | null = null;
  #content = (): HTMLElement[] => [];

  /** Shows a value or group beside a place of the page after a moment; null hides at once. */
  point(
    expression: Expression,
    fold: Fold,
    index: number | null,
    place: { clientX: number; clientY: number },
  ): void {
    if (index === this.#index) return;
    this.hide();
    this.#index = index;
    if (index === null) return;
    this.#content = () => lines(expression, fold, index);
    this.#timer = setTimeout(() => {
      this.element.replaceChildren(...this.#content());
      this.element.hidden = false;
      this.#moveTo(place);
    }, DELAY_MS);
  }

  /** The numbers have changed. */
  renew(): void {
    if (!this.element.hidden) this.element.replaceChildren(...this.#content());
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#index = null;
    this.element.hidden = true;
    this.element.replaceChildren();
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

const nameLine = (title: string) => html("div", { class: "mgw-name" }, isolated(title));
const wordsLine = (words: string) => html("div", { class: "mgw-formula" }, isolated(words));
const row = (word: string, number: string, old: string | null = null) =>
  html(
    "div",
    { class: "mgw-row" },
    html("span", {}, word),
    html("b", {}, number, ...oldNumber(old)),
  );

function lines(expression: Expression, fold: Fold, item: number): HTMLElement[] {
  if (expression.isGroup(item)) return groupLines(expression, fold, item);
  const { names } = expression;
  const isConstant = names.kind(item) === "constant";
  const title = isConstant ? text.constant : names.title(item);
  const formula = expression.formula(item);
  const undrawn = undrawnUses(expression, fold, item);
  return [
    nameLine(title),
    row(text.value, expression.fullValue(item), expression.oldValue(item, fullNumber)),
    row(text.gradient, expression.fullGradient(item), expression.oldGradient(item, fullNumber)),
    ...(formula === "" ? [] : [wordsLine(formula)]),
    ...(undrawn > 0 ? [wordsLine(text.undrawn(undrawn))] : []),
  ];
}

function groupLines(expression: Expression, fold: Fold, item: number): HTMLElement[] {
  const g = fold.contraction.groupOf(item);
  const counted = countedBehind(fold, item);
  const output = onlyOutput(expression, g);
  const gradient = groupGradientText(expression, g, fullNumber);
  const oldGradient = oldGroupGradient(expression, g, fullNumber);
  const numbers =
    output === null
      ? [
          row(text.outputs, countText(expression.groups.outputs(g).length)),
          row(text.gradientNorm, gradient, oldGradient),
        ]
      : [
          row(text.value, expression.fullValue(output), expression.oldValue(output, fullNumber)),
          row(text.gradient, gradient, oldGradient),
        ];
  const size = text.groupOf(values(expression.groups.size(g)));
  const behind = counted > 0 ? [wordsLine(text.countedLeaves(counted))] : [];
  return [nameLine(expression.names.group(g)), wordsLine(size), ...behind, ...numbers];
}
