/** Changing points: what was changed can be undone, and goes out at most once a frame. */
import { History } from "../history.ts";
import { bytesOf } from "../host.ts";
import type { Points } from "../training/points.ts";
import type { Desk } from "./part.ts";

/** More are refused by Python too. */
export const MOST_POINTS = 2000;

export class PointChanges {
  readonly #desk: Desk;
  #history: History<Points> | null = null;
  /** The points as they were last told, which others may have yet to take up. */
  #told: Points | null = null;
  #toldBytes: Uint8Array | null = null;
  #seen: Points | null = null;
  #waiting: Points | null = null;
  #frame = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    desk.signal.addEventListener("abort", () => cancelAnimationFrame(this.#frame), { once: true });
  }

  /** Whoever changed the points: this view, another one, Python. */
  follow(points: Points): void {
    if (points === this.#seen) return;
    this.#seen = points;
    if (this.#history === null) this.#history = new History(points, samePoints);
    const told = this.#told;
    // An earlier part of a drag may still come back after a later one has been told.
    const isLate = told !== null && this.#isStanding && !samePoints(points, told);
    if (isLate || this.#waiting !== null) return;
    this.#told = null;
    if (!this.#history.follow(points)) this.#history.note(points, false);
  }

  /** As they will be when all that is under way has arrived. */
  get points(): Points | null {
    return this.#waiting ?? (this.#isStanding ? this.#told : this.#seen);
  }

  /** Whether what was told is what the model still holds: Python may refuse it, others change it. */
  get #isStanding(): boolean {
    const told = this.#toldBytes;
    if (this.#told === null || told === null) return false;
    const held = bytesOf(this.#desk.traits.get("points"));
    return held.length === told.length && told.every((byte, i) => byte === held[i]);
  }

  get canUndo(): boolean {
    return this.#history?.canUndo ?? false;
  }

  get canRedo(): boolean {
    return this.#history?.canRedo ?? false;
  }

  /** All at once. */
  change(points: Points): void {
    this.#history?.note(points, false);
    this.#tell(points);
  }

  /** One of many small changes, which are undone together; `settle` ends them. */
  changeOn(points: Points): void {
    this.#history?.note(points, true);
    this.#waiting = points;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#tell(this.#waiting));
  }

  settle(): void {
    if (this.#waiting !== null) this.#tell(this.#waiting);
    this.#history?.close();
  }

  undo(): Points | null {
    return this.#tell(this.#history?.undo() ?? null);
  }

  redo(): Points | null {
    return this.#tell(this.#history?.redo() ?? null);
  }

  #tell(points: Points | null): Points | null {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#waiting = null;
    if (points === null) return null;
    const { traits } = this.#desk;
    const { dataset } = points.source;
    const bytes = points.toBytes();
    this.#told = points;
    this.#toldBytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // In one message: Python makes points of its own for a data set that comes alone.
    traits.setAll(traits.get("dataset") === dataset ? { points: view } : { dataset, points: view });
    return points;
  }
}

function samePoints(a: Points, b: Points): boolean {
  if (a === b) return true;
  const isEqual = (one: Float64Array, other: Float64Array) =>
    one.length === other.length && one.every((x, i) => x === other[i]);
  return isEqual(a.xs, b.xs) && isEqual(a.ys, b.ys);
}
