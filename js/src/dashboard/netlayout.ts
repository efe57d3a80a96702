/** Where the units and weights of a network stand in the picture. */
import type { Wiring } from "./wiring.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface NetLayout {
  readonly width: number;
  readonly height: number;
  /** Side of a thumbnail. */
  readonly side: number;
  /** Upper left corners, by node. */
  readonly corners: readonly Place[];
  /** The middle of every column. */
  readonly middles: readonly number[];
  /** x1, y1, x2, y2 of every wire. */
  readonly lines: Float64Array;
}

/** A unit is a target to be hit, and next to it stands another one. */
const LEAST_PITCH = 24;
const MOST_PITCH = 44;
/** Layers of up to so many units are as large as is good to see; larger ones make it higher. */
const WANTED_HEIGHT = 500;
const GAP = 4;
/** Between two columns, for lines to be told apart and for a word about the unit at the left. */
const LEAST_SPAN = 78;
const MARGIN = { left: 26, right: 26, top: 22, bottom: 4 } as const;
/** Lines arrive at so much of a thumbnail's side, next to one another. */
const LANDING = 0.8;

export function netLayoutOf({ nodes, wires, columns }: Wiring, room: number): NetLayout {
  const tallest = columns.reduce((most, column) => Math.max(most, column.length), 1);
  const pitch = Math.max(LEAST_PITCH, Math.min(MOST_PITCH, Math.floor(WANTED_HEIGHT / tallest)));
  const side = pitch - GAP;
  const height = MARGIN.top + tallest * pitch + MARGIN.bottom;
  const least = MARGIN.left + side + (columns.length - 1) * (side + LEAST_SPAN) + MARGIN.right;
  const width = Math.max(least, Math.floor(room));
  const step = (width - MARGIN.left - MARGIN.right - side) / (columns.length - 1);
  const corners = nodes.map(({ column, place }) => ({
    x: MARGIN.left + column * step,
    y: MARGIN.top + ((tallest - columns[column]!.length) / 2 + place) * pitch + GAP / 2,
  }));
  const lines = new Float64Array(4 * wires.length);
  for (const [n, { from, to, rank, siblings }] of wires.entries()) {
    const [start, end] = [corners[from]!, corners[to]!];
    const landing = 0.5 + LANDING * ((rank + 0.5) / siblings - 0.5);
    lines.set([start.x + side, start.y + side / 2, end.x, end.y + landing * side], 4 * n);
  }
  const middles = columns.map((_, c) => MARGIN.left + c * step + side / 2);
  return { width, height, side, corners, middles, lines };
}

/** The line nearest to a place, if it is no farther away than `reach`. */
export function lineAt(lines: Float64Array, { x, y }: Place, reach: number): number | null {
  let nearest: number | null = null;
  let least = reach;
  for (let n = 0; n < lines.length / 4; n++) {
    const [x1, y1, x2, y2] = lines.subarray(4 * n, 4 * n + 4) as unknown as number[];
    const [dx, dy] = [x2! - x1!, y2! - y1!];
    const along = ((x - x1!) * dx + (y - y1!) * dy) / (dx * dx + dy * dy);
    const t = Math.max(0, Math.min(1, along));
    const distance = Math.hypot(x - x1! - t * dx, y - y1! - t * dy);
    if (distance <= least) [nearest, least] = [n, distance];
  }
  return nearest;
}
