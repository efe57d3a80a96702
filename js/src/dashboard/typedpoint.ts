/** A point that is typed: what the network makes of it, and a way to add it without a pointer. */
import { html, write } from "../diagram/dom.ts";
import { button, disable } from "../diagram/toolbar.ts";
import { readNumber } from "../range.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import type { Session } from "../training/session.ts";
import { verdictText } from "./pointwords.ts";

export class TypedPoint {
  readonly element: HTMLElement;
  readonly #x = field();
  readonly #y = field();
  readonly #answer = html("output", { class: "mgw-boundary-answer" });
  readonly #adders: readonly HTMLButtonElement[];

  constructor(changed: () => void, added: (x: number, y: number, label: number) => void) {
    this.#adders = [1, -1].map((label) =>
      button(said.addTyped(label), said.addTypedTitle(label), () => {
        const { place } = this;
        if (place !== null) added(place.x, place.y, label);
      }),
    );
    const labelled = (name: string, input: HTMLInputElement) =>
      html("label", {}, html("span", {}, name), input);
    this.element = html(
      "form",
      { class: "mgw-boundary-typed", "aria-label": said.predict },
      html("span", { class: "mgw-boundary-typed-name" }, said.predict),
      labelled(said.x, this.#x),
      labelled(said.y, this.#y),
      ...this.#adders,
      this.#answer,
    );
    this.element.addEventListener("input", changed);
    this.element.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Null as long as there are not two finite numbers. */
  get place(): { x: number; y: number } | null {
    const [x, y] = [this.#x, this.#y].map(({ value }) => readNumber(value));
    return Number.isFinite(x) && Number.isFinite(y) ? { x: x!, y: y! } : null;
  }

  update(session: Session, mayAdd: boolean): void {
    const { place } = this;
    for (const adder of this.#adders) {
      adder.hidden = !mayAdd;
      disable(adder, place === null);
    }
    write(this.#answer, place === null ? this.#complaint : verdictText(session, place.x, place.y));
  }

  get #complaint(): string {
    const typed = [this.#x, this.#y].map(({ value }) => value.trim());
    const wrong = typed.find((text) => text !== "" && !Number.isFinite(readNumber(text)));
    if (wrong !== undefined) return said.notANumber(wrong);
    return typed.every((text) => text === "") ? "" : said.typeBoth;
  }
}

const field = (): HTMLInputElement =>
  html("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false" });
