/** Numbers, labels and names as Python writes them. */
import { wordOf } from "../notfinite.ts";

const LONGEST_IDENTIFIER = 40;

const KEYWORDS =
  "False None True and as assert async await break class continue def del elif else except " +
  "finally for from global if import in is lambda nonlocal not or pass raise return try while " +
  "with yield";
export const RESERVED: ReadonlySet<string> = new Set([...KEYWORDS.split(" "), "Value", "float"]);

const NO_IDENTIFIER = /[^A-Za-z0-9_\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9]+/gu;

/** What a label in code is not to hold as it is: quotes, and whatever could hide or steer. */
const NOT_PLAIN =
  /[^ !#-[\]-~\u00a1-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u04ff\u2010-\u2015\u2080-\u209c\u2200-\u22ff\u4e00-\u9fff]/gu;

/** A number in the fewest digits that read back as it, the twin of Python's `repr`. */
export function floatCode(x: number): string {
  if (!Number.isFinite(x)) return `float("${wordOf(x)}")`;
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const [mantissa = "", power] = Math.abs(x).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const point = digits.length > 1 ? "." : "";
    const size = `${Math.abs(exponent)}`.padStart(2, "0");
    return `${sign}${digits[0]}${point}${digits.slice(1)}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

/** A label as a string literal: what could hide or steer in code becomes an escape. */
export const quoted = (label: string): string => `"${label.replaceAll(NOT_PLAIN, escaped)}"`;

function escaped(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  if (character === "\n") return "\\n";
  const code = character.codePointAt(0)!;
  const digits = (count: number) => code.toString(16).padStart(count, "0");
  if (code < 0x100) return `\\x${digits(2)}`;
  return code < 0x10000 ? `\\u${digits(4)}` : `\\U${digits(8)}`;
}

/** A label as the name of a variable; empty where nothing of it can stay. */
export function identifier(label: string): string {
  const whole = label.replaceAll(NO_IDENTIFIER, "_").replaceAll(/^_+|_+$/g, "");
  const name = whole.slice(0, LONGEST_IDENTIFIER).replace(/_+$/, "");
  return /^[0-9]/.test(name) ? `v${name}` : name;
}
