/** What was changed in the course of a run, each line leading to its step. */
import { html } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { curvesText as words } from "../strings/curves.ts";
import type { Run } from "../training/session.ts";
import type { Desk } from "./part.ts";
import { type Turn, turnsOf } from "./turns.ts";

export class TurnList {
  readonly #desk: Desk;
  readonly #list = html("ul", { class: "mgw-curves-turns", hidden: "" });
  #run: Run | null = null;
  #segments: Run["segments"] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get element(): HTMLElement {
    return this.#list;
  }

  show(run: Run): void {
    if (run === this.#run && run.segments === this.#segments) return;
    this.#run = run;
    this.#segments = run.segments;
    const { turns, others } = turnsOf(run);
    this.#list.hidden = turns.length === 0;
    this.#list.replaceChildren(
      ...(others > 0 ? [html("li", { class: "mgw-curves-more" }, words.more(others))] : []),
      ...turns.map((turn) => this.#line(turn)),
    );
  }

  #line({ step, letter, note }: Turn): HTMLElement {
    const go = button("", "", () => this.#desk.session?.seek(step));
    go.title = words.goTo(step);
    go.append(html("b", {}, letter), html("span", {}, note));
    return html("li", {}, go);
  }
}
