/**
 * Two open layers of 16 neurons have 256 arrows between them. Graphviz would keep a row free for
 * each; so it is told only which boxes stand before which, and the arrows are straight lines.
 */
import type { LabelledArrow, Scene } from "../scene.ts";
import { type Direction, spaceOf } from "./dot.ts";
import type { Point, Route } from "./positions.ts";

/** Room for the lines to fan out, in inches. */
const GAP = 0.9;
const HEAD = 7;

/** One invisible node between the boxes that have the same arrows coming in, as lines of DOT. */
export function junctions({ arrows, boxes }: Scene): string[] {
  const sources = new Map<number, number[]>();
  const groups = new Set(boxes.filter(({ kind }) => kind === "group").map(({ index }) => index));
  for (const { from, to, isBundled } of arrows) {
    // A value in an open neuron stands after its weight, and that after what leads in.
    if (isBundled && groups.has(to)) sources.set(to, [...(sources.get(to) ?? []), from]);
  }
  const alike = new Map<string, number[]>();
  for (const [to, from] of sources) {
    const key = [...new Set(from)].map((index) => `n${index}`).join(" ");
    alike.set(key, [...(alike.get(key) ?? []), to]);
  }
  return [...alike].flatMap(([from, to], n) => [
    `j${n} [style=invis width=${GAP} height=0.1]`,
    `{${from}} -> j${n} -> {${to.map((index) => `n${index}`).join(" ")}} [style=invis]`,
  ]);
}

/** From the side of one box straight to the side of the other. */
export function straightRoute(
  scene: Scene,
  boxes: ReadonlyMap<number, Point>,
  arrow: LabelledArrow,
  direction: Direction,
): Route {
  const side = (index: number, sign: 1 | -1): Point => {
    const { x, y } = boxes.get(index)!;
    const { width, height } = spaceOf(scene.boxes.find((box) => box.index === index)!, direction);
    return direction === "LR"
      ? { x: x + (sign * width) / 2, y }
      : { x, y: y + (sign * height) / 2 };
  };
  const [start, tip] = [side(arrow.from, 1), side(arrow.to, -1)];
  const length = Math.hypot(tip.x - start.x, tip.y - start.y) || 1;
  const at = (part: number): Point => ({
    x: start.x + part * (tip.x - start.x),
    y: start.y + part * (tip.y - start.y),
  });
  const end = Math.max(0, 1 - HEAD / length);
  return { curve: [start, at(end / 3), at((2 * end) / 3), at(end)], tip };
}
