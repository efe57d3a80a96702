/** Whether a picture can be read: all of it placed, nothing over anything else, arrows at boxes. */
import { ROOT } from "../src/groups.ts";
import { type Direction, spaceOf } from "../src/layout/dot.ts";
import type { Area, Point, Positions } from "../src/layout/positions.ts";
import type { Scene } from "../src/scene.ts";

/** Layouts are told in hundredths of a point and kept in tenths. */
const SLACK = 1;
const NEAR = 2;

interface Thing extends Area {
  readonly name: string;
  /** The open groups around it, innermost first; of a frame itself too. */
  readonly around: readonly number[];
}

/** What is wrong first; null where all is well. */
export function wrongIn(scene: Scene, positions: Positions, direction: Direction): string | null {
  const { width, height, boxes, frames, routes } = positions;
  const parents = new Map(scene.frames.map(({ group, place }) => [group, place]));
  const chain = (place: number): number[] =>
    place === ROOT ? [] : [place, ...chain(parents.get(place) ?? ROOT)];
  const solid: Thing[] = [];
  for (const box of scene.boxes) {
    const middle = boxes.get(box.index);
    if (middle === undefined) return `box ${box.index} has no place`;
    const { width, height } = spaceOf(box, direction);
    const area = { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
    solid.push({ name: `box ${box.index}`, around: chain(box.place), ...area });
  }
  const framed: Thing[] = [];
  for (const { group } of scene.frames) {
    const area = frames.get(group);
    if (area === undefined) return `frame ${group} has no place`;
    framed.push({ name: `frame ${group}`, around: chain(group), ...area });
  }
  const things = [...framed, ...solid];
  const paper = { x: 0, y: 0, width, height };
  for (const thing of things) {
    if (![thing.x, thing.y, thing.width, thing.height].every(Number.isFinite)) {
      return `${thing.name} is nowhere`;
    }
    if (!holds(paper, thing)) return `${thing.name} is out of the picture`;
  }
  return across(solid, framed) ?? arrowsIn(scene, solid, routes);
}

/** Boxes beside each other; each in its frames and in no other. */
function across(solid: readonly Thing[], framed: readonly Thing[]): string | null {
  const sorted = [...solid].sort((a, b) => a.x - b.x);
  for (const [n, a] of sorted.entries()) {
    for (let k = n + 1; k < sorted.length && sorted[k]!.x < a.x + a.width - SLACK; k++) {
      if (touches(a, sorted[k]!)) return `${a.name} is over ${sorted[k]!.name}`;
    }
  }
  for (const frame of framed) {
    const [group] = frame.around;
    for (const thing of [...solid, ...framed]) {
      if (thing.around.includes(group!)) {
        if (!holds(frame, thing)) return `${thing.name} sticks out of ${frame.name}`;
      } else if (!frame.around.includes(thing.around[0]!) || solid.includes(thing)) {
        if (touches(frame, thing)) return `${thing.name} is over ${frame.name}`;
      }
    }
  }
  return null;
}

function arrowsIn(
  { arrows }: Scene,
  solid: readonly Thing[],
  routes: Positions["routes"],
): string | null {
  const areaOf = new Map(solid.map((thing) => [thing.name, thing]));
  for (const [n, { from, to }] of arrows.entries()) {
    const name = `arrow ${n} from ${from} to ${to}`;
    const route = routes[n];
    if (route === undefined) return `${name} is not drawn`;
    const points = [...route.curve, route.tip, ...(route.label ? [route.label] : [])];
    if (!points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
      return `${name} is nowhere`;
    }
    if (!isAt(areaOf.get(`box ${from}`)!, route.curve[0]!)) return `${name} begins elsewhere`;
    if (!isAt(areaOf.get(`box ${to}`)!, route.tip)) return `${name} ends elsewhere`;
  }
  return null;
}

const touches = (a: Area, b: Area): boolean =>
  a.x + SLACK < b.x + b.width &&
  b.x + SLACK < a.x + a.width &&
  a.y + SLACK < b.y + b.height &&
  b.y + SLACK < a.y + a.height;

const holds = (outer: Area, inner: Area): boolean =>
  outer.x - SLACK <= inner.x &&
  outer.y - SLACK <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width + SLACK &&
  inner.y + inner.height <= outer.y + outer.height + SLACK;

/** At the edge of a box, as near as Graphviz brings its arrows. */
function isAt({ x, y, width, height }: Area, point: Point): boolean {
  const beyond = Math.max(x - point.x, point.x - x - width, y - point.y, point.y - y - height);
  return Math.abs(beyond) <= NEAR;
}
