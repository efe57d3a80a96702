// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { type Axis, drawChart } from "../src/dashboard/chart.ts";
import { curvesSvg } from "../src/dashboard/curvessvg.ts";
import { type Ink, inksOf, type Shape } from "../src/dashboard/shapes.ts";
import { contrast } from "./seeing.ts";
import { FakeRun, FakeSession, SETTINGS } from "./sessions.ts";

const VIEW = { width: 600, height: 280, axis: "linear" as Axis, cursor: null, steps: 100 };

const flat = (shapes: readonly Shape[]): Shape[] =>
  shapes.flatMap((shape) => (shape.kind === "within" ? flat(shape.shapes) : [shape]));
const draw = (session: FakeSession, view: Partial<typeof VIEW> & { cursor?: number | null } = {}) =>
  drawChart(session.asSession, { ...VIEW, ...view });
const wordsOf = (session: FakeSession, view = {}) =>
  flat(draw(session, view).shapes).flatMap((shape) => (shape.kind === "text" ? [shape.words] : []));
const linesIn = (session: FakeSession, ink: Ink, view = {}) =>
  flat(draw(session, view).shapes).filter(
    (shape) => shape.kind === "line" && shape.stroke.ink === ink && shape.points.length > 4,
  );

function compared(): FakeSession {
  const session = new FakeSession(new FakeRun("run 3", 90, { hasTest: true }), 60);
  session.others = [new FakeRun("run 1", 100), new FakeRun("run 2", 80)];
  session.others[1]!.began = 37;
  session.run.segments = [
    ...session.run.segments,
    { first: 20, settings: { ...SETTINGS, learningRate: 0.5 } },
  ];
  return session;
}

test("the axis of steps goes as far as it is known to go", () => {
  const session = new FakeSession(new FakeRun("run 1", 40));
  expect(wordsOf(session)).toContain("100");
  expect(wordsOf(session, { steps: 0 })).not.toContain("100");
  session.others = [new FakeRun("run 2", 1000)];
  expect(wordsOf(session)).toContain("1,000");
});

test("the number of the last step stays whole at the edge", () => {
  const session = new FakeSession(new FakeRun("run 1", 40));
  const texts = flat(draw(session, { steps: 100_000 }).shapes).filter((one) => one.kind === "text");
  const xOf = (words: string) => texts.find((one) => one.words === words)!.x;
  expect(xOf("100,000") + 3.6 * "100,000".length).toBeLessThanOrEqual(VIEW.width);
  expect(xOf("100,000")).toBeGreaterThan(VIEW.width - 30);
  expect(xOf("20,000")).toBeCloseTo(52.5 + 536 / 5, 0);
});

test("a pointer finds the step below it, and none that has not been taken", () => {
  const chart = draw(new FakeSession(new FakeRun("run 1", 40)));
  expect([52, 588, 52 + 536 * 0.2, 0, 9999].map(chart.stepAt)).toEqual([0, 40, 20, 0, 40]);
});

test("loss and accuracy have a line each, and those of the test where there is one", () => {
  const session = new FakeSession(new FakeRun("run 1", 40));
  expect(
    ["total", "data", "penalty", "test"].map((ink) => linesIn(session, ink as Ink).length),
  ).toEqual([2, 1, 1, 0]);
  expect(linesIn(compared(), "test").length).toBe(2);
});

test("no two lines of a panel differ by colour alone", () => {
  const lines = flat(draw(compared()).shapes).filter((shape) => shape.kind === "line");
  const styles = ["total", "data", "penalty", "test", "ghost"].map((ink) => {
    const { stroke } = lines.find((line) => line.stroke.ink === ink && line.points.length > 4)!;
    return `${stroke.dash} ${stroke.width}`;
  });
  expect(new Set(styles).size).toBe(5);
});

test("other runs are thin, and have their names at their ends", () => {
  expect(linesIn(compared(), "ghost").length).toBe(4);
  expect(wordsOf(compared())).toEqual(expect.arrayContaining(["run 1", "run 2"]));
});

