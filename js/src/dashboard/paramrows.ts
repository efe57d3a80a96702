/** Which parameters a table lists, and in which order. */
import type { Column } from "../strings/paramtable.ts";

export interface Order {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** A name sorts as the network has it: layer by layer, unit by unit. */
export const NATURAL: Order = { column: "name", isDescending: false };

export type Numbers = Readonly<Record<Exclude<Column, "name">, Float64Array>>;

/**
 * Those whose names have the words of the filter in them, one after the other: "layer 2 w1" finds
 * "layer 2 · neuron 5 · w1". A number belongs to the word before it.
 */
export function matching(names: readonly string[], filter: string): number[] {
  const phrases: string[][] = [];
  for (const word of wordsOf(filter)) {
    if (isNumber(word) && phrases.length > 0) phrases.at(-1)!.push(word);
    else phrases.push([word]);
  }
  return [...names.keys()].filter((p) => hasPhrases(wordsOf(names[p]!), phrases));
}

function hasPhrases(words: readonly string[], phrases: readonly string[][]): boolean {
  let from = 0;
  for (const phrase of phrases) {
    while (from < words.length && !phrase.every((word, k) => fits(words[from + k], word))) from++;
    if (from >= words.length) return false;
    from += phrase.length;
  }
  return true;
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s\u00b7,]+/)
    .filter(Boolean);

const isNumber = (word: string): boolean => /^\d+$/.test(word);

const fits = (word: string | undefined, wanted: string): boolean =>
  word !== undefined && (isNumber(wanted) ? word === wanted : word.includes(wanted));

/** Equal ones stay as the network has them; what is not a number comes last, either way. */
export function sorted(
  parameters: readonly number[],
  { column, isDescending }: Order,
  numbers: Numbers,
): number[] {
  const turn = isDescending ? -1 : 1;
  if (column === "name") return isDescending ? [...parameters].reverse() : [...parameters];
  const of = numbers[column];
  return [...parameters].sort((a, b) => {
    const [x, y] = [of[a]!, of[b]!];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x === y ? 0 : x < y ? -turn : turn;
  });
}

/** What a click on the head of a column makes of the order: once more, and it is turned around. */
export const nextOrder = (order: Order, column: Column): Order =>
  order.column === column
    ? { column, isDescending: !order.isDescending }
    : // Of numbers, the largest are what one looks for.
      { column, isDescending: column !== "name" };

/** Rows as a spreadsheet takes them, with every digit; names have no tab or line end left. */
export function spreadsheet(
  rows: readonly number[],
  names: (parameter: number) => string,
  heads: readonly string[],
  numbers: Numbers,
): string {
  const lines = rows.map((p) =>
    [names(p), numbers.value[p], numbers.gradient[p], numbers.update[p]].join("\t"),
  );
  return [heads.join("\t"), ...lines].join("\n");
}
