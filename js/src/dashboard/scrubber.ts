/** The step on screen as a slider and as a number to type. */
import { focusedIn, html, write } from "../diagram/dom.ts";
import { isForDeck, take } from "../presenting/deckkeys.ts";
import { transportText as words } from "../strings/transport.ts";
import type { Session } from "../training/session.ts";
import type { Desk } from "./part.ts";

/** As many as may be asked for in all. */
const MOST_STEPS = 100_000;

export class Scrubber {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #slider = html("input", {
    type: "range",
    class: "mgw-transport-slider",
    ...{ min: 0, max: 0, step: 1, value: 0, "aria-label": words.slider },
  });
  readonly #field = html("input", {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    class: "mgw-transport-field",
    title: words.stepTitle,
  });
  readonly #of = html("span", { class: "mgw-transport-of" });
  /** While one is held, a person says what it stands at. */
  #isDragging = false;
  #isTyping = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element = html(
      "div",
      { class: "mgw-transport-track" },
      this.#slider,
      html("label", {}, html("span", {}, words.step), this.#field, this.#of),
    );
    const { signal } = desk;
    const release = () => {
      this.#isDragging = false;
      desk.refresh();
    };
    this.#slider.addEventListener("pointerdown", () => this.#grab(), { signal });
    this.#slider.addEventListener("pointerup", release, { signal });
    this.#slider.addEventListener("pointercancel", release, { signal });
    this.#slider.addEventListener("blur", release, { signal });
    this.#slider.addEventListener("input", () => this.#go(Number(this.#slider.value)), { signal });
    this.#field.addEventListener(
      "input",
      () => {
        this.#isTyping = true;
      },
      { signal },
    );
    this.#field.addEventListener(
      "change",
      () => {
        // What Enter has taken changes once more when the field is left, for the slider perhaps.
        if (this.#isTyping) this.#typed();
      },
      { signal },
    );
    this.#field.addEventListener("blur", () => this.#leave(), { signal });
    this.#field.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  get hasFocus(): boolean {
    return focusedIn(this.element) === this.#slider;
  }

  show(session: Session | null): void {
    const { step, last, isPlaying } = session ?? { step: 0, last: 0, isPlaying: false };
    this.#slider.disabled = this.#field.disabled = session === null;
    if (this.#slider.max !== `${last}`) this.#slider.max = `${last}`;
    if (!this.#isDragging && this.#slider.value !== `${step}`) this.#slider.value = `${step}`;
    if (!this.#isTyping) this.#follow(`${step}`);
    write(this.#of, words.of(last));
    // While it plays, nobody could listen to all of it.
    if (!isPlaying) this.#slider.setAttribute("aria-valuetext", words.place(step, last));
  }

  /** A number that changed under the caret would be typed into: 24 and a 7 would be 247. */
  #follow(step: string): void {
    const field = this.#field;
    const isHere = focusedIn(this.element) === field;
    if (field.value === step || (isHere && !isSelected(field))) return;
    field.value = step;
    if (isHere) field.select();
  }

  #grab(): void {
    this.#isDragging = true;
    this.#desk.session?.pause();
  }

  #go(step: number): void {
    const { session } = this.#desk;
    session?.pause();
    session?.seek(step);
  }

  #typed(): void {
    const text = this.#field.value.trim().replaceAll(",", "");
    const step = Number(text);
    this.#isTyping = false;
    this.#field.select();
    if (/^\d+$/.test(text) && step <= MOST_STEPS) this.#go(step);
    else this.#desk.hint(words.notAStep(MOST_STEPS, this.#field.value.slice(0, 20)));
    this.#desk.refresh();
  }

  #leave(): void {
    this.#isTyping = false;
    this.#desk.refresh();
  }

  #key(event: KeyboardEvent): void {
    const { session } = this.#desk;
    if (session === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isForDeck(event) && event.key !== "Escape") return;
    const up = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (up !== undefined) {
      event.preventDefault();
      this.#isTyping = false;
      this.#field.select();
      this.#go(Math.max(0, Math.min(MOST_STEPS, session.step + up)));
    } else if (event.key === "Enter") {
      // A notebook around makes something else of it, and then no change is heard of.
      event.preventDefault();
      event.stopPropagation();
      this.#typed();
    } else if (event.key === "Escape" && this.#isTyping) {
      take(event);
      this.#field.select();
      this.#leave();
    }
  }
}

const isSelected = ({ selectionStart, selectionEnd, value }: HTMLInputElement): boolean =>
  selectionStart === 0 && selectionEnd === value.length;
