/** The runs there are, once there is more than one: how they differ, and what came of them. */
import { html, isolated } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { changesText, differencesText } from "../strings/changes.ts";
import { runsText as words } from "../strings/runs.ts";
import type { Run, Session } from "../training/session.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import css from "./runs.css";

export { css as runsCss };

export const makeRuns: MakePart = (desk) => new Runs(desk);

class Runs implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #list = html("ul", { class: "mgw-runs-list" });
  #lines: Line[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element = html(
      "div", // a section would be a slide of a deck
      { class: "mgw-runs", role: "region", "aria-label": words.group, tabindex: -1, hidden: "" },
      html("h3", { class: "mgw-runs-title" }, words.title),
      html("p", { class: "mgw-runs-help" }, words.help),
      this.#list,
    );
  }

  update(session: Session | null): void {
    const others = session?.others ?? [];
    const isShown = session !== null && others.length > 0;
    if (this.element.hidden === isShown) this.element.hidden = !isShown;
    if (!isShown) return;
    const runs = [session.run, ...others].sort((a, b) =>
      a.name.localeCompare(b.name, "en", { numeric: true }),
    );
    if (runs.length !== this.#lines.length || runs.some((run, k) => run !== this.#lines[k]!.run)) {
      this.#lines = runs.map((run) => this.#lineOf(run));
      this.#list.replaceChildren(...this.#lines.map(({ element }) => element));
    }
    for (const line of this.#lines) line.show(session);
  }

  #lineOf(run: Run): Line {
    const known = this.#lines.find((line) => line.run === run);
    return known ?? new Line(run, this.#desk, () => this.#forget(run));
  }

  /** The button goes with its line: whoever pressed it stays near. */
  #forget(run: Run): void {
    this.#desk.session?.forget(run);
    this.#desk.say(words.forgotten(run.name));
    // Without others there is no list any more.
    const { session, root } = this.#desk;
    (session?.others.length ? this.element : root).focus({ preventScroll: true });
    this.#desk.refresh();
  }
}

class Line {
  readonly run: Run;
  readonly element: HTMLElement;
  readonly #how = html("span", { class: "mgw-runs-how" });
  readonly #final = html("span", { class: "mgw-runs-final" });
  readonly #show: HTMLButtonElement;
  readonly #forget: HTMLButtonElement;
  readonly #here = html("span", { class: "mgw-runs-here" }, words.onScreen);
  #shown: readonly unknown[] = [];

  constructor(run: Run, desk: Desk, forget: () => void) {
    this.run = run;
    this.#show = button(words.show, "", () => {
      desk.session?.choose(run);
      desk.refresh();
    });
    this.#forget = button(words.forget, "", forget);
    for (const [control, title] of [
      [this.#show, words.showTitle(run.name)],
      [this.#forget, words.forgetTitle(run.name)],
    ] as const) {
      control.title = title;
      control.setAttribute("aria-label", title);
    }
    this.element = html(
      "li",
      {},
      html("div", { class: "mgw-runs-words" }, html("b", {}, isolated(run.name)), this.#how),
      this.#final,
      html("div", { class: "mgw-runs-buttons" }, this.#here, this.#show, this.#forget),
    );
  }

  show(session: Session): void {
    const { run } = this;
    const shown = [session.run, run.taken, run.segments, session.run.segments];
    if (shown.every((part, k) => part === this.#shown[k])) return;
    this.#shown = shown;
    const isHere = run === session.run;
    const { loss, accuracy } = run.row(run.taken);
    this.#how.textContent = howItBegan(run, session.run);
    this.#final.textContent = words.final(run.taken, loss, accuracy);
    this.#here.hidden = !isHere;
    this.#show.hidden = this.#forget.hidden = isHere;
    this.element.toggleAttribute("aria-current", isHere);
  }
}

function howItBegan(run: Run, onScreen: Run): string {
  const settings = run.settingsAt(run.began);
  if (run.began > 0) {
    return words.branched(run.began, changesText(run.settingsAt(run.began - 1), settings));
  }
  const differences = differencesText(settings, onScreen.settingsAt(0));
  return differences === "" ? words.first : words.differs(differences);
}
