/**
 * The expression with some of its groups closed: every value belongs to one *item*, which is the
 * value itself or the outermost closed group around it. Items have one row of numbers: first the
 * values, then the groups.
 */
import { Op } from "./arithmetic.ts";
import { type Consumers, type Edge, operandEdges } from "./graph.ts";
import { type Groups, ROOT } from "./groups.ts";
import type { Tape } from "./tape.ts";

/** More leaves than this at one place that lead into closed groups, and they are only counted. */
export const MOST_LEAVES = 12;

export class Contraction {
  readonly #tape: Tape;
  readonly #groups: Groups;
  /** The outermost closed group around a group or that group itself, `ROOT` where all are open. */
  readonly #closed: Int32Array;
  readonly #operands = new Map<number, readonly number[]>();
  /** Leaves used by a value, or a sum of many terms, that stands in the open. */
  readonly #feeds: Uint8Array | null = null;
  /** Leaves used inside a closed group. */
  readonly #enters: Uint8Array | null = null;
  /** How many of those stand in every group, and first in none. */
  readonly #entering: Int32Array | null = null;

  constructor(tape: Tape, groups: Groups, open: ReadonlySet<number>) {
    this.#tape = tape;
    this.#groups = groups;
    this.#closed = new Int32Array(groups.count);
    for (let g = 0; g < groups.count; g++) {
      const parent = groups.parent(g);
      const around = parent === ROOT ? ROOT : this.#closed[parent]!;
      this.#closed[g] = around !== ROOT ? around : open.has(g) ? ROOT : g;
    }
    if (groups.count === 0) return;
    this.#feeds = new Uint8Array(tape.count);
    this.#enters = new Uint8Array(tape.count);
    for (let i = 0; i < tape.count; i++) {
      const uses = this.isOpaque(this.itemOf(i)) ? this.#enters : this.#feeds;
      for (const operand of [tape.left[i]!, tape.right[i]!]) if (operand >= 0) uses[operand] = 1;
    }
    this.#entering = new Int32Array(groups.count + 1);
    for (let i = 0; i < tape.count; i++) {
      if (this.#isEnteringLeaf(i)) this.#entering[groups.home[i]! + 1]!++;
    }
  }

  isGroup(item: number): boolean {
    return item >= this.#tape.count;
  }

  /** A closed sum of many terms: as plain as an operation, and what it takes is to be seen. */
  isSum(item: number): boolean {
    return this.isGroup(item) && this.#groups.isSum(this.groupOf(item));
  }

  /** A closed group whose operands need not all be seen. */
  isOpaque(item: number): boolean {
    return this.isGroup(item) && !this.isSum(item);
  }

  groupOf(item: number): number {
    return item - this.#tape.count;
  }

  itemOfGroup(g: number): number {
    return this.#tape.count + g;
  }

  itemOf(i: number): number {
    const home = this.#groups.home[i]!;
    const closed = home === ROOT ? ROOT : this.#closed[home]!;
    return closed === ROOT ? i : this.itemOfGroup(closed);
  }

  /** What a value or a group is drawn as: itself, or the outermost closed group around it. */
  drawnAs(item: number): number {
    if (!this.isGroup(item)) return this.itemOf(item);
    const closed = this.#closed[this.groupOf(item)]!;
    return closed === ROOT ? item : this.itemOfGroup(closed);
  }

  /** The group that an item stands in, which is open. */
  placeOf(item: number): number {
    const { home } = this.#groups;
    return this.isGroup(item) ? this.#groups.parent(this.groupOf(item)) : home[item]!;
  }

  /** The values that an item stands for. */
  members(item: number): Iterable<number> {
    return this.isGroup(item) ? this.#groups.members(this.groupOf(item)) : [item];
  }

  /** How many of the values that an item stands for are marked with a 1. */
  countIn(item: number, mask: Uint8Array): number {
    return this.isGroup(item) ? this.#groups.countIn(this.groupOf(item), mask) : (mask[item] ?? 0);
  }

  /** The values of an item that are used outside of it. */
  outputs(item: number): readonly number[] {
    return this.isGroup(item) ? this.#groups.outputs(this.groupOf(item)) : [item];
  }

  /** The arrows into an item from those that are wanted, one for each operand. */
  edges(item: number, isWanted: (other: number) => boolean): Edge[] {
    const { left, right } = this.#tape;
    const edges: Edge[] = [];
    for (const i of this.members(item)) {
      // Of a million additions hardly any are made from something that is drawn.
      if (
        !this.#isMadeFrom(left[i]!, item, isWanted) &&
        !this.#isMadeFrom(right[i]!, item, isWanted)
      ) {
        continue;
      }
      for (const edge of operandEdges(this.#tape, i)) {
        if (this.#isMadeFrom(edge.from, item, isWanted)) edges.push(edge);
      }
    }
    return edges;
  }

  #isMadeFrom(operand: number, item: number, isWanted: (other: number) => boolean): boolean {
    if (operand < 0) return false;
    const other = this.itemOf(operand);
    return other !== item && isWanted(other);
  }

  /** The items that an item is made from. */
  operands(item: number): readonly number[] {
    let operands = this.#operands.get(item);
    if (operands === undefined) {
      const { left, right } = this.#tape;
      const found = new Set<number>();
      for (const i of this.members(item)) {
        if (left[i]! >= 0) found.add(this.itemOf(left[i]!));
        if (right[i]! >= 0) found.add(this.itemOf(right[i]!));
      }
      found.delete(item);
      operands = [...found];
      this.#operands.set(item, operands);
    }
    return operands;
  }

  /** The items that use an item; of each value that comes out of it, `limit` uses at most. */
  users(item: number, consumers: Consumers, limit?: number): number[] {
    const users = new Set<number>();
    for (const i of this.outputs(item)) {
      for (const { to } of consumers.edges(i, limit)) users.add(this.itemOf(to));
    }
    users.delete(item);
    return [...users];
  }

  /** One of so many leaves at its place that closed groups only count what they use of them. */
  isOneOfMany(item: number): boolean {
    if (this.#entering === null || this.isGroup(item) || !this.#isEnteringLeaf(item)) return false;
    return this.#entering[this.#groups.home[item]! + 1]! > MOST_LEAVES;
  }

  /** Such a leaf that nothing in the open uses, and so nothing calls for. */
  isQuiet(item: number): boolean {
    return this.isOneOfMany(item) && !this.feedsValue(item);
  }

  /** Whether a value, or a sum of many terms, that stands in the open uses this one. */
  feedsValue(i: number): boolean {
    return this.#feeds === null || this.#feeds[i] === 1;
  }

  #isEnteringLeaf(i: number): boolean {
    return this.#tape.ops[i] === Op.leaf && this.#enters![i] === 1 && this.itemOf(i) === i;
  }
}
