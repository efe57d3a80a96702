/** The chain rule as tables: a value's operands and the values that use it. */
import type { Expression } from "../expression.ts";
import { type Edge, operandEdges } from "../graph.ts";
import { text } from "../strings.ts";
import { html } from "./dom.ts";
import { link, MOST_ROWS, marked, table } from "./rows.ts";

export function operandsTable(
  expression: Expression,
  i: number,
  go: (index: number) => void,
): HTMLElement[] {
  const edges = operandEdges(expression.tape, i);
  if (edges.length === 0) return [];
  const gradient = expression.gradient(i);
  const home = expression.groups.home[i]!;
  const rows = edges.map((edge) => [
    link(expression, edge.from, home, go),
    gradient,
    expression.localText(edge),
    expression.contributionText(edge, marked),
  ]);
  const head = [text.operand, text.gradient, `× ${text.local}`, `=\u00a0${text.contribution}`];
  return [table(text.operands, head, rows)];
}

export function consumersTable(
  expression: Expression,
  i: number,
  go: (index: number) => void,
): HTMLElement[] {
  if (i === expression.output) return [html("p", { class: "mgw-note" }, text.noConsumers)];
  const { consumers } = expression;
  const home = expression.groups.home[i]!;
  const edges = consumers.edges(i, MOST_ROWS);
  const rows = edges.map((edge: Edge) => [
    link(expression, edge.to, home, go),
    expression.gradient(edge.to),
    expression.localText(edge),
    expression.contributionText(edge, marked),
  ]);
  const rest = consumers.count(i) - edges.length;
  if (rest > 0) rows.push([text.more(rest), "", "", ""]);
  if (rows.length > 1) rows.push([text.total, "", "", expression.gradient(i, marked)]);
  const head = [text.consumer, text.upstream, `× ${text.local}`, `=\u00a0${text.contribution}`];
  return [table(text.consumers, head, rows)];
}
