/**
 * Long chains of + as groups. `total = total + term`, a hundred times, is one sum of a hundred
 * terms: closed it is one box, and its terms stand before it. Found in the graph, not recorded.
 */
import { Op } from "./arithmetic.ts";
import { text } from "./strings.ts";
import type { Tape } from "./tape.ts";
import { shownLabel } from "./text.ts";

/** A chain of fewer additions is as easily read as it is. */
export const FEWEST_ADDITIONS = 6;
/** A longer one is divided in tens, hundreds, thousands, so that every part of it can be drawn. */
export const MOST_UNDIVIDED = 20;

const NONE = -1;
const SEVERAL = -2;

/** The tape with its long sums as further groups, after its own. */
export function withSums(tape: Tape): Tape {
  const users = usersOf(tape);
  const chains = chainsOf(tape, users);
  if (chains.length === 0) return tape;
  const groups = [...tape.groups];
  const groupOf = tape.groupOf?.slice() ?? new Uint32Array(tape.count);
  /** Gives the number under which `groupOf` knows the new group. */
  const open = (name: string, around: number, output: number) =>
    groups.push({ name, parent: around - 1, output, isSum: true });
  for (const additions of chains) {
    const end = additions.at(-1)!;
    const zero = zeroOf(tape, additions[0]!, users);
    // How many terms stand before the one that the first addition adds.
    const before = zero === NONE ? 1 : 0;
    const divide = (from: number, to: number, around: number) => {
      if (to - from <= MOST_UNDIVIDED) {
        for (let k = from; k < to; k++) groupOf[additions[k]!] = around;
        return;
      }
      let size = 10;
      while (10 * size < to - from) size *= 10;
      for (let start = from; start < to; ) {
        const stop = Math.min(to, size * (Math.floor((start + before) / size) + 1) - before);
        const name = text.someTerms(start === 0 ? 1 : start + before + 1, stop + before);
        const isOne = stop - start === 1;
        divide(start, stop, isOne ? around : open(name, around, additions[stop - 1]!));
        start = stop;
      }
    };
    const name = nameOf(tape, end, additions.length + before);
    divide(0, additions.length, open(name, groupOf[end]!, end));
    if (zero !== NONE) groupOf[zero] = groupOf[additions[0]!]!;
  }
  return { ...tape, groups, groupOf };
}

/** The one value that uses each value, `NONE` or `SEVERAL`. */
function usersOf({ count, left, right }: Tape): Int32Array {
  const users = new Int32Array(count).fill(NONE);
  const note = (operand: number, user: number) => {
    if (operand >= 0) users[operand] = users[operand] === NONE ? user : SEVERAL;
  };
  for (let i = 0; i < count; i++) {
    note(left[i]!, i);
    note(right[i]!, i);
  }
  return users;
}

/** The additions of every long chain, in the order in which they are done. */
function chainsOf(tape: Tape, users: Int32Array): number[][] {
  const { count, ops, left, names, groupOf } = tape;
  /** Whether a value is nothing but a sum on the way to the next one. */
  const isPassing = (i: number) => {
    const user = users[i]!;
    return (
      ops[i] === Op.add &&
      user >= 0 &&
      ops[user] === Op.add &&
      groupOf?.[user] === groupOf?.[i] &&
      shownLabel(names.get(i) ?? "") === ""
    );
  };
  // The last addition of the chain that a value belongs to.
  const ends = new Int32Array(count).fill(NONE);
  const lengths = new Int32Array(count);
  for (let i = count - 1; i >= 0; i--) {
    if (ops[i] !== Op.add) continue;
    // Where two chains meet, one goes on and the other is a term.
    const goesOn = isPassing(i) && (left[users[i]!] === i || !isPassing(left[users[i]!]!));
    ends[i] = goesOn ? ends[users[i]!]! : i;
    lengths[ends[i]!]!++;
  }
  const chains = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const end = ends[i]!;
    if (end === NONE || lengths[end]! < FEWEST_ADDITIONS) continue;
    const chain = chains.get(end);
    if (chain === undefined) chains.set(end, [i]);
    else chain.push(i);
  }
  return [...chains.values()];
}

/** The nameless zero that a sum begins from: it is no term, and stays inside. */
function zeroOf({ ops, left, right, names, constants }: Tape, first: number, users: Int32Array) {
  const isZero = (i: number) =>
    ops[i] === Op.leaf && constants[i] === 0 && users[i] === first && !names.has(i);
  return [left[first]!, right[first]!].find(isZero) ?? NONE;
}

function nameOf({ names }: Tape, end: number, terms: number): string {
  const label = shownLabel(names.get(end) ?? "");
  return label === "" ? text.sumOf(terms) : text.namedSumOf(label, terms);
}
