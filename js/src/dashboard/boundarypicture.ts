/** The picture of the boundary: axes, the field, the points; painted only where it has changed. */
import type { Theme } from "../diagram/colours.ts";
import { html, svg } from "../diagram/dom.ts";
import { sameBytes } from "../same.ts";
import type { Points } from "../training/points.ts";
import type { Field } from "../training/session.ts";
import { type Size, sharpness } from "./canvas.ts";
import { FieldLayer } from "./fieldlayer.ts";
import type { Plane } from "./plane.ts";
import { PointLayer } from "./pointlayer.ts";
import { FORCED_INKS, INKS, type Inks } from "./pointmarks.ts";
import { AXIS, drawnAxes } from "./svgmarks.ts";

export interface Scenery {
  readonly field: Field;
  /** Of a run to compare with. */
  readonly other: Field | null;
  readonly points: Points;
  readonly kinds: Uint8Array;
  readonly plane: Plane;
  readonly theme: Theme;
}

export class BoundaryPicture {
  readonly element: HTMLElement;
  /** Where the plane is seen; what is put into it lies above. */
  readonly area: HTMLElement;
  readonly #field = new FieldLayer();
  readonly #points = new PointLayer();
  readonly #axes = svg("g", { transform: `translate(${AXIS.left} ${AXIS.top})` });
  readonly #forced = matchMedia("(forced-colors: active)");
  readonly #refresh: () => void;
  #size: Size = { width: 0, height: 0, ratio: 1 };
  #painted: (Scenery & { readonly look: string }) | null = null;

  constructor(refresh: () => void, signal: AbortSignal) {
    this.#refresh = refresh;
    this.#field.element.setAttribute("role", "img");
    this.#points.element.setAttribute("aria-hidden", "true");
    const canvases = [this.#field.element, this.#points.element];
    this.area = html("div", { class: "mgw-boundary-area" }, ...canvases);
    this.element = html(
      "div",
      { class: "mgw-boundary-frame" },
      svg("svg", { class: "mgw-boundary-axes", "aria-hidden": "true" }, this.#axes),
      this.area,
    );
    this.#watchSize(signal);
    for (const canvas of canvases) {
      canvas.addEventListener("contextrestored", () => this.#repaint(), { signal });
    }
    this.#forced.addEventListener("change", refresh, { signal });
  }

  get hasName(): boolean {
    return this.#field.element.hasAttribute("aria-label");
  }

  set name(words: string) {
    this.#field.element.setAttribute("aria-label", words);
  }

  inks(theme: Theme): Inks {
    return this.#forced.matches ? FORCED_INKS : INKS[theme];
  }

  paint(scenery: Scenery): void {
    const { field, other, points, kinds, plane, theme } = scenery;
    const { width, height, ratio } = this.#size;
    if (width === 0 || height === 0) return;
    const inks = this.inks(theme);
    const isForced = this.#forced.matches;
    const bounds = Object.values(plane.bounds);
    const look = [width, height, ratio, theme, isForced, ...bounds].join(" ");
    const before = this.#painted;
    const isAnew = before?.look !== look;
    if (isAnew) this.#axes.replaceChildren(...drawnAxes(plane, width, height, "currentColor"));
    if (isAnew || before.field !== field || before.other !== other) {
      this.#field.paint({ field, other }, this.#size, theme, inks, isForced);
    }
    if (isAnew || before.points !== points || !sameBytes(before.kinds, kinds)) {
      this.#points.paint(points, kinds, plane, this.#size, inks);
    }
    this.#painted = { ...scenery, look };
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.area;
    this.#size = { width, height, ratio: sharpness(this.area) };
    this.#repaint();
  }

  #repaint(): void {
    this.#painted = null;
    this.#refresh();
  }

  /** Also tells when a host has taken the view out of the page and put it back: that empties it. */
  #watchSize(signal: AbortSignal): void {
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.area);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    const follow = () => {
      const ratio = sharpness(this.area);
      if (this.#size.ratio === ratio) return;
      this.#size = { ...this.#size, ratio };
      this.#repaint();
    };
    addEventListener("resize", follow, { signal });
  }
}
