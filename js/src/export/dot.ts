/** The expression in Graphviz's own language: the very text that Python's `to_dot` writes. */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import { type Edge, operandEdges } from "../graph.ts";
import type { Direction } from "../layout/dot.ts";
import { text } from "../strings.ts";
import { countText, isolatedText } from "../text.ts";
import { exactText, numberText } from "./plain.ts";

/** Graphviz lays so many out in a fraction of a second, and ten times as many hardly ever. */
export const DOT_LIMIT = 1000;

const FILL: ReadonlyMap<number, string> = new Map([
  [1, "#d6e8f5"],
  [0, "#f0f0f0"],
  [-1, "#fde6cc"],
]);

/** One box per value, the local derivative per edge; of a large expression the end alone. */
export function dotOf(
  expression: Expression,
  direction: Direction = "LR",
  limit = DOT_LIMIT,
): string {
  const { tape } = expression;
  const seen = seenOf(expression);
  const drawn = nearest(expression, limit);
  const lines = [
    `graph [rankdir=${direction}, bgcolor=white];`,
    'node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11];',
    'edge [fontname=Helvetica, fontsize=9, color="#555555"];',
    ...drawn.map((i) => nodeLine(expression, seen, i)),
  ];
  const isDrawn = new Set(drawn);
  for (const edge of drawn.flatMap((i) => operandEdges(tape, i))) {
    if (!isDrawn.has(edge.from)) continue;
    const slope = seen.local(edge);
    const style = slope !== null && slope < 0 ? ", style=dashed" : "";
    lines.push(`v${edge.from} -> v${edge.to} [label="${written(slope)}"${style}];`);
  }
  if (drawn.length < tape.count) {
    const note = `${countText(tape.count)} values in all, the last ${countText(drawn.length)} drawn`;
    lines.push(`more [shape=plaintext, style="", label="${note}"];`);
  }
  return `digraph microgradwidgets {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** The values fewest steps before the output, in the order of the tape. */
function nearest({ tape, output }: Expression, limit: number): number[] {
  if (limit >= tape.count) return [...tape.ops.keys()];
  const found = new Set([output]);
  for (const i of found) {
    for (const { from } of operandEdges(tape, i)) if (found.size < limit) found.add(from);
  }
  return [...found].sort((a, b) => a - b);
}

/** The numbers at the end of both passes; null for what a learner is still to guess. */
interface Seen {
  value(i: number): number | null;
  gradient(i: number): number | null;
  local(edge: Edge): number | null;
}

function seenOf(expression: Expression): Seen {
  const { data, numbers } = expression;
  if (!numbers.isGuessing) {
    return {
      value: (i) => data[i]!,
      gradient: (i) => numbers.finalGradients[i]!,
      local: (edge) => expression.local(edge),
    };
  }
  return {
    value: (i) => (numbers.seesValue(i) ? data[i]! : null),
    gradient: (i) => (numbers.seesGradient(i) ? numbers.gradients[i]! : null),
    local: (edge) => (numbers.seesLocals(edge.to) ? expression.local(edge) : null),
  };
}

const written = (x: number | null): string => (x === null ? text.unknown : numberText(x));

function nodeLine({ tape, names }: Expression, seen: Seen, i: number): string {
  const isLeaf = tape.ops[i] === Op.leaf;
  const name = names.label(i);
  const gradient = seen.gradient(i);
  const parts = [
    ...(name === "" ? [] : [quoted(name)]),
    ...(name === "" && isLeaf ? [`v${i}`] : []),
    `data=${written(seen.value(i))}`,
    `grad=${written(gradient)}`,
    ...(isLeaf ? [] : [`op=${operation(tape.ops[i]!, tape.constants[i]!)}`]),
  ];
  const fill = FILL.get(Math.sign(gradient ?? 0) || 0);
  return `v${i} [label="${parts.join("\\n")}", fillcolor="${fill}"];`;
}

const SYMBOL: ReadonlyMap<number, string> = new Map([
  [Op.add, "+"],
  [Op.sub, "-"],
  [Op.mul, "*"],
  [Op.neg, "neg"],
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "sigmoid"],
]);

const operation = (op: number, exponent: number): string =>
  op === Op.pow ? `**${exactText(exponent)}` : SYMBOL.get(op)!;

/**
 * Graphviz reads entities first and escapes second, so they are written in the other order; lines
 * with nothing in them make it crash, and become a space.
 */
const quoted = (label: string): string =>
  isolatedText(label)
    .split("\n")
    .map((line) => line || " ")
    .join("\n")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
