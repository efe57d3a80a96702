/** Many examples at once: the same numbers, to the bit, as one replay of the tape for each of them. */
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { createReplay } from "../src/replay.ts";
import type { Tape } from "../src/tape.ts";
import { CHUNK, Columns } from "../src/training/columns.ts";
import { compile, NOWHERE, TO_COLUMN } from "../src/training/program.ts";
import { Stream } from "../src/training/random.ts";
import { leaf, type Row, tapeOf } from "./tapes.ts";

/** Their results are whole numbers where the operands are, so that sums may come in any order. */
const WHOLE = [Op.add, Op.add, Op.add, Op.sub, Op.mul, Op.mul, Op.mul, Op.neg, Op.relu, Op.pow];
const ANY = [...WHOLE, Op.tanh, Op.exp, Op.sigmoid, Op.log];

/** A tape of `leaves` and as many operations as it takes to use every value. */
function randomTape(stream: Stream, leaves: number, ops: readonly number[]): Tape {
  const below = (n: number) => Math.floor(n * stream.uniform());
  const rows: Row[] = Array.from({ length: leaves }, () => leaf(below(7) - 3));
  const unused = new Set(rows.keys());
  const operand = () => {
    // What nothing uses yet, more often than not: as the weighted sums of a network do.
    const pool = unused.size > 0 && stream.uniform() < 0.7 ? [...unused] : [...rows.keys()];
    return pool[stream.uniform() < 0.6 ? pool.length - 1 : below(pool.length)]!;
  };
  while (unused.size > 1 || rows.length < leaves + 4) {
    const isClosing = rows.length > 8 * leaves;
    const op = isClosing ? Op.add : ops[below(ops.length)]!;
    const isBinary = op === Op.add || op === Op.sub || op === Op.mul;
    const of = isClosing
      ? [...unused].slice(0, 2)
      : isBinary
        ? [operand(), operand()]
        : [operand()];
    for (const i of of) unused.delete(i);
    unused.add(rows.length);
    rows.push({ op, of, ...(op === Op.pow ? { number: 2 } : {}) });
  }
  return tapeOf(...rows);
}

const leavesOf = (tape: Tape): number[] => [...tape.ops.keys()].filter((i) => tape.ops[i] === 0);

interface Case {
  readonly tape: Tape;
  readonly varying: readonly number[];
  readonly wanted: Int32Array;
  readonly kept: readonly number[];
  /** The varying leaves, example by example. */
  readonly examples: readonly (readonly number[])[];
}

function randomCase(seed: number, ops: readonly number[], count: number): Case {
  const stream = new Stream([BigInt(seed), 1n, 2n]);
  const tape = randomTape(stream, 3 + Math.floor(5 * stream.uniform()), ops);
  const leaves = leavesOf(tape);
  const varying = leaves.slice(0, 2);
  const kept = [...tape.ops.keys()].filter(
    (i) => tape.ops[i] !== Op.leaf && (i === tape.count - 1 || stream.uniform() < 0.2),
  );
  const examples = Array.from({ length: count }, () =>
    varying.map(() => Math.floor(5 * stream.uniform()) - 2),
  );
  return { tape, varying, wanted: Int32Array.from(leaves.slice(2)), kept, examples };
}

/** By one replay for each example, from the last to the first. */
function oneByOne({ tape, varying, wanted, kept, examples }: Case, upstream: number) {
  const run = createReplay(tape);
  const gradients = new Float64Array(wanted.length).fill(-0);
  const columns = kept.map(() => [] as number[]);
  for (const example of examples.toReversed()) {
    for (const [n, i] of varying.entries()) run.data[i] = example[n]!;
    run.forward();
    run.backward();
    for (const [n, i] of wanted.entries()) gradients[n]! += upstream * run.gradients[i]!;
    for (const [n, i] of kept.entries()) columns[n]!.unshift(run.data[i]!);
  }
  return { gradients: [...gradients], columns };
}

