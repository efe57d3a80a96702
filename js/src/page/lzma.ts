/**
 * Unpacks LZMA, for pages that are to be small: it takes an eighth less than gzip. The word "LZMA"
 * and the size of what is packed, then a raw stream of LZMA 1 as Python's `lzma` writes it with
 * lc = 3, lp = 0, pb = 0.
 */

const NAME = [..."LZMA"].map((letter) => letter.charCodeAt(0));
const START = 8;
const LITERAL_CONTEXT_BITS = 3;
/** The states after a literal, a match, a repeated match and a single byte repeated, by the former. */
const STATES = 12;
const FIRST_AFTER_MATCH = 7;
const LONG_DISTANCE = 14;
const HALF = 1024;

const odds = (count: number): Uint16Array => new Uint16Array(count).fill(HALF);

export const isLzma = (packed: Uint8Array): boolean => NAME.every((n, at) => packed[at] === n);

export function unpackLzma(packed: Uint8Array): Uint8Array {
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(NAME.length);
  const out = new Uint8Array(size);
  let [at, from] = [0, START + 5];
  let range = 0xffffffff;
  let code = 0;
  for (let n = START + 1; n < from; n++) code = ((code << 8) | packed[n]!) >>> 0;

  const refill = () => {
    if (range >= 0x1000000) return;
    range = (range << 8) >>> 0;
    code = ((code << 8) | (packed[from++] ?? 0)) >>> 0;
  };
  const bit = (table: Uint16Array, n: number): 0 | 1 => {
    const odd = table[n]!;
    const bound = Math.imul(range >>> 11, odd) >>> 0;
    let answer: 0 | 1 = 0;
    if (code < bound) {
      range = bound;
      table[n] = odd + ((2048 - odd) >> 5);
    } else {
      range -= bound;
      code -= bound;
      table[n] = odd - (odd >> 5);
      answer = 1;
    }
    refill();
    return answer;
  };
  /** A number of so many bits, the highest first; each bit has the odds of those before it. */
  const tree = (table: Uint16Array, base: number, bits: number): number => {
    let node = 1;
    for (let n = 0; n < bits; n++) node = (node << 1) | bit(table, base + node);
    return node - (1 << bits);
  };
  const reversed = (table: Uint16Array, base: number, bits: number): number => {
    let [node, sum] = [1, 0];
    for (let n = 0; n < bits; n++) {
      const one = bit(table, base + node);
      node = (node << 1) | one;
      sum |= one << n;
    }
    return sum;
  };
  const plain = (bits: number): number => {
    let sum = 0;
    for (let n = 0; n < bits; n++) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one) code -= range;
      sum = 2 * sum + one;
      refill();
    }
    return sum;
  };
  const lengths = () => {
    const [choice, low, middle, high] = [odds(2), odds(8), odds(8), odds(256)];
    return () => {
      if (!bit(choice, 0)) return 2 + tree(low, 0, 3);
      return bit(choice, 1) ? 18 + tree(high, 0, 8) : 10 + tree(middle, 0, 3);
    };
  };

  const [isMatch, isRepeated] = [odds(STATES), odds(STATES)];
  const [isOlder, isLong, isOlderStill, isOldest] = [0, 1, 2, 3].map(() => odds(STATES)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const literals = odds(0x300 << LITERAL_CONTEXT_BITS);
  const [slots, near, aligned] = [odds(4 * 64), odds(128), odds(16)];
  const [matchLength, repeatLength] = [lengths(), lengths()];
  const recent: [number, number, number, number] = [1, 1, 1, 1];
  let state = 0;

  const literal = () => {
    const base = 0x300 * ((out[at - 1] ?? 0) >> (8 - LITERAL_CONTEXT_BITS));
    let node = 1;
    if (state >= FIRST_AFTER_MATCH) {
      // What stood at the same place of the last match is what this byte is not.
      let other = out[at - recent[0]]!;
      while (node < 0x100) {
        const theirs = (other >> 7) & 1;
        other <<= 1;
        const ours = bit(literals, base + ((1 + theirs) << 8) + node);
        node = (node << 1) | ours;
        if (ours !== theirs) break;
      }
    }
    while (node < 0x100) node = (node << 1) | bit(literals, base + node);
    out[at++] = node;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  const distanceFor = (length: number): number => {
    const slot = tree(slots, 64 * Math.min(length - 2, 3), 6);
    if (slot < 4) return slot + 1;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < LONG_DISTANCE) return base + reversed(near, base - slot, bits) + 1;
    return base + 16 * plain(bits - 4) + reversed(aligned, 0, 4) + 1;
  };
  /** The distance of an earlier match comes to the front again. */
  const older = (): number => {
    const n = !bit(isOlderStill, state) ? 1 : bit(isOldest, state) ? 3 : 2;
    const [distance] = recent.splice(n, 1) as [number];
    recent.unshift(distance);
    return distance;
  };

  while (at < size) {
    if (!bit(isMatch, state)) {
      literal();
      continue;
    }
    let length = 1;
    if (!bit(isRepeated, state)) {
      length = matchLength();
      recent.pop();
      recent.unshift(distanceFor(length));
      state = state < FIRST_AFTER_MATCH ? 7 : 10;
    } else {
      const isNewest = !bit(isOlder, state);
      if (isNewest && !bit(isLong, state)) state = state < FIRST_AFTER_MATCH ? 9 : 11;
      else {
        if (!isNewest) older();
        length = repeatLength();
        state = state < FIRST_AFTER_MATCH ? 8 : 11;
      }
    }
    const [distance] = recent;
    if (distance > at) throw new Error(`expected a page as it was written, got: damage at ${at}`);
    for (const end = Math.min(size, at + length); at < end; at++) out[at] = out[at - distance]!;
  }
  return out;
}
