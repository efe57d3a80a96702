/** An open group: a frame around what it holds, with its name and a − at the corner. */
import type { Area } from "../layout/positions.ts";
import { type OpenFrame, TOGGLE_ROOM, titleArea } from "../scene.ts";
import { svg } from "./dom.ts";
import { type Placed, round } from "./placed.ts";
import { titleText } from "./title.ts";
import { drawToggle, TOGGLE_AT } from "./toggle.ts";

export interface Outline extends Placed {
  /** The group, as a place for others. */
  readonly opens: number;
  /** The frame itself, which belongs behind the arrows; the title belongs in front of them. */
  readonly back: SVGGElement;
}

export function drawOutline(frame: OpenFrame, area: Area, depth: number): Outline {
  const { x, y } = area;
  const shade = depth % 2 === 0 ? "mgw-even" : "mgw-odd";
  const bar = titleArea(frame, area);
  const [width, height] = [bar.width - 2, bar.height - 2];
  const start = TOGGLE_AT.x + TOGGLE_ROOM;
  const transform = `translate(${round(x)} ${round(y)})`;
  const whole = { width: round(area.width), height: round(area.height), rx: 10 };
  const group = svg(
    "g",
    { class: `mgw-outline ${shade}`, transform, "data-index": frame.index },
    svg("rect", { class: "mgw-heading", x: 2, y: 2, width, height, rx: 8 }),
    ...titleText(frame.title, start, TOGGLE_AT.y, frame.titleWidth - TOGGLE_ROOM),
    drawToggle(true),
    svg("rect", { class: "mgw-focus", x: 2, y: 2, width, height, rx: 6 }),
  );
  const { index, place, group: opens } = frame;
  const middle = { x: x + bar.width / 2, y: y + bar.height / 2 };
  return {
    ...{ index, place, opens, middle, group, left: x, top: y },
    ...{ width: bar.width, height: bar.height },
    back: svg("g", { class: shade, transform }, svg("rect", { class: "mgw-frame", ...whole })),
  };
}
