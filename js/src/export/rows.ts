/**
 * Rows of numbers as CSV (RFC 4180) and JSON, with all their digits: the very texts that Python's
 * `microgradwidgets/row_text.py` writes. There is no text in them that could be a formula.
 */
import { floatCode } from "../formula/literals.ts";
import { wordOf } from "../notfinite.ts";

export interface NumberTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** The first column counts; the others are real numbers. */
export function csvOf({ names, rows }: NumberTable): string {
  if (rows.length === 0) return "";
  const lines = rows.map((row) => row.map((x, k) => (k === 0 ? `${x}` : plain(x))).join(","));
  return [names.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** One row a line; a number that is not finite becomes a text, which JSON has for it. */
export function jsonOf({ names, rows }: NumberTable): string {
  if (rows.length === 0) return "[]\n";
  const cell = (x: number, k: number) => {
    const written = k === 0 ? `${x}` : plain(x);
    return `${JSON.stringify(names[k])}: ${Number.isFinite(x) ? written : `"${written}"`}`;
  };
  return `[\n${rows.map((row) => `{${row.map(cell).join(", ")}}`).join(",\n")}\n]\n`;
}

const plain = (x: number): string => (Number.isFinite(x) ? floatCode(x) : wordOf(x));
