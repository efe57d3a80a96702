/** A line under the text for when the figure is no longer as in the scene: what has moved, and the way back. */
import { html, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { said } from "../strings/lesson.ts";
import { differences, type Scene, sceneLike } from "./scenes.ts";

interface MovedEvents {
  return(): void;
  go(scene: number): void;
}

export class Moved {
  readonly element: HTMLElement;
  readonly #words = html("span");
  readonly #return: HTMLButtonElement;
  readonly #go: HTMLButtonElement;
  #like = 0;

  constructor(events: MovedEvents) {
    this.#return = button(said.backToScene, "", events.return);
    this.#go = button("", "", () => events.go(this.#like));
    this.element = html("div", { class: "mgw-moved" }, this.#words, this.#return, this.#go);
  }

  update(scenes: readonly Scene[], current: number, get: (name: string) => unknown): void {
    const scene = scenes[current];
    const moved = scene === undefined ? [] : differences(scene, get);
    const like = moved.length === 0 ? null : sceneLike(scenes, current, get);
    // Its room stays: the figure below must not jump when somebody moves something in it.
    this.element.classList.toggle("mgw-moved-on", moved.length > 0);
    if (moved.length === 0) return;
    this.#go.hidden = like === null;
    if (like === null) write(this.#words, said.moved(moved));
    else {
      this.#like = like;
      write(this.#words, said.isScene(like + 1));
      write(this.#go, said.goToScene(like + 1));
    }
  }
}
