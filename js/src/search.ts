/**
 * Finding values and groups by their names, their operations and the groups around them. Several
 * words must all be there: "layer 2 w" finds what has a w in its name, in layer 2.
 */
import type { Expression } from "./expression.ts";
import { BADGE, OPERATION } from "./strings.ts";

/** Nobody steps through more. */
export const MOST_FOUND = 10_000;
/** Values looked at between two looks at the clock. */
const AT_ONCE = 2_000;
/** A pattern may take long on a long text. */
const LONGEST_FOR_PATTERN = 500;
/** A word shorter than this is in too many names of operations. */
const SHORTEST_FOR_OPERATION = 3;
/** With their pairs as many as bits are at hand. */
const MOST_WORDS = 15;

export interface Found {
  /** Items: values, and groups, whose numbers follow those of the values. Best ones first. */
  readonly items: readonly number[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** One word or pattern; texts are given in small letters. */
interface Wanted {
  isIn(name: string): boolean;
  isOperation(name: string, badge: string): boolean;
}

/**
 * Words first; where nothing has them and they look like a pattern, that; between slashes a
 * pattern alone. It stops now and then, so that a page can do something else meanwhile.
 */
export function* search(expression: Expression, query: string): Generator<undefined, Found> {
  const text = query.trim().toLowerCase();
  if (text === "") return { items: [], isCut: false };
  const pattern = patternOf(query.trim());
  if (pattern === null || !isBetweenSlashes(text)) {
    const words = text.split(/\s+/).slice(0, MOST_WORDS);
    const pairs = words.slice(1).map((word, n) => `${words[n]} ${word}`);
    const found = yield* matches(expression, words.map(wantedWord), pairs.map(wantedWord), text);
    if (found.items.length > 0 || pattern === null) return found;
  }
  return yield* matches(expression, [wantedPattern(pattern)], [], null);
}

const wantedWord = (word: string): Wanted => ({
  isIn: (name) => name.includes(word),
  isOperation: (name, badge) =>
    badge === word || (word.length >= SHORTEST_FOR_OPERATION && name.startsWith(word)),
});

const wantedPattern = (pattern: RegExp): Wanted => ({
  isIn: (name) => pattern.test(name.slice(0, LONGEST_FOR_PATTERN)),
  isOperation: (name) => pattern.test(name),
});

const isBetweenSlashes = (text: string): boolean => /^\/.+\/$/.test(text);

/** Null where the text is none, or one that could take for ever. */
function patternOf(text: string): RegExp | null {
  const source = isBetweenSlashes(text) ? text.slice(1, -1) : text;
  if (source === text && !/[.*+?^${}()|[\]\\]/.test(text)) return null;
  // Something repeated inside of something repeated.
  if (/\([^)]*[*+}][^)]*\)[*+{]/.test(source)) return null;
  try {
    return new RegExp(source, "i");
  } catch {
    return null;
  }
}

/**
 * Best ones first: whose very name it is, then what has most of the pairs of words side by side
 * ("layer 2", and not the w2 of a layer), then what is named so, then what only does so.
 */
function* matches(
  { tape, groups }: Expression,
  words: readonly Wanted[],
  pairs: readonly Wanted[],
  exact: string | null,
): Generator<undefined, Found> {
  const wanted = [...words, ...pairs];
  const mask = (test: (one: Wanted) => boolean) =>
    wanted.reduce((bits, one, n) => (test(one) ? bits | (1 << n) : bits), 0);
  const all = 2 ** words.length - 1;
  const found = Array.from({ length: 2 * (pairs.length + 1) + 1 }, (): number[] => []);
  let named = 0;
  /** Something of its own must fit: not all that is in layer 2 is called so. */
  const look = (item: number, label: string, operation: number, around: number): number => {
    const name = label.toLowerCase();
    const own = name === "" ? 0 : mask((one) => one.isIn(name));
    const fits = own | operation | around;
    if (((own | operation) & all) !== 0 && (fits & all) === all) {
      const isNamed = (own & all) !== 0;
      const missing = pairs.length - bitsOf(fits >> words.length);
      found[name === exact ? 0 : 2 * missing + (isNamed ? 1 : 2)]!.push(item);
      if (isNamed) named++;
    }
    return own | around;
  };
  // For every group, and first for none, what it and those around it are called.
  const called = new Int32Array(groups.count + 1);
  for (let g = 0; g < groups.count; g++) {
    called[g + 1] = look(tape.count + g, groups.name(g), 0, called[groups.parent(g) + 1]!);
    if (g % AT_ONCE === 0) yield;
  }
  const operations = operationMasks(mask);
  let unnamed = 0;
  for (let i = 0; i < tape.count && named <= MOST_FOUND; i++) {
    const label = tape.names.get(i) ?? "";
    const operation = operations.get(tape.ops[i]!)!;
    // Where there are enough that are only an operation, names alone are of interest.
    if (label !== "" || (operation !== 0 && unnamed++ <= MOST_FOUND)) {
      look(i, label, operation, called[groups.home[i]! + 1]!);
    }
    if (i % AT_ONCE === 0) yield;
  }
  const items = found.flat();
  return { items: items.slice(0, MOST_FOUND), isCut: items.length > MOST_FOUND };
}

function operationMasks(mask: (test: (one: Wanted) => boolean) => number): Map<number, number> {
  const rows = Array.from(OPERATION, ([op, name]): [number, number] => {
    const badge = BADGE.get(op)?.toLowerCase() ?? "";
    return [op, mask((one) => one.isOperation(name, badge))];
  });
  return new Map(rows);
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
