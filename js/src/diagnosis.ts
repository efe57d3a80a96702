/**
 * Where the numbers of an expression went bad: the first that is not finite, else a leaf whose
 * gradient has exploded or vanished. What counts as that is told in Python's twin,
 * `microgradwidgets/diagnosis.py`.
 */
import { Op } from "./arithmetic.ts";
import { operandEdges } from "./graph.ts";
import { type NotFinite, wordOf } from "./notfinite.ts";
import { localDerivatives } from "./replay.ts";
import type { Tape } from "./tape.ts";
import { shownLabel } from "./text.ts";

export const VANISHED = 1e-12;
export const EXPLODED = 1e12;

const isSaturating = (op: number): boolean => op === Op.tanh || op === Op.sigmoid || op === Op.exp;
/** A slope that is never 0 by itself, and so small that rounding made it 0. */
const SATURATED = Math.log(2 ** -54);

export interface Finding {
  readonly kind: NotFinite | "exploded" | "vanished";
  readonly of: "value" | "gradient";
  /** The operation where it began. */
  readonly at: number;
  readonly number: number;
  /** Whose gradient it is. */
  readonly by: number | null;
  /** What the operation multiplied the gradient with. */
  readonly local: number | null;
  /** Of how many values, or leaves, the same can be said. */
  readonly count: number;
}

export function diagnosed(tape: Tape, data: Float64Array, gradients: Float64Array): Finding | null {
  const first = data.findIndex(isBad);
  if (first >= 0) {
    const number = data[first]!;
    const count = countBad(data);
    return { kind: wordOf(number), of: "value", at: first, number, by: null, local: null, count };
  }
  const by = gradients.findLastIndex(isBad);
  if (by < 0) return extreme(tape, data, gradients);
  const number = gradients[by]!;
  const count = countBad(gradients);
  return {
    kind: wordOf(number),
    of: "gradient",
    number,
    by,
    count,
    ...breaking(tape, data, gradients, by),
  };
}

const isBad = (x: number): boolean => !Number.isFinite(x);

function countBad(numbers: Float64Array): number {
  let count = 0;
  for (const x of numbers) if (isBad(x)) count++;
  return count;
}

interface Factor {
  readonly at: number;
  readonly local: number;
}

/** The operation whose contribution made the gradient of `i` bad, and its derivative. */
function breaking(tape: Tape, data: Float64Array, gradients: Float64Array, i: number): Factor {
  let total = 0;
  for (let at = tape.count - 1; at > i; at--) {
    for (const { slot } of operandEdges(tape, at).filter(({ from }) => from === i)) {
      const local = localDerivatives(tape, data, at)[slot];
      total += gradients[at]! * local;
      if (isBad(total)) return { at, local };
    }
  }
  throw new Error("expected the contributions to add up to the gradient");
}

function extreme(tape: Tape, data: Float64Array, gradients: Float64Array): Finding | null {
  const large: number[] = [];
  const small: number[] = [];
  const size = (i: number) => Math.abs(gradients[i]!);
  for (const i of leavesLookedAt(tape)) {
    if (size(i) > EXPLODED) large.push(i);
    else if (size(i) < VANISHED) small.push(i);
  }
  if (large.length + small.length === 0) return null;
  const paths = new StrongestPaths(tape, data);
  const finding = (kind: "exploded" | "vanished", of: readonly number[]): Finding => {
    const isWorse =
      kind === "exploded" ? (a: number, b: number) => a > b : (a: number, b: number) => a < b;
    const by = of.reduce((worst, i) => (isWorse(size(i), size(worst)) ? i : worst));
    const factor = paths.worstFactor(by, isWorse);
    return { kind, of: "gradient", by, number: gradients[by]!, ...factor, count: of.length };
  };
  const exploded = large.filter((i) => paths.withoutLargest(i) > Math.log(EXPLODED));
  if (exploded.length > 0) return finding("exploded", exploded);
  const vanished = small.filter((i) => {
    const rest = paths.withoutSmallest(i);
    return rest > Number.NEGATIVE_INFINITY && rest < Math.log(VANISHED);
  });
  return vanished.length > 0 ? finding("vanished", vanished) : null;
}

