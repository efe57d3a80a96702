/** What is said where two states are compared. */
import { countText } from "../text.ts";

const changed = (n: number, all: number, things: string): string =>
  `${countText(n)} of ${countText(all)} ${things}`;

export const compareText = {
  /** At the corner of what has changed. */
  mark: "\u0394",
  changed: "changed",
  changedInside: "changed inside",
  withState: "Compared with another state",
  withBefore: "Compared with before the change",
  counts: (values: number, gradients: number | null, all: number) =>
    gradients === null
      ? `${changed(values, all, "values")} changed`
      : `${changed(values, all, "values")} and ${changed(gradients, all, "gradients")} changed`,
  summary: (what: string, counts: string) => `${what}: ${counts}`,
  measure:
    "Sorted by the size of the difference, now \u2212 before, the largest first. " +
    "\u0394 marks what has changed, in the picture and in the list.",
  none: "Both states have the same numbers.",
  tables: { value: "Values that changed most", gradient: "Gradients that changed most" },
  head: ["name", "before", "now", "difference"],
  more: "List more",
} as const;
