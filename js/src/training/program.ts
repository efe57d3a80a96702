/**
 * A tape made ready to be replayed for many examples at once, one column of numbers for each value.
 *
 * Most of a network are weighted sums, `((b + w1·x1) + w2·x2) + …`. No partial sum and no product
 * is ever asked for again on the way back, so a whole sum shares one column, and its gradients
 * another. What is computed, and in which order, stays what the tape says, to the bit.
 */
import { Op } from "../arithmetic.ts";
import type { Tape } from "../tape.ts";

/** An operand: a column by its number, or a leaf that is the same for all examples by `~index`. */
export type Operand = number;

export interface Instruction {
  /** Operation code of the tape. */
  readonly op: number;
  /** The exponent of a power. */
  readonly exponent: number;
  readonly out: number;
  /** A sum whose first operand has its own column goes on in it. */
  readonly a: Operand;
  readonly b: Operand;
  /** Where a product is added at once: `a + b * c`. */
  readonly c: Operand | null;
  /** Where the gradients by the operands go. */
  readonly toA: Target;
  readonly toB: Target;
  readonly toC: Target;
}

/** A wanted leaf by its number, or one of these. */
export type Target = number;
export const NOWHERE: Target = -1;
export const TO_COLUMN: Target = -2;

export interface Program {
  readonly instructions: readonly Instruction[];
  /** How many columns there are. */
  readonly columns: number;
  /** The column of each value, −1 for leaves that are the same for all and for what is not kept. */
  readonly columnOf: Int32Array;
  /** How many times each wanted leaf is an operand. */
  readonly sites: Uint32Array;
}

/**
 * Args: the tape, the leaves that differ from example to example, the leaves whose gradients are
 * wanted, the values whose columns are to be read afterwards.
 */
export function compile(
  tape: Tape,
  varying: readonly number[],
  wanted: Int32Array,
  kept: readonly number[],
): Program {
  const uses = countUses(tape);
  const isNeeded = dependsOn(tape, wanted);
  const numberOf = new Map(Array.from(wanted, (leaf, number) => [leaf, number]));
  const sites = new Uint32Array(wanted.length);
  const target = (i: number): Target => {
    const number = numberOf.get(i);
    if (number !== undefined) sites[number]!++;
    return number ?? (isNeeded[i] ? TO_COLUMN : NOWHERE);
  };
  const isKept = new Set(kept);
  const columnOf = new Int32Array(tape.count).fill(-1);
  const instructions: Instruction[] = [];
  let columns = 0;
  for (const leaf of varying) columnOf[leaf] = columns++;
  const operand = (i: number): Operand => (columnOf[i]! >= 0 ? columnOf[i]! : ~i);
  /** Its number is asked for by the addition behind it alone, and not on the way back. */
  const isPassing = (i: number) => uses[i] === 1 && !isKept.has(i);
  let product = -1;
  for (let i = 0; i < tape.count; i++) {
    const op = tape.ops[i]!;
    if (op === Op.leaf) continue;
    const [left, right] = [tape.left[i]!, tape.right[i]!];
    const shared = { op, exponent: tape.constants[i]!, a: operand(left) };
    if (op === Op.add && right === product && isPassing(right)) {
      const { out, a, b, toA, toB } = instructions.pop()!;
      const isInPlace = tape.ops[left] === Op.add && isPassing(left);
      if (isInPlace) columns--;
      columnOf[right] = -1;
      columnOf[i] = isInPlace ? columnOf[left]! : out;
      const factors = { b: a, c: b, toB: toA, toC: toB };
      const toSum = isInPlace ? NOWHERE : target(left);
      instructions.push({ ...shared, out: columnOf[i]!, ...factors, toA: toSum });
    } else {
      const [toA, toB] = [target(left), target(right)];
      columnOf[i] = columns++;
      const b = operand(right);
      instructions.push({ ...shared, out: columnOf[i]!, b, c: null, toA, toB, toC: NOWHERE });
    }
    product = op === Op.mul ? i : -1;
  }
  return { instructions, columns, columnOf, sites };
}

/** Of an operand that is not there, at −1, nothing is counted: an array has no such place. */
function countUses({ count, left, right }: Tape): Uint32Array {
  const uses = new Uint32Array(count);
  for (const operands of [left, right]) for (const i of operands) uses[i]!++;
  return uses;
}

function dependsOn(tape: Tape, sources: Int32Array): Uint8Array {
  const reached = new Uint8Array(tape.count);
  for (const i of sources) reached[i] = 1;
  for (let i = 0; i < tape.count; i++) {
    if (reached[tape.left[i]!] || reached[tape.right[i]!]) reached[i] = 1;
  }
  return reached;
}
