/** Who is made from whom. Every walk is a loop: a chain may be a million values long. */
import type { Tape } from "./tape.ts";

/** One operand of one value; `slot` tells the two sides of `a + a` apart. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly slot: 0 | 1;
}

export function operandEdges(tape: Tape, i: number): Edge[] {
  const edges: Edge[] = [];
  if (tape.left[i]! >= 0) edges.push({ from: tape.left[i]!, to: i, slot: 0 });
  if (tape.right[i]! >= 0) edges.push({ from: tape.right[i]!, to: i, slot: 1 });
  return edges;
}

/** The uses of every value, packed into two arrays: those of `i` are `edges(i)`. */
export class Consumers {
  readonly #starts: Uint32Array;
  /** Twice the consumer's index, plus the slot. */
  readonly #uses: Float64Array;

  constructor(tape: Tape) {
    const starts = new Uint32Array(tape.count + 1);
    for (const column of [tape.left, tape.right]) {
      for (const operand of column) if (operand >= 0) starts[operand + 1]!++;
    }
    for (let i = 0; i < tape.count; i++) starts[i + 1]! += starts[i]!;
    const next = starts.slice();
    this.#uses = new Float64Array(starts[tape.count]!);
    for (let i = 0; i < tape.count; i++) {
      const a = tape.left[i]!;
      const b = tape.right[i]!;
      if (a >= 0) this.#uses[next[a]!++] = 2 * i;
      if (b >= 0) this.#uses[next[b]!++] = 2 * i + 1;
    }
    this.#starts = starts;
  }

  count(i: number): number {
    return this.#starts[i + 1]! - this.#starts[i]!;
  }

  /** All uses are numbered by the value used: those of `i` begin here, and end before `first(i + 1)`. */
  first(i: number): number {
    return this.#starts[i]!;
  }

  /** How many uses there are in all. */
  get total(): number {
    return this.#uses.length;
  }

  /** The operation that a use belongs to. */
  consumer(use: number): number {
    return Math.floor(this.#uses[use]! / 2);
  }

  slot(use: number): 0 | 1 {
    return (this.#uses[use]! % 2) as 0 | 1;
  }

  /** At most `limit` of them: one constant may be used a hundred thousand times. */
  edges(i: number, limit = Number.POSITIVE_INFINITY): Edge[] {
    const start = this.#starts[i]!;
    const end = Math.min(this.#starts[i + 1]!, start + limit);
    return Array.from({ length: end - start }, (_, n) => ({
      from: i,
      to: this.consumer(start + n),
      slot: this.slot(start + n),
    }));
  }
}

/** Everything that values were made from, they included, as a mask over the indices up to the last. */
export function upstreamMask(tape: Tape, ends: readonly number[]): Uint8Array {
  const last = ends.reduce((a, b) => Math.max(a, b), -1);
  const mask = new Uint8Array(last + 1);
  for (const i of ends) mask[i] = 1;
  for (let j = last; j >= 0; j--) {
    if (mask[j] === 0) continue;
    if (tape.left[j]! >= 0) mask[tape.left[j]!] = 1;
    if (tape.right[j]! >= 0) mask[tape.right[j]!] = 1;
  }
  return mask;
}

/** Everything that values lead to, they included, as a mask over all indices. */
export function downstreamMask(tape: Tape, starts: readonly number[]): Uint8Array {
  const mask = new Uint8Array(tape.count);
  for (const i of starts) mask[i] = 1;
  for (let j = 0; j < tape.count; j++) {
    // Of an operand that is not there no mask says anything.
    if (mask[tape.left[j]!] === 1 || mask[tape.right[j]!] === 1) mask[j] = 1;
  }
  return mask;
}
