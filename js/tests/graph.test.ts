import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { DRAW_ALL_UP_TO, Fold, OPENED_AT_ONCE } from "../src/fold.ts";
import { Consumers, downstreamMask, operandEdges, upstreamMask } from "../src/graph.ts";
import { FIRST_PICTURE } from "../src/levels.ts";
import { Names } from "../src/names.ts";
import { buildScene } from "../src/scene.ts";
import { alternating, chain, expressionOf, leaf, type Row, tapeOf } from "./tapes.ts";

const diamond: Row[] = [
  leaf(2, "a"),
  { op: Op.add, of: [0, 0] },
  { op: Op.neg, of: [0] },
  { op: Op.mul, of: [1, 2] },
];

test("both sides of a + a are edges of their own, in both directions", () => {
  const tape = tapeOf(...diamond);
  expect(operandEdges(tape, 1)).toEqual([
    { from: 0, to: 1, slot: 0 },
    { from: 0, to: 1, slot: 1 },
  ]);
  const consumers = new Consumers(tape);
  expect(consumers.edges(0).map(({ to, slot }) => [to, slot])).toEqual([
    [1, 0],
    [1, 1],
    [2, 0],
  ]);
  expect(consumers.count(0)).toBe(3);
  expect(consumers.edges(0, 2)).toHaveLength(2);
  expect(consumers.count(3)).toBe(0);
});

test("masks tell what leads where", () => {
  const tape = tapeOf(...diamond);
  expect([...upstreamMask(tape, [2])]).toEqual([1, 0, 1]);
  expect([...downstreamMask(tape, [2])]).toEqual([0, 0, 1, 1]);
});

test("a leaf is made from nothing, an operation of one operand from one", () => {
  const tape = tapeOf(...diamond);
  expect(operandEdges(tape, 0)).toEqual([]);
  expect(operandEdges(tape, 2)).toEqual([{ from: 0, to: 2, slot: 0 }]);
});

test("uses are numbered by the value used, in the order of the tape", () => {
  const tape = tapeOf(...diamond);
  const consumers = new Consumers(tape);
  expect(consumers.total).toBe(5);
  expect([0, 1, 2, 3, 4].map((i) => consumers.first(i))).toEqual([0, 3, 4, 5, 5]);
  const uses = [0, 1, 2, 3, 4];
  expect(uses.map((use) => consumers.consumer(use))).toEqual([1, 1, 2, 3, 3]);
  expect(uses.map((use) => consumers.slot(use))).toEqual([0, 1, 0, 0, 1]);
  expect([0, 1, 2, 3].map((i) => consumers.count(i))).toEqual([3, 1, 1, 0]);
  expect(consumers.edges(2)).toEqual([{ from: 2, to: 3, slot: 1 }]);
  expect([consumers.edges(3), consumers.edges(0, 0)]).toEqual([[], []]);
});

test("what stands before a value need not lead to it, and the first value may be on either side", () => {
  const tape = tapeOf(
    ...[leaf(1), leaf(2)],
    { op: Op.neg, of: [0] },
    { op: Op.sub, of: [1, 0] },
    { op: Op.mul, of: [2, 3] },
  );
  expect([...upstreamMask(tape, [3])]).toEqual([1, 1, 0, 1]);
  const apart = tapeOf(
    ...[leaf(1), leaf(2)],
    { op: Op.neg, of: [0] },
    { op: Op.neg, of: [1] },
    { op: Op.mul, of: [2, 3] },
  );
  expect([...upstreamMask(apart, [3])]).toEqual([0, 1, 0, 1]);
  expect([...downstreamMask(tape, [0])]).toEqual([1, 0, 1, 1, 1]);
});

