/** Numbers as people type them, and when one counts as right. */
import { shortNumber } from "../text.ts";

const WORDS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["\u221e", Number.POSITIVE_INFINITY],
]);

/** Null where it is no number; a comma may stand for the point, and 1/3 for a third. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().toLowerCase().replaceAll("\u2212", "-").replaceAll(/\s+/g, "");
  const parts = plain.split("/");
  if (parts.length > 2) return null;
  const [first, second] = parts.map(oneNumber);
  if (first === null || first === undefined || second === null) return null;
  return second === undefined ? first : first / second;
}

function oneNumber(plain: string): number | null {
  const [, sign = "", size = ""] = /^([+-]?)(.*)$/.exec(plain)!;
  const word = WORDS.get(size);
  if (word !== undefined) return sign === "-" ? -word : word;
  const digits = size.replace(",", ".");
  if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(digits)) return null;
  return Number(sign + digits);
}

/** The part of a number by which an answer may differ from it. */
export const TOLERANCE = 0.01;
/** So near to a right answer that it deserves to be told. */
const NEAR = 0.05;
/** What rounding leaves in place of a zero; who says 0 is right. */
const NOTHING = 1e-12;

/** Within 1 %, or what a picture writes: of a small number its four decimals are farther off. */
export function isRight(answer: number, truth: number): boolean {
  if (!Number.isFinite(truth)) return Object.is(answer, truth);
  if (Math.abs(truth) <= NOTHING) return Math.abs(answer) <= NOTHING;
  return isWithin(answer, truth, TOLERANCE) || typedNumber(shortNumber(truth)) === answer;
}

export const isNear = (answer: number, truth: number): boolean => isWithin(answer, truth, NEAR);

/** Doubles near a bound may lie on either side of it, so the bound is a little wider. */
function isWithin(answer: number, truth: number, part: number): boolean {
  // Near the largest double, rounding alone may lead beyond it.
  const finite = Math.max(-Number.MAX_VALUE, Math.min(answer, Number.MAX_VALUE));
  return Math.abs(finite - truth) <= Math.abs(truth) * part * (1 + 1e-9);
}
