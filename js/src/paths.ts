/**
 * The paths from one value of a tape to the output: how many, the largest, what the rest adds.
 *
 * The chain rule, multiplied out, says that a gradient is a sum over paths, each the product of
 * the local derivatives along it. There may be 2^50 of them and more, so none is written down
 * before it is asked for. The twin of `microgradwidgets/paths.py`: the same paths in the same order.
 */
import { Consumers, downstreamMask } from "./graph.ts";
import { localDerivatives } from "./replay.ts";
import type { Tape } from "./tape.ts";

export interface Path {
  /** The values on it, both ends included. */
  readonly indices: readonly number[];
  /** For each step, which operand of the next value it goes in by. */
  readonly slots: readonly (0 | 1)[];
  readonly locals: readonly number[];
  /** Multiplied from the output back, as the backward pass does it. */
  readonly product: number;
}

/** One of the best paths of a value: its first step, then one of the best paths from there. */
interface Ranked {
  /** How many local derivatives on it are not finite: those that broke come first. */
  readonly broken: number;
  /** The size of the others' product. */
  readonly size: number;
  readonly use: number;
  readonly rank: number;
}

/** Up to this many values, counts of any length can be added up in a moment. */
const LONG_COUNTS_UP_TO = 100_000;

/**
 * Each value on the way keeps its best paths, best first: which use of it to follow, and which of
 * the best paths to follow from there. The first of each comes from one pass back from the output.
 * A next one is looked for only when somebody asks: it must be the largest of those that begin with
 * one of the value's uses, and only the use that was followed last may first have to ask in turn
 * for one more. So `k` paths cost `k` walks, and share their tails.
 */
export class Paths {
  readonly #start: number;
  readonly #output: number;
  readonly #isOnTheWay: Uint8Array;
  readonly #uses: Consumers;
  /** By use, as `Consumers` numbers them: the local derivative. */
  readonly #slopes: Float64Array;
  /** By use: how many paths that begin with it are ranked. */
  readonly #followed: Uint32Array;
  /** The best path of each value; further ones are rarely asked for. */
  readonly #firstUse: Int32Array;
  readonly #firstSize: Float64Array;
  readonly #firstBroken: Uint32Array;
  readonly #next = new Map<number, Ranked[]>();

