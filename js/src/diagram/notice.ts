import { text } from "../strings.ts";
import { html } from "./dom.ts";

const HINT_MS = 3000;

/** A short sentence over the picture. */
export class Notice {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #hinted = new Set<string>();
  #words = "";
  #isWaiting = false;

  constructor(element: HTMLElement, signal: AbortSignal) {
    this.#element = element;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  show(words: string): void {
    clearTimeout(this.#timer);
    this.#element.removeAttribute("role");
    this.#element.textContent = this.#words = words;
    this.#isWaiting = false;
    this.#element.hidden = false;
  }

  /** Stays until the wait is over, is spoken, and offers to end it. */
  wait(words: string, cancel: () => void): void {
    this.show(words);
    this.#isWaiting = true;
    this.#element.setAttribute("role", "status");
    const button = html("button", { type: "button" }, text.cancel);
    button.addEventListener("click", cancel);
    this.#element.append(" ", button);
  }

  /** Goes away by itself; a wait is more important. */
  hint(words: string): void {
    if (this.#isWaiting) return;
    this.show(words);
    this.#timer = setTimeout(() => this.hide(words), HINT_MS);
  }

  /** Who knows it now needs no second telling. */
  hintOnce(words: string): void {
    if (this.#hinted.has(words)) return;
    this.#hinted.add(words);
    this.hint(words);
  }

  /** Stays until it is taken away. */
  showOnce(words: string): void {
    if (this.#hinted.has(words)) return;
    this.#hinted.add(words);
    this.show(words);
  }

  hintAtWheel(): void {
    this.hintOnce(text.wheelHint(/Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl"));
  }

  /** Stays until something else is said, and is spoken at once. */
  alert(words: string): void {
    this.show(words);
    this.#element.setAttribute("role", "alert");
  }

  /** Takes these words away, but not others that came meanwhile; without words, all. */
  hide(words?: string): void {
    if (words !== undefined && this.#words !== words) return;
    this.show("");
    this.#element.hidden = true;
  }
}
