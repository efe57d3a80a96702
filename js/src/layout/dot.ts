/** The scene as DOT. Only numbers of ours go in: no label ever reaches Graphviz. */
import { ROOT } from "../groups.ts";
import { LONG_REACH, reachOf } from "../reach.ts";
import {
  BADGE_RADIUS,
  type Box,
  badgeWidth,
  type OpenFrame,
  PAPERS_OUT,
  type Scene,
} from "../scene.ts";
import { junctions } from "./bundles.ts";
import { hintsFor, weightOf } from "./hints.ts";

export type Direction = "LR" | "TB";

/** Graphviz draws a subgraph together only if its name begins so. */
export const CLUSTER = "cluster_";

const POINTS_PER_INCH = 72;
/** Twice between two ranks, in inches: labels stand in the middle. */
const RANK_GAP = 0.2;
/** From top to bottom it is what stands between two boxes: a product has to fit there. */
const LABEL_HEIGHT = { LR: 15, TB: 22 } as const;
/** Around what stands in a frame. */
const FRAME_MARGIN = 16;
const FRAME_TITLE_HEIGHT = 26;

export function dotText(scene: Scene, direction: Direction, rankGap = RANK_GAP): string {
  // To lead arrows around many boxes takes longest by far, and the longer the more they cross:
  // all effort is made against that. Straight ones lead around nothing.
  const [lines, effort] =
    reachOf(scene.arrows) > LONG_REACH
      ? ["line", " nslimit=0.5 nslimit1=0.5 mclimit=0.2"]
      : ["true", ""];
  const [into, out] = direction === "LR" ? ["w", "e"] : ["n", "s"];
  // Without it each frame is laid out by itself, and arrows out of it may run backwards.
  const ranks = scene.frames.length > 0 ? " newrank=true" : "";
  const statements = [
    "digraph {",
    `graph [rankdir=${direction} ranksep=${rankGap} nodesep=0.28 splines=${lines} outputorder=nodesfirst${effort}${ranks}]`,
    'node [shape=box fixedsize=true label=""]',
    `edge [arrowsize=0.7 headport=${into} tailport=${out}]`,
  ];
  statements.push(...contents(scene, direction));
  const weightFor = weightOf(scene);
  scene.arrows.forEach((arrow, id) => {
    if (arrow.isBundled) return;
    const room = placeholder(arrow.labelWidth, LABEL_HEIGHT[direction]);
    const label = arrow.labelWidth > 0 ? ` label=${room}` : "";
    const weight = weightFor(arrow) > 1 ? ` weight=${weightFor(arrow)}` : "";
    statements.push(`n${arrow.from} -> n${arrow.to} [id=${id}${label}${weight}]`);
  });
  statements.push(...junctions(scene), ...hintsFor(scene));
  return `${statements.join("\n")}\n}\n`;
}

/** What stands in no frame, then each frame with what stands in it. */
function contents({ boxes, frames }: Scene, direction: Direction): string[] {
  const boxesIn = byPlace(boxes);
  const framesIn = byPlace(frames);
  const inside = (place: number): string[] => [
    ...(boxesIn.get(place) ?? []).map((box) => boxLine(box, direction)),
    ...(framesIn.get(place) ?? []).flatMap((frame) => [
      `subgraph ${CLUSTER}${frame.group} {`,
      `graph [margin=${FRAME_MARGIN} labeljust=l labelloc=t label=${titleRoom(frame)}]`,
      ...inside(frame.group),
      "}",
    ]),
  ];
  return inside(ROOT);
}

function byPlace<T extends { readonly place: number }>(all: readonly T[]): Map<number, T[]> {
  const places = new Map<number, T[]>();
  for (const one of all) {
    const there = places.get(one.place);
    if (there === undefined) places.set(one.place, [one]);
    else there.push(one);
  }
  return places;
}

function boxLine(box: Box, direction: Direction): string {
  const { width, height } = spaceOf(box, direction);
  return `n${box.index} [width=${inches(width)} height=${inches(height)}]`;
}

const titleRoom = ({ titleWidth }: OpenFrame): string =>
  placeholder(titleWidth, FRAME_TITLE_HEIGHT);

/** The room of a box in the layout: what sticks out belongs to it, a badge or sheets of paper. */
export function spaceOf(
  box: { width: number; height: number; badge: string; kind: Box["kind"] },
  direction: Direction,
): { width: number; height: number; badgeOut: number } {
  const badgeOut = badgeReach(box.badge, direction);
  const papers = box.kind === "group" ? PAPERS_OUT : 0;
  const [width, height] = [box.width + papers, box.height + papers];
  return direction === "LR"
    ? { width: width + badgeOut, height, badgeOut }
    : { width, height: height + badgeOut, badgeOut };
}

function badgeReach(badge: string, direction: Direction): number {
  if (badge === "") return 0;
  return direction === "LR" ? badgeWidth(badge) / 2 : BADGE_RADIUS;
}

const inches = (points: number): string => (points / POINTS_PER_INCH).toFixed(4);

/** An empty table of a fixed size keeps the place of a label free, whatever its font will be. */
const placeholder = (width: number, height: number): string =>
  `<<table border="0" fixedsize="true" width="${width}" height="${height}"><tr><td></td></tr></table>>`;