  constructor(tape: Tape, data: Float64Array, start: number, uses = new Consumers(tape)) {
    this.#start = start;
    this.#output = tape.count - 1;
    this.#isOnTheWay = downstreamMask(tape, [start]);
    this.#uses = uses;
    this.#slopes = new Float64Array(uses.total);
    this.#followed = new Uint32Array(uses.total);
    this.#firstUse = new Int32Array(tape.count).fill(NONE);
    this.#firstSize = new Float64Array(tape.count);
    this.#firstBroken = new Uint32Array(tape.count);
    this.#firstSize[this.#output] = 1;
    for (let i = this.#output - 1; i >= start; i--) {
      if (this.#isOnTheWay[i] === 0) continue;
      for (let use = uses.first(i); use < uses.first(i + 1); use++) {
        this.#slopes[use] = localDerivatives(tape, data, uses.consumer(use))[uses.slot(use)];
      }
      this.#findNext(i);
    }
  }

  /** How many there are; null where that is more than 10^308 in a graph too large to count them. */
  count(): bigint | null {
    const few = this.#countWith(0, 1);
    if (few <= Number.MAX_SAFE_INTEGER) return BigInt(few);
    const isQuick = few < Number.POSITIVE_INFINITY || this.#output < LONG_COUNTS_UP_TO;
    return isQuick ? this.#countWith(0n, 1n) : null;
  }

  /** The `most` largest, or all where there are fewer; of equal ones the first on the tape. */
  best(most: number): Path[] {
    while (this.#known(this.#start) < most && this.#oneMore());
    const paths: Path[] = [];
    const known = Math.min(most, this.#known(this.#start));
    for (let rank = 0; rank < known; rank++) paths.push(this.#path(rank));
    return paths;
  }

  /**
   * The sum of all but the `shown` largest, which `best` has given. It is no difference, which
   * rounding could spoil: wherever a path that is not shown leaves those that are, it and all that
   * leave with it bring what they have in common, times the gradient of where they come to.
   */
  rest(shown: number, gradients: Float64Array): number {
    const uses = this.#uses;
    let total = 0;
    // Value → number of its best paths that are shown → product of the steps that led there.
    const leading = new Map([[this.#start, new Map([[shown, 1]])]]);
    for (let i = this.#start; i < this.#output; i++) {
      for (const [kept, product] of leading.get(i) ?? []) {
        const follows = new Map<number, number>();
        for (let rank = 0; rank < kept; rank++) {
          const { use } = this.#ranked(i, rank);
          follows.set(use, (follows.get(use) ?? 0) + 1);
        }
        for (let use = uses.first(i); use < uses.first(i + 1); use++) {
          const consumer = uses.consumer(use);
          const brought = product * this.#slopes[use]!;
          const keptThere = follows.get(use);
          if (keptThere === undefined) {
            total += brought * gradients[consumer]!;
            continue;
          }
          const there = leading.get(consumer) ?? new Map<number, number>();
          leading.set(consumer, there);
          there.set(keptThere, (there.get(keptThere) ?? 0) + brought);
        }
      }
      leading.delete(i);
    }
    return total;
  }

  /** Adds up in the kind of number that `zero` and `one` are of. */
  #countWith<N extends number | bigint>(zero: N, one: N): N {
    const ways = new Map<number, N>([[this.#start, one]]);
    for (let i = this.#start; i < this.#output; i++) {
      if (this.#isOnTheWay[i] === 0) continue;
      const here = ways.get(i)!;
      ways.delete(i); // a number of 100,000 bits is not kept longer than it is used
      for (let use = this.#uses.first(i); use < this.#uses.first(i + 1); use++) {
        const consumer = this.#uses.consumer(use);
        ways.set(consumer, (((ways.get(consumer) ?? zero) as number) + (here as number)) as N);
      }
    }
    return ways.get(this.#output)!;
  }

  #known(i: number): number {
    if (i === this.#output) return 1;
    return this.#firstUse[i] === NONE ? 0 : 1 + (this.#next.get(i)?.length ?? 0);
  }

  #ranked(i: number, rank: number): Ranked {
    if (rank > 0) return this.#next.get(i)![rank - 1]!;
    const [broken, size] = [this.#firstBroken[i]!, this.#firstSize[i]!];
    return { broken, size, use: this.#firstUse[i]!, rank: 0 };
  }

  /** Looks for the next path of the start; says whether there was one. */
  #oneMore(): boolean {
    const waiting: number[] = [];
    for (let i = this.#start; i !== this.#output; ) {
      waiting.push(i);
      const { use } = this.#ranked(i, this.#known(i) - 1);
      i = this.#uses.consumer(use);
      if (this.#known(i) > this.#followed[use]!) break;
    }
    let found = false;
    while (waiting.length > 0) found = this.#findNext(waiting.pop()!);
    return found;
  }

  /** Ranks the next path of a value, of those that the best ones of its consumers allow. */
  #findNext(i: number): boolean {
    let found: Ranked | null = null;
    for (let use = this.#uses.first(i); use < this.#uses.first(i + 1); use++) {
      const consumer = this.#uses.consumer(use);
      const rank = this.#followed[use]!;
      if (rank >= this.#known(consumer)) continue;
      const longer = lengthened(this.#ranked(consumer, rank), this.#slopes[use]!, use, rank);
      if (found === null || isLarger(longer, found)) found = longer;
    }
    if (found === null) return false;
    this.#followed[found.use]!++;
    if (this.#firstUse[i] === NONE) {
      this.#firstUse[i] = found.use;
      this.#firstSize[i] = found.size;
      this.#firstBroken[i] = found.broken;
    } else {
      const next = this.#next.get(i) ?? [];
      this.#next.set(i, next);
      next.push(found);
    }
    return true;
  }

  #path(rank: number): Path {
    const indices = [this.#start];
    const slots: (0 | 1)[] = [];
    const locals: number[] = [];
    let at = rank;
    for (let i = this.#start; i !== this.#output; ) {
      const step = this.#ranked(i, at);
      slots.push(this.#uses.slot(step.use));
      locals.push(this.#slopes[step.use]!);
      i = this.#uses.consumer(step.use);
      at = step.rank;
      indices.push(i);
    }
    return { indices, slots, locals, product: locals.reduceRight((all, slope) => all * slope, 1) };
  }
}

const NONE = -1;

const isLarger = (a: Ranked, b: Ranked): boolean =>
  a.broken > b.broken || (a.broken === b.broken && a.size > b.size);

/** Larger paths stay larger, or at least as large, whatever the slope: no path is overtaken. */
function lengthened(path: Ranked, slope: number, use: number, rank: number): Ranked {
  const { broken, size } = path;
  if (!Number.isFinite(slope)) return { broken: broken + 1, size, use, rank };
  // Also 0 times an overflow.
  return { broken, size: slope === 0 ? 0 : Math.abs(slope) * size, use, rank };
}
