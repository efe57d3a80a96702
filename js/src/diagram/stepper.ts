/** The row of controls that leads through the two passes, and the sentence of the step. */

import { isForDeck } from "../presenting/deckkeys.ts";
import { stepSentence } from "../sentence.ts";
import type { Stops } from "../stops.ts";
import { quizText } from "../strings/quiz.ts";
import { stepsText as words } from "../strings/steps.ts";
import { holdsFocus, html } from "./dom.ts";
import { type Icon, icon } from "./icons.ts";
import { isPlainCharacter } from "./keys.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { Player } from "./player.ts";
import { button, disable } from "./toolbar.ts";

/** Long enough to read a short sentence. */
const STEP_MS = 1500;
/** While it plays, sentences come no faster than this: more could not be spoken. */
const SPEECH_MS = 3000;
/** Steps of more values are counted only for somebody who takes them. */
const MANY = 100_000;

export function makeStepper(desk: Desk): Part {
  return new Stepper(desk);
}

class Stepper implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #player: Player;
  readonly #mode = html("button", { type: "button" });
  readonly #predict = html("button", { type: "button" }, quizText.toggle);
  readonly #play: HTMLButtonElement;
  readonly #back: readonly HTMLButtonElement[];
  readonly #on: readonly HTMLButtonElement[];
  readonly #slider = html("input", {
    type: "range",
    class: "mgw-steps",
    min: 0,
    step: 1,
    "aria-label": words.slider,
  });
  readonly #place = html("span", { class: "mgw-place-of" });
  readonly #sentence = html("bdi");
  readonly #speed: HTMLSelectElement;
  #situation: Situation | null = null;
  #position: number | null | undefined;
  #spokenAt = Number.NEGATIVE_INFINITY;

  constructor(desk: Desk) {
    this.#desk = desk;
    const control = (name: Icon, title: string, clicked: () => void) => {
      const made = button("", title, clicked);
      made.append(icon(name));
      return made;
    };
    this.#mode.addEventListener("click", () => this.#goTo(this.#isAtRest ? 0 : null));
    this.#predict.title = quizText.toggleTitle;
    this.#predict.addEventListener("click", () => this.#togglePredict());
    const first = control("first", words.first, () => this.#goTo(0));
    const previous = control("previous", words.previous, () => this.#previous());
    this.#play = control("play", words.play, () => this.#toggle());
    const next = control("next", words.next, () => this.#next());
    const last = control("last", words.last, () => this.#goTo(this.#count));
    this.#back = [first, previous];
    this.#on = [next, last];
    this.#player = new Player(
      STEP_MS,
      {
        step: () => this.#playOn(),
        isSeen: () => this.element.getClientRects().length > 0,
        changed: () => this.#showPlaying(),
      },
      desk.signal,
    );
    this.#speed = html(
      "select",
      {},
      ...Object.entries(words.speeds).map(([value, label]) => html("option", { value }, label)),
    );
    this.#speed.value = "1";
    this.#speed.addEventListener("change", () => {
      const rate = Number(this.#speed.value);
      this.#player.interval = Number.isNaN(rate) ? 0 : STEP_MS / rate;
    });
    this.#slider.addEventListener("input", () => {
      this.#goTo(this.#stops?.position(Number(this.#slider.value)) ?? null);
    });
    this.element = html(
      "div",
      { class: "mgw-passes", role: "group", "aria-label": words.group },
      html(
        "div",
        { class: "mgw-transport" },
        this.#mode,
        html("div", { class: "mgw-buttons" }, first, previous, this.#play, next, last),
        html("div", { class: "mgw-track" }, this.#slider, this.#place),
        html("label", {}, html("span", {}, words.speed), this.#speed),
        this.#predict,
      ),
      html("p", { class: "mgw-step-words" }, this.#sentence),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event), { signal: desk.signal });
  }

  update(situation: Situation | null): void {
    this.#situation = situation;
    this.element.hidden = situation === null;
    if (situation === null) {
      this.#player.pause();
      return;
    }
    const { expression, fold } = situation;
    const { position, isGuessing } = expression.numbers;
    this.#slider.disabled = position === null && expression.tape.count > MANY;
    if (this.#slider.disabled) this.#place.textContent = words.allShown;
    else this.#showPlace(fold.stops(expression.numbers.passes), position);
    this.#mode.textContent = this.#isAtRest ? words.begin : words.showAll;
    this.#mode.title = this.#isAtRest ? words.beginTitle : words.showAllTitle;
    this.#predict.setAttribute("aria-pressed", `${isGuessing}`);
    // Who is to guess has begun at the beginning, and is not to be shown one number after another.
    this.#mode.hidden = isGuessing;
    if (isGuessing) this.#player.pause();
    disable(this.#play, isGuessing);
    for (const one of this.#back) disable(one, position === 0);
    for (const one of this.#on) disable(one, position !== null && position === this.#count);
    const sentence = stepSentence(expression, fold);
    this.#sentence.textContent = sentence;
    if (this.#position !== undefined && this.#position !== position) this.#say(sentence);
    this.#position = position;
  }

  #showPlace(stops: Stops, position: number | null): void {
    const reached = position === null ? stops.count : stops.reached(position);
    const place = position === null ? words.allShown : words.place(reached, stops.count);
    this.#slider.max = `${stops.count}`;
    this.#slider.value = `${reached}`;
    this.#slider.setAttribute("aria-valuetext", place);
    this.#place.textContent = place;
  }

  get #stops(): Stops | null {
    if (this.#situation === null) return null;
    const { expression, fold } = this.#situation;
    return fold.stops(expression.numbers.passes);
  }

  /** By one step, also from a box that has the focus. */
  key(event: KeyboardEvent): boolean {
    if (!isPlainCharacter(event) || (event.key !== "," && event.key !== ".")) return false;
    if (isForDeck(event)) return false;
    this.#actionOf(event.key, false)?.();
    return true;
  }

  /** At rest nothing has been walked that could be walked back. */
  walk(by: 1 | -1): boolean {
    if (this.#situation === null) return false;
    const { position } = this.#situation.expression.numbers;
    if (by === 1 ? position === this.#count : position === null || position === 0) return false;
    this.#player.pause();
    if (by === 1) this.#next();
    else this.#previous();
    return true;
  }

  get #isAtRest(): boolean {
    return (this.#situation?.expression.numbers.position ?? null) === null;
  }

  /** Where the passes end. */
  get #count(): number {
    return this.#situation?.expression.numbers.passes.count ?? 0;
  }

  #goTo(position: number | null): void {
    if (this.#situation !== null) this.#desk.traits.set("step", position);
  }

  /** At rest all is shown, as at the end; who wants to go on from there begins at the beginning. */
  #next(): void {
    const { position } = this.#situation?.expression.numbers ?? {};
    if (position === this.#count) return;
    this.#goTo(position == null ? 0 : this.#stops!.next(position));
  }

  #previous(): void {
    if (this.#stops === null) return;
    const position = this.#situation?.expression.numbers.position ?? this.#count;
    this.#goTo(this.#stops.previous(position));
  }

  #playOn(): boolean {
    this.#next();
    return !this.#isAtRest && this.#position !== this.#count;
  }

  #togglePredict(): void {
    const isOn = !this.#situation?.expression.numbers.isGuessing;
    // Where all is shown there is nothing left to guess.
    if (isOn && (this.#isAtRest || this.#position === this.#count)) this.#goTo(0);
    this.#desk.traits.set("predict", isOn);
  }

  #toggle(): void {
    if (this.#situation?.expression.numbers.isGuessing) return;
    if (this.#player.isPlaying) {
      this.#player.pause();
      return;
    }
    if (this.#position === this.#count) this.#goTo(0);
    this.#player.play();
  }

  #showPlaying(): void {
    const { isPlaying } = this.#player;
    const title = isPlaying ? words.pause : words.play;
    this.#play.replaceChildren(icon(isPlaying ? "pause" : "play"));
    this.#play.title = title;
    this.#play.setAttribute("aria-label", title);
    this.#say(this.#sentence.textContent ?? "");
  }

  /** Said in the one view where a person is at work, and while it plays only now and then. */
  #say(sentence: string): void {
    if (!holdsFocus(this.#desk.root)) return;
    const now = performance.now();
    if (this.#player.isPlaying && now - this.#spokenAt < SPEECH_MS) return;
    this.#spokenAt = now;
    this.#desk.say(sentence);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isForDeck(event)) return;
    const target = event.target as Element;
    if (target === this.#speed) return;
    // A button that has the focus is pressed by the space bar; it must do what it says.
    const isButton = target.closest("button") !== null;
    const action = this.#actionOf(event.key, isButton);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  #actionOf(key: string, isButton: boolean): (() => void) | null {
    switch (key) {
      case "ArrowRight":
      case ".":
        return () => this.#next();
      case "ArrowLeft":
      case ",":
        return () => this.#previous();
      case "Home":
        return () => this.#goTo(0);
      case "End":
        return () => this.#goTo(this.#count);
      case " ":
        return isButton ? null : () => this.#toggle();
      default:
        return null;
    }
  }
}
