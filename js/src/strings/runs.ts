/** What is said of runs that are there to be compared. */
import { countText } from "../text.ts";
import { percent, steadyNumber } from "./figures.ts";

export const runsText = {
  group: "Runs",
  title: "Runs to compare",
  help: "A setting that is changed at an earlier step begins a new run there; the old one stays.",
  onScreen: "on screen",
  first: "from the start",
  branched: (step: number, changes: string) =>
    changes === ""
      ? `left another run at step ${countText(step)}`
      : `left another run at step ${countText(step)}: ${changes}`,
  differs: (differences: string) => `from the start, with ${differences}`,
  final: (step: number, loss: number, accuracy: number) =>
    `step ${countText(step)}: loss ${steadyNumber(loss)}, accuracy ${percent(accuracy)}`,
  show: "Show",
  showTitle: (name: string) => `Show ${name} in all views`,
  forget: "Forget",
  forgetTitle: (name: string) => `Forget ${name}`,
  forgotten: (name: string) => `${name} is forgotten.`,
} as const;
