/** The signs on the buttons of a player, drawn: as characters some systems make them emoji. */
import { svg } from "./dom.ts";

const PATHS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  previous: "M9.5 3.5v9L4 8zM11 3.5h1.6v9H11z",
  play: "M4 2v12l10-6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M6.5 3.5v9L12 8zM3.4 3.5H5v9H3.4z",
  last: "M3 3v10l7-5zM11 3h2v10h-2z",
} as const;

export type Icon = keyof typeof PATHS;

export const icon = (name: Icon): SVGElement =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "mgw-icon" },
    svg("path", { d: PATHS[name] }),
  );
