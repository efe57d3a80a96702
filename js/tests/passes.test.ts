/** The steps of both passes, and what is known after each of them. */
import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Passes } from "../src/passes.ts";
import { leaf, tapeOf } from "./tapes.ts";

/** x, w, x·w, c, x·w + c, tanh of that, and x once more in the output. */
const passes = new Passes(
  tapeOf(
    leaf(2),
    leaf(-3),
    { op: Op.mul, of: [0, 1] },
    leaf(6),
    { op: Op.add, of: [2, 3] },
    { op: Op.tanh, of: [4] },
    { op: Op.mul, of: [5, 0] },
  ),
);
const positions = Array.from({ length: passes.count + 1 }, (_, p) => p);

test("each operation once forward, the output's 1, and each once backward in reverse", () => {
  expect([passes.forward, passes.count]).toEqual([4, 9]);
  expect(positions.slice(0, -1).map((p) => passes.step(p))).toEqual([
    ...[2, 4, 5, 6].map((at) => ({ phase: "forward", at })),
    { phase: "seed", at: 6 },
    ...[6, 5, 4, 2].map((at) => ({ phase: "backward", at })),
  ]);
});

test("a leaf is known from the start, an operation from its own step on", () => {
  const from = (i: number) => positions.filter((p) => passes.knowsValue(i, p))[0];
  expect([0, 1, 2, 3, 4, 5, 6].map(from)).toEqual([0, 0, 1, 0, 2, 3, 4]);
});

test("a gradient begins with the last use, and is complete after the first", () => {
  const begins = (i: number) => positions.filter((p) => passes.hasGradient(i, p))[0];
  const ends = (i: number) => positions.filter((p) => passes.isComplete(i, p))[0];
  const values = [0, 1, 2, 3, 4, 5, 6];
  expect(values.map(begins)).toEqual([6, 9, 8, 8, 7, 6, 5]);
  expect(values.map(ends)).toEqual([9, 9, 8, 8, 7, 6, 5]);
  for (const i of values) {
    expect(positions.filter((p) => passes.hasGradient(i, p)).at(-1)).toBe(9);
    expect(positions.filter((p) => passes.isComplete(i, p)).at(-1)).toBe(9);
  }
});

test("an operation passes its gradient on as many steps after the middle as it came before", () => {
  expect([2, 4, 5, 6].map((i) => passes.passedOn(i))).toEqual([9, 8, 7, 6]);
  for (const i of [2, 4, 5, 6]) expect(passes.step(passes.passedOn(i) - 1).at).toBe(i);
});

test("of what has passed its gradient on, the first on the tape; nothing before the seed", () => {
  expect(positions.map((p) => passes.firstDone(p))).toEqual([7, 7, 7, 7, 7, 7, 6, 5, 4, 2]);
});

test("a leaf alone has one step: its gradient", () => {
  const alone = new Passes(tapeOf(leaf(3)));
  expect([alone.count, alone.step(0)]).toEqual([1, { phase: "seed", at: 0 }]);
  expect([0, 1].map((p) => alone.hasGradient(0, p))).toEqual([false, true]);
  expect([0, 1].map((p) => alone.isComplete(0, p))).toEqual([false, true]);
});
