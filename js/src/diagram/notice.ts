/** A short sentence over the picture. */
export class Notice {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, signal: AbortSignal) {
    this.#element = element;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  show(words: string, forMs?: number): void {
    clearTimeout(this.#timer);
    this.#element.removeAttribute("role");
    this.#element.textContent = words;
    this.#element.hidden = false;
    if (forMs !== undefined) this.#timer = setTimeout(() => this.hide(words), forMs);
  }

  /** Stays until something else is said, and is spoken at once. */
  alert(words: string): void {
    this.show(words);
    this.#element.setAttribute("role", "alert");
  }

  /** Takes these words away, but not others that came meanwhile; without words, all. */
  hide(words?: string): void {
    if (words !== undefined && this.#element.textContent !== words) return;
    this.#element.hidden = true;
    this.#element.textContent = "";
  }
}
