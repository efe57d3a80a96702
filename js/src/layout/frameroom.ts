/**
 * Room for open groups in a layout that keeps what is in one together, and knows nothing of its
 * margin and its title: whatever lies beyond an edge of a group moves on by what that needs.
 */
import type { Placed } from "./dagre.ts";
import type { DotFrame, DotGraph } from "./dotlines.ts";
import type { Area, Point } from "./positions.ts";

/** From here on everything moves by so much. */
interface Cut {
  readonly from: number;
  readonly by: number;
}

export function makeRoom(graph: DotGraph, { boxes, lines }: Placed): Placed {
  if (graph.frames.length === 0) return { boxes, lines };
  const shift = {
    x: shifts(cutsAlong("x", graph, boxes)),
    y: shifts(cutsAlong("y", graph, boxes)),
  };
  const moved = <T extends Point>(thing: T): T => ({
    ...thing,
    x: thing.x + shift.x(thing.x),
    y: thing.y + shift.y(thing.y),
  });
  return {
    boxes: new Map([...boxes].map(([name, area]) => [name, moved(area)])),
    lines: lines.map(({ points, room }) => ({ points: points.map(moved), room: moved(room) })),
  };
}

/** What each frame takes up: all that is in it, its margin, and its title on top. */
export function framesAround(
  { nodes, frames }: DotGraph,
  boxes: ReadonlyMap<string, Area>,
): Map<string, Area> {
  const areas = new Map<string, Area>();
  for (const frame of frames.toReversed()) {
    const inside = [
      ...nodes.filter(({ place }) => place === frame.name).map(({ name }) => boxes.get(name)!),
      ...frames.filter(({ place }) => place === frame.name).map(({ name }) => areas.get(name)!),
    ];
    const left = Math.min(...inside.map(({ x }) => x)) - frame.margin;
    const top = Math.min(...inside.map(({ y }) => y)) - headOf(frame);
    const right = Math.max(...inside.map(({ x, width }) => x + width)) + frame.margin;
    const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + frame.margin;
    const width = Math.max(right - left, frame.title.width + frame.margin);
    areas.set(frame.name, { x: left, y: top, width, height: bottom - top });
  }
  return areas;
}

const headOf = ({ margin, title }: DotFrame): number => margin + title.height;

/** Frames that begin or end at one place share the room, but for those inside one another. */
function cutsAlong(axis: "x" | "y", graph: DotGraph, boxes: ReadonlyMap<string, Area>): Cut[] {
  const bare = framesAround(
    {
      ...graph,
      frames: graph.frames.map((f) => ({ ...f, margin: 0, title: { width: 0, height: 0 } })),
    },
    boxes,
  );
  const size = axis === "x" ? "width" : "height";
  const wanted = new Map<number, number>();
  const sums = new Map<string, { start: number; end: number }>();
  // Inner frames come later.
  for (const frame of graph.frames.toReversed()) {
    const area = bare.get(frame.name)!;
    const [start, end] = [area[axis], area[axis] + area[size]];
    const sum = { start: axis === "x" ? frame.margin : headOf(frame), end: frame.margin };
    for (const inner of graph.frames.filter(({ place }) => place === frame.name)) {
      const there = bare.get(inner.name)!;
      if (there[axis] <= start) sum.start += sums.get(inner.name)!.start;
      if (there[axis] + there[size] >= end) sum.end += sums.get(inner.name)!.end;
    }
    sums.set(frame.name, sum);
    wanted.set(start, Math.max(wanted.get(start) ?? 0, sum.start));
    wanted.set(end, Math.max(wanted.get(end) ?? 0, sum.end));
  }
  return [...wanted].map(([from, by]) => ({ from, by }));
}

function shifts(cuts: readonly Cut[]): (at: number) => number {
  return (at) => {
    let sum = 0;
    for (const { from, by } of cuts) if (from <= at) sum += by;
    return sum;
  };
}