/** Those with a name, or all where none has one. */
function leavesLookedAt({ count, ops, names }: Tape): number[] {
  const leaves: number[] = [];
  for (let i = 0; i < count; i++) if (ops[i] === Op.leaf) leaves.push(i);
  const named = leaves.filter((i) => names.has(i) && shownLabel(names.get(i)!) !== "");
  return named.length > 0 ? named : leaves;
}

/**
 * From every value the way to the output with the largest product, in size, of local derivatives.
 * Sizes are logarithms, so that a product cannot underflow. A way through a derivative that is
 * exactly 0 is none.
 */
class StrongestPaths {
  readonly #tape: Tape;
  readonly #data: Float64Array;
  readonly #size: Float64Array;
  readonly #next: Int32Array;
  /** Of the factors from products and powers; 0 where none is below 1, or above. */
  readonly #smallest: Float64Array;
  readonly #largest: Float64Array;

  constructor(tape: Tape, data: Float64Array) {
    const { count } = tape;
    this.#tape = tape;
    this.#data = data;
    this.#size = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.#size[count - 1] = 0;
    this.#next = new Int32Array(count).fill(-1);
    this.#smallest = new Float64Array(count);
    this.#largest = new Float64Array(count);
    for (let at = count - 1; at >= 0; at--) {
      if (tape.ops[at] === Op.leaf || this.#size[at] === Number.NEGATIVE_INFINITY) continue;
      const [first, second] = localDerivatives(tape, data, at);
      this.#extend(at, tape.left[at]!, first);
      if (tape.right[at]! >= 0) this.#extend(at, tape.right[at]!, second);
    }
  }

  #extend(at: number, operand: number, local: number): void {
    const op = this.#tape.ops[at]!;
    const factor = sizeOf(op, local);
    const size = this.#size[at]! + factor;
    if (!(size > this.#size[operand]!)) return;
    const own = op === Op.mul || op === Op.pow ? factor : 0;
    this.#size[operand] = size;
    this.#next[operand] = at;
    this.#smallest[operand] = Math.min(this.#smallest[at]!, own);
    this.#largest[operand] = Math.max(this.#largest[at]!, own);
  }

  withoutSmallest(i: number): number {
    return this.#size[i]! - this.#smallest[i]!;
  }

  withoutLargest(i: number): number {
    return this.#size[i]! - this.#largest[i]!;
  }

  /** The factor on the way that is worse than all others, the nearest to the output of equals. */
  worstFactor(i: number, isWorse: (a: number, b: number) => boolean): Factor {
    const [first, ...rest] = this.#factors(i);
    const size = ({ at, local }: Factor) => sizeOf(this.#tape.ops[at]!, local);
    return rest.reduce(
      (worst, other) => (isWorse(size(other), size(worst)) ? other : worst),
      first!,
    );
  }

  /** From the output on. */
  #factors(start: number): Factor[] {
    const factors: Factor[] = [];
    let i = start;
    for (let at = this.#next[i]!; at >= 0; at = this.#next[i]!) {
      const op = this.#tape.ops[at]!;
      const locals = localDerivatives(this.#tape, this.#data, at);
      const uses = operandEdges(this.#tape, at).filter(({ from }) => from === i);
      const [local, other = local] = uses.map(({ slot }) => locals[slot]);
      factors.push({ at, local: sizeOf(op, other!) > sizeOf(op, local!) ? other! : local! });
      i = at;
    }
    return factors.reverse();
  }
}

function sizeOf(op: number, local: number): number {
  if (local !== 0) return Math.log(Math.abs(local));
  return isSaturating(op) ? SATURATED : Number.NEGATIVE_INFINITY;
}
