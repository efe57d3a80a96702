/**
 * The small layout, for pages that have no Graphviz: the same DOT text in, positions as Graphviz
 * prints them out, with a mark that it was not Graphviz.
 */
import { layout as arrange, Graph } from "@dagrejs/dagre";
import { reachOf } from "../reach.ts";
import { type DotGraph, readDot, type Size } from "./dotlines.ts";
import { framesAround, makeRoom } from "./frameroom.ts";
import type { Area, Point } from "./positions.ts";
import { smoothCurve } from "./smooth.ts";

/** Between two arrows that pass a rank side by side. */
const ARROW_GAP = 8;
/** An arrow bends between two ranks alone, and so needs more way there than in Graphviz. */
const MORE_WAY = 1.5;
const BESIDE = 1.5;
/** The part of its label's room in which an arrow is level, so that the number stands above it. */
const LEVEL = 0.6;
const HEAD = 7;
/** Past more ranks it would take seconds, in which the page does nothing else. */
const MOST_REACH = 3000;
/** A helper's arrow must weigh something here, but far less than one that is drawn. */
const WEIGHT = 8;

/** What has been placed, in points, y downwards. */
export interface Placed {
  /** By name. */
  readonly boxes: ReadonlyMap<string, Area>;
  /** In the order of the graph's arrows. */
  readonly lines: readonly Line[];
}

export interface Line {
  /** Where the arrow passes the ranks between its ends. */
  readonly points: readonly Point[];
  /** The middle of its label's room. */
  readonly room: Point;
}

export function layout(dot: string): string {
  const graph = readDot(dot);
  const reach = reachOf(graph.arrows.filter(({ id }) => id !== null));
  if (reach > MOST_REACH) {
    throw new Error(`layout: expected arrows past ${MOST_REACH} ranks at most, got: past ${reach}`);
  }
  const placed = makeRoom(graph, combed(graph, arranged(graph)));
  const frames = framesAround(graph, placed.boxes);
  const [left, top, right, bottom] = extentOf(graph, placed, frames.values());
  // Graphviz's y axis points up.
  const at = (x: number, y: number) => `${tenth(x - left)},${tenth(bottom - y)}`;
  const routes = routesOf(graph, placed);
  return JSON.stringify({
    small: true,
    bb: `0,0,${tenth(right - left)},${tenth(bottom - top)}`,
    objects: [
      ...[...placed.boxes].map(([name, { x, y, width, height }]) => ({
        name,
        pos: at(x + width / 2, y + height / 2),
      })),
      ...[...frames].map(([name, { x, y, width, height }]) => ({
        name,
        bb: `${at(x, y + height)},${at(x + width, y)}`,
      })),
    ],
    edges: graph.arrows.flatMap(({ id, label }, n) => {
      const { curve, tip, room } = routes[n]!;
      const pos = [`e,${at(tip.x, tip.y)}`, ...curve.map(({ x, y }) => at(x, y))].join(" ");
      const lp = label.width > 0 ? { lp: at(room.x, room.y) } : {};
      return id === null ? [] : [{ id, pos, ...lp }];
    }),
  });
}

/** Of everything that is drawn; a number stands above its room's middle, or at the right of it. */
function extentOf(
  { direction, arrows }: DotGraph,
  { boxes, lines }: Placed,
  frames: Iterable<Area>,
) {
  const numbers = lines.map(({ room: { x, y } }, n) => {
    const { width, height } = arrows[n]!.label;
    return direction === "LR"
      ? { x: x - width / 2, y: y - height, width, height }
      : { x, y: y - height / 2, width, height };
  });
  const areas = [...boxes.values(), ...frames, ...numbers];
  const points = lines.flatMap((line) => line.points);
  return [
    Math.min(...areas.map(({ x }) => x), ...points.map(({ x }) => x)),
    Math.min(...areas.map(({ y }) => y), ...points.map(({ y }) => y)),
    Math.max(...areas.map(({ x, width }) => x + width), ...points.map(({ x }) => x)),
    Math.max(...areas.map(({ y, height }) => y + height), ...points.map(({ y }) => y)),
  ] as const;
}

const tenth = (x: number): number => Math.round(10 * x) / 10;

function arranged({ direction, rankGap, boxGap, nodes, frames, arrows }: DotGraph): Placed {
  const graph = new Graph({ multigraph: true, compound: true });
  const gaps = { ranksep: MORE_WAY * rankGap, nodesep: boxGap, edgesep: ARROW_GAP };
  graph.setGraph({ rankdir: direction, ...gaps });
  for (const { name } of frames) graph.setNode(name, {});
  for (const { name, width, height } of nodes) graph.setNode(name, { width, height });
  for (const { name, place } of [...frames, ...nodes]) {
    if (place !== null) graph.setParent(name, place);
  }
  arrows.forEach(({ from, to, weight, label }, n) => {
    const room = {
      ...roomOf(label, direction),
      labelpos: "c",
      weight: Math.max(1, WEIGHT * weight),
    };
    graph.setEdge(from, to, room, String(n));
  });
  arrange(graph);
  const boxes = new Map<string, Area>();
  for (const { name, width, height } of nodes) {
    const { x, y } = graph.node(name) as Point;
    boxes.set(name, { x: x - width / 2, y: y - height / 2, width, height });
  }
  const lines = arrows.map(({ from, to }, n) => {
    const edge = graph.edge(from, to, String(n)) as Partial<Point> & { points: Point[] };
    const middle = edge.points[Math.floor(edge.points.length / 2)]!;
    const room = { x: edge.x ?? middle.x, y: edge.y ?? middle.y };
    // Its first and last are where it would meet the boxes from any side.
    return { points: edge.points.slice(1, -1), room };
  });
  return { boxes, lines };
}

