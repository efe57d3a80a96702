/** What the stepper says. */
import { Op } from "../arithmetic.ts";
import { countText } from "../text.ts";

/** How an operation is called when it is read aloud. */
export const SPOKEN_OPERATION: ReadonlyMap<number, string> = new Map([
  [Op.add, "plus"],
  [Op.sub, "minus"],
  [Op.mul, "times"],
  [Op.neg, "negation"],
  [Op.pow, "power"],
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "sigmoid"],
]);

const PHASES = { forward: "Forward", backward: "Backward" } as const;

export const stepsText = {
  group: "Stepper",
  begin: "Step through",
  beginTitle: "Begin with the leaves alone, and work out one number after the other",
  showAll: "Show all",
  showAllTitle: "Leave the steps, and show all numbers",
  first: "First (Home)",
  previous: "Back one step (left arrow)",
  play: "Play (space)",
  pause: "Pause (space)",
  next: "Next step (right arrow)",
  last: "Last (End)",
  slider: "Step",
  place: (step: number, of: number) => `step ${countText(step)} of ${countText(of)}`,
  allShown: "all shown",
  speed: "Speed",
  speeds: { "0.5": "½×", "1": "1×", "2": "2×", "4": "4×", all: "as fast as possible" },

  rest: "All numbers are shown. Stepping through them, values come forward, then gradients backward.",
  start: "Start: the leaves have their numbers, and nothing else has.",
  stage: (phase: keyof typeof PHASES, number: number, of: number) =>
    `${PHASES[phase]} ${countText(number)} of ${countText(of)}`,
  forward: (stage: string, formula: string) => `${stage}: ${formula}.`,
  forwardGroup: (stage: string, name: string, value: string, size: string) =>
    `${stage}: ${name}, a group of ${size}, is worked out: ${value}.`,
  forwardOutputs: (stage: string, name: string, outputs: string, size: string) =>
    `${stage}: ${name}, a group of ${size}, is worked out: ${outputs}.`,
  seed: (name: string) => `Output: the gradient of ${name} by itself is 1.`,
  backward: (stage: string, operation: string, name: string) =>
    name === "" || name === operation
      ? `${stage}: ${operation}.`
      : `${stage}: ${operation}, at ${name}.`,
  backwardGroup: (stage: string, name: string, size: string) =>
    `${stage}: through ${name}, a group of ${size}.`,
  adds: (upstream: string, local: string, contribution: string, name: string) =>
    `Upstream ${upstream} by local ${local} adds ${contribution} to ${name}`,
  addsInAll: (contribution: string, name: string) => `It adds ${contribution} to ${name}`,
  isNow: (name: string, gradient: string, isPartial: boolean) =>
    `the gradient of ${name} is now ${gradient}${isPartial ? " so far" : ""}`,
  others: (n: number) =>
    n === 1
      ? "One more operand receives something."
      : `${countText(n)} more operands receive something.`,
  constant: (number: string) => `constant ${number}`,
  between: (step: number, of: number, place: string) =>
    `Step ${countText(step)} of ${countText(of)}, ${place}.`,
  inside: (name: string) => `inside ${name}`,
  undrawn: "at a value that is not drawn",
  remaining: (stage: string) => `${stage}: all that is not drawn passes its gradient on.`,
  soFar: "so far",
  seedSum: "gradient 1",
} as const;
