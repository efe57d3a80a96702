/** What is said of the graph of one point. Points are counted from 1 for people. */
import { countText, MINUS } from "../text.ts";

const points = (n: number): string => `${countText(n)} ${n === 1 ? "point" : "points"}`;

export const pointGraphText = {
  name: "The graph of one point",
  title: (point: number, label: number, step: number, loss: string) =>
    `Point ${countText(point + 1)} (class ${label > 0 ? 1 : `${MINUS}1`}) at step ${countText(step)}: loss ${loss}`,
  share: (n: number, isBatch: boolean) =>
    `1/${countText(n)} of it goes into the mean of ${isBatch ? "this step\u2019s batch of " : ""}${points(n)}`,
  notInBatch: (n: number) => `not in this step\u2019s batch of ${points(n)}`,
  test: "kept for the test: nothing is learned from it",
  whatIf: (changes: string) => `What if: ${changes}. The training goes on with the point as it is.`,
  change: (name: string, now: string, was: string) => `${name} were ${now} and not ${was}`,
  close: "Close the graph",
  opened: (point: number) => `The graph of point ${countText(point + 1)} is open`,
  closed: "The graph is closed",
} as const;