/**
 * Arrows that pass the same ranks cross as often in any order; but a number is looked for near the
 * box that its arrow leads to, so they change places until they stand in the order of those.
 */
function combed({ direction, arrows }: DotGraph, { boxes, lines }: Placed): Placed {
  const [along, across] = direction === "LR" ? (["x", "y"] as const) : (["y", "x"] as const);
  const ranks = new Map<string, number[]>();
  lines.forEach(({ points, room }, n) => {
    const { width, height } = arrows[n]!.label;
    if (width === 0) return;
    const passed = [room, ...points].map((point) => Math.round(point[along]));
    const key = `${width} ${height} ${passed.join(" ")}`;
    ranks.set(key, [...(ranks.get(key) ?? []), n]);
  });
  const combed = [...lines];
  for (const rank of ranks.values()) {
    const slots = rank.map((n) => lines[n]!).sort((a, b) => a.room[across] - b.room[across]);
    const end = (n: number, side: "from" | "to") => boxes.get(arrows[n]![side])![across];
    const wanted = rank.toSorted(
      (a, b) => end(a, "to") - end(b, "to") || end(a, "from") - end(b, "from"),
    );
    wanted.forEach((n, slot) => {
      combed[n] = slots[slot]!;
    });
  }
  return { boxes, lines: combed };
}

/** From top to bottom a number stands at one side of its arrow, which has its room on both. */
const roomOf = ({ width, height }: Size, direction: DotGraph["direction"]): Size =>
  direction === "LR" ? { width, height } : { width: BESIDE * width, height };

interface Course {
  readonly curve: readonly Point[];
  readonly tip: Point;
  readonly room: Point;
}

/** From the middle of one box's side to that of the next; level past the boxes of each rank. */
function routesOf({ direction, arrows }: DotGraph, { boxes, lines }: Placed): Course[] {
  const turn = direction === "LR" ? same : swapped;
  const areas = new Map([...boxes].map(([name, area]) => [name, turnedArea(area, turn)]));
  const passing = passages(areas.values());
  return arrows.map(({ from, to, label }, n) => {
    const [start, end] = [areas.get(from)!, areas.get(to)!];
    const room = turn(lines[n]!.room);
    const half = (LEVEL * (direction === "LR" ? label.width : label.height)) / 2;
    const tip = middleOf(end, 0);
    const last = { x: tip.x - HEAD, y: tip.y };
    const stops = [middleOf(start, 1)];
    for (const { x, y } of lines[n]!.points.map(turn)) {
      const reach = Math.abs(x - room.x) < 1 ? half : passing(x);
      for (const stop of [
        { x: x - reach, y },
        { x: x + reach, y },
      ]) {
        if (stop.x > stops.at(-1)!.x + 1 && stop.x < last.x - 1) stops.push(stop);
      }
    }
    return {
      curve: smoothCurve([...stops, last]).map(turn),
      tip: turn(tip),
      room: aside(lines[n]!.room, direction),
    };
  });
}

/** The middle of a box's side at its start, or at its end. */
const middleOf = ({ x, y, width, height }: Area, end: 0 | 1): Point => ({
  x: x + end * width,
  y: y + height / 2,
});

/** How far the boxes of the rank at some place reach, to both sides; their middles are in line. */
function passages(areas: Iterable<Area>): (x: number) => number {
  const ranks = new Map<number, number>();
  for (const { x, width } of areas) {
    const middle = Math.round(x + width / 2);
    ranks.set(middle, Math.max(ranks.get(middle) ?? 0, width / 2));
  }
  return (x) => ranks.get(Math.round(x)) ?? 0;
}

/** The number stands on the same side of every arrow: above it, or at its right. */
const aside = ({ x, y }: Point, direction: DotGraph["direction"]): Point =>
  direction === "LR" ? { x, y: y - 1 } : { x: x + 1, y };

const same = (point: Point): Point => point;
const swapped = ({ x, y }: Point): Point => ({ x: y, y: x });

function turnedArea({ x, y, width, height }: Area, turn: (point: Point) => Point): Area {
  const [corner, size] = [turn({ x, y }), turn({ x: width, y: height })];
  return { ...corner, width: size.x, height: size.y };
}
