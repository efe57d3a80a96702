/** A label at a lower corner of a box: there while somebody has something to say. */
import type { Direction } from "../layout/dot.ts";
import { type Box, moreMiddle, moreWidth, SMALL_SIZE } from "../scene.ts";
import { estimatedWidth } from "../text.ts";
import { svg } from "./dom.ts";
import type { Remark } from "./part.ts";
import { round } from "./placed.ts";

/** So far the label reaches out of its box to the side. */
const OUT = 8;
const HEIGHT = 17;

export interface CornerLabel {
  paint(remark: Remark | null): void;
}

export function drawCornerLabel(box: Box, group: SVGElement, direction: Direction): CornerLabel {
  let drawn: SVGElement | null = null;
  let shown = "";
  return {
    paint(remark) {
      const words = remark?.label ?? "";
      if (words === shown) return;
      drawn?.remove();
      drawn = words === "" ? null : label(box, words, direction);
      if (drawn !== null) group.append(drawn);
      shown = words;
    },
  };
}

function label(box: Box, words: string, direction: Direction): SVGElement {
  const width = estimatedWidth(words, SMALL_SIZE) + 10;
  const { left, top } = placeFor(box, width, direction);
  return svg(
    "g",
    { class: "mgw-corner", transform: `translate(${round(left)} ${round(top)})` },
    svg("rect", { width, height: HEIGHT, rx: HEIGHT / 2 }),
    svg("text", { x: width / 2, y: 12.5, "text-anchor": "middle" }, words),
  );
}

/**
 * Lower right; where arrows run down, lower left, as their numbers stand to their right, and the
 * lines of a box with a badge at its top are lower. Beside the button that adds more, if there
 * is one.
 */
function placeFor(box: Box, width: number, direction: Direction): { left: number; top: number } {
  const aside = box.hidden > 0 ? moreMiddle(box) + moreWidth(box) / 2 + 3 : 0;
  const left = Math.max(box.width + OUT - width, aside);
  return direction === "LR"
    ? { left, top: box.height - 4 }
    : { left: box.width - left - width, top: box.height - 1 };
}
