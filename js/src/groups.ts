/** The groups of a tape as a tree: who is inside, what comes out. Closed or open is not its affair. */
import { Op } from "./arithmetic.ts";
import type { Tape } from "./tape.ts";

/** In no group. */
export const ROOT = -1;

export class Groups {
  /** How many there are. */
  readonly count: number;
  /** The innermost group of every value, `ROOT` where there is none. */
  readonly home: Int32Array;
  readonly #tape: Tape;
  readonly #depth: Int32Array;
  readonly #children: number[][];
  /** A group and all groups inside it are numbered without a gap: from `enter` up to `exit`. */
  readonly #enter: Int32Array;
  readonly #exit: Int32Array;
  /** All values, by the number of their group: those inside a group are one slice. */
  readonly #values: Int32Array;
  /** Where the values of the group with a number begin; number 0 is the root. */
  readonly #starts: Int32Array;
  #outputs: readonly number[][] | null = null;

  constructor(tape: Tape) {
    const { groups } = tape;
    this.#tape = tape;
    this.count = groups.length;
    this.home = homesOf(tape);
    this.#depth = new Int32Array(this.count);
    this.#children = Array.from({ length: this.count + 1 }, () => []);
    groups.forEach(({ parent }, g) => {
      this.#depth[g] = parent === ROOT ? 0 : this.#depth[parent]! + 1;
      this.#children[parent + 1]!.push(g);
    });
    this.#enter = new Int32Array(this.count + 1);
    this.#exit = new Int32Array(this.count + 1);
    this.#number();
    const sizes = new Int32Array(this.count + 2);
    for (const g of this.home) sizes[this.#enter[g + 1]! + 1]!++;
    for (let n = 0; n <= this.count; n++) sizes[n + 1]! += sizes[n]!;
    this.#starts = sizes;
    this.#values = new Int32Array(tape.count);
    const next = sizes.slice();
    for (let i = 0; i < tape.count; i++) {
      this.#values[next[this.#enter[this.home[i]! + 1]!]!++] = i;
    }
  }

  name(g: number): string {
    return this.#tape.groups[g]!.name;
  }

  /** A chain of additions: see `sums.ts`. */
  isSum(g: number): boolean {
    return g !== ROOT && this.#tape.groups[g]!.isSum;
  }

  /** The surrounding group, or `ROOT`. */
  parent(g: number): number {
    return this.#tape.groups[g]!.parent;
  }

  depth(g: number): number {
    return this.#depth[g]!;
  }

  /** How deep groups are nested at most, sums apart. */
  get levels(): number {
    let levels = 0;
    for (let g = 0; g < this.count; g++) {
      if (!this.isSum(g)) levels = Math.max(levels, this.depth(g) + 1);
    }
    return levels;
  }

  /** The groups directly inside `g`, or inside none for `ROOT`; those without a value are left out. */
  children(g: number): number[] {
    return this.#children[g + 1]!.filter((child) => this.size(child) > 0);
  }

  /** The values directly inside `g`, in order. */
  values(g: number): Int32Array {
    const n = this.#enter[g + 1]!;
    return this.#values.subarray(this.#starts[n]!, this.#starts[n + 1]!);
  }

  /** The values inside `g` and inside all groups in it, in order. */
  members(g: number): Int32Array {
    const [from, to] = [this.#enter[g + 1]!, this.#exit[g + 1]!];
    return this.#values.slice(this.#starts[from]!, this.#starts[to]!).sort();
  }

  /** How many of the values inside are marked with a 1. */
  countIn(g: number, mask: Uint8Array): number {
    const [from, to] = [this.#enter[g + 1]!, this.#exit[g + 1]!];
    let count = 0;
    for (const i of this.#values.subarray(this.#starts[from]!, this.#starts[to]!)) {
      count += mask[i] ?? 0;
    }
    return count;
  }

  /** How many values are inside. */
  size(g: number): number {
    return this.#starts[this.#exit[g + 1]!]! - this.#starts[this.#enter[g + 1]!]!;
  }

  holds(g: number, i: number): boolean {
    const n = this.#enter[this.home[i]! + 1]!;
    return n >= this.#enter[g + 1]! && n < this.#exit[g + 1]!;
  }

  /** From the outermost group around `g` to `g` itself. */
  chain(g: number): number[] {
    const chain: number[] = [];
    for (let at = g; at !== ROOT; at = this.parent(at)) chain.push(at);
    return chain.reverse();
  }

  /**
   * What the world outside sees of a group: the values inside that are used outside, in order. A
   * layer has one for each neuron.
   */
  outputs(g: number): readonly number[] {
    this.#outputs ??= this.#findOutputs();
    return this.#outputs[g]!;
  }

  /** Numbers the tree from the root down, without recursion: a tape may nest as deep as it likes. */
  #number(): void {
    let next = 0;
    const todo = [ROOT];
    while (todo.length > 0) {
      const g = todo.pop()!;
      this.#enter[g + 1] = next++;
      for (const child of this.#children[g + 1]!) todo.push(child);
    }
    for (let g = ROOT; g < this.count; g++) this.#exit[g + 1] = this.#enter[g + 1]! + 1;
    for (let g = this.count - 1; g >= 0; g--) {
      const around = this.parent(g) + 1;
      this.#exit[around] = Math.max(this.#exit[around]!, this.#exit[g + 1]!);
    }
  }

  #findOutputs(): number[][] {
    const { count, left, right } = this.#tape;
    // The innermost group that still holds every use of a value: all groups inside it let it out.
    const kept = this.home.slice();
    const widen = (i: number, user: number) => {
      while (kept[i] !== ROOT && !this.holds(kept[i]!, user)) kept[i] = this.parent(kept[i]!);
    };
    for (let i = 0; i < count; i++) {
      if (left[i]! >= 0) widen(left[i]!, i);
      if (right[i]! >= 0) widen(right[i]!, i);
    }
    kept[count - 1] = ROOT;
    const outputs: number[][] = Array.from({ length: this.count }, () => []);
    for (let i = 0; i < count; i++) {
      for (let g = this.home[i]!; g !== kept[i]; g = this.parent(g)) outputs[g]!.push(i);
    }
    return outputs;
  }
}

/**
 * The innermost group of every value. A leaf used in a single group is at home there though it was
 * made further out: the weights of a neuron, the label of an example. The terms of a sum stand
 * before it, and not inside.
 */
function homesOf({ count, ops, left, right, groupOf, groups }: Tape): Int32Array {
  const home = new Int32Array(count).fill(ROOT);
  if (groupOf === null) return home;
  for (let i = 0; i < count; i++) home[i] = groupOf[i]! - 1;
  const unseen = -2;
  const several = -3;
  const user = new Int32Array(count).fill(unseen);
  for (let i = 0; i < count; i++) {
    let place = home[i]!;
    while (place !== ROOT && groups[place]!.isSum) place = groups[place]!.parent;
    for (const operand of [left[i]!, right[i]!]) {
      if (operand < 0 || ops[operand] !== Op.leaf) continue;
      user[operand] = user[operand] === unseen || user[operand] === place ? place : several;
    }
  }
  // No operation moves, so that no home changes while it is read.
  for (let i = 0; i < count; i++) {
    for (let around = user[i]!; around >= 0; around = groups[around]!.parent) {
      if (around === home[i] || groups[around]!.parent === home[i]) {
        home[i] = user[i]!;
        break;
      }
    }
  }
  return home;
}
