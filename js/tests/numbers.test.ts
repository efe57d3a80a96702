import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Numbers } from "../src/numbers.ts";
import { expressionOf, leaf, tapeOf } from "./tapes.ts";

/** c = (a · b + a) · a, at a = 2 and b = −3: a is used three times. */
const ROWS = [
  leaf(2, "a"),
  leaf(-3, "b"),
  { op: Op.mul, of: [0, 1] },
  { op: Op.add, of: [2, 0] },
  { op: Op.mul, of: [3, 0], name: "c" },
];
const gradientsAt = (numbers: Numbers, position: number) => {
  numbers.moveTo(position, false);
  return [0, 1, 2, 3, 4].map((i) => (numbers.seesGradient(i) ? numbers.gradients[i] : null));
};

test("a tape of n operations has 2n + 1 steps, forward, the output, backward", () => {
  const { passes } = new Numbers(tapeOf(...ROWS));
  expect(passes.count).toBe(7);
  expect(Array.from({ length: 7 }, (_, k) => passes.step(k))).toEqual([
    { phase: "forward", at: 2 },
    { phase: "forward", at: 3 },
    { phase: "forward", at: 4 },
    { phase: "seed", at: 4 },
    { phase: "backward", at: 4 },
    { phase: "backward", at: 3 },
    { phase: "backward", at: 2 },
  ]);
});

test("values appear one by one, leaves are there from the start", () => {
  const numbers = new Numbers(tapeOf(...ROWS));
  const seen = (position: number) => {
    numbers.moveTo(position, false);
    return [0, 1, 2, 3, 4].filter((i) => numbers.seesValue(i));
  };
  expect([0, 1, 2, 3, 7].map(seen)).toEqual([
    [0, 1],
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4],
  ]);
});

test("gradients arrive and add up, and going back takes away what had come", () => {
  const numbers = new Numbers(tapeOf(...ROWS));
  const way = [3, 4, 5, 6, 7].map((position) => gradientsAt(numbers, position));
  expect(way).toEqual([
    [null, null, null, null, null],
    [null, null, null, null, 1],
    [-4, null, null, 2, 1],
    [-2, null, 2, 2, 1],
    [-8, 4, 2, 2, 1],
  ]);
  expect([7, 6, 5, 4, 3].map((position) => gradientsAt(numbers, position))).toEqual(way.reverse());
  numbers.moveTo(5, false);
  expect([0, 3].map((i) => numbers.isPartial(i))).toEqual([true, false]);
  numbers.moveTo(null, false);
  expect([...numbers.gradients]).toEqual([-8, 4, 2, 2, 1]);
});

test("a leaf alone has one step", () => {
  const numbers = new Numbers(tapeOf(leaf(3, "x")));
  expect(numbers.passes.count).toBe(1);
  numbers.moveTo(0, false);
  expect(numbers.seesGradient(0)).toBe(false);
  numbers.moveTo(1, false);
  expect(numbers.gradients[0]).toBe(1);
});

test("who is to guess sees no derivative before its value has passed its gradient on", () => {
  const numbers = new Numbers(tapeOf(...ROWS));
  numbers.moveTo(4, true);
  expect([2, 3, 4].map((i) => numbers.seesLocals(i))).toEqual([false, false, false]);
  numbers.moveTo(5, true);
  expect([2, 3, 4].map((i) => numbers.seesLocals(i))).toEqual([false, false, true]);
  numbers.moveTo(4, false);
  expect([2, 3, 4].map((i) => numbers.seesLocals(i))).toEqual([true, true, true]);
});

test("a changed leaf changes everything, and taking it back restores every bit", () => {
  const numbers = new Numbers(tapeOf(...ROWS));
  const before = [[...numbers.data], [...numbers.gradients]];
  numbers.compare(new Map());
  numbers.change(new Map([[0, 5]]));
  expect([...numbers.data]).toEqual([5, -3, -15, -10, -50]);
  expect([...numbers.gradients]).toEqual([-20, 25, 5, 5, 1]);
  expect([[...numbers.before!.data], [...numbers.before!.gradients]]).toEqual(before);
  numbers.change(new Map());
  expect([[...numbers.data], [...numbers.gradients]]).toEqual(before);
});

test("gradients that were given are for the numbers that were given", () => {
  const numbers = new Numbers(tapeOf(...ROWS));
  numbers.give(Float64Array.of(1, 2, 3, 4, 5));
  expect(numbers.gradients[0]).toBe(1);
  numbers.change(new Map([[0, 5]]));
  expect(numbers.gradients[0]).toBe(-20);
  numbers.change(new Map());
  numbers.moveTo(7, false);
  expect(numbers.gradients[0]).toBe(-8);
});

test("what has not come yet is read as a question mark", () => {
  const expression = expressionOf(...ROWS);
  expression.numbers.moveTo(1, false);
  expect([2, 3].map((i) => expression.value(i))).toEqual(["−6", "?"]);
  expect(expression.gradient(4)).toBe("?");
  expect(expression.localText({ from: 0, to: 3, slot: 1 })).toBe("?");
  expect(expression.spoken(3)).not.toContain("−4");
});
