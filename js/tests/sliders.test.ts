/** Where sliders stop. */
import { describe, expect, test } from "vitest";
import { FIELDS } from "../src/dashboard/fields.ts";
import { countStops, evenStops, logStops, moved, placeOf } from "../src/dashboard/stops.ts";

const rates = logStops(1e-4, 10);
const alphas = [0, ...logStops(1e-6, 1)];

test("every number that a slider gives can be typed", () => {
  for (const field of FIELDS) {
    if (field.kind !== "number") continue;
    for (const stop of field.stops) {
      expect(stop >= field.least && stop <= field.most).toBe(true);
      expect(!field.isWhole || Number.isInteger(stop)).toBe(true);
    }
  }
});

test.each([
  ["even", evenStops(0, 2, 0.01), 201],
  ["rates", rates, 101],
  ["with zero", alphas, 122],
  ["counts", countStops(2000), 56],
  ["one", countStops(1), 1],
])("%s: rising, with few digits", (_, stops, count) => {
  expect(stops.length).toBe(count);
  stops.forEach((stop, i) => {
    expect(i === 0 || stop > stops[i - 1]!).toBe(true);
    expect(Number(stop.toPrecision(3))).toBe(stop);
  });
});

test("a rate goes through every power of ten", () => {
  for (const power of [1e-4, 0.001, 0.01, 0.1, 1, 10]) expect(rates).toContain(power);
});

describe("going", () => {
  test("from a stop, from between two, and no further than the ends", () => {
    const stops = [0, 1, 2, 3, 5, 8];
    const cases: [number, number, number][] = [
      [2, 1, 3],
      [2, -1, 1],
      [2.5, 1, 3],
      [2.5, -1, 2],
      [1, 10, 8],
      [5, -10, 0],
      [8, 1, 8],
      [0, -1, 0],
      // Typed, beyond what the slider reaches.
      [100, 1, 100],
      [100, -1, 8],
    ];
    for (const [x, by, to] of cases) expect(moved(x, by, stops), `${x} by ${by}`).toBe(to);
  });

  test("the slider stands at the stop that is nearest", () => {
    const stops = [0, 1, 2, 3, 5, 8];
    const cases = [
      [-1, 0],
      [0.4, 0],
      [0.6, 1],
      [4.5, 4],
      [8, 5],
      [99, 5],
    ];
    for (const [x, place] of cases) expect(placeOf(x!, stops), `${x}`).toBe(place);
    expect(stops.map((stop) => placeOf(stop, stops))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
