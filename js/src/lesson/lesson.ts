/** One view of a lesson: a text, the way on and back, and a figure that both of them move. */

import type { Theme } from "../diagram/colours.ts";
import { holdsFocus, html, leaveFocus } from "../diagram/dom.ts";
import figureCss from "../diagram/figure.css";
import forcedCss from "../diagram/forced.css";
import { isPlainCharacter } from "../diagram/keys.ts";
import { followTheme } from "../diagram/theme.ts";
import { Traits } from "../diagram/traits.ts";
import type { Host } from "../host.ts";
import type { StoredTraits } from "../page/restored.ts";
import { keepFromPage, take } from "../presenting/deckkeys.ts";
import { isTextField } from "../presenting/fields.ts";
import { Presenter } from "../presenting/presenter.ts";
import printCss from "../presenting/print.css";
import { followSize } from "../resizing.ts";
import { said } from "../strings/lesson.ts";
import type { Try } from "./ask.ts";
import { Bar } from "./bar.ts";
import ownCss from "./lesson.css";
import { Moved } from "./moved.ts";
import { isPredicting, readScenes, type Scene, spokenText } from "./scenes.ts";
import { SceneView } from "./sceneview.ts";
import { type Put, Stage } from "./stage.ts";

/** Wide enough for the text beside the figure. */
const WIDE = 900;

export class Lesson {
  readonly #traits: Traits;
  readonly #signal: AbortSignal;
  readonly #stage: Stage;
  readonly #presenter: Presenter;
  readonly #texts = html("div", { class: "mgw-scenes" });
  readonly #bar = new Bar({ go: (scene) => this.#go(scene) });
  readonly #moved = new Moved({ return: () => this.#return(), go: (scene) => this.#go(scene) });
  readonly #alert = html("p", { class: "mgw-alert", role: "alert", hidden: "" });
  readonly #live = html("div", { class: "mgw-live", role: "status", "aria-live": "polite" });
  readonly #root: HTMLElement;
  #scenes: readonly Scene[] = [];
  #views: readonly SceneView[] = [];
  #followTheme = () => {};

  constructor(model: Host, el: HTMLElement, put: Put, signal: AbortSignal) {
    this.#signal = signal;
    const names = ["_scenes", "_shown", "scene", "answers", "theme", "presenter"];
    this.#traits = new Traits(model, names, (name) => this.#changed(name), signal);
    this.#stage = new Stage(put, () => this.#update(), signal);
    const talk = html(
      "div",
      { class: "mgw-talk" },
      this.#alert,
      this.#texts,
      this.#moved.element,
      this.#bar.element,
    );
    talk.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#root = html(
      "div",
      { class: "mgw mgw-script", role: "group", tabindex: -1 },
      html("style", {}, figureCss, ownCss, printCss, forcedCss),
      talk,
      this.#stage.element,
      this.#live,
    );
    const walker = { root: this.#root, walk: (by: 1 | -1) => this.#walk(by) };
    this.#presenter = new Presenter(this.#traits, walker, () => this.#fit(), signal);
    el.append(this.#root);
  }

  start(): void {
    const signal = this.#signal;
    signal.addEventListener("abort", () => this.#root.remove(), { once: true });
    const wish = () => this.#traits.get("theme");
    this.#followTheme = followTheme(this.#root, wish, (it) => this.#wear(it), signal).refresh;
    followSize([this.#root], () => this.#fit(), signal);
    this.#presenter.follow();
    this.#read();
  }

  // What the model says

  #changed(name: string): void {
    if (name === "scene") this.#enter();
    else if (name === "answers") this.#settle();
    else if (name === "theme") this.#followTheme();
    else if (name === "presenter") this.#presenter.follow();
    else this.#read();
  }

  #read(): void {
    const [scenes, shown] = [this.#traits.get("_scenes"), this.#traits.get("_shown")];
    try {
      this.#scenes = readScenes(scenes, shown);
    } catch (error) {
      this.#alert.hidden = false;
      this.#alert.textContent = said.unreadable((error as Error).message);
      return;
    }
    this.#stage.take(shown as readonly StoredTraits[]);
    const events = {
      truth: (node: number, of: "data" | "grad") => this.#stage.truth(node, of),
      select: (node: number) => this.#select(node),
      tried: (done: Try) => this.#keep(done),
      say: (words: string) => this.#say(words),
    };
    this.#views = this.#scenes.map((scene) => new SceneView(scene, events));
    this.#texts.replaceChildren(...this.#views.map(({ element }) => element));
    this.#enter(false);
  }

  get #scene(): number {
    const scene = this.#traits.get("scene");
    const last = this.#scenes.length - 1;
    return typeof scene === "number" ? Math.max(0, Math.min(last, Math.trunc(scene))) : 0;
  }

  /** Shows a scene, and speaks it where somebody has gone there. */
  #enter(isSpoken = true): void {
    const scene = this.#scenes[this.#scene]!;
    const view = this.#views[this.#scene]!;
    // A word that goes away would take the focus with it.
    if (!holdsFocus(view.element) && holdsFocus(this.#texts)) this.#bar.focus();
    for (const one of this.#views) one.element.classList.toggle("mgw-on", one === view);
    this.#stage.enter(scene);
    this.#settle();
    const [number, count] = [this.#scene + 1, this.#scenes.length];
    this.#root.setAttribute("aria-label", said.figure(said.position(number, count)));
    const words = spokenText([...scene.text, ...(scene.question?.text ?? [])], (node, of) =>
      this.#stage.number(node, of),
    );
    if (isSpoken) this.#say(said.spoken(number, count, words));
  }

  /** Where the question of the scene has been answered, here or in another view, it is closed. */
  #settle(): void {
    const ask = this.#views[this.#scene]?.ask;
    const done = this.#answers.find(
      ({ scene, answer, right }) => scene === this.#scene && (right || answer === null),
    );
    if (ask && done) {
      const hadFocus = holdsFocus(ask.element);
      ask.settle(done.right);
      this.#update();
      if (hadFocus) this.#bar.focus();
    } else this.#update();
  }

  get #answers(): readonly (Try & { readonly scene: number })[] {
    const answers = this.#traits.get("answers");
    return Array.isArray(answers) ? answers : [];
  }

  /** What of the text follows the figure. */
  #update(): void {
    const get = (name: string) => this.#stage.get(name);
    const numberOf = (node: number, of: "data" | "grad") => this.#stage.number(node, of);
    this.#views[this.#scene]?.update(get("selected"), numberOf);
    this.#moved.update(this.#scenes, this.#scene, get);
    this.#bar.update(this.#scene, this.#scenes.length, this.#isHeld);
  }

  get #isHeld(): boolean {
    const isAsking = this.#views[this.#scene]?.ask?.isOpen ?? false;
    return isAsking || this.#isPredicting;
  }