function together({ tape, varying, wanted, kept, examples }: Case, upstream: number) {
  const columns = new Columns(tape, varying, wanted, kept);
  for (const [n, i] of varying.entries()) {
    for (const [e, example] of examples.entries()) columns.column(i)[e] = example[n]!;
  }
  const gradients = new Float64Array(wanted.length).fill(-0);
  const work = () => {
    columns.forward(examples.length);
    columns.backward(examples.length, upstream, gradients.fill(-0));
    return {
      gradients: [...gradients],
      columns: kept.map((i) => [...columns.column(i).subarray(0, examples.length)]),
    };
  };
  const first = work();
  // Nothing of one chunk is left over in the next.
  expect(work()).toEqual(first);
  return first;
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

test.each(seeds)("whole numbers, several examples: tape %i", (seed) => {
  const one = randomCase(seed, WHOLE, 1 + (seed % 5));
  expect(together(one, 2)).toEqual(oneByOne(one, 2));
});

test.each(seeds)("any numbers, one example: tape %i", (seed) => {
  const one = randomCase(1000 + seed, ANY, 1);
  expect(together(one, 1)).toEqual(oneByOne(one, 1));
});

/** Gradients are sums over examples in a fixed order; adding in another gives other last bits. */
test("a weighted sum over a full chunk has the bits of adding from the last example to the first", () => {
  const tape = tapeOf(
    leaf(0.1),
    leaf(0.7),
    leaf(-0.3),
    { op: Op.mul, of: [1, 0] },
    { op: Op.add, of: [2, 3] },
    { op: Op.tanh, of: [4] },
  );
  const stream = new Stream([1n, 2n, 3n]);
  const examples = Array.from({ length: CHUNK }, () => [stream.uniform() - 0.5]);
  const wanted = Int32Array.of(1, 2);
  const one = { tape, varying: [0], wanted, kept: [5], examples };
  expect(together(one, 1)).toEqual(oneByOne(one, 1));
});

test("a leaf with several uses adds them up example by example, not use by use", () => {
  const tape = tapeOf(
    leaf(0.1),
    leaf(0.7),
    { op: Op.mul, of: [1, 0] },
    { op: Op.tanh, of: [2] },
    { op: Op.mul, of: [3, 1] },
  );
  const stream = new Stream([4n, 5n, 6n]);
  const examples = Array.from({ length: CHUNK }, () => [stream.uniform() - 0.5]);
  const columns = new Columns(tape, [0], Int32Array.of(1), [4]);
  for (const [e, [x]] of examples.entries()) columns.column(0)[e] = x!;
  const found = Float64Array.of(0.25);
  columns.forward(CHUNK);
  columns.backward(CHUNK, 1, found);
  const run = createReplay(tape);
  let expected = 0.25;
  for (const [x] of examples.toReversed()) {
    run.data[0] = x!;
    run.forward();
    run.backward();
    // What its last use brings comes first, as on the way back.
    expected += run.data[3]!;
    expected += run.gradients[2]! * x!;
  }
  expect(found[0]).toBe(expected);
});

test("the sign of a zero is that of its first contribution", () => {
  const tape = tapeOf(leaf(5), leaf(1), { op: Op.mul, of: [0, 1] }, { op: Op.neg, of: [2] });
  const one = { tape, varying: [0], wanted: Int32Array.of(1), kept: [3], examples: [[0]] };
  expect(together(one, 1).gradients).toEqual([-0]);
  expect(oneByOne(one, 1).gradients).toEqual([-0]);
});

test("a chunk that is not full leaves the rest of its room alone", () => {
  const rows: Row[] = [leaf(2), leaf(3), leaf(5), { op: Op.mul, of: [1, 0] }];
  const sum = [Op.add, Op.add, Op.sub, Op.mul, Op.relu, Op.neg, Op.add].map((op, n): Row => {
    const other = n === 1 ? 0 : n === 6 ? 6 : 2;
    return { op, of: op === Op.relu || op === Op.neg ? [n + 3] : [n + 3, other] };
  });
  // Products that are added at once: to a number, to a column, and of two columns.
  const products: Row[] = [
    { op: Op.mul, of: [1, 0] },
    { op: Op.add, of: [2, 11] },
    { op: Op.mul, of: [2, 0] },
    { op: Op.add, of: [12, 13] },
    { op: Op.mul, of: [14, 10] },
    { op: Op.add, of: [14, 15] },
  ];
  const tape = tapeOf(...rows, ...sum, ...products);
  const kept = [3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16];
  const columns = new Columns(tape, [0], Int32Array.of(1, 2), kept);
  for (const i of [0, ...kept]) columns.column(i).fill(-77);
  columns.column(0).fill(4, 0, 3);
  columns.forward(3);
  for (const i of kept) {
    const [before, behind] = [columns.column(i)[2], columns.column(i)[3]];
    expect([before === -77, behind]).toEqual([false, -77]);
  }
});

test("leaves that are added are no product, not even behind one", () => {
  for (const rows of [
    [leaf(2), leaf(3), { op: Op.add, of: [0, 1] }],
    [leaf(2), leaf(3), { op: Op.neg, of: [0] }, { op: Op.add, of: [2, 1] }],
    [
      leaf(2),
      leaf(3),
      { op: Op.tanh, of: [0] },
      { op: Op.mul, of: [0, 1] },
      { op: Op.add, of: [2, 3] },
    ],
  ] as Row[][]) {
    const tape = tapeOf(...rows);
    const one = {
      tape,
      varying: [0],
      wanted: Int32Array.of(1),
      kept: [tape.count - 1],
      examples: [[5], [7]],
    };
    expect(together(one, 1)).toEqual(oneByOne(one, 1));
  }
});

test("what is not kept cannot be read", () => {
  const columns = new Columns(tapeOf(leaf(2), { op: Op.neg, of: [0] }), [], Int32Array.of(0), [1]);
  expect(() => columns.column(0)).toThrow("columns: expected a kept value, got: 0");
});

describe("the program", () => {
  // ((b + w1·x1) + w2·x2), then relu.
  const tape = tapeOf(
    ...[leaf(1), leaf(2), leaf(3), leaf(4), leaf(5)],
    { op: Op.mul, of: [1, 3] },
    { op: Op.add, of: [0, 5] },
    { op: Op.mul, of: [2, 4] },
    { op: Op.add, of: [6, 7] },
    { op: Op.relu, of: [8] },
  );
  const wanted = Int32Array.of(0, 1, 2);

  test("a weighted sum is one column, with a product added at once", () => {
    const { instructions, columns, columnOf, sites } = compile(tape, [3, 4], wanted, [9]);
    expect(instructions.map(({ op }) => op)).toEqual([Op.add, Op.add, Op.relu]);
    expect(columns).toBe(4);
    expect([...columnOf]).toEqual([-1, -1, -1, 0, 1, -1, 2, -1, 2, 3]);
    expect(instructions[0]).toMatchObject({ a: ~0, b: ~1, c: 0, toA: 0, toB: 1, toC: NOWHERE });
    expect(instructions[1]).toMatchObject({
      a: 2,
      b: ~2,
      c: 1,
      toA: NOWHERE,
      toB: 2,
      toC: NOWHERE,
    });
    expect(instructions[2]).toMatchObject({ a: 2, c: null, toA: TO_COLUMN });
    expect([...sites]).toEqual([1, 1, 1]);
  });

  test("what is kept has a column of its own", () => {
    const { columns, columnOf } = compile(tape, [3, 4], wanted, [6, 9]);
    expect(columns).toBe(5);
    expect(new Set([columnOf[6], columnOf[8], columnOf[9]]).size).toBe(3);
  });

  test("a product that is asked for again stays by itself", () => {
    const again = tapeOf(
      ...[leaf(1), leaf(2)],
      { op: Op.mul, of: [0, 1] },
      { op: Op.add, of: [0, 2] },
      { op: Op.mul, of: [3, 2] },
    );
    const { instructions, sites } = compile(again, [1], Int32Array.of(0), [4]);
    expect(instructions.map(({ op, c }) => [op, c])).toEqual([
      [Op.mul, null],
      [Op.add, null],
      [Op.mul, null],
    ]);
    expect([...sites]).toEqual([2]);
  });

  test("where no wanted leaf leads, no gradient goes", () => {
    const { instructions } = compile(tape, [3, 4], Int32Array.of(2), [9]);
    expect(instructions[0]).toMatchObject({ toA: NOWHERE, toB: NOWHERE, toC: NOWHERE });
    expect(instructions[1]).toMatchObject({ toB: 0, toC: NOWHERE });
  });
});
