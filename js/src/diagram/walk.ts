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
  const along = direction === "LR" ? "x" : "y";
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
    if (step === "previous") return around?.index ?? null;
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
  const sign = step === "next" ? 1 : -1;
  const beside = [...picture.boxes.values()].filter(
    (other) => sign * (other.middle[across] - here.middle[across]) > 1,
  );
  const sameRank = beside.filter((other) => Math.abs(other.middle[along] - here.middle[along]) < 8);
  const next = nearest(sameRank);
  // On the way out of a group lies its title.
  const leaves = step === "previous" && next?.place !== here.place;
  return (leaves ? around : next)?.index ?? next?.index ?? null;
}

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
