/** Selecting a value or group: what is lit in the picture, and what the panel tells of it. */
import { spokenItem } from "../grouped.ts";
import { text } from "../strings.ts";
import { holdsFocus, refill } from "./dom.ts";
import type { Figure } from "./figure.ts";
import type { Trace } from "./keys.ts";
import { panelContent } from "./panel.ts";
import type { Showing } from "./showing.ts";
import { focusTrace } from "./tracing.ts";

export class Spotlight {
  readonly #figure: Figure;
  readonly #showing: Showing;

  constructor(figure: Figure, showing: Showing) {
    this.#figure = figure;
    this.#showing = showing;
  }

  /** `tell`: whether the model does not know it yet. */
  select(index: number | null, tell = true): void {
    const { subject, drawing, situation, frame } = this.#figure;
    const { selection } = subject;
    const expression = situation?.expression ?? null;
    if (index === selection.item) return;
    selection.item = index;
    subject.trace = "both";
    if (tell) selection.tell(expression);
    if (subject.revealSelected()) void this.#showing.draw(null);
    drawing.light(index, subject.trace);
    this.#figure.update();
    frame.panel.scrollTop = 0;
    if (index === null || expression === null) {
      this.#figure.say(text.cleared);
    } else {
      drawing.setCurrent(index);
      this.#figure.say(text.selected(spokenItem(expression, index)));
    }
  }

  /** The model has selected something, which may be out of sight. */
  follow(): void {
    const { subject, situation } = this.#figure;
    const expression = situation?.expression ?? null;
    if (subject.selection.agrees(expression)) return;
    const wanted = subject.selection.wanted(expression);
    this.select(wanted, false);
    if (wanted !== null) this.#figure.drawing.reveal(wanted);
  }

  toggle(index: number): void {
    this.select(this.#figure.subject.selection.item === index ? null : index);
  }

  /** Selects it and brings it into the picture. */
  show(index: number): void {
    const { subject, drawing } = this.#figure;
    // It may be selected still, and in a group that was closed since.
    if (subject.selection.item !== index) this.select(index);
    else if (subject.revealSelected()) void this.#showing.draw(null);
    drawing.reveal(index);
  }

  /** From a name in the panel to that value, in the picture too. */
  go(index: number): void {
    this.select(index);
    this.#figure.drawing.focus(index);
    this.#figure.drawing.reveal(index);
  }

  traceFrom(index: number, trace: Trace): void {
    this.select(index);
    this.#figure.subject.trace = trace;
    this.#figure.drawing.light(index, trace);
    this.#figure.update();
    this.#figure.say(text.traced[trace]);
  }

  /** What had the focus in the panel is gone with it. */
  letGo(): void {
    const { frame, drawing } = this.#figure;
    const wasInPanel = holdsFocus(frame.panel);
    this.select(null);
    if (wasInPanel) drawing.focus(drawing.current);
  }

  showPanel(): void {
    const { situation, subject, frame } = this.#figure;
    const { panel, facts } = frame;
    panel.hidden = situation === null || situation.item === null;
    if (situation === null || situation.item === null) {
      facts.replaceChildren();
      return;
    }
    const { item } = situation;
    const close = () => this.letGo();
    const go = (item: number) => this.go(item);
    const trace = (trace: Trace) => {
      this.traceFrom(item, trace);
      focusTrace(facts);
    };
    refill(facts, panelContent({ ...situation, go, close, trace, lit: subject.trace }, item));
  }
}
