/** Points, lines and ticks as SVG: for the legend, the axes and the file. */
import { svg } from "../diagram/dom.ts";
import { shortNumber } from "../text.ts";
import { type Plane, ticks } from "./plane.ts";
import { type Inks, markOf } from "./pointmarks.ts";

/** Around the picture, for the numbers beside it. */
export const AXIS = { left: 38, bottom: 22, top: 8, right: 10 } as const;

const TICK = 4;
/** Ticks are at least so far apart. */
const TICK_ROOM = { across: 75, down: 45 };

export const drawnMark = (kind: number, radius: number, inks: Inks): SVGElement[] =>
  markOf(kind, radius, inks).map(({ d, fill, stroke, width }) =>
    svg("path", { d, fill, ...(stroke === "none" ? {} : { stroke, "stroke-width": width }) }),
  );

interface LineStyle {
  readonly width: number;
  readonly dashes: readonly number[];
}

/** How a line looks in the legend: a piece of it, with (0, 0) in the middle. */
export const drawnLine = ({ width, dashes }: LineStyle, { ink }: Inks): SVGElement =>
  svg("path", { d: "M-12 0h24", ...strokeOf(dashes, width, ink) });

export const strokeOf = (dashes: readonly number[], width: number, stroke: string) => ({
  ...{ fill: "none", stroke, "stroke-width": width },
  ...(dashes.length > 0 ? { "stroke-dasharray": dashes.join(" ") } : {}),
});

/** Around a picture whose upper left corner is (0, 0). */
export function drawnAxes(plane: Plane, width: number, height: number, ink: string): SVGElement[] {
  const { left, right, bottom, top } = plane.bounds;
  const words = { fill: ink, "font-size": 11 };
  const parts: SVGElement[] = [];
  for (const x of ticks(left, right, Math.max(2, width / TICK_ROOM.across))) {
    const at = round(plane.across(x) * width);
    parts.push(
      svg("path", { d: `M${at} ${height}v${TICK}`, stroke: ink }),
      svg("text", { ...words, x: at, y: height + 16, "text-anchor": "middle" }, shortNumber(x)),
    );
  }
  for (const y of ticks(bottom, top, Math.max(2, height / TICK_ROOM.down))) {
    const at = round(plane.down(y) * height);
    parts.push(
      svg("path", { d: `M0 ${at}h${-TICK}`, stroke: ink }),
      svg("text", { ...words, x: -7, y: at + 4, "text-anchor": "end" }, shortNumber(y)),
    );
  }
  return parts;
}

export const round = (x: number): number => Math.round(100 * x) / 100;
