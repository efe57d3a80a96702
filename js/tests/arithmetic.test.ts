import { describe, expect, test } from "vitest";
import { applyUnary, isBinary, OP_COUNT, Op, power, unaryDerivative } from "../src/arithmetic.ts";
import { createReplay, localDerivatives, replay, runBackward } from "../src/replay.ts";
import { leaf, type Row, tapeOf } from "./tapes.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const unary = (op: number, x: number, n = 0): [number, number] => {
  const result = applyUnary(op, x, n);
  return [result, unaryDerivative(op, x, result, n)];
};

describe("one operand: [id, what, result, derivative]", () => {
  const rows: [string, [number, number], number, number][] = [
    ["N001", unary(Op.pow, 0, -1), inf, -inf],
    ["N002", unary(Op.pow, -0, -1), -inf, -inf],
    ["N003", unary(Op.pow, 0, 0), 1, 0],
    ["N004", unary(Op.pow, 0, 0.5), 0, inf],
    ["N005", unary(Op.pow, 0, 1), 0, 1],
    ["N006", unary(Op.pow, 0, 2), 0, 0],
    ["N007", unary(Op.pow, 0, 1.5), 0, 0],
    ["N008", unary(Op.pow, -8, 1 / 3), nan, nan],
    ["N009", unary(Op.pow, -2, 2), 4, -4],
    ["N010", unary(Op.pow, -2, 3), -8, 12],
    ["N011", unary(Op.pow, -2, -3), -0.125, -0.1875],
    ["N012", unary(Op.pow, 10, 400), inf, inf],
    ["N013", unary(Op.pow, 1e-160, -2), inf, -inf],
    // Where n - 1 is no double, what rounding took from it: 38 units in the last place here.
    ["far out", unary(Op.pow, 1e-33, -0.3), 7943282347.242808, -2.382984704172842e42],
    [
      "far out, n below −1",
      unary(Op.pow, 22026, -63.01),
      2.2471167952870555e-274,
      -6.428349644558129e-277,
    ],
    ["N032", unary(Op.relu, nan), nan, nan],
    ["N033", unary(Op.relu, 0), 0, 0],
    ["N034", unary(Op.relu, -0), 0, 0],
    ["N035", unary(Op.relu, -5), 0, 0],
    ["N036", unary(Op.relu, 5e-324), 5e-324, 1],
    ["N037", unary(Op.exp, 1000), inf, inf],
    ["N038", unary(Op.exp, -1000), 0, 0],
    ["N039", unary(Op.log, 0), -inf, inf],
    ["N040", unary(Op.log, -1), nan, nan],
    ["N041", unary(Op.tanh, 20), 1, 1.6993417021166355e-17],
    ["N042", unary(Op.tanh, 400), 1, 0],
    ["N043", unary(Op.tanh, 1e-10), 1e-10, 1],
    ["N044", unary(Op.sigmoid, -1000), 0, 0],
    ["N045", unary(Op.sigmoid, 1000), 1, 0],
    ["N046", unary(Op.sigmoid, 40), 1, 4.248354255291589e-18],
  ];
  test.each(rows)("%s", (_, [result, derivative], expected, slope) => {
    expect(result).toBe(expected);
    if (Math.abs(slope) < 1e-10 && slope !== 0) expect(derivative / slope).toBeCloseTo(1, 14);
    else expect(derivative).toBe(slope);
  });

  test("a power of zero is 1, even of nan, with slope 0", () => {
    expect(unary(Op.pow, nan, 0)).toEqual([1, 0]);
  });
});

test("whole powers agree with multiplication, and small reciprocals keep their digits", () => {
  expect(power(1.1, 3)).toBe(1.1 * (1.1 * 1.1));
  expect(power(3, -1)).toBe(1 / 3);
  expect(power(1e-310, -1)).toBe(1 / 1e-310);
  expect(power(1e155, -2)).toBe(1e155 ** -2);
  expect(power(2, 64)).toBe(2 ** 64);
  expect(power(-1, 65)).toBe(-1);
});

test("whole exponents to 64, of either sign, are multiplied out; others are left to the platform", () => {
  let squared = 1.1;
  for (let i = 0; i < 6; i++) squared *= squared;
  expect(squared).not.toBe(1.1 ** 64);
  expect(power(1.1, 64)).toBe(squared);
  expect(power(1.1, -64)).toBe(1 / squared);
  expect(power(1.1, 65)).toBe(1.1 ** 65);
  expect(power(1.1, -65)).toBe(1.1 ** -65);
  expect(power(1.1, 2.5)).toBe(1.1 ** 2.5);
  expect([power(7, 0), power(7, -0), power(-1, 63)]).toEqual([1, 1, -1]);
});

