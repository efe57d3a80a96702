/** From what the model says to the numbers that an expression shows. */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import { bytesOf } from "../host.ts";
import { numberOf, wordOf } from "../notfinite.ts";
import type { Changes } from "../numbers.ts";
import type { Tape } from "../tape.ts";
import type { Traits } from "./traits.ts";

/** The traits that numbers depend on. */
export const NUMBER_TRAITS = [
  "leaves",
  "gradient_table",
  "edits",
  "ghosts",
  "compared",
  "step",
  "predict",
  "editable",
] as const;

export function readNumbers(expression: Expression, traits: Traits): void {
  for (const name of ["leaves", "gradient_table", "editable", "edits", "ghosts", "step"]) {
    readTrait(expression, traits, name);
  }
}

/** Takes over what one trait says; an error tells what is wrong with it. */
export function readTrait(expression: Expression, traits: Traits, name: string): void {
  const { numbers, tape } = expression;
  switch (name) {
    case "leaves":
      numbers.replaceLeaves(doublesOf(name, traits, tape));
      break;
    case "gradient_table":
      expression.giveGradients(bytesOf(traits.get(name)));
      break;
    case "edits":
      numbers.change(changesOf(traits.get(name), tape));
      break;
    case "editable":
      numbers.editable = leavesOf(traits.get(name));
      break;
    case "ghosts":
    case "compared":
      numbers.compare(beforeOf(traits, tape));
      break;
    case "step":
    case "predict":
      numbers.moveTo(positionOf(traits, expression), traits.get("predict") === true);
  }
}

const leavesOf = (leaves: unknown): ReadonlySet<number> | null =>
  Array.isArray(leaves) ? new Set(leaves.filter(Number.isInteger)) : null;

/** Pairs of a leaf and its number; what is no leaf of this tape is left out. */
export function changesOf(pairs: unknown, tape: Tape): Changes {
  const changes = new Map<number, number>();
  if (!Array.isArray(pairs)) return changes;
  for (const pair of pairs) {
    if (!Array.isArray(pair)) continue;
    const [leaf, number] = pair;
    if (tape.ops[leaf] === Op.leaf && numberOf(number) !== null) {
      changes.set(leaf, numberOf(number)!);
    }
  }
  return changes;
}

/** JSON has no nan and no infinity, so they are words there. */
export const pairsOf = (changes: Changes): [number, number | string][] =>
  Array.from(changes, ([leaf, number]) => [
    leaf,
    Number.isFinite(number) ? number : wordOf(number),
  ]);

/** The older numbers after a change; else those of the other state that is compared with. */
function beforeOf(traits: Traits, tape: Tape): Changes | null {
  const ghosts = traits.get("ghosts");
  if (Array.isArray(ghosts)) return changesOf(ghosts, tape);
  const numbers = doublesOf("compared", traits, tape);
  return numbers && new Map(leavesIn(tape).map((leaf, n) => [leaf, numbers[n]!]));
}

/** A number for every leaf, in the order of the tape; null where the trait has none. */
function doublesOf(name: string, traits: Traits, tape: Tape): Float64Array | null {
  const bytes = bytesOf(traits.get(name));
  if (bytes.length === 0) return null;
  const expected = 8 * leavesIn(tape).length;
  if (bytes.length !== expected) {
    throw new Error(`${name}: expected ${expected} bytes, got: ${bytes.length}`);
  }
  return new Float64Array(bytes.slice().buffer);
}

function leavesIn({ count, ops }: Tape): number[] {
  const leaves: number[] = [];
  for (let i = 0; i < count; i++) if (ops[i] === Op.leaf) leaves.push(i);
  return leaves;
}

/** How many steps are done; a learner who is to guess begins at the beginning. */
function positionOf(traits: Traits, { numbers }: Expression): number | null {
  const step = traits.get("step");
  const start = traits.get("predict") === true ? 0 : null;
  if (typeof step !== "number" || !Number.isInteger(step)) return start;
  return Math.min(Math.max(0, step), numbers.passes.count);
}
