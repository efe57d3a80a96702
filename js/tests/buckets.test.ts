import { expect, test } from "vitest";
import { traceOf } from "../src/dashboard/buckets.ts";

const same = (x: number) => x;
const pairs = (points: Float64Array) =>
  Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]]);

test("few steps are all there", () => {
  const points = traceOf(Float64Array.of(3, 1, 2), 10, same, (y) => 10 * y);
  expect(pairs(points)).toEqual([
    [0, 30],
    [1, 10],
    [2, 20],
  ]);
});

test("many steps are no more than two for each pixel, in their order", () => {
  const numbers = Float64Array.from({ length: 10_000 }, (_, k) => Math.sin(k / 7) + k / 1000);
  const steps = pairs(traceOf(numbers, 300, same, same)).map(([x]) => x!);
  expect(steps.length).toBeLessThanOrEqual(601);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(9999);
});

test("no peak is lost", () => {
  const numbers = new Float64Array(10_000).fill(1);
  numbers[4321] = 50;
  numbers[8765] = -50;
  const drawn = pairs(traceOf(numbers, 200, same, same));
  expect(drawn).toContainEqual([4321, 50]);
  expect(drawn).toContainEqual([8765, -50]);
});

test("numbers that are not finite hide no others, and lift the pen where they are alone", () => {
  const numbers = new Float64Array(1000).fill(2);
  numbers[100] = Number.POSITIVE_INFINITY;
  numbers.fill(Number.NaN, 500, 600);
  const drawn = pairs(traceOf(numbers, 100, same, same));
  const at = (step: number) => drawn.filter(([x]) => Math.floor(x! / 10) === Math.floor(step / 10));
  expect(at(100).every(([, y]) => y === 2)).toBe(true);
  expect(at(550).every(([, y]) => Number.isNaN(y))).toBe(true);
});

test("what lies below the axis takes the place of nothing that is on it", () => {
  const numbers = Float64Array.from({ length: 1000 }, (_, k) => k % 3);
  const drawn = pairs(traceOf(numbers, 50, same, same, 0));
  expect(drawn.slice(0, -1).every(([, y]) => y === 1 || y === 2)).toBe(true);
});

test("there may be no step at all", () => {
  expect(traceOf(new Float64Array(), 100, same, same).length).toBe(0);
});
