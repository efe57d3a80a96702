/** The decision boundary: the plane as the network sees it, and the points it is trained on. */
import { html, write } from "../diagram/dom.ts";
import { take, wasTaken } from "../presenting/deckkeys.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import type { Points } from "../training/points.ts";
import type { Field, Session } from "../training/session.ts";
import { besideOf } from "./beside.ts";
import { BoundaryLegend } from "./boundarylegend.ts";
import { BoundaryPicture } from "./boundarypicture.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { Plane } from "./plane.ts";
import { listenToPointer, type Spot } from "./pointer.ts";
import { kindsOf } from "./pointmarks.ts";
import { PointTools, selectedPoint } from "./pointtools.ts";
import { PointWalk, placeAt } from "./pointwalk.ts";
import { placeWords, pointText, summaryText } from "./pointwords.ts";
import { TypedPoint } from "./typedpoint.ts";

export const makeBoundary: MakePart = (desk) => new Boundary(desk);

/** Arrow keys move a point by a step of the grid, or by this part of one. */
const FINE = 0.1;

const MOVES: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowDown", [0, -1]],
  ["ArrowUp", [0, 1]],
]);

class Boundary implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #walk = new PointWalk();
  readonly #legend = new BoundaryLegend();
  readonly #tools: PointTools;
  readonly #typed: TypedPoint;
  readonly #summary = html("span", { class: "mgw-boundary-summary" });
  readonly #reading = html("p", { class: "mgw-boundary-reading" });
  readonly #picture: BoundaryPicture;
  readonly #hovered = mark("hovered");
  readonly #picked = mark("picked");
  readonly #asked = mark("asked");
  #plane: Plane | null = null;
  #spot: Spot | null = null;
  #isMovedByKey = false;

  constructor(desk: Desk) {
    const { signal } = desk;
    const refresh = () => desk.refresh();
    this.#desk = desk;
    this.#tools = new PointTools(desk);
    this.#typed = new TypedPoint(refresh, (x, y, label) => {
      if (this.#plane !== null) this.#tools.add(x, y, label, this.#plane);
    });
    this.#picture = new BoundaryPicture(refresh, signal);
    this.#picture.area.append(this.#hovered, this.#picked, this.#asked, this.#walk.element);
    this.element = html(
      "div", // a section would be a slide of a deck
      { class: "mgw-boundary", role: "region", "aria-label": said.name },
      html("div", { class: "mgw-boundary-head" }, html("strong", {}, said.name), this.#summary),
      this.#tools.element,
      this.#picture.element,
      this.#reading,
      this.#typed.element,
      this.#legend.element,
    );
    this.element.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.element.addEventListener("keyup", () => this.#settleKeys(), { signal });
    for (const name of ["focusin", "focusout"] as const) {
      this.#walk.element.addEventListener(name, refresh, { signal });
    }
    this.#walk.element.addEventListener("focusout", () => this.#settleKeys(), { signal });
    this.#listenToPointer(signal);
  }

  resize(): void {
    this.#picture.resize();
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null) return;
    const { field, points } = session;
    const plane = this.#planeOf(field);
    const kinds = kindsOf(session, showsBatch(session));
    const other = besideOf(session);
    const { theme } = this.#desk;
    const inks = this.#picture.inks(theme);
    this.#picture.paint({ field, other: other?.field ?? null, points, kinds, plane, theme });
    this.#tools.update(points);
    this.#typed.update(session, this.#tools.mayChange);
    this.#picture.area.dataset.tool = this.#tools.tool;
    this.#placeMarks(session, plane);
    this.#walk.update(points, plane, this.#selected, this.#wordsIn(session), session.isPlaying);
    write(this.#reading, this.#readingOf(session, plane));
    const summary = summaryText(session, kinds);
    write(this.#summary, summary);
    // While it moves, a name that changes sixty times a second helps nobody.
    if (!session.isPlaying || !this.#picture.hasName) this.#picture.name = said.picture(summary);
    this.#legend.update({
      theme,
      inks,
      hasTest: session.trained < points.count,
      other: other?.name ?? null,
      hasNan: field.scores.some(Number.isNaN),
      batch:
        session.settings.batchSize === null
          ? null
          : { size: session.batch.length, isMarked: showsBatch(session) },
    });
  }

  get #selected(): number | null {
    const selected = selectedPoint(this.#desk);
    const count = this.#desk.session?.points.count ?? 0;
    return selected !== null && selected >= 0 && selected < count ? selected : null;
  }

  #planeOf({ left, right, bottom, top }: Field): Plane {
    const bounds = this.#plane?.bounds;
    const isSame =
      bounds?.left === left &&
      bounds.right === right &&
      bounds.bottom === bottom &&
      bounds.top === top;
    if (this.#plane === null || !isSame) this.#plane = new Plane({ left, right, bottom, top });
    return this.#plane;
  }

  #placeMarks({ points }: Session, plane: Plane): void {
    const pointed = this.#spot?.point ?? null;
    putAt(this.#hovered, plane, pointed !== null ? pointAt(points, pointed) : null);
    putAt(this.#picked, plane, this.#selected !== null ? pointAt(points, this.#selected) : null);
    putAt(this.#asked, plane, this.#typed.place);
  }

  #readingOf(session: Session, plane: Plane): string {
    const words = this.#wordsIn(session);
    const spot = this.#spot;
    if (spot !== null && this.#tools.addedBy(false) === null) {
      const { x, y, point } = spot;
      const isThere = point !== null && point < session.points.count;
      return isThere ? words(point) : placeWords(session, plane, x, y);
    }
    if (this.#walk.hasFocus) return words(this.#walk.at);
    const selected = this.#selected;
    return selected === null || this.#tools.tool !== "select"
      ? said.toolHints[this.#tools.tool]
      : words(selected);
  }

  #wordsIn(session: Session): (i: number) => string {
    return (i) => pointText(session, this.#planeOf(session.field), i, showsBatch(session));
  }

  #select(i: number | null): void {
    const { points } = this.#desk.session!;
    this.#desk.traits.set("selected_point", i);
    this.#desk.say(i === null ? said.unselected : said.selected(said.point(i, points.count)));
  }

  #go(i: number): void {
    this.#walk.go(i, () => this.update(this.#desk.session));
  }

  #listenToPointer(signal: AbortSignal): void {
    const desk = this.#desk;
    const hover = (spot: Spot | null) => {
      this.#spot = spot;
      desk.refresh();
    };
    listenToPointer(
      this.#picture.area,
      {
        view: () => {
          const { session } = desk;
          return session === null
            ? null
            : { plane: this.#planeOf(session.field), points: session.points };
        },
        hovered: hover,
        clicked: (spot, isShift) => this.#clicked(spot, isShift),
        mayDrag: () => this.#tools.tool === "move",
        dragged: (point, x, y) => {
          this.#tools.move(point, x, y);
          hover({ x, y, point });
        },
        dropped: (point) => this.#tools.settle(point, this.#plane!),
      },
      signal,
    );
  }

  #clicked({ x, y, point }: Spot, isShift: boolean): void {
    const label = this.#tools.addedBy(isShift);
    if (label !== null) this.#tools.add(x, y, label, this.#plane!);
    else if (point !== null) {
      if (this.#tools.tool === "select") this.#select(point === this.#selected ? null : point);
      this.#go(point);
    } else if (this.#selected !== null) this.#select(null);
  }

  #onKey(event: KeyboardEvent): void {
    if (!wasTaken(event) && this.#takesKey(event)) take(event);
  }

  #takesKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, altKey } = event;
    if (altKey) return false;
    if (event.ctrlKey || event.metaKey) return this.#takesUndo(event);
    if (key === "Escape" && this.#selected !== null) {
      this.#select(null);
      return true;
    }
    if (!this.#walk.hasFocus) return false;
    const { at } = this.#walk;
    const move = this.#tools.tool === "move" ? MOVES.get(key) : undefined;
    if (move !== undefined) this.#moveByKey(at, move, shiftKey ? FINE : 1);
    else if (key === "Enter") this.#select(at === this.#selected ? null : at);
    else if (key === "Delete" || key === "Backspace") this.#tools.remove(at);
    else {
      const next = this.#walk.next(key);
      if (next === null) return false;
      this.#go(next);
    }
    return true;
  }

  #takesUndo(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    const isRedo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
    // In a field the keys are those of its text.
    if (!(isRedo || key === "z") || event.target instanceof HTMLInputElement) return false;
    if (isRedo) this.#tools.redo();
    else this.#tools.undo();
    return true;
  }

  #moveByKey(i: number, [dx, dy]: readonly [number, number], size: number): void {
    const [place, session] = [this.#tools.whereIs(i), this.#desk.session];
    if (place === null || session === null) return;
    const { left, right, bottom, top, columns, rows } = session.field;
    const plane = this.#planeOf(session.field);
    const x = place.x + (dx * size * (right - left)) / (columns - 1);
    const y = place.y + (dy * size * (top - bottom)) / (rows - 1);
    const to = plane.placeAt(plane.across(x), plane.down(y));
    this.#tools.move(i, dx === 0 ? place.x : to.x, dy === 0 ? place.y : to.y);
    this.#isMovedByKey = true;
  }

  #settleKeys(): void {
    if (!this.#isMovedByKey || this.#plane === null) return;
    this.#isMovedByKey = false;
    this.#tools.settle(this.#walk.at, this.#plane);
  }
}

/** While steps follow one another, each with its own batch, marks for it would only flicker. */
const showsBatch = ({ isPlaying, settings }: Session): boolean =>
  !isPlaying && settings.batchSize !== null;

const mark = (name: string): HTMLElement =>
  html("div", { class: `mgw-boundary-${name}`, "aria-hidden": "true", hidden: "" });

const pointAt = (points: Points, i: number) =>
  i < points.count ? { x: points.x(i), y: points.y(i) } : null;

function putAt(element: HTMLElement, plane: Plane, place: { x: number; y: number } | null): void {
  const isHidden =
    place === null ||
    Math.abs(plane.across(place.x) - 0.5) > 0.5 ||
    Math.abs(plane.down(place.y) - 0.5) > 0.5;
  if (element.hidden !== isHidden) element.hidden = isHidden;
  if (place !== null && !isHidden) placeAt(element, plane, place.x, place.y);
}
