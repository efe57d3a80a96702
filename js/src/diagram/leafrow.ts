/** One leaf as a slider and a number that can be typed. */
import { take } from "../presenting/deckkeys.ts";
import { fits, type Range, rangeFor, readNumber, snapped } from "../range.ts";
import { editText } from "../strings/edit.ts";
import { fullNumber, shortNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";
import { stepsOf } from "./sliderkeys.ts";
import { button } from "./toolbar.ts";

interface LeafEvents {
  /** A new number; `goesOn` while more of the same movement may follow. */
  changed(number: number, goesOn: boolean): void;
  /** The movement has ended. */
  settled(): void;
  reset(): void;
  /** Whoever was here wants to go back to the picture. */
  left(): void;
  refused(words: string): void;
}

export class LeafRow {
  readonly element: HTMLElement;
  readonly #events: LeafEvents;
  readonly #name = html("strong", { class: "mgw-leaf-name" });
  readonly #slider = html("input", { type: "range", step: "any" });
  readonly #low = html("span", { class: "mgw-end" });
  readonly #high = html("span", { class: "mgw-end" });
  readonly #number = html("input", { type: "text", inputmode: "text", spellcheck: "false" });
  readonly #reset: HTMLButtonElement;
  #leaf: number | null = null;
  #x = Number.NaN;
  #range: Range = rangeFor(0);

  constructor(events: LeafEvents) {
    this.#events = events;
    this.#reset = button(editText.reset(""), "", () => events.reset());
    this.element = html(
      "div",
      { class: "mgw-leaf-row" },
      this.#name,
      html("div", { class: "mgw-leaf-track" }, this.#low, this.#slider, this.#high),
      this.#number,
      this.#reset,
    );
    this.element.addEventListener("keydown", (event) => this.#leave(event));
    this.#slider.addEventListener("input", () => {
      events.changed(snapped(Number(this.#slider.value), this.#range), true);
    });
    this.#slider.addEventListener("change", () => this.#settle());
    this.#slider.addEventListener("keydown", (event) => this.#key(event));
    this.#number.addEventListener("change", () => this.#typed());
    this.#number.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#typed();
      else this.#key(event, "ArrowUp", "ArrowDown");
    });
  }

  /** What was being typed is forgotten first. */
  #leave(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    take(event);
    const isTyped = this.#number.value !== fullNumber(this.#x);
    this.#showNumber();
    if (!isTyped) this.#events.left();
  }

  #showNumber(): void {
    this.#number.value = fullNumber(this.#x);
    this.#number.setAttribute("aria-invalid", "false");
  }

  show(leaf: number, name: string, x: number, isChanged: boolean): void {
    const isNew = leaf !== this.#leaf;
    this.#x = x;
    if (isNew || (Number.isFinite(x) && !fits(x, this.#range))) this.#range = rangeFor(x);
    if (isNew) {
      this.#leaf = leaf;
      this.#name.replaceChildren(isolated(name));
      this.#slider.setAttribute("aria-label", editText.slider(name));
      this.#number.setAttribute("aria-label", editText.number(name));
      this.#reset.replaceChildren(isolated(editText.reset(name)));
    }
    const { end } = this.#range;
    this.#slider.min = `${-end}`;
    this.#slider.max = `${end}`;
    this.#slider.value = `${Number.isNaN(x) ? 0 : x}`;
    this.#slider.setAttribute("aria-valuetext", shortNumber(x));
    this.#low.textContent = shortNumber(-end);
    this.#high.textContent = shortNumber(end);
    this.#showNumber();
    this.#reset.classList.toggle("mgw-gone", !isChanged);
  }

  /** Ready to be typed over. */
  focusNumber(): void {
    this.#number.focus();
    this.#number.select();
  }

  /** Moved by so many pixels of the slider's track, finer if wanted. */
  drag(from: number, pixels: number, isFine: boolean): void {
    const x = (Number.isFinite(from) ? from : 0) + (pixels * this.#range.step) / (isFine ? 10 : 1);
    const step = isFine ? this.#range.step / 10 : this.#range.step;
    this.#events.changed(snapped(x, { ...this.#range, step }), true);
  }

  #key(event: KeyboardEvent, up = "ArrowRight", down = "ArrowLeft"): void {
    const by = stepsOf(event, up, down);
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    const from = Number.isFinite(this.#x) ? this.#x : 0;
    this.#events.changed(snapped(from + by * this.#range.step, this.#range), false);
    this.#events.settled();
  }

  #typed(): void {
    const x = readNumber(this.#number.value);
    this.#number.setAttribute("aria-invalid", `${x === null}`);
    if (x === null) {
      this.#events.refused(editText.notANumber(this.#number.value));
      return;
    }
    if (Object.is(x, this.#x)) return;
    this.#events.changed(x, false);
    this.#events.settled();
  }

  /** Who has come to an end of the slider may want to go on. */
  #settle(): void {
    if (Math.abs(this.#x) >= this.#range.end) this.#range = rangeFor(this.#x);
    this.#events.settled();
  }
}
