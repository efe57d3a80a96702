/** What is said of the selected parameter. */
import { countText, MINUS } from "../text.ts";

const points = (n: number): string => `${countText(n)} ${n === 1 ? "point" : "points"}`;
const SHAPES = { 1: "\u25cf", [-1]: "\u25b2" } as const;

export const weightText = {
  title: "Selected parameter",
  nothing:
    "None yet. Click a line of the network, or a row of the table: here is then what it is " +
    "multiplied by, and what each point adds to its gradient.",
  letGo: "Let go of the parameter",
  value: "value",
  gradient: "gradient",
  update: "update",
  unknown: "known only to Python",
  atStep: (step: number) => `at step ${countText(step)}`,
  weightUse: (unit: string, from: string) => `In ${unit} it is multiplied by what ${from} gives.`,
  unknownUse: (unit: string) => `In ${unit} it is multiplied by a value that is no unit.`,
  biasUse: (unit: string) => `In ${unit} it is added to the weighted sum: its bias.`,
  noUse: "No unit uses it.",

  shares: "What makes up its gradient",
  sharesOf: (n: number, isBatch: boolean) =>
    `The share of each of the ${points(n)}${isBatch ? " in the batch of this step" : ""}, ` +
    "the largest first; a click opens the point's own graph.",
  example: (i: number, label: number) =>
    `point ${countText(i + 1)} ${label > 0 ? SHAPES[1] : SHAPES[-1]}`,
  exampleTitle: (i: number, label: number) =>
    `Point ${countText(i + 1)}, class ${label > 0 ? "1" : `${MINUS}1`}: select it`,
  penalty: "L2 penalty",
  rest: (n: number, zeros: number) => {
    const others = `the other ${points(n)}`;
    if (zeros === 0) return others;
    return `${others} (${zeros === n ? "all" : countText(zeros)} exactly 0)`;
  },
  more: (n: number) => `List ${countText(n)} more`,
  less: "List fewer",
  rounding: "rounding",
  sum: "sum: the gradient",
} as const;
