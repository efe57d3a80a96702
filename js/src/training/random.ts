/**
 * The random stream that draws the batches: the twin of `Stream` in `microgradwidgets/randomness.py`,
 * which says where it comes from. 58 bits are kept in two halves of 29, so that ints are enough.
 */

/** A seed as three whole numbers; batches of a step have the seed of the run, moved on by the step. */
export type Seed = readonly [bigint, bigint, bigint];

const HALF_BITS = 29;
const HALF = 2 ** HALF_BITS;
const MASK = HALF - 1;
const WEYL = 0x9e3779b97f4a7c15n;
const FIRST_MIX = 0xbf58476d1ce4e5b9n;
const SECOND_MIX = 0x94d049bb133111ebn;

export class Stream {
  #olderHigh: number;
  #olderLow: number;
  #newerHigh: number;
  #newerLow: number;

  constructor([a, b, c]: Seed) {
    const first = nonzero58Bits(BigInt.asUintN(64, a));
    const second = nonzero58Bits(BigInt.asUintN(64, b) ^ first.state);
    const third = nonzero58Bits(BigInt.asUintN(64, c) ^ second.state);
    [this.#olderHigh, this.#olderLow] = halves(second.bits);
    [this.#newerHigh, this.#newerLow] = halves(third.bits);
  }

  /** A multiple of 2⁻⁵³ in [0, 1). */
  uniform(): number {
    const high = this.#newerHigh;
    const low = this.#newerLow;
    this.#move(high, low);
    // Times five, turned left by seven bits, times nine: modulo 2⁵⁸.
    const lowFive = low * 5;
    const highFive = (high * 5 + Math.floor(lowFive / HALF)) % HALF;
    const low5 = lowFive % HALF;
    const turnedHigh = ((highFive << 7) & MASK) | (low5 >>> 22);
    const turnedLow = ((low5 << 7) & MASK) | (highFive >>> 22);
    const lowNine = turnedLow * 9;
    const highNine = (turnedHigh * 9 + Math.floor(lowNine / HALF)) % HALF;
    return (highNine * 2 ** 24 + ((lowNine % HALF) >>> 5)) / 2 ** 53;
  }

  /** `mixed = older ^ older << 24`, then `newer = mixed ^ newer ^ mixed >> 11 ^ newer >> 41`. */
  #move(high: number, low: number): void {
    const mixedHigh = this.#olderHigh ^ (((this.#olderHigh << 24) & MASK) | (this.#olderLow >>> 5));
    const mixedLow = this.#olderLow ^ ((this.#olderLow << 24) & MASK);
    this.#olderHigh = high;
    this.#olderLow = low;
    this.#newerHigh = mixedHigh ^ high ^ (mixedHigh >>> 11);
    this.#newerLow =
      mixedLow ^ low ^ (((mixedHigh << 18) & MASK) | (mixedLow >>> 11)) ^ (high >>> 12);
  }

  /** The places 0 … count − 1 in a random order: sorted by one draw each. */
  shuffled(count: number): Int32Array {
    const keys = Float64Array.from({ length: count }, () => this.uniform());
    return Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
  }
}

const halves = (bits: bigint): [number, number] => [
  Number(bits >> BigInt(HALF_BITS)),
  Number(bits & BigInt(MASK)),
];

/** SplitMix64 until it gives 58 bits that are not all zero; and its state after that. */
function nonzero58Bits(seed: bigint): { bits: bigint; state: bigint } {
  let state = seed;
  while (true) {
    state = BigInt.asUintN(64, state + WEYL);
    let z = BigInt.asUintN(64, (state ^ (state >> 30n)) * FIRST_MIX);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * SECOND_MIX);
    const bits = BigInt.asUintN(58, z ^ (z >> 31n));
    if (bits !== 0n) return { bits, state };
  }
}

/** Another seed for each step, as MicrogradEx has it. */
export const stepSeed = (seed: number | bigint, step: number): Seed => {
  const [n, k] = [BigInt(seed), BigInt(step)];
  return [n + k, n + 31n * k, n + 131n * k];
};