test("names at the same height stand above each other, and all of them in the chart", () => {
  const session = compared();
  session.others = [1, 2, 3, 4].map((k) => new FakeRun(`run ${k}`, 100));
  const ys = flat(draw(session).shapes).flatMap((shape) =>
    shape.kind === "text" && shape.words.startsWith("run ") ? [shape.y] : [],
  );
  const gaps = ys.slice(1).map((y, k) => ys[k]! - y);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12);
  expect(Math.max(...ys)).toBeLessThan(0.68 * VIEW.height);
});

test("turns have their letters above the curves", () => {
  expect(wordsOf(compared())).toContain("A");
});

test("the number of the step on screen is whole, also at the right edge", () => {
  const session = new FakeSession(new FakeRun("run 1", 10_000));
  const shape = flat(draw(session).shapes).findLast(
    (one) => one.kind === "text" && one.words === "10,000",
  ) as Extract<Shape, { kind: "text" }>;
  expect(shape.x + 3.5 * "10,000".length).toBeLessThanOrEqual(VIEW.width);
});

describe.each(["linear", "log"] as const)("on a %s axis", (axis) => {
  test("no number is written that is none", () => {
    const session = compared();
    session.run.columns.loss[90] = Number.POSITIVE_INFINITY;
    session.run.columns.dataLoss.fill(Number.NaN, 50);
    session.run.columns.regLoss.fill(0);
    session.others[0]!.columns.loss.fill(Number.NaN);
    session.step = 90;
    expect(wordsOf(session, { axis }).join()).not.toMatch(/nan|inf/i);
    const svg = curvesSvg(session.asSession, VIEW, "light", axis);
    expect(svg).not.toMatch(/nan|infinity/i);
  });

  test("a run without any finite number still has a chart", () => {
    const run = new FakeRun("run 1", 3);
    run.columns.loss.fill(Number.NaN);
    run.columns.dataLoss.fill(Number.NaN);
    run.columns.regLoss.fill(Number.POSITIVE_INFINITY);
    expect(wordsOf(new FakeSession(run), { axis }).join()).not.toMatch(/nan|inf/i);
  });

  test("of ten thousand steps no more is drawn than can be seen", () => {
    const session = new FakeSession(new FakeRun("run 1", 10_000, { rate: 0.0003 }));
    for (const line of linesIn(session, "total", { axis })) {
      expect((line as Extract<Shape, { kind: "line" }>).points.length).toBeLessThan(4 * 600);
    }
  });
});

describe("as a file", () => {
  const parsed = (session: FakeSession, theme: "light" | "dark" = "light") =>
    new DOMParser().parseFromString(curvesSvg(session.asSession, VIEW, theme), "image/svg+xml")
      .documentElement;

  test("it has a background, a title, a legend, and says what was changed", () => {
    const root = parsed(compared());
    expect(root.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
    expect(root.querySelector("rect")!.getAttribute("fill")).toBe("#ffffff");
    expect(parsed(compared(), "dark").querySelector("rect")!.getAttribute("fill")).toBe("#16191d");
    const words = [...root.querySelectorAll("text")].map(({ textContent }) => textContent);
    expect(words).toEqual(
      expect.arrayContaining([
        "total loss",
        "test loss",
        "run 1",
        "A  Step 20: learning rate 1 → 0.5",
      ]),
    );
    expect(root.querySelector("title")!.textContent).toBe("Loss and accuracy by training step");
  });

  test("names are text, never markup", () => {
    const session = compared();
    session.others = [new FakeRun("<script>alert(1)</script>", 10)];
    expect(parsed(session).querySelector("script")).toBeNull();
  });
});

describe.each(["light", "dark"] as const)("in a %s theme", (theme) => {
  const inks = inksOf(theme);

  test.each(["text", "soft", "warn", "now"] as const)("%s can be read", (ink) => {
    expect(contrast(inks[ink], inks.paper)).toBeGreaterThan(4.5);
  });

  test.each(["total", "data", "penalty", "test", "ghost", "frame"] as const)(
    "%s is seen",
    (ink) => {
      expect(contrast(inks[ink], inks.paper)).toBeGreaterThan(3);
    },
  );
});
