/** The names of what one glance tells. */
import { countText } from "../text.ts";

const FIGURE_SPACE = "\u2007";

export const glanceText = {
  group: "At a glance",
  step: "step",
  loss: "loss",
  testLoss: "test loss",
  accuracy: "accuracy",
  testAccuracy: "test accuracy",
  parameters: "parameters",
  rate: "speed",
  run: "run",
  /** As long for the first step as for the last. */
  place: (step: number, of: number) => {
    const [now, all] = [countText(step), countText(of)];
    return `${now} of ${all}${FIGURE_SPACE.repeat(Math.max(0, all.length - now.length))}`;
  },
  still: "paused",
} as const;
