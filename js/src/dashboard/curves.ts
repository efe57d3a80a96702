/** How loss and accuracy went, step by step, with a read-out under the pointer or the arrow keys. */
import { html, write } from "../diagram/dom.ts";
import { isForDeck, take } from "../presenting/deckkeys.ts";
import { curvesText as words } from "../strings/curves.ts";
import type { Session } from "../training/session.ts";
import { prepared, sharpness } from "./canvas.ts";
import { type Axis, type Chart, drawChart } from "./chart.ts";
import css from "./curves.css";
import { paint } from "./painter.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { Readout, spokenValues } from "./readout.ts";
import { inksOf } from "./shapes.ts";
import { TurnList } from "./turnlist.ts";

export { css as curvesCss };

export const makeCurves: MakePart = (desk) => new Curves(desk);

/** So many times the first loss, and that one can be told from 0 no more. */
const FLAT = 200;
/** By how many steps the page keys go. */
const PAGE = 10;

class Curves implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #canvas = html("canvas", { class: "mgw-curves-canvas", "aria-hidden": "true" });
  readonly #stage = html("div", {
    class: "mgw-curves-stage",
    role: "slider",
    tabindex: 0,
    "aria-label": words.chart,
    "aria-description": words.chartHelp,
    "aria-valuemin": 0,
  });
  readonly #axis = html(
    "select",
    {},
    ...Object.entries(words.scales).map(([value, label]) => html("option", { value }, label)),
  );
  readonly #readout = new Readout();
  readonly #note = html("p", { class: "mgw-curves-note", hidden: "" });
  readonly #turns: TurnList;
  readonly #forced = matchMedia("(forced-colors: active)");
  #chart: Chart | null = null;
  #cursor: number | null = null;
  /** What the picture was made of: nothing is drawn twice. */
  #drawn: readonly unknown[] = [];
  #size = { width: 0, height: 0 };
  #ratio = 1;
  #font = "sans-serif";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#turns = new TurnList(desk);
    this.#stage.append(this.#canvas);
    this.element = html(
      "div", // a section would be a slide of a deck
      { class: "mgw-curves", role: "region", "aria-label": words.group },
      html(
        "div",
        { class: "mgw-curves-head" },
        html("strong", {}, words.group),
        html("label", {}, html("span", {}, words.scale), this.#axis),
      ),
      this.#readout.element,
      this.#stage,
      this.#note,
      this.#turns.element,
    );
    const { signal } = desk;
    this.#axis.addEventListener("change", () => desk.refresh(), { signal });
    this.#forced.addEventListener("change", () => desk.refresh(), { signal });
    this.#stage.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#stage.addEventListener("pointermove", (event) => this.#point(event), { signal });
    this.#stage.addEventListener("pointerleave", () => this.#moveCursor(null), { signal });
    this.#stage.addEventListener("blur", () => this.#moveCursor(null), { signal });
    this.#stage.addEventListener("click", (event) => this.#click(event), { signal });
    this.#canvas.addEventListener("contextrestored", () => this.#repaint(), { signal });
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.#stage);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null) return;
    if (this.#cursor !== null && this.#cursor > session.last) this.#cursor = null;
    const { width, height } = this.#size;
    const { run, others, row, last } = session;
    const { theme } = this.#desk;
    const axis = this.#axis.value as Axis;
    const isForced = this.#forced.matches;
    const wanted = Number(this.#desk.traits.get("steps")) || 0;
    const drawn = [
      ...[run, others, row, last, wanted, this.#cursor],
      ...[width, height, theme, axis, isForced, this.#ratio, session.trained, session.points],
    ];
    if (drawn.every((part, k) => part === this.#drawn[k])) return;
    this.#drawn = drawn;
    const inks = inksOf(theme, isForced);
    this.#readout.show(session, this.#cursor, inks);
    this.#turns.show(run);
    this.#say(session);
    this.#showNote(session, axis);
    if (width === 0) return;
    this.#chart = drawChart(session, { width, height, axis, cursor: this.#cursor, steps: wanted });
    const context = prepared(this.#canvas, { width, height, ratio: this.#ratio });
    if (context !== null) paint(context, this.#chart.shapes, inks, this.#font);
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#stage;
    const ratio = sharpness(this.#stage);
    const isSame = width === this.#size.width && height === this.#size.height;
    if (isSame && ratio === this.#ratio) return;
    this.#ratio = ratio;
    this.#size = { width, height };
    // Asked for in every frame, it would have the page work out all its styles once more.
    this.#font = getComputedStyle(this.#canvas).fontFamily;
    this.#desk.refresh();
  }

  #showNote(session: Session, axis: Axis): void {
    const note = axisNote(session, axis);
    write(this.#note, note);
    this.#note.hidden = note === "";
  }

  /** While it plays, nobody could listen to all of it. */
  #say(session: Session): void {
    if (session.isPlaying && this.#cursor === null) return;
    const step = this.#cursor ?? session.step;
    this.#stage.setAttribute("aria-valuemax", `${session.last}`);
    this.#stage.setAttribute("aria-valuenow", `${step}`);
    this.#stage.setAttribute("aria-valuetext", spokenValues(session, step));
  }

  #repaint(): void {
    this.#drawn = [];
    this.#desk.refresh();
  }

  #stepUnder(event: MouseEvent): number | null {
    const { left, width } = this.#stage.getBoundingClientRect();
    if (this.#chart === null || width === 0) return null;
    // A slide may be scaled.
    return this.#chart.stepAt(((event.clientX - left) * this.#size.width) / width);
  }

  #point(event: MouseEvent): void {
    this.#moveCursor(this.#stepUnder(event));
  }

  #moveCursor(step: number | null): void {
    if (step === this.#cursor) return;
    this.#cursor = step;
    this.#desk.refresh();
  }

  #click(event: MouseEvent): void {
    const step = this.#stepUnder(event);
    if (step !== null) this.#desk.session?.seek(step);
  }

  #key(event: KeyboardEvent): void {
    const { session } = this.#desk;
    if (session === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return;
    if (isForDeck(event) && event.key !== "Escape") return;
    const at = this.#cursor ?? session.step;
    const targets: Readonly<Record<string, number | null>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - PAGE,
      PageUp: at + PAGE,
      Home: 0,
      End: session.last,
      Enter: null,
    };
    const target = targets[event.key];
    const leaves = event.key === "Escape" && this.#cursor !== null;
    if (target === undefined && !leaves) return;
    take(event);
    if (event.key === "Enter") session.seek(at);
    this.#moveCursor(
      typeof target === "number" ? Math.max(0, Math.min(session.last, target)) : null,
    );
  }
}

/** What cannot be seen on an axis, and why. */
function axisNote({ run }: Session, axis: Axis): string {
  const loss = run.column("loss");
  if (axis === "log") {
    const columns = [loss, run.column("dataLoss"), run.column("regLoss")];
    return columns.some((column) => column.includes(0)) ? words.noZero : "";
  }
  const flat = FLAT * Math.abs(loss[0]!);
  return loss.some((x) => x > flat && x < Number.POSITIVE_INFINITY) ? words.tooHigh : "";
}
