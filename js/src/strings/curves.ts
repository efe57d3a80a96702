/** What is said of the curves. */

import { countText } from "../text.ts";
import type { Row } from "../training/session.ts";
import { percent, steadyNumber } from "./figures.ts";

export const curvesText = {
  group: "Loss and accuracy",
  chart: "Loss and accuracy by step",
  chartHelp: "Left and right arrows move the read-out, Enter goes to its step.",
  loss: "loss",
  accuracy: "accuracy",
  step: "step",
  names: {
    loss: "total loss",
    dataLoss: "data loss",
    regLoss: "L2",
    testLoss: "test loss",
    accuracy: "accuracy",
    testAccuracy: "test accuracy",
  },
  scale: "Loss axis",
  scales: { linear: "linear", log: "logarithmic" },
  noZero: "A logarithmic axis has no zero: where a loss is 0, its line stops.",
  tooHigh: "A loss rose so high that the others look flat: try the logarithmic axis.",
  here: (step: number) => `At step ${countText(step)}, on screen:`,
  there: (step: number) => `At step ${countText(step)} (click or Enter goes there):`,
  value: (column: keyof Row, x: number) =>
    column === "accuracy" || column === "testAccuracy" ? percent(x) : steadyNumber(x),
  ghost: (name: string) => `${name}, loss`,
  /** A run that is shorter has nothing there. */
  ended: "ended",
  at: (step: number, values: string) => `step ${countText(step)}: ${values}`,
  goTo: (step: number) => `Go to step ${countText(step)}`,
  changed: (step: number, changes: string) => `Step ${countText(step)}: ${changes}`,
  branched: (step: number, run: string, changes: string) =>
    changes === ""
      ? `Step ${countText(step)}: ${run} begins to go its own way`
      : `Step ${countText(step)}: ${run} begins to go its own way, ${changes}`,
  more: (n: number) =>
    n === 1 ? "and one change before these" : `and ${countText(n)} changes before these`,
  fileTitle: "Loss and accuracy by training step",
} as const;
