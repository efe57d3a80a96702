/** One arrow of the picture: a curve, a head, and what stands beside it. */
import type { Arrow } from "../arrows.ts";
import type { Point, Route } from "../layout/positions.ts";
import { svg, write } from "./dom.ts";
import { round } from "./placed.ts";

/** What an arrow says. */
export interface ArrowFace {
  readonly words: string;
  readonly isNegative: boolean;
}

export interface DrawnArrow {
  readonly arrow: Arrow;
  readonly route: Route;
  readonly group: SVGGElement;
  paint(face: ArrowFace): void;
}

export function drawArrow(arrow: Arrow, route: Route): DrawnArrow {
  const label = svg("text");
  if (route.label) {
    label.setAttribute("x", `${round(route.label.x)}`);
    label.setAttribute("y", `${round(route.label.y + 4)}`);
    label.setAttribute("text-anchor", route.label.anchor);
  }
  const group = svg(
    "g",
    { class: route.label ? "mgw-arrow" : "mgw-arrow mgw-bare" },
    svg("path", { class: "mgw-line", d: curvePath(route) }),
    svg("path", { class: "mgw-tip", d: headPath(route) }),
    ...(route.label ? [label] : []),
  );
  let shown: ArrowFace | null = null;
  return {
    arrow,
    route,
    group,
    paint(face) {
      if (face.words !== shown?.words) write(label, face.words);
      if (face.isNegative !== shown?.isNegative) {
        group.classList.toggle("mgw-negative", face.isNegative);
      }
      shown = face;
    },
  };
}

const at = (p: Point): string => `${round(p.x)} ${round(p.y)}`;

function curvePath({ curve }: Route): string {
  const [start, ...rest] = curve;
  const pieces: string[] = [];
  for (let i = 0; i + 2 < rest.length; i += 3) {
    pieces.push(`C${at(rest[i]!)} ${at(rest[i + 1]!)} ${at(rest[i + 2]!)}`);
  }
  return `M${at(start!)}${pieces.join("")}`;
}

function headPath({ curve, tip }: Route): string {
  const base = curve.at(-1)!;
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const side = { x: (-(tip.y - base.y) / length) * 3.2, y: ((tip.x - base.x) / length) * 3.2 };
  const a = { x: base.x + side.x, y: base.y + side.y };
  const b = { x: base.x - side.x, y: base.y - side.y };
  return `M${at(a)}L${at(tip)}L${at(b)}Z`;
}
