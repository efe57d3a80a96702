/** Which values and groups of an expression are drawn. */
import { Op } from "./arithmetic.ts";
import { Contraction } from "./contraction.ts";
import { type Consumers, upstreamMask } from "./graph.ts";
import { Groups, ROOT } from "./groups.ts";
import { deepestFirstPicture, FIRST_PICTURE, OPEN_ALL_UP_TO } from "./levels.ts";
import type { Passes } from "./passes.ts";
import { Stops } from "./stops.ts";
import type { Tape } from "./tape.ts";

/** Up to here everything is drawn, where there are no groups. */
export const DRAW_ALL_UP_TO = 300;
/** Opening a value adds this many of those behind it. */
export const OPENED_AT_ONCE = 20;
/** Of a sum of many terms this many are shown with it. */
export const FIRST_TERMS = 12;
/** However often a person opens more, the picture stays one that can be laid out quickly. */
export const MOST_DRAWN = 400;

export class Fold {
  readonly groups: Groups;
  readonly #tape: Tape;
  /** Groups; whatever is around an open one is open too. */
  readonly #open: Set<number>;
  /** Items: values, and closed groups, whose numbers follow those of the values. */
  readonly #shown = new Set<number>();
  /** Leaves that came along with what uses them, and go with it. */
  readonly #brought = new Set<number>();
  #contraction: Contraction;
  /** Worked out anew when something else is drawn. */
  #stops: Stops | null = null;

