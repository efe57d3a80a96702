/** A group of an expression in words and numbers, whether it is closed or open. */
import { aloud, type Expression } from "./expression.ts";
import { ROOT } from "./groups.ts";
import { text } from "./strings.ts";
import { oneLine, shortNumber } from "./text.ts";

/** The one value that comes out of a group, or null where there are several. */
export function onlyOutput({ groups }: Expression, g: number): number | null {
  const outputs = groups.outputs(g);
  return outputs.length === 1 ? outputs[0]! : null;
}

/** The gradient of the one output; of several the length of all their gradients together. */
export function groupGradient(
  { groups, gradients: own }: Expression,
  g: number,
  gradients = own,
): number {
  const outputs = groups.outputs(g);
  if (outputs.length === 1) return gradients[outputs[0]!]!;
  let squares = 0;
  for (const i of outputs) squares += gradients[i]! ** 2;
  return Math.sqrt(squares);
}

/** The same as a person may read it. */
export function groupGradientText(expression: Expression, g: number, write = shortNumber): string {
  const isSeen = expression.groups.outputs(g).every((i) => expression.numbers.seesGradient(i));
  return isSeen ? write(groupGradient(expression, g)) : text.unknown;
}

/** The same from before, where it reads otherwise. */
export function oldGroupGradient(
  expression: Expression,
  g: number,
  write = shortNumber,
): string | null {
  const { before, position } = expression.numbers;
  if (before === null || position !== null) return null;
  const old = write(groupGradient(expression, g, before.gradients));
  return old === groupGradientText(expression, g, write) ? null : old;
}

export const groupName = ({ names }: Expression, g: number): string => oneLine(names.group(g));

export const itemName = (expression: Expression, item: number): string =>
  expression.isGroup(item)
    ? groupName(expression, item - expression.tape.count)
    : expression.name(item);

/** "neuron 3 = 0.5, gradient 0.25, group of 33 values": what any item says of a group. */
export function spokenGroup(expression: Expression, g: number): string {
  const output = onlyOutput(expression, g);
  const gradient = aloud(groupGradientText(expression, g), oldGroupGradient(expression, g));
  const size = expression.groups.size(g);
  const name = groupName(expression, g);
  if (output !== null) {
    return text.groupOfOne(name, expression.valueAloud(output), gradient, size);
  }
  return text.groupOfMany(name, expression.groups.outputs(g).length, gradient, size);
}

export const spokenItem = (expression: Expression, item: number): string =>
  expression.isGroup(item)
    ? spokenGroup(expression, item - expression.tape.count)
    : expression.spoken(item);

/** Only the name and the numbers, for who has heard the rest. */
export function numbersAloud(expression: Expression, item: number): string {
  if (expression.isGroup(item)) return spokenGroup(expression, item - expression.tape.count);
  const name = expression.name(item);
  return text.aloud(name, expression.valueAloud(item), expression.gradientAloud(item));
}

/** Names of groups around a value; more of them would not help to find it. */
const MOST_NAMES = 8;

/**
 * Where a value or group stands, from the inside out: "neuron 3, layer 1"; empty for no group. Of a
 * sum nobody asks which part.
 */
export function placeName(expression: Expression, place: number): string {
  if (place === ROOT) return "";
  const { groups } = expression;
  const isPart = (g: number) => groups.isSum(g) && groups.isSum(groups.parent(g));
  const around = groups.chain(place).filter((g) => !isPart(g));
  const nearest = around.reverse().slice(0, MOST_NAMES);
  return nearest.map((g) => groupName(expression, g)).join(", ");
}

/** Whether a nan or an infinity that comes out of a group began inside. */
export function breaksInside(expression: Expression, g: number): boolean {
  const { data, groups, numbers } = expression;
  const isFine = (i: number) => !numbers.seesValue(i) || Number.isFinite(data[i]!);
  if (groups.outputs(g).every(isFine)) return false;
  return groups.members(g).some((i) => expression.breaks(i));
}
