/** Numbers of a training as they are written: as wide for one step as for the next. */
import { countText, MINUS, shortNumber } from "../text.ts";

/** Where a number ought to be and is not; what became of it is said elsewhere. */
export const NOT_FINITE = "not finite";

/** Four decimals, or an exponent where those say too little. */
export function steadyNumber(x: number): string {
  if (!Number.isFinite(x)) return NOT_FINITE;
  if (x === 0) return "0";
  const size = Math.abs(x);
  const digits = size >= 1e-3 && size < 1000 ? size.toFixed(4) : exponent(size);
  return x < 0 ? MINUS + digits : digits;
}

/** As in the boxes of the diagram. */
export const plainNumber = (x: number): string =>
  Number.isFinite(x) ? shortNumber(x) : NOT_FINITE;

/** With its sign also where it is above zero. */
export const signedNumber = (x: number): string => `${x > 0 ? "+" : ""}${steadyNumber(x)}`;

/** Something that rises or falls: which of both is seen at a glance. */
export function turnedNumber(x: number): string {
  if (!Number.isFinite(x) || x === 0) return steadyNumber(x);
  return `${x > 0 ? "\u25b2 +" : "\u25bc "}${steadyNumber(x)}`;
}

const exponent = (size: number): string => size.toExponential(2).replace("-", MINUS);

/** An accuracy, a share of 1. */
export const percent = (x: number): string =>
  Number.isFinite(x) ? `${(100 * x).toFixed(1)} %` : NOT_FINITE;

/** Steps in a second. */
export function rateText(rate: number): string {
  const number = rate < 10 ? rate.toFixed(1) : countText(Math.round(rate));
  return `${number} steps/s`;
}