  constructor(tape: Tape, groups = new Groups(tape)) {
    this.#tape = tape;
    this.groups = groups;
    this.#open = deepestFirstPicture(tape, groups);
    this.#contraction = new Contraction(tape, groups, this.#open);
    const roomy = groups.count === 0 ? DRAW_ALL_UP_TO : OPEN_ALL_UP_TO;
    for (const g of [ROOT, ...this.#open]) this.#bringLeaves(this.#fill(g, roomy));
  }

  get contraction(): Contraction {
    return this.#contraction;
  }

  /** The items drawn, operands before results as far as groups allow. */
  get shown(): number[] {
    const place = (item: number) => this.#contraction.outputs(item).at(-1) ?? item;
    return [...this.#shown].sort((a, b) => place(a) - place(b));
  }

  /** The open groups, outer ones first. */
  get open(): number[] {
    return [...this.#open].sort((a, b) => a - b);
  }

  /** Whether anything is drawn inside an open group. */
  isEmpty(g: number): boolean {
    const isInside = (place: number) => this.groups.chain(place).includes(g);
    return ![...this.#shown].some((item) => isInside(this.#contraction.placeOf(item)));
  }

  get size(): number {
    return this.#shown.size;
  }

  /** Where a walk through the passes halts. */
  stops(passes: Passes): Stops {
    this.#stops ??= new Stops(passes, this.#contraction, (item) => this.#shown.has(item));
    return this.#stops;
  }

  has(item: number): boolean {
    return this.#shown.has(item);
  }

  /** Whether a leaf stands here only because something that uses it was opened or asked for. */
  isBrought(item: number): boolean {
    return this.#brought.has(item);
  }

  isFull(): boolean {
    return this.#shown.size >= MOST_DRAWN;
  }

  /** Leaves that a closed group merely counts are no reason to offer more. */
  hasHiddenOperands(item: number): boolean {
    const at = this.#contraction;
    const isCounted = (other: number) => at.isOpaque(item) && at.isOneOfMany(other);
    return at.operands(item).some((other) => !this.#shown.has(other) && !isCounted(other));
  }

  /** The terms of a closed sum that are not drawn, the first ones first. */
  hiddenTerms(sum: number): number[] {
    return this.#contraction.operands(sum).filter((term) => !this.#shown.has(term));
  }

  /** How many values, hidden now and in no box, an item was made from. */
  hiddenBehind(item: number): number {
    const mask = upstreamMask(this.#tape, ...this.#contraction.outputs(item));
    let hidden = 0;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 1 && !this.#shown.has(this.#contraction.itemOf(i))) hidden++;
    }
    return hidden;
  }

  /** Adds the nearest items behind this one, or the next terms of a sum; says which are new. */
  more(item: number): number[] {
    const at = this.#contraction;
    const isWanted = (other: number) => !at.isQuiet(other);
    const wanted = at.isSum(item)
      ? this.hiddenTerms(item).slice(0, OPENED_AT_ONCE)
      : this.#nearestHidden([item], OPENED_AT_ONCE, isWanted);
    const added = this.#add(wanted);
    return [...added, ...this.#bringLeaves(added)];
  }

  /** Opens a closed group that is drawn; says whether there was room for anything of it. */
  openGroup(g: number): boolean {
    const item = this.#contraction.itemOfGroup(g);
    if (!this.#shown.has(item) || this.isFull()) return false;
    const terms = this.#contraction.isSum(item) ? this.hiddenTerms(item) : [];
    this.#shown.delete(item);
    this.#open.add(g);
    this.#contract();
    this.#bringLeaves(this.#fill(g, OPEN_ALL_UP_TO));
    if (terms.length <= OPENED_AT_ONCE) this.#bringLeaves(this.#add(terms));
    return true;
  }

  /** Closes an open group with all groups inside it. */
  closeGroup(g: number): void {
    const { groups } = this;
    const before = this.#contraction;
    const isInside = (at: number) => groups.chain(at).includes(g);
    for (const item of [...this.#shown]) {
      if (isInside(before.placeOf(item))) this.#remove(item);
    }
    for (const other of [...this.#open]) if (isInside(other)) this.#open.delete(other);
    this.#contract();
    this.#shown.add(this.#contraction.itemOfGroup(g));
    for (const leaf of [...this.#brought]) {
      if (before.feedsValue(leaf) && !this.#contraction.feedsValue(leaf)) this.#remove(leaf);
    }
  }

  /**
   * Makes value `i` one that is drawn: opens the groups around it, and adds the shortest way from
   * it to something that is drawn already. Says whether the picture has changed.
   */
  reveal(i: number, consumers: Consumers): boolean {
    let changed = false;
    for (const g of this.groups.chain(this.groups.home[i]!)) {
      if (this.#open.has(g)) continue;
      // A closed sum is its own result, with the same number and the same gradient.
      if (this.groups.isSum(g) && this.groups.outputs(g).includes(i)) {
        return this.#bring(this.#contraction.itemOfGroup(g), consumers) || changed;
      }
      changed = this.#bring(this.#contraction.itemOfGroup(g), consumers) || changed;
      if (!this.openGroup(g)) return changed;
      changed = true;
    }
    return this.#bring(i, consumers) || changed;
  }

  #contract(): void {
    this.#stops = null;
    this.#contraction = new Contraction(this.#tape, this.groups, this.#open);
  }

  /** Shows what is directly inside an open group, all of it or what is nearest to its outputs. */
  #fill(g: number, roomy: number): number[] {
    const at = this.#contraction;
    const closed = this.groups.children(g).filter((child) => !this.#open.has(child));
    const values = [...this.groups.values(g)];
    const inside = [...values.filter((i) => !at.isQuiet(i)), ...closed.map(at.itemOfGroup, at)];
    // A group of leaves alone: an empty frame would tell nothing.
    if (inside.length === 0) return this.#add(values.slice(0, FIRST_PICTURE));
    if (inside.length <= roomy) return this.#add(inside);
    const outputs = g === ROOT ? [this.#tape.count - 1] : this.groups.outputs(g);
    const ends = [...new Set(outputs.map((i) => at.itemOf(i)))].slice(0, FIRST_PICTURE);
    const belongs = (item: number) => at.placeOf(item) === g && !at.isQuiet(item);
    const near = this.#nearestHidden(ends, FIRST_PICTURE - ends.length, belongs);
    return this.#add([...ends, ...near]);
  }

  /** A leaf from outside is drawn with the values that use it: without it they would be a riddle. */
  #bringLeaves(items: readonly number[]): number[] {
    if (this.groups.count === 0) return [];
    const leaves = new Set<number>();
    for (const item of items) {
      if (this.#contraction.isOpaque(item)) continue;
      for (const operand of this.#firstOperands(item)) {
        if (this.#tape.ops[operand] === Op.leaf) leaves.add(operand);
      }
    }
    const added = this.#add([...leaves]);
    for (const leaf of added) this.#brought.add(leaf);
    return added;
  }

  #bring(item: number, consumers: Consumers): boolean {
    if (this.#shown.has(item) || this.isFull()) return false;
    const cameFrom = new Map<number, number>([[item, -1]]);
    const queue = [item];
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      if (this.#shown.has(at)) {
        const added = this.#add(wayBack(at, cameFrom));
        if (this.#tape.ops[item] === Op.leaf && added.includes(item)) this.#brought.add(item);
        return added.length > 0;
      }
      for (const user of this.#contraction.users(at, consumers)) {
        if (cameFrom.has(user)) continue;
        cameFrom.set(user, at);
        queue.push(user);
      }
    }
    return false;
  }

  /** The hidden items fewest steps before these. */
  #nearestHidden(
    starts: readonly number[],
    most: number,
    isWanted: (item: number) => boolean,
  ): number[] {
    const queue = [...starts];
    const met = new Set(queue);
    const found: number[] = [];
    for (let head = 0; head < queue.length; head++) {
      for (const operand of this.#firstOperands(queue[head]!)) {
        if (found.length >= most) return found;
        if (met.has(operand) || !isWanted(operand)) continue;
        met.add(operand);
        queue.push(operand);
        if (!this.#shown.has(operand)) found.push(operand);
      }
    }
    return found;
  }

  /** What an item is made from; of a sum its first terms. */
  #firstOperands(item: number): readonly number[] {
    const operands = this.#contraction.operands(item);
    return this.#contraction.isSum(item) ? operands.slice(0, FIRST_TERMS) : operands;
  }

  #add(wanted: readonly number[]): number[] {
    const added: number[] = [];
    for (const item of wanted) {
      if (this.#shown.has(item) || this.isFull()) continue;
      this.#shown.add(item);
      added.push(item);
    }
    if (added.length > 0) this.#stops = null;
    return added;
  }

  #remove(item: number): void {
    this.#stops = null;
    this.#shown.delete(item);
    this.#brought.delete(item);
  }
}

/** From something drawn back to the item looked for, so that a full picture stays connected. */
function wayBack(from: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let at = from; at >= 0; at = cameFrom.get(at) ?? -1) way.push(at);
  return way;
}
