/** What stands near something in an expression: how little has to be drawn for it to make sense. */
import type { Contraction } from "./contraction.ts";
import type { Consumers } from "./graph.ts";

/** Of a sum of many terms this many are shown with it. */
export const FIRST_TERMS = 12;
/** Something further away is drawn without the whole way to it. */
const LONGEST_WAY = 20;
/** Of what is far away, this much of the way. */
const FIRST_STEPS = 3;
/** A constant may be used a hundred thousand times; nobody goes along all of that. */
const MOST_MET = 5000;

/** What an item is made from; of a sum its first terms. */
export function firstOperands(at: Contraction, item: number): readonly number[] {
  const operands = at.operands(item);
  return at.isSum(item) ? operands.slice(0, FIRST_TERMS) : operands;
}

/** The hidden items fewest steps before these. */
export function nearestHidden(
  at: Contraction,
  starts: readonly number[],
  most: number,
  isShown: (item: number) => boolean,
  isWanted: (item: number) => boolean,
): number[] {
  const queue = [...starts];
  const met = new Set(queue);
  const found: number[] = [];
  for (let head = 0; head < queue.length; head++) {
    for (const operand of firstOperands(at, queue[head]!)) {
      if (found.length >= most) return found;
      if (met.has(operand) || !isWanted(operand)) continue;
      met.add(operand);
      queue.push(operand);
      if (!isShown(operand)) found.push(operand);
    }
  }
  return found;
}

/**
 * What is to be drawn for a hidden item: the shortest way from something shown back to it, or, if
 * that is far away, the item with the first steps of the way.
 */
export function wayBackTo(
  at: Contraction,
  consumers: Consumers,
  item: number,
  isShown: (item: number) => boolean,
): number[] {
  const cameFrom = new Map<number, number>([[item, -1]]);
  let ring = [item];
  for (let steps = 0; steps < LONGEST_WAY && cameFrom.size < MOST_MET; steps++) {
    const next: number[] = [];
    for (const here of ring) {
      for (const user of at.users(here, consumers, MOST_MET)) {
        if (cameFrom.has(user)) continue;
        cameFrom.set(user, here);
        if (isShown(user)) return trace(here, cameFrom);
        next.push(user);
      }
    }
    ring = next;
  }
  const way = [item];
  while (way.length < FIRST_STEPS) {
    const [user] = at.users(way[0]!, consumers, 1);
    if (user === undefined) break;
    way.unshift(user);
  }
  return way;
}

function trace(from: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let at = from; at >= 0; at = cameFrom.get(at) ?? -1) way.push(at);
  return way;
}
