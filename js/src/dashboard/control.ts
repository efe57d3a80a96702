/** One number: its name, a slider, the number itself to be typed, its unit. */
import { holdsFocus, html, write } from "../diagram/dom.ts";
import { stepsOf } from "../diagram/sliderkeys.ts";
import { take } from "../presenting/deckkeys.ts";
import { readNumber } from "../range.ts";
import type { Bounds } from "../ranges.ts";
import { controlsText as said } from "../strings/controls.ts";
import { countText, fullNumber, oneLine, shortNumber, shownLabel } from "../text.ts";
import { Row } from "./row.ts";
import { moved, placeOf, type Stops } from "./stops.ts";

export interface NumberWords {
  readonly label: string;
  readonly unit: string;
  /** What may be said instead of a number, and the name of what ticks it. */
  readonly without?: { readonly word: string; readonly label: string } | undefined;
}

export interface NumberEvents {
  /** Another number, or none; `goesOn` while more of the same movement may follow. */
  moved(x: number | null, goesOn: boolean): void;
  settled(): void;
  /** It shall be a number again, of at most so much. */
  wanted?(most: number): void;
  refused(words: string): void;
}

/** A number and how far it may go. */
export interface Standing extends Bounds {
  readonly x: number | null;
  /** Where the slider stands when there is no number. */
  readonly rest?: number;
  readonly stops: Stops;
  /** Follows from something else, and is only read. */
  readonly isDerived?: boolean;
  readonly detail?: string;
  readonly isDisabled?: boolean;
}

const NOTHING: Standing = { x: null, stops: [], least: 0, most: 0, isWhole: false };

export class NumberControl {
  readonly row: Row;
  readonly #words: NumberWords;
  readonly #events: NumberEvents;
  readonly #number = html("input", { type: "text", inputmode: "text", spellcheck: "false" });
  readonly #slider = html("input", { type: "range", min: 0, step: 1 });
  readonly #tick = html("input", { type: "checkbox" });
  readonly #detail = html("span", { class: "mgw-controls-detail" });
  #standing = NOTHING;
  #written = "";
  #isWrong = false;

  /** `beside` stands where the unit would; without stops to go to there is no slider. */
  constructor(
    words: NumberWords,
    events: NumberEvents,
    parts: { action: HTMLElement; beside?: HTMLElement; hasSlider: boolean },
  ) {
    this.#words = words;
    this.#events = events;
    const { label, unit, without } = words;
    this.#number.setAttribute("aria-label", said.withUnit(label, unit && `(${unit})`));
    this.#slider.setAttribute("aria-label", said.slider(label));
    const track = html("div", { class: "mgw-controls-track" }, this.#slider, this.#detail);
    if (without) track.append(html("label", {}, this.#tick, without.label));
    this.row = new Row(label, {
      beside: [this.#number, parts.beside ?? html("span", { class: "mgw-controls-unit" }, unit)],
      action: parts.action,
      below: parts.hasSlider ? [track] : [],
    });
    this.#listen();
  }

  #listen(): void {
    const events = this.#events;
    this.#slider.addEventListener("input", () => {
      this.#move(this.#standing.stops[Number(this.#slider.value)]!, true);
    });
    this.#slider.addEventListener("change", () => events.settled());
    this.#slider.addEventListener("keydown", (e) => this.#key(e, "ArrowRight", "ArrowLeft"));
    this.#number.addEventListener("change", () => this.#typed());
    this.#number.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#typed();
      else if (event.key === "Escape") this.#forget(event);
      else this.#key(event, "ArrowUp", "ArrowDown");
    });
    this.#tick.addEventListener("change", () => {
      if (this.#tick.checked) this.#settle(null);
      else events.wanted?.(this.#standing.most);
    });
  }

  /** What is being typed stays as it is. */
  show(standing: Standing): void {
    this.#standing = standing;
    const { x, stops, rest, detail = "", isDisabled = false } = standing;
    const written = this.#writtenAs(x);
    if (written !== this.#written && !this.#isInHand) {
      this.#written = written;
      this.#rewrite();
    }
    for (const input of [this.#number, this.#slider, this.#tick]) input.disabled = isDisabled;
    const place = `${placeOf(x ?? rest ?? 0, stops)}`;
    if (this.#slider.max !== `${stops.length - 1}`) this.#slider.max = `${stops.length - 1}`;
    if (this.#slider.value !== place) this.#slider.value = place;
    this.#slider.setAttribute("aria-valuetext", said.withUnit(written, this.#words.unit));
    this.#tick.checked = x === null;
    write(this.#detail, detail);
  }

  focus(): void {
    this.#number.focus();
  }

  /** Somebody types, or is about to: a number that moves with every step would not let them. */
  get #isInHand(): boolean {
    const { isDerived = false } = this.#standing;
    if (!holdsFocus(this.#number)) return isDerived && this.#isWrong;
    return isDerived || this.#number.value !== this.#written;
  }

  #writtenAs(x: number | null): string {
    if (x === null) return this.#words.without?.word ?? said.own;
    return this.#standing.isDerived ? shortNumber(x) : fullNumber(x);
  }

  #rewrite(): void {
    this.#number.value = this.#written;
    this.#isWrong = false;
    this.#number.removeAttribute("aria-invalid");
    this.#number.removeAttribute("aria-description");
    this.row.complain("");
  }

  /** What was typed, and is not taken yet, is taken back. */
  #forget(event: KeyboardEvent): void {
    if (!this.#isWrong && this.#number.value === this.#written) return;
    take(event);
    this.#rewrite();
  }

  #key(event: KeyboardEvent, up: string, down: string): void {
    const by = stepsOf(event, up, down);
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, rest, stops, least, most } = this.#standing;
    const from = x ?? rest ?? least;
    if (stops.length > 0) this.#settle(moved(from, by, stops));
    else this.#settle(Math.min(most, Math.max(least, from + by)));
  }

  #typed(): void {
    const text = this.#number.value;
    if (text === this.#written) return;
    const x = this.#read(text);
    if (x === undefined) this.#refuse(text);
    else this.#settle(x);
  }

  /** Undefined for what cannot be had. */
  #read(text: string): number | null | undefined {
    const { least, most, isWhole, x: present } = this.#standing;
    const word = this.#words.without?.word ?? (present === null ? said.own : "");
    if (word !== "" && text.trim().toLowerCase() === word) return null;
    const x = readNumber(text);
    const isTaken =
      x !== null && Number.isFinite(x) && x >= least && x <= most && !(isWhole && x % 1 !== 0);
    return isTaken ? x : undefined;
  }

  #refuse(text: string): void {
    const { least, most, isWhole } = this.#standing;
    const end = most === Number.POSITIVE_INFINITY ? "" : countText(most);
    const word = this.#words.without?.word ?? "";
    const wanted = said.number(isWhole, countText(least), end, word);
    const words = said.expected(wanted, oneLine(shownLabel(text)), this.#written);
    this.#isWrong = true;
    this.#number.setAttribute("aria-invalid", "true");
    this.#number.setAttribute("aria-description", words);
    this.row.complain(words);
    this.#events.refused(words);
  }

  #settle(x: number | null): void {
    this.#move(x, false);
    this.#events.settled();
  }

  /** Shown at once: the hand is quicker than the page. */
  #move(x: number | null, goesOn: boolean): void {
    this.#standing = { ...this.#standing, x, isDerived: false };
    this.#written = this.#writtenAs(x);
    this.#rewrite();
    this.#events.moved(x, goesOn);
  }
}
