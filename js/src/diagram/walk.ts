/** Walking the picture by keys: along the arrows, and among the boxes beside one another. */
import type { Direction } from "../layout/dot.ts";
import type { Picture } from "./picture.ts";
import type { Placed } from "./placed.ts";

/** Along the arrows, among neighbours, to the ends of the reading order. */
export type Step = Move | "first" | "last";
type Move = "back" | "on" | "previous" | "next";

const ENDS: ReadonlyMap<string, Step> = new Map([
  ["Home", "first"],
  ["End", "last"],
]);

/** In either direction the key that points along the arrows follows them. */
export function stepOf(key: string, direction: Direction): Step | null {
  const steps: Record<Direction, ReadonlyMap<string, Step>> = {
    LR: new Map([
      ["ArrowLeft", "back"],
      ["ArrowRight", "on"],
      ["ArrowUp", "previous"],
      ["ArrowDown", "next"],
    ]),
    TB: new Map([
      ["ArrowUp", "back"],
      ["ArrowDown", "on"],
      ["ArrowLeft", "previous"],
      ["ArrowRight", "next"],
    ]),
  };
  return steps[direction].get(key) ?? ENDS.get(key) ?? null;
}

/** Graphviz lines up the middles of a column. */
const SAME_COLUMN = 8;

/** What a step leads to, a value or a group, or null at an end. */
export function walk(
  picture: Picture,
  from: number,
  step: Move,
  direction: Direction,
): number | null {
  const here = picture.stop(from);
  if (here === undefined) return null;
  const across = direction === "LR" ? "y" : "x";
  const distance = (other: Placed) => Math.abs(other.middle[across] - here.middle[across]);
  const nearest = (candidates: Iterable<Placed | undefined>): Placed | null =>
    [...candidates]
      .filter((candidate) => candidate !== undefined)
      .sort((a, b) => distance(a) - distance(b))[0] ?? null;
  const boxes = (items: Iterable<number>) => Array.from(items, (item) => picture.boxes.get(item));

  const inside = insideOf(picture, from);
  const around = [...picture.outlines.values()].find(({ opens }) => opens === here.place);
  if (step === "back") {
    const before = picture.arrows.filter((a) => inside.has(a.to) && !inside.has(a.from));
    // The first operand, not the nearest one: that is often a constant, where the walk ends.
    return before[0]?.from ?? around?.index ?? null;
  }
  const opened = picture.outlines.get(from);
  if (opened !== undefined) {
    if (step !== "on") {
      const entry = firstOf(
        [...picture.boxes.values()].filter(({ index }) => inside.has(index)),
        direction,
      );
      if (step === "next") return entry.index;
      return (around ?? neighbour(picture, entry, step, direction))?.index ?? null;
    }
    const things = [...picture.outlines.values(), ...picture.boxes.values()];
    return first(
      things.filter(({ place }) => place === opened.opens),
      across,
    );
  }
  if (step === "on") {
    const after = picture.arrows.filter((a) => inside.has(a.from) && !inside.has(a.to));
    return nearest(boxes(after.map(({ to }) => to)))?.index ?? null;
  }
  const beside = neighbour(picture, here, step, direction);
  // On the way out of a group lies its title.
  const leaves = step === "previous" && beside?.place !== here.place;
  return (leaves ? around : beside)?.index ?? beside?.index ?? null;
}

/**
 * The next box of the same column, as text is read: after its last the first of the next column. So
 * the keys come by every box, also by one that is nobody's first operand and no nearest result.
 */
function neighbour(
  { boxes }: Picture,
  here: Placed,
  step: "previous" | "next",
  direction: Direction,
): Placed | null {
  const compare = inReadingOrder(direction);
  const sign = step === "next" ? 1 : -1;
  const ahead = [...boxes.values()].filter((other) => sign * compare(other, here) > 0);
  return ahead.sort((a, b) => sign * compare(a, b))[0] ?? null;
}

/** Column by column along the arrows, and down each of them. */
function inReadingOrder(direction: Direction): (a: Placed, b: Placed) => number {
  const [along, across] = direction === "LR" ? (["x", "y"] as const) : (["y", "x"] as const);
  return ({ middle: a }, { middle: b }) =>
    Math.abs(a[along] - b[along]) < SAME_COLUMN ? a[across] - b[across] : a[along] - b[along];
}

const firstOf = (boxes: Placed[], direction: Direction): Placed =>
  boxes.sort(inReadingOrder(direction))[0]!;

/** The box itself; of an open group all boxes in it. */
function insideOf({ boxes, outlines }: Picture, index: number): Set<number> {
  const outline = outlines.get(index);
  if (outline === undefined) return new Set([index]);
  const within = new Set([outline.opens]);
  // Outer groups come first, so that a group is known before what stands in it.
  for (const { opens, place } of outlines.values()) if (within.has(place)) within.add(opens);
  const found = [...boxes.values()].filter(({ place }) => within.has(place));
  return new Set(found.map((box) => box.index));
}

const first = (things: Placed[], across: "x" | "y"): number | null =>
  things.sort((a, b) => a.middle[across] - b.middle[across])[0]?.index ?? null;
