/** What the decision boundary is painted with: colours, marks, ticks, words. */
// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { boundarySvg } from "../src/dashboard/boundarysvg.ts";
import { FieldColours } from "../src/dashboard/fieldcolours.ts";
import { Plane, ticks } from "../src/dashboard/plane.ts";
import { classOf, INKS, Kind, kindsOf, markOf, tally } from "../src/dashboard/pointmarks.ts";
import { pointText, summaryText, verdictText } from "../src/dashboard/pointwords.ts";
import { rampAt } from "../src/diagram/colours.ts";
import { LiveSession } from "../src/training/live.ts";
import { Points, readPoints } from "../src/training/points.ts";
import type { Session } from "../src/training/session.ts";
import { contrast } from "./seeing.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const own = { dataset: "own", noise: 0, dataSeed: null } as const;
const pointsAt = (xs: number[], ys: number[]) =>
  new Points(Float64Array.from(xs), Float64Array.from(ys), own);

function sessionOf(points: Points, share = 1, batchSize: number | null = null): Session {
  return new LiveSession(
    {
      network: networkOf(trainingVectors[0]!),
      points,
      share,
      rates: new Float64Array(),
      settings: {
        learningRate: 0.5,
        schedule: "constant",
        alpha: 1e-4,
        batchSize,
        optimizer: "sgd",
        batchSeed: 1,
      },
      aim: { steps: 10, targetLoss: null },
    },
    () => {},
    new AbortController().signal,
  );
}

/** One whose scores a test chooses. */
const scored = (points: Points, scores: number[], field: number[], trained = points.count) =>
  ({
    points,
    trained,
    scores: Float64Array.from(scores),
    losses: Float64Array.from(scores, (score, i) => Math.max(0, 1 - score * points.label(i))),
    batch: Int32Array.of(0),
    field: { scores: Float32Array.from(field) },
  }) as unknown as Session;

