/** The controls that both panes have in common. */

import { html } from "../diagram/dom.ts";
import { button, disable } from "../diagram/toolbar.ts";
import { said } from "../strings/misconceptions.ts";

export interface StepperEvents {
  /** So many steps on, or back. */
  move(by: number): void;
  first(): void;
  last(): void;
  play(): void;
  toMistake(): void;
}

export interface Stepper {
  readonly element: HTMLElement;
  update(step: number, last: number, isHarmless: boolean): void;
  showPlaying(isPlaying: boolean): void;
}

export function makeStepper(events: StepperEvents): Stepper {
  const first = button(said.first, "", events.first);
  const previous = button(said.previous, "", () => events.move(-1));
  const play = button(said.play, "", events.play);
  const next = button(said.next, "", () => events.move(1));
  const last = button(said.last, "", events.last);
  const mistake = button(said.firstMistake, "", events.toMistake);
  const position = html("span", { class: "mgw-position" });
  const element = html(
    "div",
    { class: "mgw-stepper", role: "group", "aria-label": said.steps, title: said.keys },
    first,
    previous,
    play,
    next,
    last,
    mistake,
    position,
  );
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => events.move(-1),
    ArrowRight: () => events.move(1),
    Home: events.first,
    End: events.last,
  };
  element.addEventListener("keydown", (event) => {
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  return {
    element,
    update(step, end, isHarmless) {
      position.textContent = said.position(step, end);
      for (const back of [first, previous]) disable(back, step === 0);
      for (const on of [next, last]) disable(on, step === end);
      mistake.hidden = isHarmless;
    },
    showPlaying(isPlaying) {
      play.textContent = isPlaying ? said.pause : said.play;
    },
  };
}
