/** Says in words what a number cannot: done, reached, broken off, dead, refused. */
import { html } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { messagesText as words } from "../strings/messages.ts";
import type { Session } from "../training/session.ts";
import {
  complaintFinding,
  deadFinding,
  type Finding,
  statusFinding,
  thinnedFinding,
  watchingFinding,
} from "./findings.ts";
import css from "./messages.css";
import type { Desk, MakePart, Part } from "./part.ts";

export { css as messagesCss };

export const makeMessages: MakePart = (desk) => new Messages(desk);

/** While it plays, dead layers are looked for only so often. */
const EVERY = 30;

class Messages implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  /** Both are there before their words are: else nobody would hear them. */
  readonly #notes = html("div", { role: "status" });
  readonly #alerts = html("div", { role: "alert" });
  /** The words that were closed, by their kind. */
  readonly #closed = new Map<Finding["kind"], string>();
  #dead: Finding | null = null;
  #deadAt: readonly [Session["run"] | null, number] = [null, -1];
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element = html("div", { class: "mgw-messages", tabindex: -1 }, this.#alerts, this.#notes);
  }

  update(session: Session | null): void {
    const desk = this.#desk;
    const all = [
      complaintFinding(desk),
      watchingFinding(desk) ?? (session && statusFinding(session, desk)),
      session && this.#deadOf(session),
      session && thinnedFinding(session),
    ].filter((finding) => finding !== null);
    for (const [kind, closed] of this.#closed) {
      if (!all.some((one) => one.kind === kind && one.words === closed)) this.#closed.delete(kind);
    }
    const open = all.filter((one) => this.#closed.get(one.kind) !== one.words);
    const shown = JSON.stringify(open);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#alerts.replaceChildren(...open.filter((one) => one.isAlert).map((one) => this.#box(one)));
    this.#notes.replaceChildren(...open.filter((one) => !one.isAlert).map((one) => this.#box(one)));
  }

  #deadOf(session: Session): Finding | null {
    const { run, step, isPlaying } = session;
    const [lookedRun, lookedStep] = this.#deadAt;
    const isNear = run === lookedRun && Math.abs(step - lookedStep) < EVERY;
    if (isPlaying && isNear) return this.#dead;
    this.#deadAt = [run, step];
    this.#dead = deadFinding(session);
    return this.#dead;
  }

  #box(finding: Finding): HTMLElement {
    const { isAlert, isClosable, actions } = finding;
    const box = html(
      "div",
      { class: "mgw-messages-one" },
      html("span", { class: "mgw-messages-sign", "aria-hidden": "true" }, isAlert ? "!" : "i"),
      html("p", {}, html("bdi", {}, finding.words)),
      ...actions.map(({ label, title = "", act }) => {
        const made = button(label, "", act);
        made.title = title;
        return made;
      }),
      ...(isClosable ? [this.#closeButton(finding)] : []),
    );
    box.classList.toggle("mgw-messages-alert", isAlert);
    return box;
  }

  #closeButton(finding: Finding): HTMLButtonElement {
    return button("\u00d7", words.closeTitle(finding.words), () => {
      this.#closed.set(finding.kind, finding.words);
      // The button goes with its words: whoever pressed it stays near.
      this.element.focus({ preventScroll: true });
      this.#desk.refresh();
    });
  }
}
