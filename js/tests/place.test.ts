import { expect, test } from "vitest";
import { around, bestSpot, grown, joined, overlap } from "../src/diagram/place.ts";

const at = (x: number, y: number) => around({ x, y }, 10, 10);

test("a note goes where it covers least, and else where one looks for it", () => {
  const spots = [0, 20, 40].map((x, n) => ({ area: at(x, 0), cost: n, note: x }));
  expect(bestSpot(spots, [])?.note).toBe(0);
  expect(bestSpot(spots, [{ area: at(0, 0), weight: 1 }])?.note).toBe(20);
  const everywhere = [{ area: around({ x: 20, y: 0 }, 60, 10), weight: 1 }];
  expect(bestSpot(spots, everywhere)?.note).toBe(0);
  expect(bestSpot(spots, everywhere, 50)).toBeNull();
  expect(bestSpot([], [])).toBeNull();
});

test("areas overlap, grow and join", () => {
  expect(overlap(at(0, 0), at(5, 5))).toBe(25);
  expect(overlap(at(0, 0), at(10, 0))).toBe(0);
  expect(grown(at(0, 0), 2)).toEqual({ x: -7, y: -7, width: 14, height: 14 });
  expect(joined([at(0, 0), at(20, 5)])).toEqual({ x: -5, y: -5, width: 30, height: 15 });
});
