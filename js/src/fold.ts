/** Which values of a large expression are drawn. */
import { type Consumers, upstreamMask } from "./graph.ts";
import type { Tape } from "./tape.ts";

/** Up to here everything is drawn. */
export const DRAW_ALL_UP_TO = 300;
/** Of a larger expression the first picture shows this many. */
export const FIRST_PICTURE = 40;
/** Opening a value adds this many of those behind it. */
export const OPENED_AT_ONCE = 20;
/** However often a person opens more, the picture stays one that can be laid out quickly. */
export const MOST_DRAWN = 400;

export class Fold {
  readonly #tape: Tape;
  readonly #shown = new Set<number>();

  constructor(tape: Tape) {
    this.#tape = tape;
    if (tape.count <= DRAW_ALL_UP_TO) {
      for (let i = 0; i < tape.count; i++) this.#shown.add(i);
    } else {
      const output = tape.count - 1;
      this.#add([output, ...this.#nearestHidden(output, FIRST_PICTURE - 1)]);
    }
  }

  /** The values drawn, operands before results. */
  get shown(): number[] {
    return [...this.#shown].sort((a, b) => a - b);
  }

  get size(): number {
    return this.#shown.size;
  }

  has(i: number): boolean {
    return this.#shown.has(i);
  }

  isFull(): boolean {
    return this.#shown.size >= MOST_DRAWN;
  }

  hasHiddenOperands(i: number): boolean {
    return operands(this.#tape, i).some((operand) => !this.#shown.has(operand));
  }

  /** How many values, hidden now, value `i` was made from. */
  hiddenBehind(i: number): number {
    const mask = upstreamMask(this.#tape, i);
    let hidden = 0;
    for (let j = 0; j < mask.length; j++) if (mask[j] === 1) hidden++;
    for (const j of this.#shown) if (mask[j] === 1) hidden--;
    return hidden;
  }

  /** Adds the nearest values behind `i`; says which are new. */
  open(i: number): number[] {
    return this.#add(this.#nearestHidden(i, OPENED_AT_ONCE));
  }

  /** Adds `i` together with the shortest way from it to something that is drawn already. */
  reveal(i: number, consumers: Consumers): number[] {
    if (this.#shown.has(i) || this.isFull()) return [];
    const cameFrom = new Map<number, number>([[i, -1]]);
    const queue = [i];
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      if (this.#shown.has(at)) return this.#add(wayBack(at, cameFrom));
      for (const { to } of consumers.edges(at)) {
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, at);
        queue.push(to);
      }
    }
    return [];
  }

  /** The hidden values fewest steps before `i`. */
  #nearestHidden(i: number, most: number): number[] {
    const queue = [i];
    const met = new Set(queue);
    const found: number[] = [];
    for (let head = 0; head < queue.length; head++) {
      for (const operand of operands(this.#tape, queue[head]!)) {
        if (found.length === most) return found;
        if (met.has(operand)) continue;
        met.add(operand);
        queue.push(operand);
        if (!this.#shown.has(operand)) found.push(operand);
      }
    }
    return found;
  }

  #add(wanted: readonly number[]): number[] {
    const added: number[] = [];
    for (const i of wanted) {
      if (this.#shown.has(i) || this.isFull()) continue;
      this.#shown.add(i);
      added.push(i);
    }
    return added;
  }
}

function operands(tape: Tape, i: number): number[] {
  return [tape.left[i]!, tape.right[i]!].filter((operand) => operand >= 0);
}

/** From something drawn back to the value looked for, so that a full picture stays connected. */
function wayBack(from: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let at = from; at >= 0; at = cameFrom.get(at) ?? -1) way.push(at);
  return way;
}
