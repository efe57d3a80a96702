/** Everything about the selected value: what it was made from, and who passed which gradient on. */
import type { Expression } from "../expression.ts";
import { type Edge, operandEdges } from "../graph.ts";
import { text } from "../strings.ts";
import { fullNumber, isCut, shortNumber, visibleText } from "../text.ts";
import { html, isolated } from "./dom.ts";

/** A weight may be used thousands of times; more rows than this explain nothing. */
const MOST_ROWS = 30;

/** The panel of value `i`; `go` is called with the value a person asks for. */
export function panelContent(
  expression: Expression,
  i: number,
  go: (index: number) => void,
  close: () => void,
): HTMLElement[] {
  const { names } = expression;
  const isConstant = names.kind(i) === "constant";
  const closeButton = html(
    "button",
    { type: "button", class: "mgw-close", "aria-label": text.close },
    "×",
  );
  closeButton.addEventListener("click", close);
  const title = isConstant ? text.constant : names.title(i);
  const heading = html("div", { class: "mgw-panel-head" }, html("strong", {}, isolated(title)));
  const origin = html("div", { class: "mgw-origin" }, isolated(expression.origin(i)));
  const about = html(
    "div",
    { class: "mgw-about" },
    heading,
    ...wholeName(names.wholeLabel(i)),
    ...(isConstant ? [] : [origin]),
    numbers(expression, i),
    ...formulaOf(expression, i),
  );
  return [
    about,
    closeButton,
    ...operandsTable(expression, i, go),
    ...consumersTable(expression, i, go),
  ];
}

/** A very long label is written out on request only. */
function wholeName(label: string): HTMLElement[] {
  if (!isCut(label)) return [];
  const whole = html("div", { class: "mgw-whole" });
  const details = html("details", {}, html("summary", {}, text.showAll(label.length)), whole);
  details.addEventListener("toggle", () =>
    whole.replaceChildren(...(details.open ? [isolated(visibleText(label))] : [])),
  );
  return [details];
}

function numbers(expression: Expression, i: number): HTMLElement {
  return html(
    "dl",
    { class: "mgw-numbers" },
    html("dt", {}, text.value),
    html("dd", {}, fullNumber(expression.data[i]!)),
    html("dt", {}, text.gradient),
    html("dd", {}, fullNumber(expression.gradients[i]!)),
  );
}

function formulaOf(expression: Expression, i: number): HTMLElement[] {
  const formula = expression.formula(i);
  return formula === "" ? [] : [html("div", { class: "mgw-formula" }, isolated(formula))];
}

function operandsTable(
  expression: Expression,
  i: number,
  go: (index: number) => void,
): HTMLElement[] {
  const edges = operandEdges(expression.tape, i);
  if (edges.length === 0) return [];
  const gradient = expression.gradient(i);
  const rows = edges.map((edge) => [
    link(expression, edge.from, go),
    gradient,
    shortNumber(expression.local(edge)),
    marked(expression.contribution(edge)),
  ]);
  const head = [text.operand, text.gradient, `× ${text.local}`, `=\u00a0${text.contribution}`];
  return [table(text.operands, head, rows)];
}

function consumersTable(
  expression: Expression,
  i: number,
  go: (index: number) => void,
): HTMLElement[] {
  if (i === expression.output) return [html("p", { class: "mgw-note" }, text.noConsumers)];
  const { consumers } = expression;
  const edges = consumers.edges(i, MOST_ROWS);
  const rows = edges.map((edge: Edge) => [
    link(expression, edge.to, go),
    expression.gradient(edge.to),
    shortNumber(expression.local(edge)),
    marked(expression.contribution(edge)),
  ]);
  const rest = consumers.count(i) - edges.length;
  if (rest > 0) rows.push([text.more(rest), "", "", ""]);
  if (rows.length > 1) rows.push([text.total, "", "", marked(expression.gradients[i]!)]);
  const head = [text.consumer, text.upstream, `× ${text.local}`, `=\u00a0${text.contribution}`];
  return [table(text.consumers, head, rows)];
}

/** The sign once more as a shape. */
function marked(x: number): string {
  const mark = x > 0 ? "\u25b2 " : x < 0 ? "\u25bc " : "";
  return mark + shortNumber(x);
}

function link(expression: Expression, i: number, go: (index: number) => void): HTMLElement {
  const button = html(
    "button",
    { type: "button", class: "mgw-link" },
    isolated(expression.name(i)),
  );
  button.addEventListener("click", () => go(i));
  return button;
}

function table(caption: string, head: string[], rows: (Node | string)[][]): HTMLElement {
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
