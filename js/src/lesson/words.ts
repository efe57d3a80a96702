/** The text of a scene: names in it select what they name, numbers in it follow the figure. */
import { html, isolated, write } from "../diagram/dom.ts";
import { spokenNumber } from "../expression.ts";
import type { Paragraph, Run } from "./scenes.ts";

export type NumberOf = (node: number, of: "data" | "grad") => string;

export class Words {
  readonly element: HTMLElement;
  readonly #select: (node: number) => void;
  readonly #buttons: { readonly node: number; readonly element: HTMLButtonElement }[] = [];
  readonly #numbers: {
    readonly node: number;
    readonly of: "data" | "grad";
    readonly element: HTMLElement;
  }[] = [];

  constructor(text: readonly Paragraph[], select: (node: number) => void) {
    this.#select = select;
    this.element = html("div", { class: "mgw-words" }, ...this.#blocks(text));
  }

  update(selected: unknown, numberOf: NumberOf): void {
    for (const { node, element } of this.#buttons) {
      element.setAttribute("aria-pressed", `${node === selected}`);
    }
    for (const { node, of, element } of this.#numbers) {
      const words = numberOf(node, of);
      write(element, words);
      element.setAttribute("aria-label", spokenNumber(words));
    }
  }

  *#blocks(text: readonly Paragraph[]): Generator<HTMLElement> {
    let list: HTMLElement | null = null;
    for (const { item, runs } of text) {
      const parts = runs.map((run) => this.#part(run));
      if (!item) {
        list = null;
        yield html("p", {}, ...parts);
      } else if (list === null) {
        list = html("ul", {}, html("li", {}, ...parts));
        yield list;
      } else list.append(html("li", {}, ...parts));
    }
  }

  #part(run: Run): Node | string {
    switch (run.kind) {
      case "node": {
        const element = html("button", { type: "button", class: "mgw-word" }, isolated(run.text));
        element.addEventListener("click", () => this.#select(run.node));
        this.#buttons.push({ node: run.node, element });
        return element;
      }
      case "number": {
        const element = html("span", { class: "mgw-quoted", role: "text" });
        this.#numbers.push({ node: run.node, of: run.of, element });
        return element;
      }
      case "strong":
      case "em":
      case "code":
        return html(run.kind, {}, run.text);
      default:
        return run.text;
    }
  }
}
