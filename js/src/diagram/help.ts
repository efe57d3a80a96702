/** The list of the keys that work here. */
import { keysOf, text } from "../strings.ts";
import { focusedIn, holdsFocus, html } from "./dom.ts";

export class Help {
  readonly element: HTMLElement;
  /** What had the focus when the list was opened. */
  #opener: Element | null = null;

  readonly #keys = html("dl");

  constructor(close: HTMLElement) {
    this.element = html(
      "div",
      { class: "mgw-help", role: "region", tabindex: -1, "aria-label": text.help, hidden: "" },
      this.#keys,
      close,
    );
    this.list(keysOf(false));
  }

  list(keys: ReturnType<typeof keysOf>): void {
    const rows = keys.flatMap(([key, meaning]) => [html("dt", {}, key), html("dd", {}, meaning)]);
    this.#keys.replaceChildren(...rows);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Opened by a key it takes the focus, so that it is read aloud; closed, it gives that back. */
  toggle(): void {
    const { element } = this;
    const focused = focusedIn(element);
    const hadFocus = holdsFocus(element);
    element.hidden = !element.hidden;
    if (hadFocus) (this.#opener as HTMLElement | null)?.focus({ preventScroll: true });
    if (!this.isOpen) return;
    this.#opener = focused;
    if (focused?.localName !== "button") element.focus({ preventScroll: true });
  }
}
