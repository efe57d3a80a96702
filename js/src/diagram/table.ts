/** The same values as a table, for when no picture can be laid out. */
import type { Expression } from "../expression.ts";
import { operandEdges } from "../graph.ts";
import { text } from "../strings.ts";
import { fullNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";

export function valuesTable(expression: Expression, shown: readonly number[]): HTMLElement {
  const head = [text.name, text.operation, text.value, text.gradient, text.operands];
  const rows = [...shown]
    .reverse()
    .map((i) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, isolated(expression.name(i))),
        html("td", {}, expression.names.operation(i)),
        html("td", {}, fullNumber(expression.data[i]!)),
        html("td", {}, fullNumber(expression.gradients[i]!)),
        html("td", {}, isolated(operandNames(expression, i))),
      ),
    );
  const columns = head.map((word) => html("th", { scope: "col" }, word));
  return html(
    "div",
    { class: "mgw-table mgw-instead", tabindex: 0 },
    html("p", { class: "mgw-note" }, text.layoutFailed),
    html("table", {}, html("thead", {}, html("tr", {}, ...columns)), html("tbody", {}, ...rows)),
  );
}

const operandNames = (expression: Expression, i: number): string =>
  operandEdges(expression.tape, i)
    .map(({ from }) => expression.name(from))
    .join(", ");
