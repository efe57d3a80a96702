import { describe, expect, test } from "vitest";
import { contour, type Grid } from "../src/dashboard/contour.ts";

function gridOf(columns: number, rows: number, f: (column: number, row: number) => number): Grid {
  const at = (i: number) => f(i % columns, Math.floor(i / columns));
  return { columns, rows, scores: Float32Array.from({ length: columns * rows }, (_, i) => at(i)) };
}

const places = (line: Float64Array) =>
  Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!] as const);

test("a straight edge is one line through all of the grid, where the numbers say", () => {
  const lines = contour(
    gridOf(5, 4, (column) => column - 1.25),
    0,
  );
  expect(lines).toHaveLength(1);
  const line = places(lines[0]!);
  expect(line.map(([column]) => column)).toEqual([1.25, 1.25, 1.25, 1.25]);
  expect(line.map(([, row]) => row).sort()).toEqual([0, 1, 2, 3]);
});

test("a level other than zero lies elsewhere", () => {
  const grid = gridOf(6, 3, (column) => column / 2);
  expect(places(contour(grid, 1.25)[0]!)[0]![0]).toBe(2.5);
  expect(contour(grid, 3)).toEqual([]);
});

test("a circle is closed, and as round as the grid allows", () => {
  const [radius, middle] = [7, 10];
  const lines = contour(
    gridOf(21, 21, (x, y) => radius ** 2 - (x - middle) ** 2 - (y - middle) ** 2),
    0,
  );
  expect(lines).toHaveLength(1);
  const line = places(lines[0]!);
  expect(line[0]).toEqual(line.at(-1));
  for (const [x, y] of line) {
    expect(Math.abs(Math.hypot(x - middle, y - middle) - radius)).toBeLessThan(0.05);
  }
});

test("every piece of a wild field is on exactly one line, and none jumps", () => {
  const grid = gridOf(23, 17, (x, y) => Math.sin(x * y) + Math.cos(3 * x - y));
  const { columns, rows, scores } = grid;
  let crossings = 0;
  const isAbove = (x: number, y: number) => scores[y * columns + x]! > 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (x + 1 < columns && isAbove(x, y) !== isAbove(x + 1, y)) crossings++;
      if (y + 1 < rows && isAbove(x, y) !== isAbove(x, y + 1)) crossings++;
    }
  }
  const lines = contour(grid, 0).map(places);
  const isClosed = (line: (readonly [number, number])[]) => `${line[0]}` === `${line.at(-1)}`;
  const found = lines.reduce((sum, line) => sum + line.length - (isClosed(line) ? 1 : 0), 0);
  expect(found).toBe(crossings);
  for (const line of lines) {
    for (const [n, [x, y]] of line.entries()) {
      const [lastX, lastY] = line[Math.max(0, n - 1)]!;
      expect(Math.hypot(x - lastX, y - lastY)).toBeLessThanOrEqual(Math.SQRT2);
    }
    if (isClosed(line)) continue;
    for (const [x, y] of [line[0]!, line.at(-1)!]) {
      expect(x === 0 || y === 0 || x === columns - 1 || y === rows - 1).toBe(true);
    }
  }
});

describe("a saddle", () => {
  const saddle = (a: number, b: number) => gridOf(2, 2, (x, y) => (x === y ? a : b));
  const corners = (grid: Grid) =>
    contour(grid, 0).map((line) => places(line).map(([x, y]) => `${x} ${y}`));

  test("joins the two high corners where its middle is high", () => {
    const lines = corners(saddle(3, -1));
    expect(lines).toHaveLength(2);
    // From the left to the top: around the low corner there.
    expect(lines.some((line) => line.includes("0 0.75") && line.includes("0.25 1"))).toBe(true);
  });

  test("joins the two low corners where its middle is low", () => {
    const lines = corners(saddle(1, -3));
    expect(lines).toHaveLength(2);
    expect(lines.some((line) => line.includes("0 0.25") && line.includes("0.25 0"))).toBe(true);
  });
});

test("no line where a number is missing; infinite ones do no harm", () => {
  const half = gridOf(4, 5, (x, y) => (y >= 3 ? Number.NaN : x - 1.5));
  const [line] = contour(half, 0);
  expect(places(line!).map(([, y]) => y)).toEqual([0, 1, 2]);
  const endless = gridOf(3, 3, (x) =>
    x < 1 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
  );
  expect(
    contour(endless, 0)
      .flatMap((l) => [...l])
      .every(Number.isFinite),
  ).toBe(true);
});

test("a flat field has no line, not even one that is zero", () => {
  expect(
    contour(
      gridOf(9, 9, () => 0),
      0,
    ),
  ).toEqual([]);
});
