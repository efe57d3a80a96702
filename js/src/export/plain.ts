/** Numbers as Python writes them: text that leaves the page is the same from either side. */
import { wordOf } from "../notfinite.ts";

/** Four decimals, or an exponent where those say too little; the twin of Python's `number_text`. */
export function numberText(x: number): string {
  if (!Number.isFinite(x)) return wordOf(x);
  if (x === 0) return "0.0000";
  const size = Math.abs(x);
  const sign = x < 0 ? "-" : "";
  if (size >= 1e-3 && size < 1e5) return sign + halfEven(size.toFixed(4), size.toFixed(DIGITS));
  const [mantissa, exponent] = parts(size, 4);
  return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${twoDigits(exponent)}`;
}

/** Up to 17 digits, the twin of Python's `.17g`, which reads back as the same double. */
export function exactText(x: number): string {
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const sign = x < 0 ? "-" : "";
  const [mantissa, exponent] = parts(Math.abs(x), 16);
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  if (exponent < -4 || exponent >= 17) {
    const point = digits.length > 1 ? "." : "";
    const power = `e${exponent < 0 ? "-" : "+"}${twoDigits(exponent)}`;
    return `${sign}${digits[0]}${point}${digits.slice(1)}${power}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = digits.slice(exponent + 1);
  return sign + (rest === "" ? whole : `${whole}.${rest}`);
}

/** More than any tie between two short texts needs. */
const DIGITS = 60;

/** `d.ddd` and the power of ten, rounded as Python does. */
function parts(size: number, decimals: number): [string, number] {
  const [mantissa = "", exponent] = size.toExponential(decimals).split("e");
  const [exact = ""] = size.toExponential(DIGITS).split("e");
  return [halfEven(mantissa, exact), Number(exponent)];
}

const twoDigits = (exponent: number): string => `${Math.abs(exponent)}`.padStart(2, "0");

/** JavaScript rounds a tie away from zero, Python to the even digit. */
function halfEven(rounded: string, exact: string): string {
  const last = Number(rounded.at(-1));
  // A digit that was carried over is an even one, so the two texts are of equal length here.
  const isTie = last % 2 === 1 && /^50*$/.test(exact.slice(rounded.length));
  return isTie ? `${rounded.slice(0, -1)}${last - 1}` : rounded;
}
