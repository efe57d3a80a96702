/** Numbers for a slider: how far it goes, and how large a step is. */
import { numberOf } from "./notfinite.ts";

export interface Range {
  readonly end: number;
  readonly step: number;
}

const NARROWEST = 3;
/** About so many steps lie on either side of zero: a pixel or two for each. */
const STEPS = 300;

/** From −end to end, with room beyond the number: twice its size, rounded to 1, 2, 3 or 5 · 10ⁿ. */
export function rangeFor(x: number): Range {
  const size = Number.isFinite(x) ? Math.min(Math.abs(x), 1e300) : 0;
  const end = Math.max(NARROWEST, niceAbove(2 * size));
  return { end, step: niceBelow(end / STEPS) };
}

export const fits = (x: number, { end }: Range): boolean => Math.abs(x) <= end;

/** The nearest number that is a whole number of steps, without the digits that dividing adds. */
export function snapped(x: number, { step }: Range): number {
  const exponent = Math.floor(Math.log10(step));
  const whole = Math.round(x / step) * step;
  return Number(whole.toFixed(Math.min(100, Math.max(0, -exponent))));
}

const NICE = [1, 2, 3, 5, 10];

function niceAbove(x: number): number {
  if (x === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(x));
  return NICE.find((n) => n * power >= x)! * power;
}

function niceBelow(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5].findLast((n) => n * power <= x)! * power;
}

/** Reads a number as a person or Python writes it; null for anything else. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll("\u2212", "-").toLowerCase();
  const word = numberOf(plain.replace(/^\+/, "").replace("infinity", "inf"));
  if (word !== null) return word;
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(plain) ? Number(plain) : null;
  // More than a double can hold is not what was asked for.
  return number === null || Number.isFinite(number) ? number : null;
}
