/** One line of a box: a word and a number; an older number takes the place of the word. */
import { SMALL_SIZE } from "../scene.ts";
import { svg, write } from "./dom.ts";
import { round } from "./placed.ts";

/** More characters than this, and a number would run into the word before it. */
const LONG = 9;
const SIZE = 13;
/** Of a digit, by the size of the font. */
const DIGIT = 0.6;
const GAP = 7;

const widthOf = (written: string, size: number): number => DIGIT * size * written.length;

export class NumberLine {
  /** Empty for the number of a constant, which is its name. */
  readonly name: string;
  readonly #word: SVGTextElement;
  readonly #number: SVGTextElement;
  readonly #place: { readonly start: number; readonly end: number; readonly y: number };
  #strike: SVGElement | null = null;
  #shown: { word: string; number: string; old: string | null; width: number | null };

  constructor(name: string, start: number, end: number, y: number, kind: string) {
    this.name = name;
    this.#place = { start, end, y };
    this.#word = svg("text", { class: "mgw-word", x: start, y }, name);
    const place = { x: end, y, "text-anchor": "end" };
    this.#number = svg("text", { class: `mgw-number ${kind}`, ...place });
    this.#shown = { word: name, number: "", old: null, width: null };
  }

  get parts(): SVGElement[] {
    return this.name === "" ? [this.#number] : [this.#word, this.#number];
  }

  /** Most numbers stay what they were, and to write one costs more than to compare it. */
  write(word: string, number: string, old: string | null): void {
    const shown = this.#shown;
    if (number === shown.number && old === shown.old && word === shown.word) return;
    const { start, end } = this.#place;
    const room = end - start - GAP;
    const isTight = widthOf(number, SIZE) + widthOf(old ?? "", SMALL_SIZE) > room;
    const isLong = number.length > LONG || (old !== null && isTight);
    if (number !== shown.number) write(this.#number, number);
    toggle(this.#number, "mgw-long", isLong);
    if (word !== shown.word || old !== shown.old) this.#put(old ?? word);
    const left = room - widthOf(number, isLong ? SMALL_SIZE : SIZE);
    const width = old === null ? null : Math.min(left, widthOf(old, SMALL_SIZE));
    if (old !== shown.old || width !== shown.width) this.#strikeOut(old, width);
    this.#shown = { word, number, old, width };
  }

  /** An empty word would be one more piece for those who go through them. */
  #put(word: string): void {
    write(this.#word, word);
    if (word === "") this.#word.remove();
    else if (this.#word.parentNode === null) this.#number.before(this.#word);
  }

  /** Two numbers with many digits stand closer together; no box changes its size. */
  #strikeOut(old: string | null, width: number | null): void {
    toggle(this.#word, "mgw-ghost", old !== null);
    this.#strike?.remove();
    this.#strike = null;
    for (const name of ["textLength", "lengthAdjust"]) this.#word.removeAttribute(name);
    if (old === null || width === null) return;
    if (width < widthOf(old, SMALL_SIZE)) {
      this.#word.setAttribute("textLength", `${round(width)}`);
      this.#word.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    const { start, y } = this.#place;
    const end = round(start + width + 1);
    // Aslant: a level line would hide a minus sign.
    this.#strike = svg("path", {
      class: "mgw-strike",
      d: `M${start - 1} ${y - 1}L${end} ${y - 7}`,
    });
    this.#word.after(this.#strike);
  }
}

function toggle(element: Element, name: string, isOn: boolean): void {
  if (isOn !== element.classList.contains(name)) element.classList.toggle(name);
}
