/** An open group: a frame around what it holds, with its name and a − at the corner. */
import type { Area } from "../layout/positions.ts";
import { type OpenFrame, PADDING, TOGGLE_ROOM } from "../scene.ts";
import { svg } from "./dom.ts";
import { type Placed, round } from "./placed.ts";
import { titleText } from "./title.ts";
import { drawToggle, TOGGLE_AT } from "./toggle.ts";

const BAR_HEIGHT = 30;

export interface Outline extends Placed {
  /** The group, as a place for others. */
  readonly opens: number;
}

export function drawOutline(frame: OpenFrame, area: Area, depth: number): Outline {
  const { x, y, width, height } = area;
  const bar = Math.min(width, frame.titleWidth + 2 * PADDING);
  const start = TOGGLE_AT.x + TOGGLE_ROOM;
  const ring = { class: "mgw-focus", x: 2, y: 2, width: bar, height: BAR_HEIGHT - 4, rx: 6 };
  const group = svg(
    "g",
    {
      role: "option",
      tabindex: -1,
      "aria-selected": "false",
      class: `mgw-outline ${depth % 2 === 0 ? "mgw-even" : "mgw-odd"}`,
      transform: `translate(${round(x)} ${round(y)})`,
      "data-index": frame.index,
    },
    svg("rect", { class: "mgw-frame", width: round(width), height: round(height), rx: 10 }),
    svg("rect", { class: "mgw-hit", width: bar, height: BAR_HEIGHT }),
    svg("rect", ring),
    ...titleText(frame.title, start, TOGGLE_AT.y, frame.titleWidth - TOGGLE_ROOM),
    drawToggle(true),
  );
  const middle = { x: x + bar / 2, y: y + BAR_HEIGHT / 2 };
  const size = { width: bar, height: BAR_HEIGHT };
  const { index, place, group: opens } = frame;
  return { index, place, opens, left: x, top: y, ...size, middle, group };
}