  get #isPredicting(): boolean {
    const scene = this.#scenes[this.#scene];
    return scene !== undefined && isPredicting(scene, (name) => this.#stage.get(name));
  }

  #say(words: string): void {
    this.#live.textContent = words;
  }

  #wear(theme: Theme): void {
    this.#root.dataset.theme = theme;
    this.#stage.wear(theme);
  }

  #fit(): void {
    this.#root.classList.toggle("mgw-abreast", this.#root.clientWidth >= WIDE);
  }

  // What a person does

  #select(node: number): void {
    this.#stage.set("selected", this.#stage.get("selected") === node ? null : node);
  }

  #go(scene: number): void {
    if (scene < 0 || scene >= this.#scenes.length) return;
    if (scene > this.#scene && this.#isHeld) this.#insist();
    else this.#traits.set("scene", scene);
  }

  /** Who wants to go on is told what is to be answered, or shown, first. */
  #insist(): void {
    const ask = this.#views[this.#scene]?.ask;
    if (ask?.isOpen) ask.insist();
    else {
      this.#bar.hint(said.predictFirst);
      this.#say(said.predictFirst);
    }
  }

  #keep(done: Try): void {
    this.#traits.set("answers", [...this.#answers, { scene: this.#scene, ...done }]);
  }

  #return(): void {
    this.#stage.enter(this.#scenes[this.#scene]!);
    this.#update();
    this.#bar.focus();
    this.#say(said.isBack);
  }

  /** As a lecturer's remote has it: what is asked is shown first, then it goes on. */
  #walk(by: 1 | -1): boolean {
    const scene = this.#scene + by;
    const ask = this.#views[this.#scene]?.ask;
    if (by === 1 && ask?.isOpen) ask.show();
    else if (scene < 0 || scene >= this.#scenes.length) return false;
    else this.#traits.set("scene", scene);
    return true;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    if (target instanceof HTMLInputElement) {
      if (isPlainCharacter(event) && isTextField(target)) event.stopPropagation();
      return;
    }
    const last = this.#scenes.length - 1;
    const scene = new Map([
      ["ArrowLeft", this.#scene - 1],
      ["ArrowRight", this.#scene + 1],
      ["Home", 0],
      ["End", last],
    ]).get(event.key);
    if (scene !== undefined) {
      take(event);
      this.#go(scene);
    } else if (event.key === "Escape") {
      take(event);
      leaveFocus(this.#root);
    } else if (isPlainCharacter(event)) keepFromPage(event);
  }
}
