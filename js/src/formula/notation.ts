/**
 * How the values of a tape are written: as the learner wrote them, or operation by operation.
 *
 * A tape knows `a / b` as `a * b ** -1` and a sum of a hundred terms as 99 additions. "As written"
 * puts such steps together again, where nothing else uses them and none has a name, and writes
 * nameless steps out inside the formula that uses them. "As primitives" shows one operation at a
 * time. The twin of `microgradwidgets/notation.py`.
 */
import { Op } from "../arithmetic.ts";
import type { Consumers } from "../graph.ts";
import type { Tape } from "../tape.ts";
import { symbol } from "./symbols.ts";
import {
  type Formula,
  fraction,
  negative,
  number,
  power,
  product,
  type Signed,
  shownOf,
  size,
  total,
} from "./tree.ts";

/** Where an operand enters: twice the index of the operation, plus the side. */
export type Entry = number;

/** How to write a value inside a formula: by its name, its number, or written out. */
export type Say = (i: number) => Formula;

/** A formula of more numbers, names and indices is written with fewer steps inside it. */
export const MOST_SYMBOLS = 24;

const DEEPEST = 8;
const MOST_INLINE = 3;

const FUNCTIONS: ReadonlyMap<number, string> = new Map([
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "sigmoid"],
]);

const isSum = (op: number | undefined): boolean => op === Op.add || op === Op.sub;

export const entry = (to: number, slot: 0 | 1): Entry => 2 * to + slot;
export const operationOf = (at: Entry): number => Math.floor(at / 2);
export const sideOf = (at: Entry): 0 | 1 => (at % 2) as 0 | 1;

export class Notation {
  readonly tape: Tape;
  /** The values that formulas called by a name or a placeholder. */
  met = new Set<number>();
  /** What is written as a part of another operation only: that operation, else −1. */
  readonly host: Int32Array;
  readonly #value: (i: number) => string;
  readonly #uses: Consumers;
  readonly #deepest: number;
  readonly #symbols = new Map<number, Formula>();
  readonly #letter: string;
  readonly #roots: Int32Array;
  readonly #entries = new Map<number, readonly Entry[]>();

  /** `value` writes the number of a value. */
  constructor(tape: Tape, uses: Consumers, value: (i: number) => string, written: boolean) {
    this.tape = tape;
    this.#uses = uses;
    this.#value = value;
    this.#deepest = written ? DEEPEST : 0;
    for (const [i, label] of tape.names) {
      const name = symbol(label);
      if (name !== null) this.#symbols.set(i, name);
    }
    this.#letter = this.freeLetter("vutsrq");
    this.host = written ? this.#hosts() : new Int32Array(tape.count).fill(-1);
    this.#roots = Int32Array.from(this.host, (_, i) => i);
    for (let i = tape.count - 1; i >= 0; i--) {
      if (this.host[i]! >= 0) this.#roots[i] = this.#roots[this.host[i]!]!;
    }
  }

