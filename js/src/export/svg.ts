/** The whole drawn picture as one SVG file that needs nothing else. */
import { svg } from "../diagram/dom.ts";
import { visibleText } from "../text.ts";
import { copyOf, hex } from "./copying.ts";
import { legendOf } from "./legend.ts";

export interface Shot {
  readonly figure: Element;
  /** What is drawn, wherever it is moved to on the stage; and how large it is. */
  readonly world: SVGGElement;
  readonly width: number;
  readonly height: number;
  /** For those who do not see it. */
  readonly title: string;
  readonly description: string;
}

export interface SvgFile {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 16;
/** A legend under a small picture needs some room. */
const NARROWEST = 420;
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const XML = "http://www.w3.org/XML/1998/namespace";

export function svgFile(shot: Shot): SvgFile {
  const style = getComputedStyle(shot.figure);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const inner = Math.max(NARROWEST, Math.ceil(shot.width));
  const colours = { text: colour("soft"), frame: colour("frame"), edge: colour("edge") };
  const legend = legendOf(shot.figure.querySelector(".mgw-legend")!, inner, colours);
  const top = MARGIN + Math.ceil(shot.height) + (legend.height > 0 ? MARGIN : 0);
  const width = inner + 2 * MARGIN;
  const height = top + legend.height + MARGIN;
  const world = copyOf(shot.world);
  world?.setAttribute("transform", `translate(${Math.round((width - shot.width) / 2)} ${MARGIN})`);
  const root = svg(
    "svg",
    {
      ...{ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT },
      ...{ role: "img", "aria-labelledby": "mgw-title mgw-desc" },
    },
    svg("title", { id: "mgw-title" }, visibleText(shot.title)),
    svg("desc", { id: "mgw-desc" }, visibleText(shot.description)),
    svg("rect", { width, height, fill: hex(style.backgroundColor) }),
    ...(world ? [world] : []),
    svg("g", { transform: `translate(${MARGIN} ${top})` }, ...legend.parts),
  );
  // Spaces in a label are part of it.
  root.setAttributeNS(XML, "xml:space", "preserve");
  return { text: `${new XMLSerializer().serializeToString(root)}\n`, width, height };
}
