/** A scene in reading order: what the picture shows side by side, one under the other. */
import { ROOT } from "../groups.ts";
import type { Box, OpenFrame, Scene } from "../scene.ts";

export interface Branch {
  /** A box, or an open group with its own branches after it. */
  readonly thing: Box | OpenFrame;
  /** 1 for what stands in no open group. */
  readonly level: number;
  /** Its place among the branches of the same group, from 1. */
  readonly position: number;
  readonly siblings: number;
}

export const isFrame = (thing: Box | OpenFrame): thing is OpenFrame => "group" in thing;

/** Operands before results, and a group where its result would stand. */
export function branchesOf(scene: Scene): Branch[] {
  const inside = thingsByPlace(scene);
  const branches: Branch[] = [];
  const waiting: Branch[] = [];
  const enter = (place: number, level: number) => {
    const things = inside.get(place) ?? [];
    const siblings = things.length;
    waiting.push(...things.map((thing, n) => ({ thing, level, position: siblings - n, siblings })));
  };
  enter(ROOT, 1);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    branches.push(next);
    if (isFrame(next.thing)) enter(next.thing.group, next.level + 1);
  }
  return branches;
}

/** What stands directly in every open group, the last first. */
function thingsByPlace({ boxes, frames }: Scene): Map<number, (Box | OpenFrame)[]> {
  const frameOf = new Map(frames.map((frame) => [frame.group, frame]));
  const inside = new Map<number, (Box | OpenFrame)[]>();
  for (const box of [...boxes].reverse()) {
    // The first time that something of a group is met, the group itself is met too.
    for (let thing: Box | OpenFrame | undefined = box; thing !== undefined; ) {
      const known = inside.get(thing.place);
      known?.push(thing);
      if (known !== undefined) break;
      inside.set(thing.place, [thing]);
      thing = frameOf.get(thing.place);
    }
  }
  return inside;
}