  /** The first that no value is called by. */
  freeLetter(letters: string): string {
    const taken = new Set([...this.#symbols.values()].map(([, base]) => base));
    return [...letters].find((letter) => !taken.has(letter)) ?? letters[0]!;
  }

  #hosts(): Int32Array {
    const { ops, left, right, constants, count } = this.tape;
    const hosts = new Int32Array(count).fill(-1);
    for (let i = 0; i < count; i++) {
      const [a, b] = [left[i]!, right[i]!];
      if (isSum(ops[i]) && isSum(ops[a])) {
        if (this.#isPassing(a)) hosts[a] = i;
      } else if (ops[i] === Op.mul && ops[b] === Op.pow && constants[b] === -1) {
        if (this.#isPassing(b)) hosts[b] = i;
      }
    }
    return hosts;
  }

  /** A step that one other uses and nobody named. */
  #isPassing(i: number): boolean {
    return this.#uses.count(i) === 1 && !this.#symbols.has(i);
  }

  isPart(i: number): boolean {
    return i >= 0 && this.host[i]! >= 0;
  }

  /** The operation that a value is written as a part of: itself, as a rule. */
  root(i: number): number {
    return this.#roots[i]!;
  }

  isLeaf(i: number): boolean {
    return this.tape.ops[i] === Op.leaf;
  }

  isConstant(i: number): boolean {
    return this.isLeaf(i) && !this.#symbols.has(i);
  }

  isNamed(i: number): boolean {
    return this.#symbols.has(i);
  }

  // What to call a value

  /** Its name, or `v12` where it has none. */
  own(i: number): Formula {
    this.met.add(i);
    return this.#symbols.get(i) ?? ["name", this.#letter, `${i}`, ""];
  }

  number(i: number): Formula {
    return number(this.#value(i));
  }

  /** Its name; its number; its operation, if that is short; else `v12`. */
  call(i: number): Formula {
    if (this.isConstant(i)) return this.number(i);
    return this.#isShort(i) ? this.operation(i, (j) => this.call(j)) : this.own(i);
  }

  /** The same for where a number makes no sense: to differentiate by. */
  variable(i: number): Formula {
    return this.isConstant(i) ? this.own(i) : this.call(i);
  }

  #isShort(i: number): boolean {
    if (this.#symbols.has(i) || this.isLeaf(i)) return false;
    const entries = this.entries(i);
    return (
      entries.length <= MOST_INLINE &&
      entries.every((at) => this.isNamed(this.operand(at)) || this.isLeaf(this.operand(at)))
    );
  }

  // Operations

  /** Where operands enter what is written as one operation, from left to right. */
  entries(i: number): readonly Entry[] {
    let found = this.#entries.get(i);
    if (found === undefined) {
      found = this.#findEntries(i);
      this.#entries.set(i, found);
    }
    return found;
  }

  #findEntries(i: number): Entry[] {
    const { ops, left, right } = this.tape;
    const b = right[i]!;
    if (isSum(ops[i])) {
      const chain = [entry(i, 1)];
      let at = i;
      while (this.isPart(left[at]!)) {
        at = left[at]!;
        chain.push(entry(at, 1));
      }
      chain.push(entry(at, 0));
      return chain.reverse();
    }
    if (this.isPart(b)) return [entry(i, 0), entry(b, 0)];
    return b < 0 ? [entry(i, 0)] : [entry(i, 0), entry(i, 1)];
  }

  operand(at: Entry): number {
    return (sideOf(at) === 1 ? this.tape.right : this.tape.left)[operationOf(at)]!;
  }

  /** What `i` is made by, with its operands as `say` has them. */
  operation(i: number, say: Say): Formula {
    const { ops, right, constants } = this.tape;
    const op = ops[i]!;
    const entries = this.entries(i);
    if (isSum(op)) {
      const signed = shownOf(entries).map((at): Signed => [this.#sign(at), say(this.operand(at))]);
      return total(entries.length, signed);
    }
    const [a, b] = entries.map((at) => say(this.operand(at))) as [Formula, Formula];
    if (op === Op.mul) return this.isPart(right[i]!) ? fraction(a, b) : product(a, b);
    if (op === Op.pow) return power(a, number(constants[i]!));
    return op === Op.neg ? negative(a) : ["function", FUNCTIONS.get(op)!, a];
  }

  #sign(at: Entry): "+" | "-" {
    return sideOf(at) === 1 && this.tape.ops[operationOf(at)] === Op.sub ? "-" : "+";
  }

  /** The operation with nameless steps written out inside it, as deep as there is room. */
  expanded(i: number): Formula {
    const { met } = this;
    for (let depth = this.#deepest; ; depth--) {
      this.met = new Set(met);
      const room = { left: MOST_SYMBOLS };
      const formula = this.operation(i, this.#inside(depth, room));
      if (room.left >= 0 || depth === 0) return formula;
    }
  }

  /** One attempt at a depth; it gives up quietly when there are too many symbols. */
  #inside(depth: number, room: { left: number }): Say {
    return (i) => {
      if (depth > 0 && room.left >= 0 && !this.isLeaf(i) && this.#isPassing(i)) {
        return this.operation(i, this.#inside(depth - 1, room));
      }
      const formula = this.call(i);
      room.left -= size(formula);
      return formula;
    };
  }
}
