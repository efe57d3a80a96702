/** Where the long words of the arrows stand: beside their line, and clear of everything else. */
import { spaceOf } from "../layout/dot.ts";
import { type LabelPlace, sampled, touches } from "../layout/label.ts";
import type { Area, Point, Positions } from "../layout/positions.ts";
import type { Scene } from "../scene.ts";

/** Panes are narrow, and side by side. */
export const DIRECTION = "TB";

/** Looking at every line for every place takes its time; a crowd leaves no free places anyway. */
const MOST_ARROWS = 60;
const GAP = 5;
const HALF_HEIGHT = 7;
/** So near to another line, a label might be taken for that line's. */
const NEAR = 12;

/** What it costs to touch something, and to be away from the middle of one's line. */
const COST = { box: 100, label: 60, otherLine: 10, nearOther: 3, ownLine: 6, away: 12 };

export function placeLabels(scene: Scene, positions: Positions): Positions {
  if (scene.arrows.length > MOST_ARROWS) return positions;
  const boxes = scene.boxes.map((box): Area => {
    const { width, height } = spaceOf(box, DIRECTION);
    const { x, y } = positions.boxes.get(box.index)!;
    return { x: x - width / 2, y: y - height / 2, width, height };
  });
  const lines = positions.routes.map(({ curve }) => sampled(curve));
  const labels: Area[] = [];
  const routes = positions.routes.map((route, id) => {
    if (route.label === undefined) return route;
    const width = scene.arrows[id]!.labelWidth;
    const own = lines[id]!;
    const others = lines.filter((line) => line !== own).flat();
    const cost = ({ place, away }: Candidate): number => {
      const hits = (areas: readonly Area[]) =>
        areas.filter((area) => touches(place, width, area)).length;
      return (
        COST.box * hits(boxes) +
        COST.label * hits(labels) +
        COST.otherLine * hits(around(others, 1)) +
        COST.nearOther * hits(around(others, NEAR)) +
        COST.ownLine * hits(around(own, 1)) +
        COST.away * away
      );
    };
    const { place } = cheapest(candidates(own), cost);
    labels.push(areaOf(place, width));
    return { ...route, label: place };
  });
  return { ...positions, routes };
}

/** All that is drawn, with the labels that stick out. */
export function boundsOf({ arrows }: Scene, { width, height, routes }: Positions): Area {
  let [left, right] = [0, width];
  routes.forEach(({ label }, id) => {
    if (label === undefined) return;
    const area = areaOf(label, arrows[id]!.labelWidth);
    left = Math.min(left, area.x);
    right = Math.max(right, area.x + area.width);
  });
  return { x: left, y: 0, width: right - left, height };
}

interface Candidate {
  readonly place: LabelPlace;
  /** From the middle of the line, 0, to an end, 1. */
  readonly away: number;
}

/** On both sides of all but the ends of a line. */
function candidates(line: readonly Point[]): Candidate[] {
  return line.slice(1, -1).flatMap(({ x, y }, i) => {
    const away = Math.abs((2 * (i + 1)) / (line.length - 1) - 1);
    return [
      { place: { x: x + GAP, y, anchor: "start" as const }, away },
      { place: { x: x - GAP, y, anchor: "end" as const }, away },
    ];
  });
}

const around = (points: readonly Point[], room: number): Area[] =>
  points.map(({ x, y }) => ({ x: x - room, y: y - room, width: 2 * room, height: 2 * room }));

function cheapest<T>(all: readonly T[], cost: (one: T) => number): T {
  const costs = all.map(cost);
  return all[costs.indexOf(costs.reduce((least, other) => Math.min(least, other)))]!;
}

function areaOf({ x, y, anchor }: LabelPlace, width: number): Area {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { x: left, y: y - HALF_HEIGHT, width, height: 2 * HALF_HEIGHT };
}
