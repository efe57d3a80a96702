/** What the picture of the network says. */
import { countText, MINUS, shortNumber } from "../text.ts";
import { signedNumber } from "./figures.ts";

export const DEAD_SIGN = "\u00d7";
export const SATURATED_SIGN = "=";

/** The sign is at the units themselves; where none has it, it is not spoken of. */
const marked = (n: number, sign: string): string => (n === 0 ? "" : `, marked ${sign}`);

const weights = (n: number): string => `${countText(n)} ${n === 1 ? "weight" : "weights"}`;

export const netviewText = {
  title: "Network",
  picture: "Units. Left and right arrows go by layer, up and down within it; Enter lists weights.",
  inputs: "inputs",
  layer: (layer: number) => `layer ${layer}`,
  output: "output",

  input: (name: string) => `input ${name}`,
  unit: (layer: number, place: number, isOutput: boolean) =>
    `layer ${layer}, neuron ${place + 1}${isOutput ? " (the output)" : ""}`,
  spokenInput: (name: string, outgoing: number) => `${name}: ${weights(outgoing)} lead on from it`,
  spokenUnit: (name: string, bias: number, state: string) =>
    `${name}: bias ${signedNumber(bias)}${state}`,
  spokenStates: { live: "", dead: ", dead", saturated: ", saturated" },
  marks: { dead: `${DEAD_SIGN} dead`, saturated: `${SATURATED_SIGN} saturated` },

  rest: "Point at a line or a unit to read it; click a line to select its weight.",
  wire: (name: string, value: number, gradient: number) =>
    `${name}: ${signedNumber(value)}, gradient ${signedNumber(gradient)}`,
  dead: (n: number, all: number) =>
    `${countText(n)} of ${countText(all)} units dead${marked(n, DEAD_SIGN)} ` +
    "(0 for every trained point)",
  saturated: (n: number, all: number) =>
    `${countText(n)} of ${countText(all)} units saturated${marked(n, SATURATED_SIGN)} ` +
    "(beyond \u00b10.97 for 95 % of the trained points)",
  mostLines: (n: number, all: number) =>
    `lines for the ${countText(n)} largest of ${countText(all)} weights`,
  noUnits: "no hidden layer: nothing can be dead or saturated",

  list: (name: string) => `Weights of ${name}`,
  close: "Close the list",
  bias: "bias",
  incoming: "Comes in from",
  outgoing: "Goes out to",
  selected: (name: string) => `${name} selected`,
  unselected: "No parameter selected",

  legend: "Legend",
  positive: "weight above 0",
  negative: "weight below 0",
  width: (most: number) => `widest from \u00b1${shortNumber(most)} on, the same at every step`,
  score: "output of a unit",
  ends: (most: number) => [`${MINUS}${most}`, `+${most}`] as const,
  scale: (most: number) => `log scale, full colour from \u00b1${most} on`,
  tanhScale: (most: number) =>
    `linear for tanh; for inputs and output log scale, full colour from \u00b1${most} on`,
  patterns: "output of a unit: dots above 0, stripes below 0, the denser the larger",
  biases: "bias above 0 (full), below 0 (hollow), by size",
} as const;
