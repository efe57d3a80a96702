/** The picture of a network: lines and small pictures on a canvas, and a button over every unit. */
import { html, write } from "../diagram/dom.ts";
import { netviewText as said } from "../strings/netview.ts";
import type { Network } from "../training/network.ts";
import { prepared, sharpness } from "./canvas.ts";
import { lineAt, type NetLayout, netLayoutOf } from "./netlayout.ts";
import { columnName, inputName } from "./netnames.ts";
import { type NetLook, paintNet } from "./netpainter.ts";
import type { UnitState } from "./unitstates.ts";
import { unitAfter } from "./unitwalk.ts";
import type { Wiring } from "./wiring.ts";

/** How near to a line one has to be, with a mouse and with a finger. */
const REACH = 6;
const FINGER_REACH = 14;

export interface StageEvents {
  wireClicked(wire: number): void;
  unitClicked(node: number, isByKey: boolean): void;
  /** What is pointed at, or has the focus, is another. */
  changed(): void;
}

export class NetStage {
  readonly element = html("div", { class: "mgw-netview-stage" });
  readonly #area = html("div", {
    class: "mgw-netview-area",
    role: "group",
    "aria-label": said.picture,
  });
  readonly #canvas = html("canvas", { "aria-hidden": "true" });
  readonly #events: StageEvents;
  #wiring: Wiring | null = null;
  #layout: NetLayout | null = null;
  #room = 0;
  #units: HTMLButtonElement[] = [];
  #marks: HTMLElement[] = [];
  #at = 0;
  #wire: number | null = null;
  #hovered: number | null = null;
  #focused: number | null = null;

  constructor(events: StageEvents, signal: AbortSignal) {
    this.#events = events;
    this.element.append(this.#area);
    const canvas = this.#canvas;
    canvas.addEventListener("pointermove", (event) => this.#point(event), { signal });
    canvas.addEventListener("pointerleave", () => this.#hover(null, null), { signal });
    canvas.addEventListener("click", (event) => this.#click(event), { signal });
    this.#area.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#area.addEventListener("focusin", (event) => this.#focus(event.target), { signal });
    this.#area.addEventListener("focusout", () => this.#focus(null), { signal });
    this.#area.addEventListener("pointerover", (event) => this.#over(event.target), { signal });
    const observer = new ResizeObserver(() => {
      if (this.element.clientWidth !== this.#room) events.changed();
    });
    observer.observe(this.element);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  /** The wire that is pointed at. */
  get wire(): number | null {
    return this.#wire;
  }

  /** The unit that is pointed at, or else the one with the focus. */
  get node(): number | null {
    return this.#hovered ?? this.#focused;
  }

  get layout(): NetLayout | null {
    return this.#layout;
  }

  /** Puts everything in its place; says whether there is one. */
  lay(network: Network, wiring: Wiring): boolean {
    const room = this.element.clientWidth;
    if (room === 0) return false;
    if (wiring === this.#wiring && room === this.#room) return true;
    if (wiring !== this.#wiring) this.#build(network, wiring);
    this.#room = room;
    const layout = netLayoutOf(wiring, room);
    this.#layout = layout;
    const { width, height, side, corners, middles } = layout;
    Object.assign(this.#area.style, { width: `${width}px`, height: `${height}px` });
    for (const [n, unit] of this.#units.entries()) {
      const { x, y } = corners[n]!;
      Object.assign(unit.style, {
        ...{ left: `${x}px`, top: `${y}px`, width: `${side}px`, height: `${side}px` },
      });
    }
    for (const [c, heading] of this.#area.querySelectorAll("span.mgw-netview-column").entries()) {
      (heading as HTMLElement).style.left = `${middles[c]}px`;
    }
    return true;
  }

  #build(network: Network, wiring: Wiring): void {
    this.#wiring = wiring;
    [this.#wire, this.#hovered, this.#focused, this.#at] = [null, null, null, 0];
    this.#marks = wiring.nodes.map(() => html("span", { class: "mgw-netview-mark" }));
    this.#units = wiring.nodes.map(({ bias }, n) => {
      const unit = html("button", {
        ...{ type: "button", class: "mgw-netview-unit", "aria-expanded": "false" },
        tabindex: n === 0 ? 0 : -1,
      });
      unit.append(this.#marks[n]!);
      if (bias === null) {
        const name = inputName(network, wiring, n);
        unit.append(html("span", { class: "mgw-netview-input", "aria-hidden": "true" }, name));
      }
      unit.addEventListener("click", ({ detail }) => this.#events.unitClicked(n, detail === 0));
      return unit;
    });
    const headings = wiring.columns.map((_, c) =>
      html("span", { class: "mgw-netview-column", "aria-hidden": "true" }, columnName(wiring, c)),
    );
    this.#area.replaceChildren(this.#canvas, ...headings, ...this.#units);
  }

  paint(look: NetLook): void {
    const [wiring, layout] = [this.#wiring, this.#layout];
    if (wiring === null || layout === null) return;
    const { width, height } = layout;
    const context = prepared(this.#canvas, { width, height, ratio: sharpness(this.element) });
    if (context !== null) paintNet(context, wiring, layout, look);
  }

  mark(states: readonly UnitState[]): void {
    for (const [n, state] of states.entries()) {
      write(this.#marks[n]!, state === "live" ? "" : said.marks[state]);
      this.#units[n]!.classList.toggle("mgw-netview-idle", state !== "live");
    }
  }

  name(n: number, words: string): void {
    const unit = this.#units[n]!;
    if (unit.getAttribute("aria-label") !== words) unit.setAttribute("aria-label", words);
  }

  /** Which unit's weights are listed. */
  showOpen(node: number | null): void {
    for (const [n, unit] of this.#units.entries()) {
      const isOpen = `${n === node}`;
      if (unit.getAttribute("aria-expanded") !== isOpen) unit.setAttribute("aria-expanded", isOpen);
    }
  }

  focusUnit(n: number): void {
    this.#units[this.#at]!.tabIndex = -1;
    this.#at = n;
    this.#units[n]!.tabIndex = 0;
    this.#units[n]!.focus({ preventScroll: true });
    this.#units[n]!.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = this.#wiring && unitAfter(this.#wiring, this.#at, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.focusUnit(next);
  }

  #unitOf(target: EventTarget | null): number | null {
    const n = this.#units.findIndex((unit) => target instanceof Node && unit.contains(target));
    return n < 0 ? null : n;
  }

  #focus(target: EventTarget | null): void {
    const node = this.#unitOf(target);
    if (node !== null && node !== this.#at) {
      this.#units[this.#at]!.tabIndex = -1;
      this.#units[node]!.tabIndex = 0;
      this.#at = node;
    }
    if (node === this.#focused) return;
    this.#focused = node;
    this.#events.changed();
  }

  #over(target: EventTarget | null): void {
    this.#hover(this.#unitOf(target), this.#wire);
  }

  #wireUnder(event: MouseEvent, reach: number): number | null {
    const layout = this.#layout;
    const { left, top, width } = this.#canvas.getBoundingClientRect();
    if (layout === null || width === 0) return null;
    // A slide may be scaled.
    const scale = layout.width / width;
    const place = { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale };
    return lineAt(layout.lines, place, reach);
  }

  #point(event: PointerEvent): void {
    if (event.pointerType !== "touch") this.#hover(null, this.#wireUnder(event, REACH));
  }

  #hover(node: number | null, wire: number | null): void {
    const shown = node === null ? wire : null;
    if (node === this.#hovered && shown === this.#wire) return;
    [this.#hovered, this.#wire] = [node, shown];
    this.#canvas.style.cursor = shown === null ? "" : "pointer";
    this.#events.changed();
  }

  #click(event: MouseEvent): void {
    const isTouch = (event as PointerEvent).pointerType === "touch";
    const wire = this.#wireUnder(event, isTouch ? FINGER_REACH : REACH);
    if (wire !== null) this.#events.wireClicked(wire);
  }
}
