/** The same values as a table, for when no picture can be laid out. */
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import { operandEdges } from "../graph.ts";
import { groupGradientText, groupName, itemName, onlyOutput } from "../grouped.ts";
import { text, values } from "../strings.ts";
import { fullNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";

/** A group may be made from hundreds of weights. */
const MOST_OPERANDS = 12;

export function valuesTable(expression: Expression, fold: Fold): HTMLElement {
  const head = [text.name, text.operation, text.value, text.gradient, text.operands];
  const rows = [...fold.shown].reverse().map((item) => {
    const [name, operation, value, gradient, operands] = expression.isGroup(item)
      ? groupCells(expression, fold, item)
      : valueCells(expression, item);
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, isolated(name)),
      html("td", {}, operation),
      html("td", {}, value),
      html("td", {}, gradient),
      html("td", {}, isolated(operands.join(", "))),
    );
  });
  const columns = head.map((word) => html("th", { scope: "col" }, word));
  return html(
    "div",
    { class: "mgw-table mgw-instead", tabindex: 0 },
    html("p", { class: "mgw-note" }, text.layoutFailed),
    html("table", {}, html("thead", {}, html("tr", {}, ...columns)), html("tbody", {}, ...rows)),
  );
}

type Cells = readonly [
  name: string,
  operation: string,
  value: string,
  gradient: string,
  operands: readonly string[],
];

const valueCells = (expression: Expression, i: number): Cells => [
  expression.name(i),
  expression.names.operation(i),
  expression.fullValue(i),
  expression.fullGradient(i),
  operandEdges(expression.tape, i).map(({ from }) => expression.name(from)),
];

function groupCells(expression: Expression, fold: Fold, item: number): Cells {
  const g = fold.contraction.groupOf(item);
  const output = onlyOutput(expression, g);
  const operands = fold.contraction.operands(item).slice(0, MOST_OPERANDS);
  return [
    groupName(expression, g),
    text.groupOf(values(expression.groups.size(g))),
    output === null
      ? text.someOutputs(expression.groups.outputs(g).length)
      : expression.fullValue(output),
    groupGradientText(expression, g, fullNumber),
    operands.map((operand) => itemName(expression, operand)),
  ];
}
