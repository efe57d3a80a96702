/**
 * Runs a program for a handful of examples: numbers forward, gradients backward. The twin of
 * `BatchReplay` in `microgradwidgets/batch.py`.
 */
import { applyUnary, Op, unaryDerivative } from "../arithmetic.ts";
import type { Tape } from "../tape.ts";
import { compile, type Instruction, NOWHERE, type Program, TO_COLUMN } from "./program.ts";

/** So many examples are worked out together: enough to be fast, few enough for the caches. */
export const CHUNK = 128;

/** A number for every example, or one for all of them. */
type Entry = Float64Array | number;

export class Columns {
  /** The leaves that are the same for all examples, by their index; to be written by the caller. */
  readonly leaves: Float64Array;
  readonly #program: Program;
  readonly #data: readonly Float64Array[];
  readonly #gradients: readonly Float64Array[];
  readonly #slopes = new Float64Array(CHUNK);
  readonly #last: number;
  /** Contributions to the leaves that are used more than once, in the order in which they came. */
  readonly #waiting = new Map<number, Float64Array[]>();

  /** See `compile` for what is varying, wanted and kept. */
  constructor(tape: Tape, varying: readonly number[], wanted: Int32Array, kept: readonly number[]) {
    this.leaves = Float64Array.from(tape.constants);
    this.#program = compile(tape, varying, wanted, kept);
    this.#data = columnsOf(this.#program.columns);
    this.#gradients = columnsOf(this.#program.columns);
    this.#last = this.#program.columnOf[tape.count - 1]!;
  }

  /** The numbers of a kept value or a varying leaf, one for each example of the chunk. */
  column(value: number): Float64Array {
    const column = this.#data[this.#program.columnOf[value]!];
    if (column === undefined) throw new Error(`columns: expected a kept value, got: ${value}`);
    return column;
  }

