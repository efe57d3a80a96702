/** How a point looks: what there is to say of it, and the shapes that say it. */
import type { Theme } from "../diagram/colours.ts";
import type { Session } from "../training/session.ts";

/** What there is to say of a point, as bits. */
export const Kind = { positive: 1, test: 2, wrong: 4, batch: 8 } as const;
export const KINDS = 16;

export type Seen = Pick<Session, "points" | "trained" | "scores" | "batch">;

/** Which class a score stands for, as the accuracy has it; nan stands for none. */
export const classOf = (score: number): number | null =>
  Number.isNaN(score) ? null : score > 0 ? 1 : -1;

export function kindsOf({ points, trained, scores, batch }: Seen, showsBatch: boolean): Uint8Array {
  const kinds = new Uint8Array(points.count);
  for (let i = 0; i < kinds.length; i++) {
    const label = points.label(i);
    kinds[i] =
      (label > 0 ? Kind.positive : 0) |
      (i < trained ? 0 : Kind.test) |
      (classOf(scores[i]!) === label ? 0 : Kind.wrong);
  }
  if (showsBatch) for (const i of batch) kinds[i]! |= Kind.batch;
  return kinds;
}

/** Of the points on one side of the split: how many, and how many of them have their class. */
export interface Tally {
  readonly right: number;
  readonly all: number;
}

export function tally(kinds: Uint8Array, from: number, to: number): Tally {
  let right = 0;
  for (let i = from; i < to; i++) if ((kinds[i]! & Kind.wrong) === 0) right++;
  return { right, all: to - from };
}

export interface Inks {
  readonly paper: string;
  readonly ink: string;
  readonly positive: string;
  readonly negative: string;
}

export const INKS: Record<Theme, Inks> = {
  light: { paper: "#ffffff", ink: "#16191d", positive: "#0864a0", negative: "#a85400" },
  dark: { paper: "#16191d", ink: "#f0f3f6", positive: "#6cb8ee", negative: "#f59322" },
};

/** A person's own few colours: shapes alone tell the classes. */
export const FORCED_INKS: Inks = {
  paper: "Canvas",
  ink: "CanvasText",
  positive: "CanvasText",
  negative: "CanvasText",
};

/** One shape around (0, 0): filled, with a line around it, or either. */
export interface Stroke {
  readonly d: string;
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
}

const NONE = "none";
export const USUAL_RADIUS = 4.5;
const RING_GAP = 3.5;

/** From back to front. */
export function markOf(kind: number, radius: number, inks: Inks): Stroke[] {
  const isPositive = (kind & Kind.positive) !== 0;
  const colour = isPositive ? inks.positive : inks.negative;
  const d = isPositive ? circle(radius) : triangle(radius);
  const strokes: Stroke[] = [];
  // Lines are as thick as suits a point of the usual size, and thinner around smaller ones.
  const thick = (width: number) => (width * radius) / USUAL_RADIUS;
  if ((kind & Kind.wrong) !== 0) {
    const ring = circle(radius + thick(RING_GAP));
    strokes.push({ d: ring, fill: NONE, stroke: inks.paper, width: thick(4) });
    strokes.push({ d: ring, fill: NONE, stroke: inks.ink, width: thick(1.75) });
  }
  if ((kind & Kind.test) !== 0) {
    strokes.push({ d, fill: inks.paper, stroke: inks.paper, width: thick(4) });
    strokes.push({ d, fill: inks.paper, stroke: colour, width: thick(1.75) });
  } else {
    strokes.push({ d, fill: colour, stroke: inks.paper, width: thick(2.5) });
    strokes.push({ d, fill: colour, stroke: NONE, width: 0 });
  }
  if ((kind & Kind.batch) !== 0) {
    strokes.push({ d: circle(radius * 0.4), fill: inks.paper, stroke: NONE, width: 0 });
  }
  return strokes;
}

/** How far a mark reaches from its middle. */
export const reachOf = (radius: number): number => 2.4 * radius;

/** The more there are, the smaller. */
export const radiusFor = (count: number): number =>
  count <= 250 ? USUAL_RADIUS : count <= 700 ? 3.5 : 2.5;

const circle = (r: number): string => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;

/** Of the same area as the circle, about; its middle is that of the circle around it. */
const triangle = (r: number): string =>
  `M0 ${-1.4 * r}L${1.25 * r} ${0.85 * r}L${-1.25 * r} ${0.85 * r}Z`;
