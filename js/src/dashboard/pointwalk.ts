/** The points for the keyboard: one tab stop over the picture, which goes from point to point. */
import { holdsFocus, html } from "../diagram/dom.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import type { Points } from "../training/points.ts";
import type { Plane } from "./plane.ts";

/** Along which coordinate a key goes, and which way. */
const WAYS: ReadonlyMap<string, readonly [side: 0 | 1, step: 1 | -1]> = new Map([
  ["ArrowRight", [0, 1]],
  ["ArrowLeft", [0, -1]],
  ["ArrowUp", [1, 1]],
  ["ArrowDown", [1, -1]],
  ["PageDown", [0, 1]],
  ["PageUp", [0, -1]],
]);

export class PointWalk {
  readonly element = html("div", {
    class: "mgw-boundary-walk",
    role: "listbox",
    "aria-label": said.points,
  });
  /** Two in turn: only what gets the focus anew is read out. */
  readonly #options = [option(), option()] as const;
  #turn: 0 | 1 = 0;
  #points: Points | null = null;
  #at = 0;
  /** The point whose words stand. */
  #named: number | null = null;

  constructor() {
    this.element.append(...this.#options);
    this.#options[0].tabIndex = 0;
    this.#options[1].hidden = true;
  }

  /** The point that the keys are at. */
  get at(): number {
    return this.#at;
  }

  get hasFocus(): boolean {
    return holdsFocus(this.element);
  }

  /** While numbers change sixty times a second, the words of a point stay as it was reached. */
  update(
    points: Points,
    plane: Plane,
    selected: number | null,
    words: (i: number) => string,
    isPlaying: boolean,
  ): void {
    this.#points = points;
    if (!this.hasFocus && selected !== null) this.#at = selected;
    const at = Math.max(0, Math.min(points.count - 1, this.#at));
    const one = this.#options[this.#turn];
    if (!isPlaying || this.#named !== at) put(one, "aria-label", words(at));
    put(one, "aria-posinset", `${at + 1}`);
    put(one, "aria-setsize", `${points.count}`);
    put(one, "aria-selected", `${selected === at}`);
    placeAt(one, plane, points.x(at), points.y(at));
    this.#at = this.#named = at;
  }

  /** Where a key leads to from here; null if it is no key of this walk. */
  next(key: string): number | null {
    const points = this.#points;
    if (points === null) return null;
    if (key === "Home" || key === "End") {
      return extreme(points, 0, key === "Home" ? -1 : 1);
    }
    const way = WAYS.get(key);
    return way === undefined ? null : (neighbour(points, this.#at, ...way) ?? this.#at);
  }

  /** Gives a point the focus; `show` first has its words brought up to date. */
  go(to: number, show: () => void): void {
    if (this.hasFocus && to !== this.#at) this.#turn = this.#turn === 0 ? 1 : 0;
    if (to !== this.#at) this.#named = null;
    this.#at = to;
    const [one, other] = [this.#options[this.#turn], this.#options[1 - this.#turn]!];
    one.hidden = false;
    show();
    one.tabIndex = 0;
    one.focus({ preventScroll: true });
    // Only now: what is hidden loses the focus.
    other.tabIndex = -1;
    other.hidden = true;
  }
}

const option = () => html("div", { class: "mgw-boundary-cursor", role: "option", tabindex: -1 });

function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** In parts of the picture, so that it stays right when the picture changes its size. */
export function placeAt(element: HTMLElement, plane: Plane, x: number, y: number): void {
  element.style.left = `${(100 * plane.across(x)).toFixed(2)}%`;
  element.style.top = `${(100 * plane.down(y)).toFixed(2)}%`;
}

/** Points in order of one coordinate; where that is the same, of the other, then of their number. */
function compare(points: Points, side: 0 | 1, a: number, b: number): number {
  const { xs } = points;
  return (
    xs[2 * a + side]! - xs[2 * b + side]! || xs[2 * a + 1 - side]! - xs[2 * b + 1 - side]! || a - b
  );
}

/** The next one in that order; null at its end. */
function neighbour(points: Points, from: number, side: 0 | 1, step: 1 | -1): number | null {
  let best: number | null = null;
  for (let i = 0; i < points.count; i++) {
    if (step * compare(points, side, i, from) <= 0) continue;
    if (best === null || step * compare(points, side, i, best) < 0) best = i;
  }
  return best;
}

function extreme(points: Points, side: 0 | 1, step: 1 | -1): number {
  let best = 0;
  for (let i = 1; i < points.count; i++) {
    if (step * compare(points, side, i, best) > 0) best = i;
  }
  return best;
}
