/** The names of what one glance tells. */
import { countText } from "../text.ts";

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
  place: (step: number, of: number) => `${countText(step)} of ${countText(of)}`,
  still: "paused",
} as const;
