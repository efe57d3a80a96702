/** What of a training is taken away: the rows that were taken, and the recipe that made them. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recipeOf, tableOf } from "../src/dashboard/taking.ts";
import { Traits } from "../src/diagram/traits.ts";
import { LiveSession, type Task } from "../src/training/live.ts";
import { scriptOf } from "../src/training/script.ts";
import type { Session } from "../src/training/session.ts";
import { FakeModel } from "./model.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors;
const ended = new AbortController();
const points = pointsOf(vector!);

const SETTINGS = {
  learningRate: 0.5,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "momentum",
  batchSeed: 1337,
} as const;

const TASK: Task = {
  network: networkOf(vector!),
  points,
  share: 1,
  rates: new Float64Array(),
  settings: SETTINGS,
  aim: { steps: 30, targetLoss: null },
};

let frames: (() => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", () => {});
});
afterEach(() => vi.unstubAllGlobals());

function at(session: LiveSession, step: number): void {
  session.seek(step);
  while (session.step !== step && frames.length > 0) frames.shift()!();
  expect(session.step).toBe(step);
}

const begun = (changes: Partial<Task> = {}) =>
  new LiveSession({ ...TASK, ...changes }, () => {}, ended.signal);

const traits = (told: Record<string, unknown> = {}) =>
  new Traits(new FakeModel({ steps: 30, ...told }), [], () => {}, ended.signal);

const scriptFor = (session: Session, told = {}) => scriptOf(recipeOf(session, traits(told))!);

test("rows are the steps that were taken, wherever on them one looks", () => {
  const session = begun();
  at(session, 9);
  at(session, 4);
  const { names, rows } = tableOf(session);
  expect(names).toEqual(["step", "loss", "data_loss", "reg_loss", "accuracy", "learning_rate"]);
  expect(rows.map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(rows[4]![1]).toBe(session.row.loss);
});

test("points kept apart have columns of their own", () => {
  const session = begun({ share: 0.5 });
  at(session, 2);
  const { names, rows } = tableOf(session);
  expect(names.slice(-2)).toEqual(["test_loss", "test_accuracy"]);
  expect(rows.flat().every(Number.isFinite)).toBe(true);
});

test("a step from which there is no going on has a row", () => {
  const session = begun({ settings: { ...SETTINGS, learningRate: 1e200 } });
  session.seek(5);
  while (frames.length > 0) frames.shift()!();
  const { taken } = session.run;
  expect(session.status.kind).toBe("diverged");
  expect(tableOf(session).rows.length).toBe(taken + 1);
  expect(recipeOf(session, traits())!.steps).toBe(taken + 1);
});

test("the script takes the steps that were taken, with what held at each", () => {
  const session = begun();
  at(session, 6);
  session.change({ ...SETTINGS, learningRate: 0.125, batchSize: 7 });
  at(session, 10);
  const script = scriptFor(session);
  const calls = script.split("for step in steps(").slice(1);
  expect(calls.map((call) => call.match(/steps=\d+|learning_rate=[\d.]+|batch_size=\w+/g))).toEqual(
    [
      ["steps=6", "learning_rate=0.5", "batch_size=None"],
      ["steps=4", "learning_rate=0.125", "batch_size=7"],
    ],
  );
  expect(calls[1]).toMatch(/^\s*step,/);
});

test("points that somebody moved are written out", () => {
  const session = begun({ points: points.moved(0, 0.1, -2) });
  expect(scriptFor(session)).toContain("points = Dataset(\n    [\n        (0.1, -2.0), ");
});

test("what has not begun is written down as it will be", () => {
  const session = begun({ settings: { ...SETTINGS, schedule: "own" } });
  const rates = new DataView(Float64Array.of(0.5, 0.25).buffer);
  const script = scriptFor(session, { steps: 4, rates });
  expect(script).toContain("steps=4,\n    learning_rate=rates.__getitem__,");
  expect(script).toContain("rates = [\n    0.5, 0.25, 0.25, 0.25,\n]");
  expect(tableOf(session).rows).toEqual([]);
});
