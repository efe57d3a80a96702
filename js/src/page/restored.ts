/** What a state asks of a figure that a page was made with: checked before anything is set. */
import { misfit } from "../ranges.ts";

/** What is written down in a page of a widget. */
export type StoredTraits = Readonly<Record<string, unknown>>;

export interface Restored {
  /** What is to be set, all of it at once. */
  readonly traits: StoredTraits;
  /** What a teacher has locked, and so stays: a sentence each. */
  readonly kept: readonly string[];
}

/** All that is wished, or an error that says what does not fit. */
export type Restore = (stored: StoredTraits, wished: ReadonlyMap<string, unknown>) => Restored;

/** Of what is quoted. */
const LONGEST = 100;

export function expectFit(name: string, value: unknown): void {
  const expected = misfit(name, value);
  if (expected !== null) refuse(`${name} to be ${expected}`, value);
}

export function refuse(expected: string, got: unknown): never {
  const words = got === null ? "none" : String(got);
  const shown = words.length > LONGEST ? `${words.slice(0, LONGEST)}\u2026` : words;
  throw new Error(`expected ${expected}, got: ${shown}`);
}
