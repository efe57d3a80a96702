/** Numbers that JSON has none for, as the words that stand for them here and in Python. */

export type NotFinite = "nan" | "inf" | "-inf";

const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

/** Of a number that is not finite. */
export const wordOf = (x: number): NotFinite => (Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf");

/** A number, or what a word stands for; null for anything else. */
export const numberOf = (x: unknown): number | null =>
  typeof x === "number" ? x : (NUMBERS.get(x) ?? null);
