/** What Python simulated: for each mistake its steps, and those of the right way. */

import { unzlibSync } from "fflate";
import { numberOf } from "../notfinite.ts";

export type StepKind = "seed" | "pass" | "clear" | "keep" | "update" | "forward";

/** One thing that an engine did; see `Step` in `microgradwidgets/mutable_engine.py`. */
export interface Step {
  readonly kind: StepKind;
  readonly sentence: string;
  readonly visit: number;
  readonly node?: number;
  readonly slot?: 0 | 1;
  readonly target?: number;
  readonly upstream?: number;
  readonly local?: number;
  readonly contribution?: number;
  readonly before?: number;
  readonly after?: number;
  readonly is_wrong: boolean;
  readonly data?: readonly number[];
  readonly grad?: readonly number[];
}

export interface Walk {
  readonly code: string;
  /** Of all steps, also of those that are not among `steps`. */
  readonly count: number;
  readonly is_finished: boolean;
  readonly steps: readonly Step[];
}

export interface Result {
  readonly what: string;
  readonly right: number;
  readonly mistake: number | null;
  readonly is_wrong: boolean;
}

export interface Simulation {
  readonly name: string;
  readonly title: string;
  readonly rule: string;
  readonly tape: Uint8Array;
  readonly results: readonly Result[];
  readonly right: Walk;
  readonly mistake: Walk;
}

const NUMBERS = new Set(
  "upstream local contribution before after right mistake data grad".split(" "),
);

export function readSimulations(packed: Uint8Array): Simulation[] {
  const json = new TextDecoder().decode(unzlibSync(packed));
  const cases: unknown = JSON.parse(json, (key, value) => {
    if (key === "tape") return Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0));
    if (!NUMBERS.has(key)) return value;
    return Array.isArray(value) ? value.map(read) : read(value);
  });
  if (!Array.isArray(cases) || cases.length === 0) {
    throw new Error(`simulations: expected a list of cases, got: ${typeof cases}`);
  }
  return cases;
}

const read = (written: unknown) => numberOf(written) ?? written;

/** How far one can go: to the end of the longer walk. */
export const lastStep = ({ right, mistake }: Simulation): number =>
  Math.max(right.steps.length, mistake.steps.length);

/** How many steps are done after the first wrong one; null where nothing is wrong. */
export function firstMistake({ mistake }: Simulation): number | null {
  const at = mistake.steps.findIndex((step) => step.is_wrong);
  return at < 0 ? null : at + 1;
}
