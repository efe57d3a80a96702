/** The square with + or − before the name of a group: opens it, closes it. */
import { TOGGLE_SIZE } from "../scene.ts";
import { svg } from "./dom.ts";

/** Large enough for a finger, larger than it looks. */
const TARGET = 30;

/** At the same place of a box and of a frame, so that a second click undoes the first. */
export const TOGGLE_AT = { x: 8, y: 6 } as const;

export function drawToggle(isOpen: boolean): SVGElement {
  const middle = TOGGLE_SIZE / 2;
  const arm = 4.5;
  const minus = `M${middle - arm} ${middle}h${2 * arm}`;
  const plus = `${minus}M${middle} ${middle - arm}v${2 * arm}`;
  const around = middle - TARGET / 2;
  return svg(
    "g",
    { class: "mgw-toggle", transform: `translate(${TOGGLE_AT.x} ${TOGGLE_AT.y})` },
    svg("rect", { class: "mgw-hit", x: around, y: around, width: TARGET, height: TARGET }),
    svg("rect", { class: "mgw-key", width: TOGGLE_SIZE, height: TOGGLE_SIZE, rx: 4 }),
    svg("path", { class: "mgw-plus", d: isOpen ? minus : plus }),
  );
}