test("a reciprocal is taken of what has all its digits, else of the power anew", () => {
  // The square is a subnormal number, of which the reciprocal would have lost digits.
  const small = 1.3e-154;
  expect(1 / (small * small)).not.toBe(small ** -2);
  expect(power(small, -2)).toBe(small ** -2);
  expect(power(-small, -3)).toBe((-small) ** -3);
  // The square is too large for a double, its reciprocal is not too small for one.
  expect(power(2e154, -2)).toBe(2.5e-309);
  expect(power(1.1, -2)).toBe(1 / (1.1 * 1.1));
});

test("the slope of an enormous power is 0 or infinite, with the sign of its odd exponent", () => {
  const slope = (x: number, n: number) => unaryDerivative(Op.pow, x, power(x, n), n);
  expect([slope(1e-300, 1e16), slope(5e-324, 1e300), slope(-1e-300, 1e16)]).toEqual([0, 0, -0]);
  expect([slope(-1e-300, -1e16), slope(1e300, -1e16)]).toEqual([Infinity, -0]);
  expect([slope(0, 1e16), slope(0, -1e16)]).toEqual([0, -Infinity]);
  expect([slope(-2, 1e16), slope(-0, -1e16), slope(-1, 1e16)]).toEqual([
    -Infinity,
    Infinity,
    -1e16,
  ]);
});

test("operations of two operands are those three", () => {
  const all = Object.values(Op);
  expect(all.filter(isBinary)).toEqual([Op.add, Op.sub, Op.mul]);
  expect(all).toHaveLength(OP_COUNT);
});

test("sigmoid and tanh, with their slopes, keep their digits on both sides", () => {
  for (const x of [0.3, 2, 30]) {
    const up = Math.exp(-x);
    expect(unary(Op.sigmoid, x)).toEqual([1 / (1 + up), up / ((1 + up) * (1 + up))]);
    expect(unary(Op.sigmoid, -x)).toEqual([up / (1 + up), up / ((1 + up) * (1 + up))]);
    const far = Math.exp(-2 * x);
    const slope = (4 * far) / ((1 + far) * (1 + far));
    expect(unary(Op.tanh, x)).toEqual([Math.tanh(x), slope]);
    expect(unary(Op.tanh, -x)).toEqual([-Math.tanh(x), slope]);
  }
  expect(unary(Op.sigmoid, 0)).toEqual([0.5, 0.25]);
});

test("a result that is not a number has no slope, whatever the operation", () => {
  for (const op of [Op.neg, Op.pow, Op.relu, Op.tanh, Op.exp, Op.log, Op.sigmoid]) {
    expect(unary(op, nan, 2)).toEqual([nan, nan]);
  }
});

describe("two operands: [id, rows, result, gradients of the leaves]", () => {
  const both = (op: number, a: number, b: number): Row[] => [leaf(a), leaf(b), { op, of: [0, 1] }];
  const over = (a: number, b: number): Row[] => [
    leaf(a),
    leaf(b),
    { op: Op.pow, of: [1], number: -1 },
    { op: Op.mul, of: [0, 2] },
  ];
  const twice = (op: number): Row[] => [leaf(3), { op, of: [0, 0] }];
  const cases: [string, Row[], number, number[]][] = [
    ["N020", over(1, 0), inf, [inf, -inf]],
    ["N022", over(0, 0), nan, [inf, nan]],
    ["N026", both(Op.mul, 1e200, 1e200), inf, [1e200, 1e200]],
    ["N027", both(Op.add, 1e308, 1e308), inf, [1, 1]],
    ["N031", both(Op.sub, inf, inf), nan, [1, -1]],
    ["N065", both(Op.mul, 3, nan), nan, [nan, 3]],
    ["N070", twice(Op.add), 6, [2]],
    ["N071", twice(Op.mul), 9, [6]],
  ];
  test.each(cases)("%s", (_, rows, result, gradients) => {
    const run = replay(tapeOf(...rows));
    expect(run.data.at(-1)).toBe(result);
    expect([...run.gradients.slice(0, gradients.length)]).toEqual(gradients);
  });
});

