/** Whether a state is one of this expression. As strict as Python's `show(value, state=...)`. */
import { Op } from "../arithmetic.ts";
import { bytesOf } from "../host.ts";
import { numberOf } from "../notfinite.ts";
import { expectFit, type Restore, refuse, type StoredTraits } from "../page/restored.ts";
import { editText } from "../strings/edit.ts";
import { decodeTape, type Tape } from "../tape.ts";
import { shownLabel } from "../text.ts";
import { changesOf, pairsOf } from "./reading.ts";

/** Further away there is nothing to be seen, and soon no number to say where. */
const FARTHEST = 1e9;

export const restoreDiagram: Restore = (stored, wished) => {
  const tape = decodeTape(bytesOf(stored.tape));
  for (const [name, value] of wished) {
    expectFit(name, value);
    CHECKS[name]?.(value, tape);
  }
  const traits = Object.fromEntries(wished);
  if (!wished.has("edits")) return { traits, kept: [] };
  const { edits, kept } = unlocked(stored, wished.get("edits"), tape);
  // Older numbers are those before the edits that a page was made with.
  return { traits: { ...traits, edits, ghosts: null }, kept };
};

type Check = (value: unknown, tape: Tape) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  step(step, tape) {
    const last = 2 * tape.ops.filter((op) => op !== Op.leaf).length + 1;
    if (step !== null && (step as number) > last) refuse(`step to be in 0\u2026${last}`, step);
  },
  selected(value, { count }) {
    if (value !== null && (value as number) >= count) {
      refuse(`selected to be below ${count}, an index of the tape`, value);
    }
  },
  check_step(step) {
    if ((step as number) <= 0) refuse("check_step to be positive and finite", step);
  },
  edits(pairs, tape) {
    for (const [place] of pairs as [number, unknown][]) {
      if (tape.ops[place] !== Op.leaf) refuse("edits to be of leaves, by their index", place);
    }
  },
  _view(view) {
    if (view === null) return;
    const places = view as number[];
    const isPlace = places.length === 3 && places[2]! > 0;
    if (!isPlace || places.some((x) => Math.abs(x) > FARTHEST)) {
      refuse("view to be a place and a scale, such as 12,-3.5,0.75", view);
    }
  },
};

/** Of the edits those that may be made; locked leaves stay as they are. */
function unlocked(stored: StoredTraits, wished: unknown, tape: Tape) {
  const changes = changesOf(wished, tape);
  const { editable } = stored;
  if (!Array.isArray(editable)) return { edits: pairsOf(changes), kept: [] };
  const isFree = (leaf: number) => editable.includes(leaf);
  const before = changesOf(stored.edits, tape);
  const edits = new Map([...before].filter(([leaf]) => !isFree(leaf)));
  const kept: string[] = [];
  for (const [leaf, x] of changes) {
    if (isFree(leaf)) edits.set(leaf, x);
    else if (!Object.is(x, before.get(leaf) ?? numberOf(tape.constants[leaf]))) {
      kept.push(editText.isLocked(shownLabel(tape.names.get(leaf) ?? `${leaf}`)));
    }
  }
  return { edits: pairsOf(edits), kept };
}
