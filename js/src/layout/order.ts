/**
 * Boxes that are interchangeable, as the closed neurons of a layer or the terms of a sum are, come
 * in any order from Graphviz, which counts crossings only. Here they change places until they
 * stand in their own, each with all that leads to it alone.
 */
import type { Box, Scene } from "../scene.ts";
import type { Direction } from "./dot.ts";
import type { Point, Route } from "./positions.ts";

export interface Places {
  readonly boxes: Map<number, Point>;
  readonly routes: Route[];
}

/** A box with what leads to it alone, and all their arrows; two of one shape correspond in order. */
interface Twig {
  readonly shape: string;
  readonly items: readonly number[];
  readonly arrows: readonly number[];
}

export function putInOrder(scene: Scene, { boxes, routes }: Places, direction: Direction): void {
  const across = direction === "LR" ? "y" : "x";
  for (const alike of interchangeable(scene)) {
    const middle = ({ items: [root] }: Twig) => boxes.get(root!)![across];
    const slots = [...alike].sort((a, b) => middle(a) - middle(b));
    const points = slots.map(({ items }) => items.map((item) => boxes.get(item)!));
    const curves = slots.map(({ arrows }) => arrows.map((n) => routes[n]!));
    alike.forEach(({ items, arrows }, slot) => {
      items.forEach((item, k) => {
        boxes.set(item, points[slot]![k]!);
      });
      arrows.forEach((n, k) => {
        routes[n] = curves[slot]![k]!;
      });
    });
  }
}

/** Closed groups, and terms of a sum, with arrows from the same and to the same. */
function interchangeable(scene: Scene): Twig[][] {
  const twigOf = twigs(scene);
  const sums = new Set(scene.boxes.filter(({ isSum }) => isSum).map(({ index }) => index));
  const terms = new Set(scene.arrows.filter(({ to }) => sums.has(to)).map(({ from }) => from));
  const classes = new Map<string, Twig[]>();
  for (const { index, kind } of scene.boxes) {
    if (kind !== "group" && !terms.has(index)) continue;
    const twig = twigOf(index);
    classes.set(twig.shape, [...(classes.get(twig.shape) ?? []), twig]);
  }
  return [...classes.values()].filter((alike) => alike.length > 1);
}

function twigs({ boxes, arrows }: Scene): (root: number) => Twig {
  const boxOf = new Map(boxes.map((box) => [box.index, box]));
  const into = new Map<number, number[]>();
  const outOf = new Map<number, number[]>();
  arrows.forEach(({ from, to }, n) => {
    push(into, to, n);
    push(outOf, from, n);
  });
  const leadsOnlyTo = (from: number, to: number) =>
    boxOf.get(from)!.place === boxOf.get(to)!.place &&
    outOf.get(from)!.every((n) => arrows[n]!.to === to);
  const grow = (index: number): Twig => {
    const own = new Set<number>();
    const shared: [string, number][] = [];
    for (const n of into.get(index) ?? []) {
      const { from, labelWidth } = arrows[n]!;
      if (leadsOnlyTo(from, index)) own.add(from);
      else shared.push([`${from}/${labelWidth}`, n]);
    }
    shared.sort(([a], [b]) => (a < b ? -1 : 1));
    const parts = [...own].map((from) => {
      const twig = grow(from);
      const on = outOf.get(from)!;
      const widths = on.map((n) => arrows[n]!.labelWidth).join("+");
      return { ...twig, shape: `${twig.shape}/${widths}`, arrows: [...twig.arrows, ...on] };
    });
    const shapes = [sizeOf(boxOf.get(index)!), ...shared.map(([from]) => from)];
    return {
      shape: `(${[...shapes, ...parts.map(({ shape }) => shape)].join(" ")})`,
      items: [index, ...parts.flatMap(({ items }) => items)],
      arrows: [...shared.map(([, n]) => n), ...parts.flatMap(({ arrows }) => arrows)],
    };
  };
  return (root) => {
    const twig = grow(root);
    const on = (outOf.get(root) ?? []).map((n): [string, number] => [`${arrows[n]!.to}`, n]);
    on.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ...twig,
      shape: `${boxOf.get(root)!.place}: ${twig.shape} > ${on.map(([to]) => to).join(" ")}`,
      arrows: [...twig.arrows, ...on.map(([, n]) => n)],
    };
  };
}

const sizeOf = ({ kind, width, height, badge }: Box): string =>
  `${kind} ${width} ${height} ${badge}`;

function push(map: Map<number, number[]>, key: number, n: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [n]);
  else known.push(n);
}
