/** Numbers and labels as text that is safe and honest to show. */

export const MINUS = "\u2212";
const ELLIPSIS = "\u2026";

/** Labels longer than this are cut everywhere but in the panel, on request. */
export const LABEL_LIMIT = 200;

/** Made once: a new one takes longer than many numbers. */
const COUNTS = new Intl.NumberFormat("en-US");

const LINE_END = /\r\n?/g;

/** A number short enough for a box: four decimals, or an exponent where those say too little. */
export function shortNumber(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : `${MINUS}inf`;
  if (x === 0) return "0";
  const size = Math.abs(x);
  const digits = size >= 1e-3 && size < 1e5 ? fixed(size) : exponent(size);
  return x < 0 ? MINUS + digits : digits;
}

/** 0.5 stays "0.5", but 0.99999 is "1.0000": zeros are dropped only where they are the truth. */
function fixed(size: number): string {
  const text = size.toFixed(4);
  return Number(text) === size ? text.replace(/\.?0+$/, "") : text;
}

function exponent(size: number): string {
  const text = size.toExponential(3);
  const shown = Number(text) === size ? text.replace(/\.?0+e/, "e") : text;
  return shown.replace("-", MINUS);
}

/** Whether a number so written is none that one could go on with. */
export const isNotFinite = (written: string): boolean => /^\u2212?(nan|inf)$/.test(written);

/** Every digit there is: reading it back gives the same double. */
export function fullNumber(x: number): string {
  if (Number.isNaN(x) || !Number.isFinite(x)) return shortNumber(x);
  return (Object.is(x, -0) ? "-0" : String(x)).replaceAll("-", MINUS);
}

/** A count with its thousands set apart, as in "12,345". */
export const countText = (n: number): string => COUNTS.format(n);

/** A number below zero as a factor or a term needs brackets: 2 × (−3). */
export const bracketed = (text: string): string => (text.startsWith(MINUS) ? `(${text})` : text);

/**
 * A label with nothing invisible left in it: what a font cannot show is written out, a line end
 * is one "\n", a tab is a space. Whole labels only; see `shownLabel` for the cut one. Its twin is
 * `visible_text` in `microgradwidgets/text.py`.
 */
export function visibleText(label: string): string {
  let text = "";
  for (const character of label.replaceAll(LINE_END, "\n")) text += visible(character);
  return text;
}

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (character === "\n") return character;
  if (character === "\t") return " ";
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  const hidden =
    (code >= 0x80 && code <= 0x9f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfdd0 && code <= 0xfdef) ||
    code === 0xfffe ||
    code === 0xffff;
  return hidden ? `\\u${code.toString(16).toUpperCase().padStart(4, "0")}` : character;
}

/** A label as shown: cut to 200 characters. Empty when there is nothing to see in it. */
export function shownLabel(label: string): string {
  const { characters, wasCut } = cut(label);
  const text = visibleText(characters.join(""));
  if (text.trim() === "") return "";
  return wasCut ? text + ELLIPSIS : text;
}

export const isCut = (label: string): boolean => cut(label).wasCut;

/** By code point, a line end as one, and without walking through a label of a million characters. */
function cut(label: string): { characters: string[]; wasCut: boolean } {
  // None is longer than two code units: what is cut shows by the one behind the last that may stay.
  const looked = label.slice(0, 2 * LABEL_LIMIT + 1).replaceAll(LINE_END, "\n");
  const characters = Array.from(looked);
  return {
    characters: characters.slice(0, LABEL_LIMIT),
    wasCut: characters.length > LABEL_LIMIT,
  };
}

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const POP_EMBEDDING = "\u202c";

/**
 * Text whose direction controls end with it, for files that know no `bdi`: the twin of `isolated`
 * in `microgradwidgets/text.py`.
 */
export function isolatedText(text: string): string {
  if (!/[\u202a-\u202e\u2066-\u2069]/.test(text)) return text;
  const pending: string[] = [];
  let opening = FIRST_STRONG_ISOLATE;
  for (const character of text) {
    if (/[\u2066-\u2068]/.test(character)) pending.push(POP_ISOLATE);
    else if (/[\u202a\u202b\u202d\u202e]/.test(character)) pending.push(POP_EMBEDDING);
    else if (character === pending.at(-1)) pending.pop();
    // Else this one would end ours too early.
    else if (character === POP_ISOLATE) opening += FIRST_STRONG_ISOLATE;
  }
  return opening + text + pending.reverse().join("") + POP_ISOLATE;
}

/** For places of one line: a line end becomes a sign of its own. */
export const oneLine = (text: string): string => text.replaceAll("\n", "\u21b5");

/**
 * About how wide a text is in the bold font of the boxes. Layout must not wait for fonts, and
 * boxes clip what was guessed too short.
 */
export function estimatedWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * size;
}

function characterWidth(character: string): number {
  if (/\p{Mn}|\p{Cf}/u.test(character)) return 0;
  if (/[il.,:;'|!jtfr()[\]{}\s]/.test(character)) return 0.38;
  if (/[mwMW@%\u2014]/.test(character)) return 0.95;
  if (/[A-Z0-9_+=<>\u00d7\u2212]/.test(character)) return 0.7;
  return character.codePointAt(0)! > 0x2e7f ? 1.1 : 0.62;
}