  /** Works out `count` examples, whose leaves stand in their columns. */
  forward(count: number): void {
    for (const step of this.#program.instructions) {
      const out = this.#data[step.out]!;
      const a = this.#entry(step.a);
      if (step.c !== null) addProduct(out, a, this.#entry(step.b), this.#entry(step.c), count);
      else if (step.op <= Op.mul) combine(step.op, out, a, this.#entry(step.b), count);
      else apply(step, out, a, count);
    }
  }

  /**
   * Adds to the gradients of the wanted leaves what these examples bring, from the last to the
   * first. `upstream` is the derivative of the loss by the last value, for every example.
   */
  backward(count: number, upstream: number, gradients: Float64Array): void {
    // Adding to −0 changes no number, not even the sign of a zero.
    for (const column of this.#gradients) column.fill(-0, 0, count);
    this.#gradients[this.#last]!.fill(upstream, 0, count);
    this.#waiting.clear();
    const { instructions } = this.#program;
    for (let k = instructions.length - 1; k >= 0; k--) {
      this.#stepBack(instructions[k]!, count, gradients);
    }
    for (const [target, columns] of this.#waiting) {
      let sum = gradients[target]!;
      for (let e = count - 1; e >= 0; e--) for (const column of columns) sum += column[e]!;
      gradients[target] = sum;
    }
  }

  #stepBack(step: Instruction, count: number, gradients: Float64Array): void {
    const up = this.#gradients[step.out]!;
    const give = (target: number, operand: number, local: () => Entry) => {
      if (target === NOWHERE) return;
      if (target === TO_COLUMN) addProducts(this.#gradients[operand]!, up, local(), count);
      else if (this.#program.sites[target] !== 1) this.#wait(target, up, local(), count);
      else gradients[target] = summedBack(gradients[target]!, up, local(), count);
    };
    if (step.c !== null) {
      const { b, c } = step;
      give(step.toA, step.a, () => 1);
      give(step.toB, b, () => this.#entry(c));
      give(step.toC, c, () => this.#entry(b));
    } else if (step.op === Op.mul) {
      give(step.toA, step.a, () => this.#entry(step.b));
      give(step.toB, step.b, () => this.#entry(step.a));
    } else if (step.op === Op.add || step.op === Op.sub) {
      give(step.toA, step.a, () => 1);
      give(step.toB, step.b, () => (step.op === Op.add ? 1 : -1));
    } else {
      give(step.toA, step.a, () => this.#slopesOf(step, count));
    }
  }

  #slopesOf({ op, a, out, exponent }: Instruction, count: number): Float64Array {
    const [x, result, slopes] = [this.#entry(a), this.#data[out]!, this.#slopes];
    for (let e = 0; e < count; e++) {
      slopes[e] = unaryDerivative(op, typeof x === "number" ? x : x[e]!, result[e]!, exponent);
    }
    return slopes;
  }

  #wait(target: number, up: Float64Array, local: Entry, count: number): void {
    const products = new Float64Array(CHUNK).fill(-0);
    addProducts(products, up, local, count);
    const before = this.#waiting.get(target);
    if (before === undefined) this.#waiting.set(target, [products]);
    else before.push(products);
  }

  #entry(operand: number): Entry {
    return operand >= 0 ? this.#data[operand]! : this.leaves[~operand]!;
  }
}

function columnsOf(count: number): Float64Array[] {
  const numbers = new Float64Array(count * CHUNK);
  return Array.from({ length: count }, (_, i) => numbers.subarray(i * CHUNK, (i + 1) * CHUNK));
}

const spread = (entry: Entry): Float64Array =>
  typeof entry === "number" ? new Float64Array(CHUNK).fill(entry) : entry;

/** `a + b * c`: nearly all of a network is a number times a column, added in place. */
function addProduct(out: Float64Array, a: Entry, b: Entry, c: Entry, count: number): void {
  const [weight, x] = typeof b === "number" ? [b, c] : [c, b];
  if (typeof weight === "number" && typeof x !== "number") {
    if (typeof a === "number") for (let e = 0; e < count; e++) out[e] = a + weight * x[e]!;
    else for (let e = 0; e < count; e++) out[e] = a[e]! + weight * x[e]!;
    return;
  }
  const [sum, first, second] = [spread(a), spread(b), spread(c)];
  for (let e = 0; e < count; e++) out[e] = sum[e]! + first[e]! * second[e]!;
}

function combine(op: number, out: Float64Array, x: Entry, y: Entry, count: number): void {
  const [a, b] = [spread(x), spread(y)];
  if (op === Op.mul) for (let e = 0; e < count; e++) out[e] = a[e]! * b[e]!;
  else if (op === Op.add) for (let e = 0; e < count; e++) out[e] = a[e]! + b[e]!;
  else for (let e = 0; e < count; e++) out[e] = a[e]! - b[e]!;
}

function apply({ op, exponent }: Instruction, out: Float64Array, x: Entry, count: number): void {
  const a = spread(x);
  if (op === Op.relu) for (let e = 0; e < count; e++) out[e] = Math.max(a[e]!, 0);
  else for (let e = 0; e < count; e++) out[e] = applyUnary(op, a[e]!, exponent);
}

function addProducts(sum: Float64Array, up: Float64Array, local: Entry, count: number): void {
  if (typeof local === "number") {
    for (let e = 0; e < count; e++) sum[e] = sum[e]! + up[e]! * local;
  } else {
    for (let e = 0; e < count; e++) sum[e] = sum[e]! + up[e]! * local[e]!;
  }
}

/** From the last example to the first, as one backward pass behind the sum of them all would. */
function summedBack(start: number, up: Float64Array, local: Entry, count: number): number {
  let sum = start;
  if (typeof local === "number") for (let e = count - 1; e >= 0; e--) sum += up[e]! * local;
  else for (let e = count - 1; e >= 0; e--) sum += up[e]! * local[e]!;
  return sum;
}
