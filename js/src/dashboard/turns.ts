/** Where the course of a run changed: other settings from a step on, or another run left behind. */
import { changesText } from "../strings/changes.ts";
import { curvesText as words } from "../strings/curves.ts";
import type { Run } from "../training/session.ts";

export interface Turn {
  readonly step: number;
  /** Stands at the curve and before the note. */
  readonly letter: string;
  readonly note: string;
}

/** The latest ones; a slider that is dragged while it trains makes many. */
const MOST = 6;

export function turnsOf(run: Run): { turns: readonly Turn[]; others: number } {
  const all: Omit<Turn, "letter">[] = [];
  let before = run.segments[0]!.settings;
  let hasBranch = run.began === 0;
  const branch = (changes: string) => {
    hasBranch = true;
    all.push({ step: run.began, note: words.branched(run.began, run.name, changes) });
  };
  for (const { first, settings } of run.segments) {
    const changes = changesText(before, settings);
    before = settings;
    if (!hasBranch && first > run.began) branch("");
    if (!hasBranch && first === run.began) branch(changes);
    else if (changes !== "") all.push({ step: first, note: words.changed(first, changes) });
  }
  if (!hasBranch) branch("");
  const others = Math.max(0, all.length - MOST);
  const turns = all.slice(others).map((turn, k) => ({ ...turn, letter: letterOf(others + k) }));
  return { turns, others };
}

/** A … Z, then by number. */
const letterOf = (k: number): string => (k < 26 ? String.fromCharCode(65 + k) : `${k + 1}`);
