/** What is read in a scene: its text and, where it has one, its question. */
import { html } from "../diagram/dom.ts";
import { Ask, type AskEvents } from "./ask.ts";
import type { Scene } from "./scenes.ts";
import { type NumberOf, Words } from "./words.ts";

export class SceneView {
  readonly element: HTMLElement;
  readonly ask: Ask | null;
  readonly #words: Words;

  constructor({ text, question }: Scene, events: AskEvents) {
    this.#words = new Words(text, events.select);
    this.ask = question ? new Ask(question, events) : null;
    const parts = [this.#words, ...(this.ask ? [this.ask] : [])];
    this.element = html("div", { class: "mgw-scene" }, ...parts.map(({ element }) => element));
  }

  update(selected: unknown, numberOf: NumberOf): void {
    this.#words.update(selected, numberOf);
    this.ask?.update(selected, numberOf);
  }
}
