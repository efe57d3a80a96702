/** The scene as DOT. Only numbers of ours go in: no label ever reaches Graphviz. */
import { BADGE_RADIUS, badgeWidth, type Scene } from "../scene.ts";

export type Direction = "LR" | "TB";

const POINTS_PER_INCH = 72;
const LABEL_HEIGHT = 15;
/** From here on the full search for few crossings takes seconds, a shorter one is as readable. */
const MANY_BOXES = 600;

export function dotText(scene: Scene, direction: Direction): string {
  const effort = scene.boxes.length > MANY_BOXES ? " nslimit=0.5 nslimit1=0.5 mclimit=0.2" : "";
  const [into, out] = direction === "LR" ? ["w", "e"] : ["n", "s"];
  const lines = [
    "digraph {",
    `graph [rankdir=${direction} ranksep=0.2 nodesep=0.28 splines=true outputorder=nodesfirst${effort}]`,
    'node [shape=box fixedsize=true label=""]',
    `edge [arrowsize=0.7 headport=${into} tailport=${out}]`,
  ];
  for (const box of scene.boxes) {
    const { width, height } = spaceOf(box, direction);
    lines.push(`n${box.index} [width=${inches(width)} height=${inches(height)}]`);
  }
  scene.arrows.forEach((arrow, id) => {
    lines.push(`n${arrow.from} -> n${arrow.to} [id=${id} label=${placeholder(arrow.labelWidth)}]`);
  });
  return `${lines.join("\n")}\n}\n`;
}

/** The room of a box in the layout: the part of the badge that sticks out belongs to it. */
export function spaceOf(
  box: { width: number; height: number; badge: string },
  direction: Direction,
): { width: number; height: number; badgeOut: number } {
  const badgeOut = badgeReach(box.badge, direction);
  return direction === "LR"
    ? { width: box.width + badgeOut, height: box.height, badgeOut }
    : { width: box.width, height: box.height + badgeOut, badgeOut };
}

function badgeReach(badge: string, direction: Direction): number {
  if (badge === "") return 0;
  return direction === "LR" ? badgeWidth(badge) / 2 : BADGE_RADIUS;
}

const inches = (points: number): string => (points / POINTS_PER_INCH).toFixed(4);

/** An empty table of a fixed size keeps the place of a label free, whatever its font will be. */
const placeholder = (width: number): string =>
  `<<table border="0" fixedsize="true" width="${width}" height="${LABEL_HEIGHT}"><tr><td></td></tr></table>>`;
