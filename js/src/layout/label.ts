/** Where the number of an arrow stands: right beside its own line, so that it belongs to no other. */
import type { Direction } from "./dot.ts";
import type { Area, Point } from "./positions.ts";

export interface LabelPlace extends Point {
  /** The side of the text that is towards the line. */
  readonly anchor: "start" | "middle" | "end";
}

const SAMPLES = 12;
const GAP = 4;
const HALF_HEIGHT = 6;
/** Leaning less than this, a line has its text above or below it, in the middle. */
const STEEP = 0.4;

/**
 * Graphviz keeps room for a label between two ranks, and its line may pass at some distance. The
 * label keeps its rank and its side of the line, and moves up to it; or along it, to a free place,
 * if there is none on that side, on the other one; or else where least of it is covered.
 */
export function besideCurve(
  curve: readonly Point[],
  room: Point,
  direction: Direction,
  covered: (place: LabelPlace) => number = () => 0,
): LabelPlace {
  const along = (p: Point) => (direction === "LR" ? p.x : p.y);
  const points = sampled(curve);
  const nearestFirst = [...points.keys()].sort(
    (a, b) => distance(points[a]!, room, along) - distance(points[b]!, room, along),
  );
  const places = [1, -1].flatMap((side) =>
    nearestFirst.map((at) => placeAt(points, at, room, side)),
  );
  let [best, least] = [places[0]!, Number.POSITIVE_INFINITY];
  for (const place of places) {
    const length = covered(place);
    if (length < least) [best, least] = [place, length];
    if (least === 0) break;
  }
  return best;
}

/** On the side of the line where the room is kept, 1, or on the other one, −1. */
function placeAt(points: readonly Point[], at: number, room: Point, side: number): LabelPlace {
  const here = points[at]!;
  const before = points[Math.max(0, at - 1)]!;
  const after = points[Math.min(points.length - 1, at + 1)]!;
  const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
  let normal = { x: (after.y - before.y) / length, y: -(after.x - before.x) / length };
  const towards = normal.x * (room.x - here.x) + normal.y * (room.y - here.y);
  if (towards * side < 0) normal = { x: -normal.x, y: -normal.y };
  const anchor = normal.x > STEEP ? "start" : normal.x < -STEEP ? "end" : "middle";
  const reach = GAP + HALF_HEIGHT * Math.abs(normal.y);
  return { x: here.x + normal.x * reach, y: here.y + normal.y * reach, anchor };
}

const distance = (p: Point, q: Point, along: (p: Point) => number): number =>
  Math.abs(along(p) - along(q));

/** Points along a curve, from its start to its end. */
export function sampled(curve: readonly Point[]): Point[] {
  const points: Point[] = [curve[0]!];
  for (let i = 0; i + 3 < curve.length; i += 3) {
    const [a, b, c, d] = [curve[i]!, curve[i + 1]!, curve[i + 2]!, curve[i + 3]!];
    for (let k = 1; k <= SAMPLES; k++) {
      const t = k / SAMPLES;
      const s = 1 - t;
      const mix = (pick: (p: Point) => number) =>
        s ** 3 * pick(a) + 3 * s * s * t * pick(b) + 3 * s * t * t * pick(c) + t ** 3 * pick(d);
      points.push({ x: mix((p) => p.x), y: mix((p) => p.y) });
    }
  }
  return points;
}

/** What a label of this width takes up. */
export const labelArea = ({ x, y, anchor }: LabelPlace, width: number): Area => ({
  x: x - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2),
  y: y - HALF_HEIGHT,
  width,
  height: 2 * HALF_HEIGHT,
});

/** How much of a label of this width lies in an area. */
export function lengthIn(area: Area, label: LabelPlace, width: number): number {
  const { x, y, height } = labelArea(label, width);
  if (y >= area.y + area.height || y + height <= area.y) return 0;
  return Math.max(0, Math.min(x + width, area.x + area.width) - Math.max(x, area.x));
}

/** Whether a label of this width touches an area. */
export const touches = (label: LabelPlace, width: number, area: Area): boolean =>
  lengthIn(area, label, width) > 0;
