/** The way through a lesson: back, on, and where one is. */
import { holdsFocus, html, write } from "../diagram/dom.ts";
import { button, disable } from "../diagram/toolbar.ts";
import { said } from "../strings/lesson.ts";

interface BarEvents {
  go(scene: number): void;
}

export class Bar {
  readonly element: HTMLElement;
  readonly #back = button(said.back, "", () => this.#move(-1));
  readonly #next = button(said.next, "", () => this.#move(1));
  readonly #position = html("span", { class: "mgw-position" });
  readonly #way = html("span", { class: "mgw-way", "aria-hidden": "true" });
  readonly #hint = html("span", { class: "mgw-hint" });
  readonly #events: BarEvents;
  #scene = 0;

  constructor(events: BarEvents) {
    this.#events = events;
    this.#hint.hidden = true;
    this.#next.classList.add("mgw-next");
    this.element = html(
      "div",
      { class: "mgw-scene-bar", role: "group", "aria-label": said.moves, title: said.keys },
      this.#back,
      this.#position,
      this.#next,
      this.#way,
      this.#hint,
    );
  }

  /** `isHeld`: something is to be answered first. */
  update(scene: number, count: number, isHeld: boolean): void {
    this.#scene = scene;
    if (!isHeld) this.#hint.hidden = true;
    write(this.#position, said.position(scene + 1, count));
    this.#way.style.setProperty("--done", `${(scene + 1) / count}`);
    disable(this.#back, scene === 0);
    disable(this.#next, scene === count - 1);
    // Not disabled: pressed, it says what is to be done.
    this.#next.classList.toggle("mgw-held", isHeld);
  }

  /** Says what there is to do before one can go on. */
  hint(words: string): void {
    this.#hint.hidden = false;
    write(this.#hint, words);
  }

  /** To where one goes on from. */
  focus(): void {
    if (!holdsFocus(this.element)) this.#next.focus({ preventScroll: true });
  }

  #move(by: 1 | -1): void {
    this.#events.go(this.#scene + by);
  }
}
