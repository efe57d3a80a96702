/** A walk in larger pieces: the visits of nodes, and what happens between them. */
import { said } from "../strings/misconceptions.ts";
import type { Step, Walk } from "./simulations.ts";

export interface Stop {
  readonly label: string;
  /** How many steps are done at its beginning, and at its end. */
  readonly from: number;
  readonly to: number;
  /** How many steps are done when something is wrong with it; null if nothing is. */
  readonly wrongAt: number | null;
}

export function stopsOf({ steps }: Walk, name: (node: number) => string): Stop[] {
  const stops: Stop[] = [];
  steps.forEach((step, at) => {
    const last = stops.at(-1);
    const wrongAt = step.is_wrong ? at + 1 : null;
    if (last !== undefined && belongs(step, steps[at - 1])) {
      stops[stops.length - 1] = { ...last, to: at + 1, wrongAt: last.wrongAt ?? wrongAt };
    } else stops.push({ label: labelOf(step, name), from: at, to: at + 1, wrongAt });
  });
  return stops;
}

const belongs = (step: Step, before: Step | undefined) =>
  step.kind === "pass" && before?.kind === "pass" && step.visit === before.visit;

function labelOf({ kind, node, target }: Step, name: (node: number) => string): string {
  if (kind === "pass") return name(node!);
  return kind === "update" ? said.update(name(target!)) : said[kind];
}