describe.each(["light", "dark"] as const)("%s", (theme) => {
  const inks = INKS[theme];

  test("lines are seen on every colour of the field", () => {
    for (let t = -1; t <= 1; t += 0.05) {
      const paper = `rgb(${rampAt(t, theme).join(", ")})`;
      expect(contrast(inks.ink, paper)).toBeGreaterThan(4.5);
    }
  });

  test("points are seen on their rim, and differ from what a hollow one is filled with", () => {
    for (const ink of [inks.positive, inks.negative, inks.ink]) {
      expect(contrast(ink, inks.paper)).toBeGreaterThan(3);
    }
  });

  test("the field is painted from its upper row on; where there is no number there is no colour", () => {
    const pixels = new Uint8ClampedArray(4 * 4);
    const scores = Float32Array.of(-9, Number.NaN, 0, Number.POSITIVE_INFINITY);
    new FieldColours(theme).paint({ columns: 2, rows: 2, scores }, pixels);
    const pixel = (n: number) => [...pixels.subarray(4 * n, 4 * n + 4)];
    expect(pixel(0)).toEqual([...rampAt(0, theme), 255]);
    expect(pixel(1)).toEqual([...rampAt(1, theme), 255]);
    expect(pixel(2)).toEqual([...rampAt(-1, theme), 255]);
    expect(pixel(3)[3]).toBe(0);
  });

  test("the file has a background, its points and its words, and nothing that is no number", () => {
    const session = sessionOf(pointsOf(trainingVectors[0]!), 0.8, 5);
    const file = boundarySvg(session, { width: 640, height: 480 }, theme);
    const root = new DOMParser().parseFromString(file, "image/svg+xml").documentElement;
    expect(root.querySelector("rect")!.getAttribute("fill")).toBe(inks.paper);
    expect(root.querySelectorAll("use")).toHaveLength(session.points.count);
    expect(file).toContain("hollow: test");
    expect(file).toContain("batch of this step (5 points)");
    expect(file).not.toMatch(/NaN|undefined|var\(|currentColor/);
  });
});

test("the line of another run is in the file too, with its name", () => {
  const alone = sessionOf(pointsOf(trainingVectors[0]!));
  const field = { ...alone.field, scores: alone.field.scores.map((score) => score + 0.5) };
  const both: Session = Object.create(alone, {
    field: { value: alone.field },
    points: { value: alone.points },
    others: { value: [{ name: "run 7" }] },
    fieldOf: { value: () => field },
    ...Object.fromEntries(
      (["trained", "scores", "batch", "settings", "step"] as const).map((name) => [
        name,
        { value: alone[name] },
      ]),
    ),
  });
  const size = { width: 640, height: 480 };
  const dashed = (file: string) => file.split('stroke-dasharray="9 3 2 3"').length - 1;
  expect(dashed(boundarySvg(alone, size, "light"))).toBe(0);
  const file = boundarySvg(both, size, "light");
  expect(dashed(file)).toBe(2);
  expect(file).toContain("score 0 of run 7");
});

test("a file of two thousand points stays below 400 kB", () => {
  const xs = Array.from({ length: 4000 }, (_, i) => Math.sin(i * i));
  const ys = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const file = boundarySvg(sessionOf(pointsAt(xs, ys)), { width: 800, height: 600 }, "light");
  expect(file.length).toBeLessThan(400_000);
});

test("a score above zero is class 1, any other class −1, and nan none", () => {
  expect([1e-300, 0, -0, -2, Number.POSITIVE_INFINITY].map(classOf)).toEqual([1, -1, -1, -1, 1]);
  expect(classOf(Number.NaN)).toBeNull();
});

test("a mark tells class, share in the test, side and batch", () => {
  const points = pointsAt([0, 0, 1, 1, 2, 2], [1, -1, -1]);
  const session = scored(points, [2, 1, Number.NaN], [1], 2);
  const kinds = kindsOf(session, true);
  expect([...kinds]).toEqual([Kind.positive | Kind.batch, Kind.wrong, Kind.test | Kind.wrong]);
  expect(tally(kinds, 0, 2)).toEqual({ right: 1, all: 2 });
  expect([...kindsOf(session, false)][0]).toBe(Kind.positive);
  const looks = Array.from({ length: 16 }, (_, kind) => JSON.stringify(markOf(kind, 4, INKS.dark)));
  expect(new Set(looks).size).toBe(16);
});

test("the summary counts those on their side, and says when there is no boundary", () => {
  const points = pointsAt([0, 0, 1, 1, 2, 2], [1, -1, -1]);
  const summary = (scores: number[], field: number[], trained = 3) => {
    const session = scored(points, scores, field, trained);
    return summaryText(session, kindsOf(session, false));
  };
  expect(summary([2, 1, -1], [1, -1])).toBe("2 of 3 points on their side");
  expect(summary([2, 1, -1], [1, -1], 2)).toBe("1 of 2 points on their side; test: 1 of 1");
  expect(summary([2, 1, 3], [1, 2])).toContain("every score is above zero");
  expect(summary([0, 0, 0], [0, -1])).toContain("every score is zero or below");
  const none = Number.NaN;
  expect(summary([none, none, none], [none, none])).toBe("no score is a number");
});

test("a point is said with its number, class, place, score, loss and side", () => {
  const points = pointsAt([0.31, 0.52, 1, 1], [1, -1]);
  const session = scored(points, [1.25, 0.5], [1, -1], 1);
  const plane = new Plane({ left: -1, right: 2, bottom: -1, top: 2 });
  expect(pointText(session, plane, 0, false)).toBe(
    "Point 1 of 2, class 1, at 0.31, 0.52, score 1.25, loss 0, right",
  );
  expect(pointText(session, plane, 1, true)).toBe(
    "Point 2 of 2, class \u22121, at 1, 1, score 0.5, loss 1.5, wrong side, kept for the test",
  );
});

test("the answer to a typed point is the network's own", () => {
  const session = sessionOf(pointsOf(trainingVectors[0]!));
  const [x, y] = [session.points.x(3), session.points.y(3)];
  const words = verdictText(session, x, y);
  expect(session.predict(x, y)).toBe(session.scores[3]);
  expect(words).toContain(session.scores[3]! > 0 ? "class 1" : "class \u22121");
});

describe("ticks", () => {
  test.each([
    [-1.5, 2.5, 5, [-1, 0, 1, 2]],
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-0.11, 0.07, 4, [-0.1, -0.05, 0, 0.05]],
    [1e6, 3.1e6, 3, [1e6, 2e6, 3e6]],
  ])("between %d and %d, about %d of them", (low, high, most, wanted) => {
    expect(ticks(low, high, most)).toEqual(wanted);
  });
});

test("a place of the picture is a place of the plane, never outside, with few digits", () => {
  const plane = new Plane({ left: -1, right: 3, bottom: 0, top: 2 });
  expect(plane.placeAt(0.5, 0.25)).toEqual({ x: 1, y: 1.5 });
  expect(plane.placeAt(-3, 9)).toEqual({ x: -1, y: 0 });
  expect(plane.placeAt(1 / 3, 0)).toEqual({ x: 0.333, y: 2 });
  expect([plane.across(1), plane.down(1.5)]).toEqual([0.5, 0.25]);
});

test("points keep what their noise can be changed with when they go out and come back", () => {
  const recipe = {
    spots: Float64Array.of(1, 2),
    draws: Float64Array.of(0.5, -0.5),
    ys: Float64Array.of(1),
    stillXs: Float64Array.of(1, 2),
    stillYs: Float64Array.of(-1),
  };
  const source = { dataset: "moons", noise: 0.1, dataSeed: 7 };
  const points = new Points(Float64Array.of(1.05, 1.95), Float64Array.of(1), source, recipe);
  expect(readPoints(points.toBytes())).toEqual(points);
});
