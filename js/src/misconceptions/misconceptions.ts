/** One view of what goes wrong: a mistake, its two panes, and the step at which both stand. */
import type { Scale, Theme } from "../diagram/colours.ts";
import { scaleOf } from "../diagram/colours.ts";
import { html, leaveFocus } from "../diagram/dom.ts";
import figureCss from "../diagram/figure.css";
import forcedCss from "../diagram/forced.css";
import { isPlainCharacter } from "../diagram/keys.ts";
import panelCss from "../diagram/panel.css";
import pictureCss from "../diagram/picture.css";
import { Player } from "../diagram/player.ts";
import { followTheme } from "../diagram/theme.ts";
import { Traits } from "../diagram/traits.ts";
import { bytesOf, type Host } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import { keepFromPage, take } from "../presenting/deckkeys.ts";
import { Presenter } from "../presenting/presenter.ts";
import printCss from "../presenting/print.css";
import { followSize } from "../resizing.ts";
import { said } from "../strings/misconceptions.ts";
import ownCss from "./misconceptions.css";
import { Pane } from "./pane.ts";
import { resultsTable } from "./results.ts";
import { Setting } from "./setting.ts";
import { firstMistake, readSimulations, type Simulation } from "./simulations.ts";
import { standingAt } from "./standing.ts";
import { makeStepper } from "./stepper.ts";

/** Wide enough for two panes abreast. */
const WIDE = 640;
/** Long enough to read a sentence. */
const PACE_MS = 1800;

const OUR_KEYS = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "Enter",
]);

