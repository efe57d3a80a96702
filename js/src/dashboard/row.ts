/** What all settings have in common: a name, a value that can be read, a way back, a word below. */
import { html, write } from "../diagram/dom.ts";

/** Cells stand behind the name; `action` is the last of the line, `below` comes under it. */
export interface Cells {
  readonly beside: readonly HTMLElement[];
  readonly action?: HTMLElement;
  readonly below?: readonly HTMLElement[];
}

export class Row {
  readonly element: HTMLElement;
  readonly #words = html("p", { class: "mgw-controls-words", hidden: "" });

  constructor(label: string, { beside, action, below = [] }: Cells) {
    this.element = html(
      "div",
      { class: "mgw-controls-row", role: "group", "aria-label": label },
      html("span", { class: "mgw-controls-label" }, label),
      html("div", { class: "mgw-controls-value" }, ...beside),
      ...(action === undefined ? [] : [action]),
      ...below,
      this.#words,
    );
  }

  /** What was wrong, under the row; empty takes it away. */
  complain(words: string): void {
    write(this.#words, words);
    this.#words.hidden = words === "";
  }
}
