/** What the histograms say. */
import { countText, shortNumber } from "../text.ts";
import { signedNumber } from "./figures.ts";

const numbers = (n: number): string => `${countText(n)} ${n === 1 ? "number" : "numbers"}`;

export const histogramsText = {
  title: "Histograms",
  of: "Parameters of",
  all: "all layers",
  layer: (layer: number, isOutput: boolean) => `layer ${layer}${isOutput ? " (the output)" : ""}`,
  names: {
    weights: "Weights and biases",
    gradients: "Gradients",
    ratios: "|update| : |parameter|",
  },
  notes: {
    weights: "Linear axis.",
    gradients: (zone: string) => `Log scale on both sides of 0, linear inside \u00b1${zone}.`,
    ratios:
      "Log scale; what is beyond an end stands there. As a rule of thumb, a step changes parameters by about a thousandth of them " +
      "(the band around 10\u207b\u00b3): far to the left learning is slow, to the right it is rough.",
  },
  unknownUpdates: "What a loop of your own adds to the parameters is known only to Python.",
  zero: "0",
  range: (least: number, most: number) => `${signedNumber(least)} \u2026 ${signedNumber(most)}`,
  zeros: (n: number) => `${countText(n)} exactly 0`,
  noRatio: (n: number) => `${countText(n)} without a ratio (parameter 0)`,
  still: (n: number) => `${countText(n)} not changed at all`,
  notFinite: (n: number) => `${countText(n)} not finite`,
  nothing: "nothing to show",
  height: (n: number) => `up to ${countText(n)} in a bin`,
  tick: (x: number) => shortNumber(x),
  decade: (power: number) => `10${raised(power)}`,
  spoken: (name: string, n: number, facts: string) => `${name}: ${numbers(n)}, ${facts}`,
} as const;

const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

const raised = (n: number): string =>
  [...`${n}`].map((c) => (c === "-" ? "\u207b" : SUPERSCRIPTS[Number(c)]!)).join("");
