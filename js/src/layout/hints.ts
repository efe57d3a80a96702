/** What makes Graphviz place frames as a person would: what leads into one stands before it. */
import { ROOT } from "../groups.ts";
import type { Scene } from "../scene.ts";

/** A whole layer may lead into the next one; a few of it are enough to hold the frame. */
const MOST_LAST = 4;

/** Invisible arrows, as lines of DOT. */
export function hintsFor(scene: Scene): string[] {
  if (scene.frames.length === 0) return [];
  const ranks = ranksOf(scene);
  const before = lastBefore(scene, ranks);
  const users = new Map(scene.arrows.map(({ from, to }) => [from, to]));
  const targets = new Set(scene.arrows.map(({ to }) => to));
  const hints: string[] = [];
  for (const { index, place } of scene.boxes) {
    const last = before.get(place);
    const user = users.get(index);
    // Nothing leads to a weight, so that it could stand left of what leads into its frame.
    if (last === undefined || user === undefined || targets.has(index)) continue;
    if (ranks.get(user)! - 1 > ranks.get(last[0]!)!) continue;
    const starts = last.map((item) => `n${item}`).join(" ");
    hints.push(`{${starts}} -> n${index} [style=invis weight=0]`);
  }
  return hints;
}

/** How many arrows lie behind each box; boxes come operands first. */
function ranksOf({ boxes, arrows }: Scene): Map<number, number> {
  const ranks = new Map(boxes.map(({ index }) => [index, 0]));
  // Arrows stand in the order of the boxes that they lead to.
  for (const { from, to } of arrows) {
    ranks.set(to, Math.max(ranks.get(to)!, ranks.get(from)! + 1));
  }
  return ranks;
}

/** Of all that leads into a frame, or into one around it, what comes last: it may be several. */
function lastBefore({ boxes, arrows, frames }: Scene, ranks: Map<number, number>) {
  const around = new Map(frames.map(({ group, place }) => [group, place]));
  const places = new Map(boxes.map(({ index, place }) => [index, place]));
  const chain = (place: number) => {
    const chain: number[] = [];
    for (let at = place; at !== ROOT; at = around.get(at) ?? ROOT) chain.push(at);
    return chain;
  };
  const last = new Map<number, number[]>();
  const keep = (group: number, item: number) => {
    const known = last.get(group) ?? [];
    const ahead = known.length === 0 ? 1 : ranks.get(item)! - ranks.get(known[0]!)!;
    if (ahead > 0) last.set(group, [item]);
    else if (ahead === 0 && !known.includes(item) && known.length < MOST_LAST) known.push(item);
  };
  for (const { from, to } of arrows) {
    const outside = new Set(chain(places.get(from)!));
    for (const group of chain(places.get(to)!)) if (!outside.has(group)) keep(group, from);
  }
  // What leads into a frame leads into what is inside; outer frames come first.
  for (const { group, place } of frames) {
    for (const item of last.get(place) ?? []) keep(group, item);
  }
  return last;
}

/** A closed group in a frame stands rather near to what leads into it than to what it leads to. */
export function weightOf({ boxes }: Scene): (arrow: Scene["arrows"][number]) => number {
  const inFrames = boxes.filter(({ kind, place }) => kind === "group" && place !== ROOT);
  const pulled = new Set(inFrames.map(({ index }) => index));
  return ({ from, to }) => (pulled.has(to) && !pulled.has(from) ? 2 : 1);
}
