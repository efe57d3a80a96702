/** Finds room for small notes in a drawing that is full already. */
import type { Point } from "../layout/positions.ts";
import type { Area } from "./viewport.ts";

/** What a note should not lie upon, and how bad it would be, per unit of area. */
export interface Obstacle {
  readonly area: Area;
  readonly weight: number;
}

/** A place for a note; `cost` says how far it is from where one would look for it. */
export interface Spot<T> {
  readonly area: Area;
  readonly cost: number;
  readonly note: T;
}

/** Between two notes. */
const GAP = 2;

/** The spot that covers least and is nearest, the first of equals; none that costs too much. */
export function bestSpot<T>(
  spots: Iterable<Spot<T>>,
  obstacles: readonly Obstacle[],
  most = Number.POSITIVE_INFINITY,
): Spot<T> | null {
  let best: Spot<T> | null = null;
  let least = most;
  for (const spot of spots) {
    if (spot.cost >= least) continue;
    let cost = spot.cost;
    for (const { area, weight } of obstacles) cost += weight * overlap(spot.area, area);
    if (cost >= least) continue;
    [best, least] = [spot, cost];
  }
  return best;
}

/** A drawing in which notes are put one after the other, each beside those before. */
export class Room {
  readonly visited: Area[] = [];
  readonly #obstacles: Obstacle[];

  constructor(obstacles: readonly Obstacle[]) {
    this.#obstacles = [...obstacles];
  }

  /** Something there belongs to what is shown. */
  visit(area: Area): void {
    this.visited.push(area);
  }

  /** And nothing should lie upon it. */
  take(area: Area, weight: number): void {
    this.visit(area);
    this.#obstacles.push({ area: grown(area, GAP), weight });
  }

  place<T>(spots: Iterable<Spot<T>>, weight: number, most?: number): Spot<T> | null {
    const spot = bestSpot(spots, this.#obstacles, most);
    if (spot !== null) this.take(spot.area, weight);
    return spot;
  }
}

/** The area that two areas share. */
export function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The area around a point. */
export const around = ({ x, y }: Point, width: number, height: number): Area => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

/** The smallest area that holds all of these. */
export function joined(areas: readonly Area[]): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of areas) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export const grown = ({ x, y, width, height }: Area, by: number): Area => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});
