/** The selected parameter: what it is, where it is used, and what its gradient is made of. */
import { html, isolated, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { steadyNumber, turnedNumber } from "../strings/figures.ts";
import { weightText as said } from "../strings/weight.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { Section } from "./section.ts";
import { parameterName, selectedParameter } from "./selectedparameter.ts";
import { SharesView } from "./sharesview.ts";
import css from "./weight.css";
import { usesOf } from "./weightuse.ts";
import { wiringOf } from "./wiring.ts";

export { css as weightCss };

export const makeWeight: MakePart = (desk) => new Weight(desk);

/** A backward pass for every example takes its time: while it plays, that is done now and then. */
const REST_MS = 250;
const REST_FACTOR = 9;

type Figure = "value" | "gradient" | "update";

class Weight implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #section: Section;
  readonly #nothing = html("p", { class: "mgw-weight-nothing" }, said.nothing);
  readonly #name = html("strong");
  readonly #step = html("span", { class: "mgw-weight-step" });
  readonly #figures: Readonly<Record<Figure, HTMLElement>> = {
    value: html("dd"),
    gradient: html("dd"),
    update: html("dd"),
  };
  readonly #uses = html("p", { class: "mgw-weight-uses" });
  readonly #shares: SharesView;
  readonly #found: HTMLElement;
  #parameter: number | null = null;
  #network: Network | null = null;
  /** What all of the numbers were made of. */
  #shown: readonly unknown[] = [];
  #due = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#section = new Section(desk, said.title, "mgw-weight", true);
    this.element = this.#section.element;
    this.#shares = new SharesView(desk);
    const letGo = button("\u00d7", said.letGo, () => this.#letGo());
    const figures = Object.entries(this.#figures).map(([name, figure]) =>
      html("div", {}, html("dt", {}, said[name as Figure]), figure),
    );
    this.#found = html(
      "div",
      { hidden: "" },
      html("div", { class: "mgw-weight-head" }, this.#name, this.#step, letGo),
      html("dl", { class: "mgw-weight-figures" }, ...figures),
      this.#uses,
      this.#shares.element,
    );
    this.#section.body.append(this.#nothing, this.#found);
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null) return;
    const parameter = selectedParameter(this.#desk, session);
    const isOther = parameter !== this.#parameter || session.network !== this.#network;
    if (isOther) this.#begin(session, parameter);
    if (parameter === null || !(this.#section.isDue(session) || isOther)) return;
    const { parameters, gradients, updates, batch, points, run, step, isPlaying } = session;
    const shown = [parameters, gradients, updates, batch, points, run, step, this.#shares.most];
    const began = performance.now();
    const isDue = !isPlaying || isOther || began >= this.#due;
    if (isDue && !shown.every((x, n) => x === this.#shown[n])) {
      this.#shown = shown;
      this.#show(session, parameter);
      const now = performance.now();
      this.#due = now + Math.max(REST_MS, REST_FACTOR * (now - began));
    }
    this.#shares.showSelected();
  }

  #begin({ network }: Session, parameter: number | null): void {
    [this.#parameter, this.#network, this.#shown] = [parameter, network, []];
    this.#nothing.hidden = parameter !== null;
    this.#found.hidden = parameter === null;
    this.#shares.foldUp();
    if (parameter === null) return;
    this.#name.replaceChildren(isolated(parameterName(network, parameter)));
    const uses = usesOf(network, wiringOf(network), parameter);
    this.#uses.replaceChildren(isolated(uses.join(" ")));
  }

  /** All of one step, so that the terms add to the gradient beside them. */
  #show(session: Session, parameter: number): void {
    const { parameters, gradients, updates, knowsUpdates, step } = session;
    const update = knowsUpdates ? turnedNumber(updates[parameter]!) : said.unknown;
    write(this.#step, said.atStep(step));
    write(this.#figures.value, steadyNumber(parameters[parameter]!));
    write(this.#figures.gradient, turnedNumber(gradients[parameter]!));
    write(this.#figures.update, update);
    this.#shares.show(session, parameter);
  }

  #letGo(): void {
    this.#desk.traits.set("selected_parameter", null);
    this.element.querySelector("summary")?.focus({ preventScroll: true });
  }
}