test("masks of several values, in any order, and of none", () => {
  const tape = tapeOf(
    ...[leaf(1), leaf(2), leaf(3)],
    { op: Op.neg, of: [1] },
    { op: Op.mul, of: [0, 3] },
    { op: Op.sub, of: [2, 4] },
    { op: Op.add, of: [5, 3] },
  );
  expect([...upstreamMask(tape, [5])]).toEqual([1, 1, 1, 1, 1, 1]);
  expect([...upstreamMask(tape, [3, 2])]).toEqual([0, 1, 1, 1]);
  expect([...upstreamMask(tape, [2, 3])]).toEqual([0, 1, 1, 1]);
  expect([...upstreamMask(tape, [4])]).toEqual([1, 1, 0, 1, 1]);
  expect([...upstreamMask(tape, [])]).toEqual([]);
  expect([...upstreamMask(tape, [0])]).toEqual([1]);
  expect([...downstreamMask(tape, [2])]).toEqual([0, 0, 1, 0, 0, 1, 1]);
  expect([...downstreamMask(tape, [0])]).toEqual([1, 0, 0, 0, 1, 1, 1]);
  expect([...downstreamMask(tape, [3, 2])]).toEqual([0, 0, 1, 1, 1, 1, 1]);
  expect([...downstreamMask(tape, [])]).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

describe("folding", () => {
  test("a small expression is drawn whole", () => {
    const fold = new Fold(tapeOf(...alternating(DRAW_ALL_UP_TO - 2)));
    expect(fold.size).toBe(DRAW_ALL_UP_TO);
  });

  test("one that would take long to lay out begins with its end", () => {
    const few = new Fold(tapeOf(...chain(50)));
    expect(few.size).toBe(52);
    // One value leads to each of two hundred others in a row.
    const many = new Fold(tapeOf(...chain(200)));
    expect(many.size).toBe(FIRST_PICTURE);
  });

  test("a large one shows what is nearest to its output, and counts the rest", () => {
    const tape = tapeOf(...chain(100_000));
    const fold = new Fold(tape);
    expect(fold.size).toBe(FIRST_PICTURE);
    expect(fold.has(tape.count - 1)).toBe(true);
    const edge = fold.shown.find((i) => fold.hasHiddenOperands(i))!;
    expect(fold.hiddenBehind(edge)).toBe(tape.count - FIRST_PICTURE);
    const hiddenOperand = tape.left[edge]!;
    const added = fold.more(edge);
    expect(added).toHaveLength(OPENED_AT_ONCE);
    expect(added).toContain(hiddenOperand);
    expect(fold.hasHiddenOperands(edge)).toBe(false);
  });

  test("revealing a far value brings the way to it, within bounds", () => {
    const tape = tapeOf(...chain(1000));
    const fold = new Fold(tape);
    const target = fold.shown.find((i) => i > 1)! - 10;
    const before = fold.size;
    expect(fold.reveal(target, new Consumers(tape))).toBe(true);
    expect(fold.size - before).toBe(10);
    expect(fold.has(target)).toBe(true);
    // What is far away comes without the whole way.
    expect(fold.reveal(0, new Consumers(tape))).toBe(true);
    expect(fold.has(0)).toBe(true);
    expect(fold.size - before).toBe(10 + 3);
  });
});

describe("the scene", () => {
  test("sizes come from structure and names, never from numbers", () => {
    const sizes = (x: number) => {
      const expression = expressionOf(leaf(x, "a"), leaf(x * 7), { op: Op.mul, of: [0, 1] });
      const { boxes } = buildScene(expression, new Fold(expression.tape));
      return boxes.map(({ width, height }) => [width, height]);
    };
    expect(sizes(1)).toEqual(sizes(-1.23456e-200));
  });

  test("a long name widens the box only so far", () => {
    const expression = expressionOf(leaf(1, "W".repeat(5000)), { op: Op.neg, of: [0] });
    const [box] = buildScene(expression, new Fold(expression.tape)).boxes;
    expect(box!.width).toBeLessThanOrEqual(200);
  });
});

test("a value without a name is called by its expression, else by its operation", () => {
  const tape = tapeOf(
    leaf(2, "a"),
    leaf(3, "  "),
    { op: Op.mul, of: [0, 1] },
    { op: Op.pow, of: [0], number: 3 },
    { op: Op.relu, of: [3], name: "" },
    { op: Op.add, of: [2, 4] },
    { op: Op.sub, of: [5, 0], name: "end" },
  );
  const names = new Names(tape);
  expect([0, 1, 2, 3, 4, 5, 6].map((i) => names.title(i))).toEqual([
    "a",
    "leaf",
    "product",
    "a ^ 3",
    "relu",
    "sum",
    "end",
  ]);
  expect([0, 1, 2].map((i) => names.kind(i))).toEqual(["leaf", "constant", "operation"]);
});
