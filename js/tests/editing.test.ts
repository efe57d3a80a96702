import { expect, test } from "vitest";
import { History } from "../src/history.ts";
import { rangeFor, readNumber, snapped } from "../src/range.ts";

test("what was changed is undone step by step, and done again", () => {
  const history = new History<number>(0, Object.is);
  history.note(0, false);
  expect(history.canUndo).toBe(false);
  history.note(1, false);
  history.note(2, false);
  expect([history.undo(), history.undo(), history.undo()]).toEqual([1, 0, null]);
  expect([history.redo(), history.redo(), history.redo()]).toEqual([1, 2, null]);
  history.undo();
  history.note(5, false);
  expect(history.canRedo).toBe(false);
  expect(history.undo()).toBe(1);
});

test("a drag is one step", () => {
  const history = new History<number>(0, Object.is);
  for (const x of [1, 2, 3]) history.note(x, true);
  history.close();
  for (const x of [4, 5]) history.note(x, true);
  expect([history.undo(), history.undo()]).toEqual([3, 0]);
});

test("a change from elsewhere ends a drag", () => {
  const history = new History<number>(0, Object.is);
  history.note(1, true);
  history.note(9, false);
  history.note(2, true);
  expect([history.undo(), history.undo(), history.undo()]).toEqual([9, 1, 0]);
});

test("undo and redo elsewhere are followed, all else is not", () => {
  const history = new History<number>(0, Object.is);
  for (const x of [1, 2]) history.note(x, false);
  expect([history.follow(1), history.now, history.canRedo]).toEqual([true, 1, true]);
  expect([history.follow(2), history.now, history.canRedo]).toEqual([true, 2, false]);
  expect([history.follow(0), history.now]).toEqual([false, 2]);
});

test.each([
  [0, 3, 0.01],
  [1.2, 3, 0.01],
  [2, 5, 0.01],
  [-4, 10, 0.02],
  [6.8813735870195432, 20, 0.05],
  [138.8, 300, 1],
  [-1e-9, 3, 0.01],
  [Number.NaN, 3, 0.01],
])("a slider for %d goes to %d in steps of %d", (x, end, step) => {
  expect(rangeFor(x)).toEqual({ end, step });
});

test("the largest double has a slider too", () => {
  const { end, step } = rangeFor(Number.MAX_VALUE);
  expect(Number.isFinite(end) && step > 0).toBe(true);
});

test("numbers of a slider have no stray digits", () => {
  const range = rangeFor(2);
  expect([0.30000000000000004, -1.2349, 2.999].map((x) => snapped(x, range))).toEqual([
    0.3, -1.23, 3,
  ]);
  expect(snapped(151.2, rangeFor(138))).toBe(151);
});

test.each([
  ["2", 2],
  [" -0.5 ", -0.5],
  ["\u22123", -3],
  ["1e-3", 1e-3],
  [".5", 0.5],
  ["5.", 5],
  ["+1E2", 100],
  ["nan", Number.NaN],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["Infinity", Number.POSITIVE_INFINITY],
])("reads %s", (text, x) => {
  expect(readNumber(text)).toBe(x);
});

test.each(["", "2,5", "x", "1e", "0x10", "1 2", "--1", "1_0", "infinite", "1e999"])(
  "refuses '%s'",
  (text) => {
    expect(readNumber(text)).toBe(null);
  },
);
