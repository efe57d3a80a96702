/** What is shown of an open group when it is opened, and what comes along with that. */
import { Op } from "./arithmetic.ts";
import type { Contraction } from "./contraction.ts";
import { type Groups, ROOT } from "./groups.ts";
import { FIRST_PICTURE, OPEN_ALL_UP_TO } from "./levels.ts";
import { firstOperands, nearestHidden } from "./nearest.ts";
import { LONG_REACH, reachOf } from "./reach.ts";
import type { Tape } from "./tape.ts";

/** An expression with some of its groups open. */
export interface Opened {
  readonly tape: Tape;
  readonly groups: Groups;
  readonly open: ReadonlySet<number>;
  readonly contraction: Contraction;
}

/** Items in the order of their results, operands before results as far as groups allow. */
export function inOrder({ contraction }: Opened, items: Iterable<number>): number[] {
  const place = (item: number) => contraction.outputs(item).at(-1) ?? item;
  return [...items].sort((a, b) => place(a) - place(b));
}

/** What is directly inside an open group: up to `roomy` all of it, else what is at its end. */
export function insideOf(opened: Opened, g: number, roomy: number): number[] {
  const { tape, groups, open, contraction: at } = opened;
  const values = groups.values(g);
  const inside: number[] = [];
  for (const i of values) {
    if (!at.isQuiet(i)) inside.push(i);
    if (inside.length > roomy) break;
  }
  for (const child of groups.children(g)) if (!open.has(child)) inside.push(at.itemOfGroup(child));
  // A group of leaves alone: an empty frame would tell nothing.
  if (inside.length === 0) return [...values.subarray(0, FIRST_PICTURE)];
  if (inside.length <= roomy && isQuicklyLaidOut(opened, inside)) return inside;
  const outputs = g === ROOT ? [tape.count - 1] : groups.outputs(g);
  const ends = new Set(outputs.slice(0, FIRST_PICTURE).map((i) => at.itemOf(i)));
  const belongs = (item: number) => at.placeOf(item) === g && !at.isQuiet(item);
  const isEnd = (item: number) => ends.has(item);
  return [...ends, ...nearestHidden(at, [...ends], FIRST_PICTURE - ends.size, isEnd, belongs)];
}

/** How many more boxes there are at most when these are open, leaves from outside apart. */
export function roomWanted(groups: Groups, opened: readonly number[]): number {
  let wanted = 0;
  for (const g of opened) {
    const inside = groups.children(g).length + groups.values(g).length;
    wanted += (inside > OPEN_ALL_UP_TO ? FIRST_PICTURE : inside) - 1;
  }
  return wanted;
}

function isQuicklyLaidOut(opened: Opened, items: readonly number[]): boolean {
  const { contraction } = opened;
  const arrows = inOrder(opened, items).flatMap((to) =>
    contraction.operands(to).map((from) => ({ from, to })),
  );
  return reachOf(arrows) <= LONG_REACH;
}

/** The leaves that items use: without them a value would be a riddle. */
export function leavesOf({ tape, contraction }: Opened, items: readonly number[]): Set<number> {
  const leaves = new Set<number>();
  for (const item of items) {
    if (contraction.isOpaque(item)) continue;
    for (const operand of firstOperands(contraction, item)) {
      if (tape.ops[operand] === Op.leaf) leaves.add(operand);
    }
  }
  return leaves;
}
