/** A title in the picture, cut to its room. */
import { TITLE_SIZE } from "../scene.ts";
import { estimatedWidth } from "../text.ts";
import { svg } from "./dom.ts";

/**
 * The whole title is there, clipped by an inner <svg>: no `clipPath`, whose id could meet another
 * one on the page.
 */
export function titleText(title: string, x: number, y: number, room: number): SVGElement[] {
  const cut = estimatedWidth(title, TITLE_SIZE) > room + 2;
  const inner = svg("svg", { x, y, width: Math.max(1, cut ? room - 12 : room), height: 18 });
  inner.append(
    svg("text", { class: "mgw-title", y: 13 }, svg("tspan", { class: "mgw-isolated" }, title)),
  );
  if (!cut) return [inner];
  const dots = svg(
    "text",
    { class: "mgw-title", x: x + room, y: y + 13, "text-anchor": "end", "aria-hidden": "true" },
    "\u2026",
  );
  return [inner, dots];
}
