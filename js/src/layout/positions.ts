/** Reads where Graphviz has put things. Its y axis points up, ours points down. */
import {
  BADGE_RADIUS,
  type Box,
  type LabelledArrow,
  NUMBER_ROOM,
  type Scene,
  titleArea,
} from "../scene.ts";
import { straightRoute } from "./bundles.ts";
import { CLUSTER, type Direction, spaceOf } from "./dot.ts";
import { besideCurve, type LabelPlace, labelArea, lengthIn } from "./label.ts";
import { putInOrder } from "./order.ts";

/** Of a derivative with four decimals, in bold: −98765.4321. */
const LONGEST_NUMBER = 80;
/** A label stands no farther from its line. */
const BESIDE = 20;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  /** Start, then three points for every Bézier piece. */
  readonly curve: readonly Point[];
  /** Where the arrow head ends. */
  readonly tip: Point;
  /** Missing where the arrow has no label. */
  readonly label?: LabelPlace;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Positions {
  readonly width: number;
  readonly height: number;
  /** Middle of each box's space, by value index. */
  readonly boxes: ReadonlyMap<number, Point>;
  /** What each open group takes up, by the group's number. */
  readonly frames: ReadonlyMap<number, Area>;
  /** One per arrow of the scene, in its order. */
  readonly routes: readonly Route[];
}

interface LaidOut {
  bb: string;
  objects?: { name: string; pos?: string; bb?: string }[];
  /** Helpers that are not drawn have no id. */
  edges?: { id?: string; pos: string; lp?: string }[];
}

export function readPositions(json: string, scene: Scene, direction: Direction): Positions {
  const graph = JSON.parse(json) as LaidOut;
  const [, , width = 0, height = 0] = graph.bb.split(",").map(Number);
  const point = (text: string): Point => {
    const [x, y] = text.split(",").map(Number);
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new Error(`layout: expected a position, got: ${text}`);
    }
    return { x: x!, y: height - y! };
  };
  const boxes = new Map<number, Point>();
  const frames = new Map<number, Area>();
  for (const { name, pos, bb } of graph.objects ?? []) {
    if (pos !== undefined && /^n\d/.test(name)) boxes.set(Number(name.slice(1)), point(pos));
    else if (bb !== undefined) frames.set(Number(name.slice(CLUSTER.length)), readArea(bb, point));
  }
  const titles = scene.frames
    .filter(({ group }) => frames.has(group))
    .map((frame) => titleArea(frame, frames.get(frame.group)!));
  const taken = [
    ...titles,
    ...scene.boxes.flatMap((box) => areasOf(box, boxes.get(box.index), direction)),
  ];
  const covering = (curve: readonly Point[], width: number) => {
    const near = within(curve, width);
    const obstacles = taken.filter((area) => overlap(near, area));
    return (label: LabelPlace) =>
      Math.max(0, ...obstacles.map((area) => lengthIn(area, label, width)));
  };
  const routes: Route[] = [];
  for (const edge of graph.edges ?? []) {
    if (edge.id === undefined) continue;
    const id = Number(edge.id);
    const place = (curve: readonly Point[], room: Point) => {
      const width = widestLabel(scene.arrows[id]);
      const label = besideCurve(curve, room, direction, covering(curve, width));
      taken.push(labelArea(label, width));
      return label;
    };
    routes[id] = readRoute(edge.pos, edge.lp, point, place);
  }
  const missing =
    scene.boxes.find((box) => !boxes.has(box.index)) ??
    scene.frames.find((frame) => !frames.has(frame.group));
  const wanted = scene.arrows.filter(({ isBundled }) => !isBundled).length;
  if (missing || Object.keys(routes).length !== wanted) {
    throw new Error("layout: expected a position for everything, got: an incomplete layout");
  }
  putInOrder(scene, { boxes, routes }, direction);
  scene.arrows.forEach((arrow, id) => {
    if (arrow.isBundled) routes[id] = straightRoute(scene, boxes, arrow, direction);
  });
  return { width, height, boxes, frames, routes };
}

/** A box, and what of its badge sticks out of it, where arrows come in. */
function areasOf(box: Box, middle: Point | undefined, direction: Direction): Area[] {
  if (middle === undefined) return [];
  const { width, height, badgeOut } = spaceOf(box, direction);
  const [left, top] = [middle.x - width / 2, middle.y - height / 2];
  const [dx, dy] = direction === "LR" ? [badgeOut, 0] : [0, badgeOut];
  const body = { x: left + dx, y: top + dy, width: width - dx, height: height - dy };
  if (badgeOut === 0) return [body];
  const badge =
    direction === "LR"
      ? { x: left, y: middle.y - BADGE_RADIUS, width: badgeOut, height: 2 * BADGE_RADIUS }
      : { x: middle.x - BADGE_RADIUS, y: top, width: 2 * BADGE_RADIUS, height: badgeOut };
  return [body, badge];
}

/** The room that is kept for a number is enough for most; what is written there may be longer. */
const widestLabel = (arrow: LabelledArrow | undefined): number =>
  !arrow ? 0 : arrow.labelWidth === NUMBER_ROOM ? LONGEST_NUMBER : arrow.labelWidth;

/** Where a label of that width can be that stands beside a curve. */
function within(curve: readonly Point[], width: number): Area {
  const [xs, ys] = [curve.map(({ x }) => x), curve.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - width - BESIDE, Math.min(...ys) - BESIDE];
  const [right, bottom] = [Math.max(...xs) + width + BESIDE, Math.max(...ys) + BESIDE];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Lower left and upper right corner, as Graphviz sees them. */
function readArea(bb: string, point: (text: string) => Point): Area {
  const [left, bottom, right, top] = bb.split(",");
  const start = point(`${left},${top}`);
  const end = point(`${right},${bottom}`);
  return { x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y };
}

function readRoute(
  pos: string,
  room: string | undefined,
  point: (text: string) => Point,
  place: (curve: readonly Point[], room: Point) => LabelPlace,
): Route {
  const parts = pos.split(" ");
  const end = parts.find((part) => part.startsWith("e,"));
  const curve = parts.filter((part) => !/^[es],/.test(part)).map(point);
  const last = curve.at(-1);
  if (last === undefined) throw new Error(`layout: expected a curve, got: ${pos}`);
  const tip = end === undefined ? last : point(end.slice(2));
  if (room === undefined) return { curve, tip };
  return { curve, tip, label: place(curve, point(room)) };
}