test("N073: fifty doublings", () => {
  const rows: Row[] = [leaf(1)];
  for (let i = 0; i < 50; i++) rows.push({ op: Op.add, of: [i, i] });
  const run = replay(tapeOf(...rows));
  expect([run.data[50], run.gradients[0]]).toEqual([2 ** 50, 2 ** 50]);
});

test("the first contribution keeps the sign of its zero", () => {
  const run = replay(
    tapeOf(leaf(-0), leaf(5), { op: Op.mul, of: [0, 1] }, { op: Op.neg, of: [2] }),
  );
  expect(run.gradients[1]).toBe(0);
  expect(run.gradients[0]).toBe(-5);
  const other = replay(
    tapeOf(leaf(0), leaf(5), { op: Op.mul, of: [0, 1] }, { op: Op.neg, of: [2] }),
  );
  expect(other.gradients[1]).toBe(-0);
});

test("gradients agree with finite differences for every operation", () => {
  const rows: Row[] = [
    leaf(0.7),
    leaf(-1.3),
    { op: Op.mul, of: [0, 1] },
    { op: Op.tanh, of: [2] },
    { op: Op.exp, of: [3] },
    { op: Op.sigmoid, of: [4] },
    { op: Op.log, of: [5] },
    { op: Op.sub, of: [6, 0] },
    { op: Op.pow, of: [7], number: 3 },
    { op: Op.neg, of: [8] },
    { op: Op.relu, of: [9] },
    { op: Op.pow, of: [10], number: 1.5 },
    { op: Op.add, of: [11, 1] },
  ];
  const run = createReplay(tapeOf(...rows));
  run.forward();
  run.backward();
  const analytic = [run.gradients[0]!, run.gradients[1]!];
  expect(run.data[10]).toBeGreaterThan(0);
  analytic.forEach((gradient, i) => {
    const x = run.data[i]!;
    const h = 1e-6;
    const at = (value: number) => {
      run.data[i] = value;
      run.forward();
      return run.data.at(-1)!;
    };
    const numeric = (at(x + h) - at(x - h)) / (2 * h);
    at(x);
    expect(gradient).toBeCloseTo(numeric, 6);
  });
});

test("a leaf has no local derivative, an operation of one operand has one", () => {
  const tape = tapeOf(
    leaf(2),
    { op: Op.add, of: [0, 0] },
    { op: Op.exp, of: [1] },
    { op: Op.pow, of: [2], number: 3 },
  );
  const { data } = replay(tape);
  expect(localDerivatives(tape, data, 0)).toEqual([nan, nan]);
  expect(localDerivatives(tape, data, 1)).toEqual([1, 1]);
  expect(localDerivatives(tape, data, 2)).toEqual([Math.exp(4), nan]);
  expect(localDerivatives(tape, data, 3)).toEqual([3 * (data[2]! * data[2]!), nan]);
});

test("the pass back goes as far down as is asked, and begins anew each time", () => {
  const tape = tapeOf(leaf(2), leaf(5), { op: Op.mul, of: [0, 1] }, { op: Op.neg, of: [2] });
  const run = replay(tape);
  expect([...run.gradients]).toEqual([-5, -2, -1, 1]);
  run.backward();
  expect([...run.gradients]).toEqual([-5, -2, -1, 1]);
  runBackward(tape, run.data, run.gradients, 3);
  expect([...run.gradients]).toEqual([-0, -0, -1, 1]);
  runBackward(tape, run.data, run.gradients, 2);
  expect([...run.gradients]).toEqual([-5, -2, -1, 1]);
});

test("before the pass forward the leaves alone have numbers", () => {
  const tape = tapeOf(leaf(2), { op: Op.pow, of: [0], number: 3 });
  expect([...createReplay(tape).data]).toEqual([2, 0]);
});

test("leaves that are written over stay as they are, and are read anew", () => {
  const run = createReplay(tapeOf(leaf(2), leaf(5), { op: Op.sub, of: [0, 1] }));
  expect([...run.data]).toEqual([2, 5, 0]);
  run.data[1] = 7;
  run.forward();
  expect([...run.data]).toEqual([2, 7, -5]);
});

test("local derivatives are those of both operands", () => {
  const tape = tapeOf(leaf(2), leaf(5), { op: Op.mul, of: [0, 1] }, { op: Op.sub, of: [2, 0] });
  const { data } = replay(tape);
  expect(localDerivatives(tape, data, 2)).toEqual([5, 2]);
  expect(localDerivatives(tape, data, 3)).toEqual([1, -1]);
});
