/** What the controls of the time say. */
import { countText } from "../text.ts";
import type { Row } from "../training/session.ts";
import { percent, steadyNumber } from "./figures.ts";

export const transportText = {
  group: "Steps of the training",
  reset: "Reset run",
  resetTitle: "Back to step 0, with all runs forgotten; the seeds stay",
  previous: "One step back (left arrow)",
  play: "Play (space)",
  pause: "Pause (space)",
  next: "One step on (right arrow)",
  first: "To step 0 (Home)",
  last: "To the last step taken (End)",
  slider: "Step on screen",
  step: "Step",
  stepTitle: "Type a step; those that have not been taken yet are taken",
  of: (last: number) => `of ${countText(last)} taken`,
  place: (step: number, last: number) => `step ${countText(step)} of ${countText(last)} taken`,
  speed: "Speed",
  speeds: { "0.5": "½×", "1": "1×", "2": "2×", "4": "4×", max: "as fast as possible" },
  /** Beside the speed, where nothing moves. */
  still: "",
  notAStep: (most: number, got: string) =>
    `Step: expected a whole number from 0 to ${countText(most)}, got: ${got}`,
  spoken: (row: Row) =>
    `Step ${countText(row.step)}: loss ${steadyNumber(row.loss)}, accuracy ${percent(row.accuracy)}.`,
} as const;
