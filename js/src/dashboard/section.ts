/** A part of the dashboard under a heading that opens and closes it; closed, it does no work. */
import { html } from "../diagram/dom.ts";
import { isOnPaper } from "../presenting/paper.ts";
import type { Session } from "../training/session.ts";
import type { Desk } from "./part.ts";

export class Section {
  readonly element: HTMLDetailsElement;
  readonly body = html("div", { class: "mgw-section-body" });
  #isInView = true;
  /** Since it was opened nothing has been shown in it. */
  #isFresh = true;

  constructor(desk: Desk, title: string, className: string, isOpen: boolean) {
    const { signal } = desk;
    this.element = html(
      "details",
      { class: `mgw-section ${className}`, ...(isOpen ? { open: "" } : {}) },
      html("summary", {}, html("h3", {}, title)),
      this.body,
    );
    const toggled = () => {
      this.#isFresh = true;
      desk.refresh();
    };
    this.element.addEventListener("toggle", toggled, { signal });
    const observer = new IntersectionObserver((entries) => {
      const isInView = entries.at(-1)!.isIntersecting;
      if (isInView === this.#isInView) return;
      this.#isInView = isInView;
      desk.refresh();
    });
    observer.observe(this.element);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  /**
   * While it plays, what nobody can see is left as it was: when it stops, it is up to date again.
   * All of a sheet of paper can be seen.
   */
  isDue({ isPlaying }: Session): boolean {
    if (!this.element.open) return false;
    const isDue = this.#isInView || !isPlaying || this.#isFresh || isOnPaper();
    this.#isFresh = false;
    return isDue;
  }
}
