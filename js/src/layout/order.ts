/**
 * Boxes that are interchangeable, as the closed neurons of a layer are, come in any order from
 * Graphviz, which counts crossings only. Here they change places until they stand in their own.
 */
import type { Box, Scene } from "../scene.ts";
import type { Direction } from "./dot.ts";
import type { Point, Route } from "./positions.ts";

export interface Places {
  readonly boxes: Map<number, Point>;
  readonly routes: Route[];
}

/** Every box takes the arrows of the one whose place it takes. */
export function putInOrder(scene: Scene, { boxes, routes }: Places, direction: Direction): void {
  const across = direction === "LR" ? "y" : "x";
  for (const alike of interchangeable(scene)) {
    const places = alike.map(({ index }) => index);
    places.sort((a, b) => boxes.get(a)![across] - boxes.get(b)![across]);
    const arrowAt = new Map(scene.arrows.map(({ from, to }, n) => [`${from} ${to}`, n]));
    const points = places.map((index) => boxes.get(index)!);
    const taken = new Map(alike.map(({ index }, n) => [index, places[n]!]));
    alike.forEach(({ index }, n) => {
      boxes.set(index, points[n]!);
    });
    const before = [...routes];
    scene.arrows.forEach(({ from, to }, n) => {
      const [start, end] = [taken.get(from) ?? from, taken.get(to) ?? to];
      routes[n] = before[arrowAt.get(`${start} ${end}`)!]!;
    });
  }
}

/** Closed groups in one place, equally wide then, with arrows from the same and to the same. */
function interchangeable({ boxes, arrows }: Scene): Box[][] {
  const ends = new Map<number, string[]>();
  for (const { from, to } of arrows) {
    ends.set(from, [...(ends.get(from) ?? []), `>${to}`]);
    ends.set(to, [...(ends.get(to) ?? []), `<${from}`]);
  }
  const classes = new Map<string, Box[]>();
  for (const box of boxes) {
    if (box.kind !== "group") continue;
    const { index, place } = box;
    const key = [place, ...(ends.get(index) ?? []).sort()].join(" ");
    classes.set(key, [...(classes.get(key) ?? []), box]);
  }
  return [...classes.values()].filter((alike) => alike.length > 1);
}