export class Misconceptions {
  readonly #traits: Traits;
  readonly #layouts: LayoutService;
  readonly #signal: AbortSignal;
  readonly #player: Player;
  readonly #choices = html("div", { class: "mgw-cases", role: "group", "aria-label": said.cases });
  readonly #alert = html("p", { class: "mgw-alert", role: "alert", hidden: "" });
  readonly #rule = html("p", { class: "mgw-rule" });
  readonly #results = html("div");
  readonly #live = html("div", { class: "mgw-live", role: "status", "aria-live": "polite" });
  readonly #panes = {
    right: new Pane("right", (step) => this.#jump(step)),
    mistake: new Pane("mistake", (step) => this.#jump(step)),
  };
  readonly #stepper = makeStepper({
    move: (by) => this.#jump(this.#step + by),
    first: () => this.#jump(0),
    last: () => this.#jump(null),
    play: () => this.#play(),
    toMistake: () => this.#jump(this.#setting && firstMistake(this.#setting.simulation)),
  });
  readonly #root: HTMLElement;
  #simulations: readonly Simulation[] = [];
  #setting: Setting | null = null;
  #scale: Scale = scaleOf([]);
  #theme: Theme = "light";
  #request = new AbortController();
  readonly #presenter: Presenter;
  /** Since the walk has begun, all that is shown is its end; before, it is what one begins from. */
  #hasBegun = false;
  #followTheme = () => {};

  constructor(model: Host, el: HTMLElement, layouts: LayoutService, signal: AbortSignal) {
    this.#layouts = layouts;
    this.#signal = signal;
    const names = ["simulations", "case", "step", "theme", "presenter"];
    this.#traits = new Traits(model, names, (name) => this.#changed(name), signal);
    const playing = {
      step: () => this.#advance(),
      isSeen: () => this.#root.getClientRects().length > 0,
      changed: () => this.#stepper.showPlaying(this.#player.isPlaying),
    };
    this.#player = new Player(PACE_MS, playing, signal);
    this.#root = html(
      "div",
      { class: "mgw mgw-misconceptions", role: "group", tabindex: -1 },
      html("style", {}, figureCss, panelCss, pictureCss, ownCss, printCss, forcedCss),
      html("div", { class: "mgw-head" }, html("strong", {}, said.heading), this.#choices),
      this.#alert,
      html("div", { class: "mgw-lesson" }, this.#rule, this.#results),
      this.#stepper.element,
      html("div", { class: "mgw-panes" }, this.#panes.right.element, this.#panes.mistake.element),
      html("div", { class: "mgw-legend" }, ...said.legend.map((line) => html("span", {}, line))),
      this.#live,
    );
    const walker = { root: this.#root, walk: (by: 1 | -1) => this.#walk(by) };
    this.#presenter = new Presenter(this.#traits, walker, () => this.#fit(), signal);
    el.append(this.#root);
  }

  start(): void {
    const signal = this.#signal;
    this.#layouts.enter();
    signal.addEventListener("abort", () => this.#end(), { once: true });
    const wish = () => this.#traits.get("theme");
    const theme = followTheme(this.#root, wish, (name) => this.#wear(name), signal);
    this.#followTheme = theme.refresh;
    followSize([this.#root], () => this.#fit(), signal);
    this.#root.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#read();
    this.#presenter.follow();
  }

  #end(): void {
    this.#request.abort();
    this.#layouts.leave();
    this.#root.remove();
  }

  // What the model says

  #changed(name: string): void {
    if (name === "simulations") this.#read();
    else if (name === "theme") this.#followTheme();
    else if (name === "presenter") this.#presenter.follow();
    else if (name === "case") this.#begin();
    else this.#say(this.#update());
  }

  #read(): void {
    const packed = bytesOf(this.#traits.get("simulations"));
    if (packed.length === 0) return;
    try {
      this.#simulations = readSimulations(packed);
      const choices = this.#simulations.map(({ name, title }) =>
        html("button", { type: "button", "data-case": name }, title),
      );
      for (const choice of choices) {
        choice.addEventListener("click", () => this.#choose(choice.dataset.case!));
      }
      this.#choices.replaceChildren(...choices);
      this.#begin();
    } catch (error) {
      this.#complain(said.unreadable(error instanceof Error ? error.message : String(error)));
    }
  }

  /** Takes up the mistake that is asked for, or the first one. */
  #begin(): void {
    const wanted = this.#traits.get("case");
    const simulation =
      this.#simulations.find(({ name }) => name === wanted) ?? this.#simulations[0];
    if (simulation === undefined) return;
    this.#player.pause();
    this.#hasBegun = false;
    this.#complain("");
    const setting = new Setting(simulation);
    this.#setting = setting;
    this.#scale = scaleOf(gradientsOf(setting));
    this.#root.setAttribute("aria-label", said.figure(simulation.title));
    this.#rule.textContent = simulation.rule;
    this.#results.replaceChildren(resultsTable(simulation));
    for (const choice of this.#choices.querySelectorAll("button")) {
      choice.setAttribute("aria-pressed", `${choice.dataset.case === simulation.name}`);
    }
    for (const pane of this.#bothPanes) pane.take(setting);
    this.#update();
    void this.#draw(setting);
  }

  async #draw(setting: Setting): Promise<void> {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      const board = await setting.layOut(this.#layouts, signal);
      if (signal.aborted) return;
      for (const pane of this.#bothPanes) pane.show(board);
      this.#update();
    } catch {
      if (!signal.aborted) this.#complain(said.layoutFailed);
    }
  }

  // What is shown

  /** How many steps are done. */
  get #step(): number {
    const last = this.#setting?.last ?? 0;
    const step = this.#traits.get("step");
    return typeof step === "number" ? Math.max(0, Math.min(last, step)) : last;
  }

  /** Shows the step in both panes, and gives it in words. */
  #update(): string {
    if (this.#setting === null) return "";
    const { last, simulation } = this.#setting;
    const step = this.#step;
    this.#stepper.update(step, last, firstMistake(simulation) === null);
    const right = this.#panes.right.update(step, this.#scale, this.#theme);
    const mistake = this.#panes.mistake.update(step, this.#scale, this.#theme);
    return said.spoken(said.position(step, last), right, mistake);
  }

  #wear(theme: Theme): void {
    this.#theme = theme;
    this.#root.dataset.theme = theme;
    this.#update();
  }

  #fit(): void {
    this.#root.classList.toggle("mgw-abreast", this.#root.clientWidth >= WIDE);
    for (const pane of this.#bothPanes) pane.fit();
  }

  get #bothPanes(): Pane[] {
    return [this.#panes.right, this.#panes.mistake];
  }

  #say(words: string): void {
    this.#live.textContent = words;
  }

  #complain(words: string): void {
    this.#alert.hidden = words === "";
    this.#alert.textContent = words;
  }

  // What a person does

  #choose(name: string): void {
    this.#traits.set("step", null);
    this.#traits.set("case", name);
    if (this.#setting) this.#say(`${this.#setting.simulation.title}. ${this.#update()}`);
  }

  #jump(step: number | null): void {
    this.#player.pause();
    this.#moveTo(step);
  }

  #moveTo(step: number | null): void {
    const last = this.#setting?.last ?? 0;
    this.#hasBegun = true;
    this.#traits.set("step", step === null || step >= last ? null : Math.max(0, step));
  }

  /** As a lecturer's remote has it. */
  #walk(by: 1 | -1): boolean {
    const last = this.#setting?.last ?? 0;
    const isAtRest = this.#step === last && !this.#hasBegun;
    if (by === 1 ? this.#step === last && !isAtRest : this.#step === 0 || isAtRest) return false;
    this.#jump(isAtRest ? 0 : this.#step + by);
    return true;
  }

  #play(): void {
    if (this.#player.isPlaying) this.#player.pause();
    else this.#player.play();
  }

  /** One step on, from the end to the start; says whether there is another one. */
  #advance(): boolean {
    const isAtEnd = this.#step === this.#setting?.last;
    this.#moveTo(isAtEnd ? 0 : this.#step + 1);
    return this.#step < (this.#setting?.last ?? 0);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The notebook around would make something else of what is kept from it.
    if (event.key === "Escape") {
      this.#player.pause();
      take(event);
      leaveFocus(this.#root);
    } else if (OUR_KEYS.has(event.key)) event.stopPropagation();
    else if (isPlainCharacter(event)) keepFromPage(event);
  }
}

/** All gradients that either pane ends with: one scale of colours for both, and for all steps. */
function gradientsOf({ simulation, expression, last }: Setting): number[] {
  const { right, mistake } = simulation;
  return [right, mistake].flatMap((walk) => [...standingAt(expression.tape, walk, last).grad]);
}
