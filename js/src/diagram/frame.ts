/** The figure's own elements, put together; what is in them is up to the diagram. */

import { followSize } from "../resizing.ts";
import { html, svg } from "./dom.ts";
import { STYLES } from "./styles.ts";

export interface Frame {
  readonly root: HTMLElement;
  readonly stage: SVGSVGElement;
  readonly summary: HTMLElement;
  /** Controls that belong to the picture as a whole. */
  readonly deck: HTMLElement;
  readonly panel: HTMLElement;
  /** What the panel says of what is selected; what stays in it stands below. */
  readonly facts: HTMLElement;
  /** Over the picture: a hint, a wait, a failure. */
  readonly notice: HTMLElement;
  readonly stageBox: HTMLElement;
  /** The picture, and beside or below it what shows the same in another way. */
  readonly body: HTMLElement;
  /** Spoken, not seen. */
  readonly live: HTMLElement;
}

export interface FrameParts {
  toolbar: HTMLElement;
  legend: HTMLElement;
  help: HTMLElement;
  tooltip: HTMLElement;
  back: HTMLElement;
  finder: HTMLElement;
  deck: readonly HTMLElement[];
  panel: readonly HTMLElement[];
}

/** Wide enough for the parts of the panel to stand abreast. */
const WIDE = 720;

export function makeFrame(parts: FrameParts): Frame {
  const stage = svg("svg", { class: "mgw-stage", "aria-hidden": "true" });
  const notice = html("div", { class: "mgw-notice", hidden: "" });
  const stageBox = html("div", { class: "mgw-stage-box" }, stage, parts.finder, parts.back, notice);
  const body = html("div", { class: "mgw-body" }, stageBox);
  const deck = html("div", { class: "mgw-deck" }, ...parts.deck);
  const facts = html("div", { class: "mgw-facts" });
  const panel = html("div", { class: "mgw-panel", hidden: "" }, facts, ...parts.panel);
  const summary = html("div", { class: "mgw-summary" });
  const live = html("div", { class: "mgw-live", role: "status", "aria-live": "polite" });
  const head = html("div", { class: "mgw-head" }, summary, parts.toolbar);
  const root = html(
    "div",
    { class: "mgw", role: "group", tabindex: -1 },
    html("style", {}, ...STYLES),
    head,
    parts.help,
    body,
    deck,
    panel,
    parts.legend,
    live,
    parts.tooltip,
  );
  return { root, stage, summary, deck, panel, facts, notice, stageBox, body, live };
}

/** Calls back with the stage's width whenever it changes; orders the panel by the figure's width. */
export function followWidth(
  frame: Frame,
  changed: (width: number) => void,
  signal: AbortSignal,
): void {
  let last = -1;
  const follow = (): void => {
    frame.root.classList.toggle("mgw-wide", frame.root.clientWidth >= WIDE);
    const width = frame.stageBox.clientWidth;
    if (width === last) return;
    last = width;
    changed(width);
  };
  followSize([frame.root, frame.stageBox], follow, signal);
}
