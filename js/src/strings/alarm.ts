/** What is said where numbers have gone bad. */
import { countText } from "../text.ts";

const others = (n: number): string =>
  n === 0 ? "" : ` and of ${countText(n)} more ${n === 1 ? "leaf" : "leaves"}`;

export const alarmText = {
  show: "Show it",
  showTitle: "Select it in the picture, opening the groups that it is in",
  leaf: (name: string) => `the leaf ${name}`,
  made: (name: string, formula: string) => (name === "" ? formula : `${name} = ${formula}`),
  is: (name: string, value: string) => `${name} = ${value}`,
  where: (at: string, operands: readonly string[]) =>
    operands.length === 0 ? at : `${at}, with ${operands.join(" and ")}`,
  value: (kind: string, where: string, bad: number, all: number) =>
    `${kind} begins at ${where}. ${countText(bad)} of ${countText(all)} values are not finite.`,
  gradient: (kind: string, whose: string, where: string, local: string) =>
    `The gradient of ${whose} becomes ${kind} at ${where}: local derivative ${local}.`,
  vanished: (whose: string, more: number, gradient: string, where: string, local: string) =>
    `The gradient of ${whose}${others(more)} has vanished: ${gradient}. ` +
    `Most is lost at ${where}: local derivative ${local}.`,
  exploded: (whose: string, more: number, gradient: string, where: string, local: string) =>
    `The gradient of ${whose}${others(more)} has exploded: ${gradient}. ` +
    `It grows most at ${where}: local derivative ${local}.`,
  rules: {
    vanished:
      "Vanished: the gradient of a leaf is below 10⁻¹² in size, and so is the largest product of " +
      "local derivatives along a path from it, even without its smallest factor from a product or " +
      "a power. A factor that is exactly 0 explains a gradient of 0, and is no reason to warn.",
    exploded:
      "Exploded: the gradient of a leaf is above 10¹² in size, and so is the largest product of " +
      "local derivatives along a path from it, even without its largest factor from a product or " +
      "a power.",
  },
} as const;
