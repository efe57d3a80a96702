/** Reads where Graphviz has put things. Its y axis points up, ours points down. */
import type { Scene } from "../scene.ts";
import type { Direction } from "./dot.ts";
import { besideCurve, type LabelPlace } from "./label.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  /** Start, then three points for every Bézier piece. */
  readonly curve: readonly Point[];
  /** Where the arrow head ends. */
  readonly tip: Point;
  readonly label: LabelPlace;
}

export interface Positions {
  readonly width: number;
  readonly height: number;
  /** Middle of each box's space, by value index. */
  readonly boxes: ReadonlyMap<number, Point>;
  /** One per arrow of the scene, in its order. */
  readonly routes: readonly Route[];
}

interface LaidOut {
  bb: string;
  objects?: { name: string; pos: string }[];
  edges?: { id: string; pos: string; lp: string }[];
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
  for (const { name, pos } of graph.objects ?? []) boxes.set(Number(name.slice(1)), point(pos));
  const routes: Route[] = [];
  for (const edge of graph.edges ?? []) {
    routes[Number(edge.id)] = readRoute(edge.pos, edge.lp, direction, point);
  }
  const missing = scene.boxes.find((box) => !boxes.has(box.index));
  if (missing || Object.keys(routes).length !== scene.arrows.length) {
    throw new Error("layout: expected a position for everything, got: an incomplete layout");
  }
  return { width, height, boxes, routes };
}

function readRoute(
  pos: string,
  room: string,
  direction: Direction,
  point: (text: string) => Point,
): Route {
  const parts = pos.split(" ");
  const end = parts.find((part) => part.startsWith("e,"));
  const curve = parts.filter((part) => !/^[es],/.test(part)).map(point);
  const last = curve.at(-1);
  if (last === undefined) throw new Error(`layout: expected a curve, got: ${pos}`);
  const tip = end === undefined ? last : point(end.slice(2));
  return { curve, tip, label: besideCurve(curve, point(room), direction) };
}
