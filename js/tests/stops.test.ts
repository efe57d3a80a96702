import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { groupNamed, lossOf, scoreOf } from "./networks.ts";
import { alternating, chain, encodeTape, expressionOf, leaf } from "./tapes.ts";

const NEURON = [
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1] },
  leaf(6, "b"),
  { op: Op.add, of: [2, 3], name: "n" },
  { op: Op.tanh, of: [4], name: "o" },
];

const walkOf = (expression: Expression) => {
  const fold = new Fold(expression.tape, expression.groups);
  return { fold, stops: () => fold.stops(expression.numbers.passes) };
};

test("where everything is drawn, every step is a stop", () => {
  const { stops } = walkOf(expressionOf(...NEURON));
  expect(stops().count).toBe(7);
  expect([0, 1, 2, 7, 8].map((n) => stops().position(n))).toEqual([0, 1, 2, 7, 7]);
  expect([1, 3, 4, 5, 7].map((p) => stops().stage(p))).toEqual([
    { phase: "forward", number: 1, of: 3 },
    { phase: "forward", number: 3, of: 3 },
    { phase: "seed", number: 1, of: 1 },
    { phase: "backward", number: 1, of: 3 },
    { phase: "backward", number: 3, of: 3 },
  ]);
  expect(stops().stage(0)).toBeNull();
});

test("a step forward and one back lead to where the walk was", () => {
  const { stops } = walkOf(expressionOf(...NEURON));
  for (let p = 0; p < 7; p++) expect(stops().previous(stops().next(p))).toBe(p);
  expect(stops().next(7)).toBe(7);
  expect(stops().previous(0)).toBe(0);
});

test("tens of thousands of values in three boxes take seven presses", () => {
  const expression = lossOf(100).expression;
  const { stops } = walkOf(expression);
  expect(expression.tape.count).toBeGreaterThan(60_000);
  expect(stops().count).toBe(7);
  expect(stops().position(7)).toBe(expression.numbers.passes.count);
});

test("a closed group is one stop, though what it holds is worked out by turns with others", () => {
  const expression = scoreOf([4, 3, 1]).expression;
  const { fold, stops } = walkOf(expression);
  for (const name of ["layer 1", "layer 2"]) {
    const g = groupNamed(expression, name);
    if (!fold.has(fold.contraction.itemOfGroup(g))) fold.closeGroup(g);
  }
  const drawn = fold.shown.filter((item) => expression.tape.ops[item] !== Op.leaf);
  expect(stops().count).toBe(2 * drawn.length + 1);
  const { passes } = expression.numbers;
  const items = Array.from({ length: stops().count }, (_, n) =>
    fold.contraction.itemOf(passes.step(stops().position(n + 1) - 1).at),
  );
  const forward = items.slice(0, drawn.length);
  expect(new Set(forward)).toEqual(new Set(drawn));
  expect(new Set(items.slice(drawn.length + 1))).toEqual(new Set(drawn));
});

test("opening a group brings its stops, and closing it takes them away again", () => {
  const expression = lossOf(5, [3, 1]).expression;
  const { fold, stops } = walkOf(expression);
  const before = stops().count;
  const g = groupNamed(expression, "data loss");
  fold.openGroup(g);
  expect(stops().count).toBeGreaterThan(before);
  fold.closeGroup(g);
  expect(stops().count).toBe(before);
});

test("a way back to an older picture leads to its stops", () => {
  const expression = lossOf(5, [3, 1]).expression;
  const { fold, stops } = walkOf(expression);
  const before = stops().count;
  const bookmark = fold.bookmark();
  fold.openGroup(groupNamed(expression, "data loss"));
  expect(stops().count).not.toBe(before);
  bookmark.goBack();
  expect(stops().count).toBe(before);
});

test("between two stops, back leads to the one before and on to the one after", () => {
  const expression = lossOf(100).expression;
  const { stops } = walkOf(expression);
  const [first, second] = [stops().position(1), stops().position(2)];
  const between = first + 1;
  expect(stops().isStop(between)).toBe(false);
  expect([stops().previous(between), stops().next(between)]).toEqual([first, second]);
  expect(stops().reached(between)).toBe(1);
});

test("values that are not drawn are taken together, at the end by a stop of their own", () => {
  const expression = expressionOf(...alternating(1000));
  const { fold, stops } = walkOf(expression);
  const { passes } = expression.numbers;
  const drawn = fold.shown.filter((item) => expression.tape.ops[item] !== Op.leaf).length;
  expect(drawn).toBeLessThan(90);
  // Drawn is the end: nothing halts before it, and what is before it passes on in one go.
  expect(stops().count).toBe(2 * drawn + 2);
  expect(stops().position(1)).toBe(passes.forward - drawn + 1);
  expect(stops().position(stops().count - 1)).toBe(passes.forward + 1 + drawn);
  expect(stops().position(stops().count)).toBe(2001);
});

test("a closed sum of a thousand terms is one stop each way", () => {
  const { stops } = walkOf(expressionOf(...chain(1000)));
  expect([1, 2, 3].map((n) => stops().position(n))).toEqual([1000, 1001, 2001]);
  expect(stops().count).toBe(3);
});

test("a group that begins before another value and ends after it halts after it", () => {
  const expression = new Expression(
    encodeTape({
      rows: [
        leaf(2, "x"),
        { op: Op.neg, of: [0] },
        { op: Op.tanh, of: [0] },
        { op: Op.exp, of: [1] },
        { op: Op.add, of: [2, 3] },
      ],
      groups: [["both", -1, 3]],
      groupOf: [0, 1, 0, 1, 0],
    }),
  );
  const { fold, stops } = walkOf(expression);
  if (!fold.has(fold.contraction.itemOfGroup(0))) fold.closeGroup(0);
  const positions = Array.from({ length: stops().count }, (_, n) => stops().position(n + 1));
  expect(positions).toEqual([2, 3, 4, 5, 6, 8, 9]);
});

test("a leaf alone has one stop", () => {
  const { stops } = walkOf(expressionOf(leaf(3, "x")));
  expect([stops().count, stops().position(1)]).toEqual([1, 1]);
});
