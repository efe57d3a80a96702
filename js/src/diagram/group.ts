/** The panel of a group: what is inside, what comes out of it, what goes in. */
import type { Expression } from "../expression.ts";
import { groupGradientText, oldGroupGradient, onlyOutput, placeName } from "../grouped.ts";
import { text, values } from "../strings.ts";
import { countText, fullNumber, shortNumber } from "../text.ts";
import type { PanelParts, PanelSections } from "./panel.ts";
import {
  heading,
  link,
  MOST_ROWS,
  marked,
  numbersList,
  originLine,
  table,
  wholeName,
} from "./rows.ts";
import { consumersTable } from "./uses.ts";

export function groupAbout({ expression, go }: PanelParts, g: number): PanelSections {
  const { groups, names } = expression;
  const place = placeName(expression, groups.parent(g));
  const size = text.groupOf(values(groups.size(g)));
  const about = [
    heading(names.group(g)),
    ...wholeName(groups.name(g)),
    originLine(place ? `${size}, ${text.inPlace(place)}` : size),
    groupNumbers(expression, g),
  ];
  const output = onlyOutput(expression, g);
  const made = enteringTable(expression, g, go);
  if (output === null) return [about, outputsTable(expression, g, go), ...made];
  return [about, ...made, ...consumersTable(expression, output, go)];
}

function groupNumbers(expression: Expression, g: number): HTMLElement {
  const output = onlyOutput(expression, g);
  const gradient = groupGradientText(expression, g, fullNumber);
  const oldGradient = oldGroupGradient(expression, g, fullNumber);
  if (output === null) {
    const outputs = countText(expression.groups.outputs(g).length);
    return numbersList([text.outputs, outputs], [text.gradientNorm, gradient, oldGradient]);
  }
  return numbersList(
    [text.value, expression.fullValue(output), expression.oldValue(output, fullNumber)],
    [text.gradient, gradient, oldGradient],
  );
}

function outputsTable(expression: Expression, g: number, go: (item: number) => void): HTMLElement {
  const outputs = expression.groups.outputs(g);
  const rows: (Node | string)[][] = outputs
    .slice(0, MOST_ROWS)
    .map((i) => [link(expression, i, g, go), expression.value(i), expression.gradient(i)]);
  if (outputs.length > MOST_ROWS) rows.push([text.more(outputs.length - MOST_ROWS), "", ""]);
  return table(text.comingOut, [text.output, text.value, text.gradient], rows);
}

/** What enters: for a group of one output with what it does to that, and so to the whole. */
function enteringTable(
  expression: Expression,
  g: number,
  go: (item: number) => void,
): HTMLElement[] {
  const output = onlyOutput(expression, g);
  const home = expression.groups.parent(g);
  if (output === null) {
    const uses = usesOfEntering(expression, g);
    const rows = firstRows(uses, (i, n) => [
      link(expression, i, home, go),
      expression.value(i),
      `${countText(n)}×`,
    ]);
    const head = [text.operand, text.value, text.uses];
    return rows.length === 0 ? [] : [table(text.operands, head, rows)];
  }
  const isSeen = expression.numbers.seesLocals(output);
  const rows = firstRows(expression.inside(g), (i, slope) => [
    link(expression, i, home, go),
    expression.gradient(output),
    isSeen ? shortNumber(slope) : text.unknown,
    isSeen && expression.numbers.seesGradient(output)
      ? marked(expression.gradients[output]! * slope)
      : text.unknown,
  ]);
  const head = [text.operand, text.gradient, `× ${text.through}`, `=\u00a0${text.contribution}`];
  return rows.length === 0 ? [] : [table(text.operands, head, rows)];
}

function firstRows(
  entering: ReadonlyMap<number, number>,
  row: (i: number, number: number) => (Node | string)[],
): (Node | string)[][] {
  const rows = [...entering].slice(0, MOST_ROWS).map(([i, number]) => row(i, number));
  const rest = entering.size - rows.length;
  if (rest > 0) rows.push([text.more(rest), ...rows[0]!.slice(1).map(() => "")]);
  return rows;
}

function usesOfEntering({ groups, tape }: Expression, g: number): Map<number, number> {
  const uses = new Map<number, number>();
  for (const i of groups.members(g)) {
    for (const operand of [tape.left[i]!, tape.right[i]!]) {
      if (operand < 0 || groups.holds(g, operand)) continue;
      uses.set(operand, (uses.get(operand) ?? 0) + 1);
    }
  }
  return uses;
}
