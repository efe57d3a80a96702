import { expect, test } from "vitest";
import { linearScale, logScale, roundNumbers, stepScale } from "../src/dashboard/scales.ts";

test("ticks are round numbers, written as such", () => {
  expect(roundNumbers(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(roundNumbers(0, 0.85, 4)).toEqual([0, 0.5]);
  expect(roundNumbers(0, 0.7, 5)).toEqual([0, 0.2, 0.4, 0.6]);
  expect(roundNumbers(0, 0.0031, 4)).toEqual([0, 0.001, 0.002, 0.003]);
  expect(roundNumbers(-3, 4, 5)).toEqual([-2, 0, 2, 4]);
  expect(roundNumbers(0, 10_000, 5)).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
});

test("there is none between bounds that are the same, or none", () => {
  expect(roundNumbers(1, 1, 4)).toEqual([]);
  expect(roundNumbers(0, Number.NaN, 4)).toEqual([]);
});

test("an axis goes from 0 to 1", () => {
  const scale = linearScale(2, 6, 3);
  expect([2, 3, 6].map(scale.at)).toEqual([0, 0.25, 1]);
});

test("steps are whole, and there is room for one at least", () => {
  expect(stepScale(0, 6).ticks).toEqual([0, 1]);
  expect(stepScale(3, 6).ticks).toEqual([0, 1, 2, 3]);
  expect(stepScale(100, 5).ticks).toEqual([0, 20, 40, 60, 80, 100]);
});

test("a logarithmic axis has powers of ten", () => {
  const scale = logScale(1e-4, 1, 6);
  expect(scale.ticks).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1]);
  expect(scale.at(1e-2)).toBeCloseTo(0.5, 12);
  expect(scale.at(1e-4)).toBeGreaterThan(0);
  expect(scale.at(1)).toBeLessThan(1);
});

test("over many decades only some of them are written", () => {
  const { ticks } = logScale(1e-9, 1e300, 5);
  expect(ticks.length).toBeLessThanOrEqual(5);
  expect(ticks.every((x) => Number.isInteger(Math.log10(x)))).toBe(true);
});

test("within a decade there are numbers between", () => {
  expect(logScale(0.11, 0.9, 5).ticks).toEqual([0.1, 0.2, 0.5, 1]);
  expect(logScale(0.31, 0.34, 4).ticks.length).toBeGreaterThan(1);
});

test("what has no logarithm has no place", () => {
  const { at } = logScale(0.1, 1, 4);
  expect(Number.isFinite(at(0))).toBe(false);
  expect(Number.isFinite(at(-1))).toBe(false);
});
