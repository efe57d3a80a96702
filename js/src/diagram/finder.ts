/** A line over the picture to search in, and the steps from one match to the next. */
import type { Expression } from "../expression.ts";
import { spokenItem } from "../grouped.ts";
import { keepInside, take } from "../presenting/deckkeys.ts";
import { type Found, search } from "../search.ts";
import { text } from "../strings.ts";
import { focusedIn, holdsFocus, html } from "./dom.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { button } from "./toolbar.ts";

/** Whoever types pauses longer than this before looking. */
const PAUSE_MS = 120;
/** So long a search may keep the page from doing anything else. */
const SLICE_MS = 8;

export class Finder implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #input = html("input", {
    type: "search",
    "aria-label": text.searchTitle,
    placeholder: text.searchFor,
    spellcheck: "false",
    autocomplete: "off",
  });
  readonly #count = html("span", { class: "mgw-count" });
  readonly #steps: readonly HTMLButtonElement[];
  #expression: Expression | null = null;
  /** A search that is under way. */
  #running: Generator<undefined, Found> | null = null;
  /** The step to take as soon as it has ended. */
  #awaited: 1 | -1 | null = null;
  #found: Found | null = null;
  /** Of the matches the one that is selected; -1 before the first step. */
  #at = -1;
  /** What had the focus before. */
  #opener: Element | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #opened: (isOpen: boolean) => void;

  constructor(desk: Desk, opened: (isOpen: boolean) => void) {
    this.#desk = desk;
    this.#opened = opened;
    this.#steps = [
      button("\u2191", text.previousMatch, () => this.step(-1)),
      button("\u2193", text.nextMatch, () => this.step(1)),
    ];
    this.element = html(
      "div",
      { class: "mgw-finder", role: "search", hidden: "" },
      this.#input,
      this.#count,
      ...this.#steps,
      button("\u00d7", text.close, () => this.close()),
    );
    const { signal } = desk;
    this.#input.addEventListener("input", () => this.#typed(), { signal });
    this.element.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  update(situation: Situation | null): void {
    if (situation?.expression === this.#expression) return;
    this.#expression = situation?.expression ?? null;
    this.#forget();
    if (this.isOpen) this.#typed();
  }

  open(): void {
    if (!holdsFocus(this.element)) this.#opener = focusedIn(this.element);
    this.element.hidden = false;
    this.#opened(true);
    this.#input.focus({ preventScroll: true });
    this.#input.select();
  }

  /** Gives the focus to what was found, else back to where it was. */
  close(): void {
    const hadFocus = holdsFocus(this.element);
    this.element.hidden = true;
    this.#opened(false);
    if (!hadFocus) return;
    const { drawing } = this.#desk;
    const match = this.#found?.items[this.#at];
    const found = match === undefined ? null : drawing.drawnAround(match);
    const opener = this.#opener as HTMLElement | null;
    if (found !== null) drawing.focus(found);
    else if (opener?.isConnected) opener.focus({ preventScroll: true });
    else drawing.focus(drawing.current);
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** To the next match or to the one before, around the ends. */
  step(by: 1 | -1): void {
    if (!this.isOpen) this.open();
    const [found, expression] = [this.#found, this.#expression];
    if (this.#running !== null) {
      this.#awaited = by;
      this.#look();
    }
    if (found === null || expression === null || found.items.length === 0) return;
    const count = found.items.length;
    this.#at = this.#at < 0 && by < 0 ? count - 1 : (this.#at + by + count) % count;
    const item = found.items[this.#at]!;
    this.#desk.show(item);
    const position = text.match(this.#at + 1, count, found.isCut);
    this.#count.textContent = position;
    this.#desk.say(text.found(position, spokenItem(expression, item)));
  }

  #onKey(event: KeyboardEvent): void {
    // Nothing typed here is meant for the figure or for what is around it.
    keepInside(event);
    const { key } = event;
    if (key === "Escape") this.close();
    else if (key === "F3") this.step(event.shiftKey ? -1 : 1);
    else if (key === "Enter" && event.target === this.#input) this.step(event.shiftKey ? -1 : 1);
    else return;
    take(event);
  }

  #typed(): void {
    this.#forget();
    const query = this.#input.value;
    if (this.#expression === null || query.trim() === "") return;
    this.#running = search(this.#expression, query);
    this.#count.textContent = text.searching;
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#running = this.#awaited = this.#found = null;
    this.#at = -1;
    this.#count.textContent = "";
  }

  /** Looks for a while, breathes, and looks on. */
  #look(): void {
    clearTimeout(this.#timer);
    const end = performance.now() + SLICE_MS;
    while (this.#running !== null && performance.now() < end) {
      const step = this.#running.next();
      if (step.done) this.#show(step.value);
    }
    if (this.#running !== null) this.#timer = setTimeout(() => this.#look());
  }

  #show(found: Found): void {
    const awaited = this.#awaited;
    this.#running = this.#awaited = null;
    this.#found = found;
    const words = text.matches(found.items.length, found.isCut);
    this.#count.textContent = words;
    for (const step of this.#steps) step.disabled = found.items.length === 0;
    this.#desk.say(words);
    if (awaited !== null) this.step(awaited);
  }
}
