/** A sentence above a figure that is spoken at once, and goes when it is closed. */
import { html } from "../diagram/dom.ts";
import { linkText as said } from "../strings/link.ts";

export class Note {
  readonly #figure: HTMLElement;
  /** There before its words are: else nobody would hear them. */
  readonly #element = html("div", { role: "alert" });

  constructor(figure: HTMLElement) {
    this.#figure = figure;
    figure.prepend(this.#element);
  }

  /** Empty words take it away. */
  say(words: string): void {
    if (words === "") this.#element.replaceChildren();
    else {
      const close = html("button", { type: "button" }, said.close);
      close.addEventListener("click", () => this.#close());
      this.#element.replaceChildren(html("p", { class: "mgw-page-note" }, words, " ", close));
    }
  }

  #close(): void {
    this.say("");
    // The button goes with its words: whoever pressed it stays near.
    this.#figure.querySelector<HTMLElement>(".mgw[tabindex]")?.focus({ preventScroll: true });
  }
}
