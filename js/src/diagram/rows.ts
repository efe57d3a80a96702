/** The pieces that panels are made of: tables, links, numbers with their signs. */
import type { Expression } from "../expression.ts";
import { itemName, placeName } from "../grouped.ts";
import { ROOT } from "../groups.ts";
import { text } from "../strings.ts";
import { isCut, shortNumber, visibleText } from "../text.ts";
import { html, isolated } from "./dom.ts";

/** A weight may be used thousands of times; more rows than this explain nothing. */
export const MOST_ROWS = 30;

/** The sign once more as a shape. */
export function marked(x: number): string {
  const mark = x > 0 ? "\u25b2 " : x < 0 ? "\u25bc " : "";
  return mark + shortNumber(x);
}

/** The way to a value or group, and where that stands if it is in another group than this. */
export function link(
  expression: Expression,
  item: number,
  place: number,
  go: (item: number) => void,
): HTMLElement {
  const button = html(
    "button",
    { type: "button", class: "mgw-link" },
    isolated(itemName(expression, item)),
  );
  button.addEventListener("click", () => go(item));
  const there = placeOfItem(expression, item);
  if (there === place || there === ROOT) return button;
  const words = text.inPlace(placeName(expression, there));
  return html("span", {}, button, html("span", { class: "mgw-place" }, " ", isolated(words)));
}

const placeOfItem = ({ groups, tape }: Expression, item: number): number =>
  item < tape.count ? groups.home[item]! : groups.parent(item - tape.count);

export const heading = (title: string): HTMLElement =>
  html("div", { class: "mgw-panel-head" }, html("strong", {}, isolated(title)));

export const originLine = (words: string): HTMLElement =>
  html("div", { class: "mgw-origin" }, isolated(words));

/** A very long label is written out on request only. */
export function wholeName(label: string): HTMLElement[] {
  if (!isCut(label)) return [];
  const whole = html("div", { class: "mgw-whole" });
  const details = html("details", {}, html("summary", {}, text.showAll(label.length)), whole);
  details.addEventListener("toggle", () =>
    whole.replaceChildren(...(details.open ? [isolated(visibleText(label))] : [])),
  );
  return [details];
}

type NumberRow = readonly [word: string, number: string, old?: string | null];

export function numbersList(...rows: NumberRow[]): HTMLElement {
  const parts = rows.flatMap(([word, number, old]) => [
    html("dt", {}, word),
    html("dd", {}, number, ...oldNumber(old)),
  ]);
  return html("dl", { class: "mgw-numbers" }, ...parts);
}

/** "was 0", the number from before struck through. */
export const oldNumber = (old: string | null | undefined): (Node | string)[] =>
  old == null
    ? []
    : [" ", html("span", { class: "mgw-was" }, text.was(""), html("s", { class: "mgw-old" }, old))];

export function table(caption: string, head: string[], rows: (Node | string)[][]): HTMLElement {
  const body = rows.map(([name, ...cells]) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, name ?? ""),
      ...cells.map((cell) => html("td", {}, cell)),
    ),
  );
  const columns = head.map((word) => html("th", { scope: "col" }, word));
  return html(
    "div",
    { class: "mgw-table" },
    html(
      "table",
      {},
      html("caption", {}, caption),
      html("thead", {}, html("tr", {}, ...columns)),
      html("tbody", {}, ...body),
    ),
  );
}
