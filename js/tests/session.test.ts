/** A training in the page: driven by frames, exact in both directions. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveSession, type Task } from "../src/training/live.ts";
import { packResult, readPast } from "../src/training/result.ts";
import type { Column } from "../src/training/session.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors;
const network = networkOf(vector!);
const points = pointsOf(vector!);
const ended = new AbortController();

const SETTINGS = {
  learningRate: 0.5,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1337,
} as const;

const TASK: Task = {
  network,
  points,
  share: 1,
  rates: new Float64Array(),
  settings: SETTINGS,
  aim: { steps: 30, targetLoss: null },
};

/** The page's frames, which come when a test says so. */
let frames: ((now: number) => void)[] = [];
let now = 0;

beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal("requestAnimationFrame", (frame: (now: number) => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.splice(id - 1, 1, () => {}));
});
afterEach(() => vi.unstubAllGlobals());

/** A clock that stands still lets a slice end by its work alone. */
function runFrames(most = 2000): void {
  vi.spyOn(performance, "now").mockImplementation(() => now);
  for (let i = 0; i < most && frames.length > 0; i++) {
    now += 16;
    const due = frames;
    frames = [];
    for (const frame of due) frame(now);
  }
}

const begun = (changes: Partial<Task> = {}): LiveSession =>
  new LiveSession({ ...TASK, ...changes }, () => {}, ended.signal);

function at(session: LiveSession, step: number) {
  session.seek(step);
  runFrames();
  expect(session.step).toBe(step);
  return { row: session.row, parameters: [...session.parameters] };
}

const column = (session: LiveSession, name: Column) => [...session.run.column(name)];

test("seeking ahead takes the steps, and two visits to one step are the same", () => {
  const session = begun();
  const thirty = at(session, 30);
  const before = at(session, 12);
  at(session, 11);
  expect(at(session, 12)).toEqual(before);
  expect(session.last).toBe(30);
  expect(at(session, 30)).toEqual(thirty);
});

test("on a long way to a step one is told how far it is, and may stop there", () => {
  const told: number[] = [];
  const hear = () => session.status.kind === "running" && told.push(session.last);
  const session: LiveSession = new LiveSession(TASK, hear, ended.signal);
  // A clock that goes on with every look at it: few steps to a frame.
  vi.spyOn(performance, "now").mockImplementation(() => ++now);
  const runFrame = () => {
    for (const frame of frames.splice(0)) frame(now);
  };
  session.seek(400);
  expect(session.status).toEqual({ kind: "running", goal: 400 });
  while (session.last < 210) runFrame();
  expect(session.step).toBe(0);
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThan(15);
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  const { last } = session;
  session.seek(last);
  while (frames.length > 0) runFrame();
  expect([session.step, session.last, session.status.kind]).toEqual([last, last, "completed"]);
});

test("going on from an earlier step gives what followed, to the bit", () => {
  const session = begun();
  at(session, 25);
  const loss = column(session, "loss");
  const end = [...session.parameters];
  at(session, 10);
  session.speed = "max";
  session.play();
  runFrames();
  expect(session.last).toBe(30);
  expect(column(session, "loss").slice(0, 26)).toEqual(loss);
  expect(at(session, 25).parameters).toEqual(end);
});

test("playing ends at the steps that were asked for, and goes on when played again", () => {
  const session = begun();
  session.speed = "max";
  session.play();
  expect(session.isPlaying).toBe(true);
  runFrames();
  expect([session.step, session.isPlaying, session.status.kind]).toEqual([30, false, "completed"]);
  session.play();
  runFrames();
  expect(session.step).toBe(60);
});

test("a change at an earlier step leaves the old run beside the new one", () => {
  const session = begun();
  at(session, 20);
  const old = column(session, "loss");
  at(session, 8);
  session.change({ ...SETTINGS, learningRate: 0.01 });
  expect([session.step, session.last, session.others.length]).toEqual([8, 8, 1]);
  at(session, 20);
  const [other] = session.others;
  expect([...other!.column("loss")]).toEqual(old);
  expect(column(session, "loss").slice(0, 9)).toEqual(old.slice(0, 9));
  expect(column(session, "loss")[10]).not.toBe(old[10]);
  expect(session.run.began).toBe(8);
  session.choose(session.others[0]!);
  runFrames();
  expect(session.settings).toEqual(SETTINGS);
  expect(column(session, "loss")).toEqual(old);
  expect([session.step, session.row.loss]).toEqual([20, old[20]]);
});

test("a change at the last step holds from there on, in the same run", () => {
  const session = begun();
  at(session, 5);
  session.change({ ...SETTINGS, optimizer: "adam" });
  session.change({ ...SETTINGS, optimizer: "adam", learningRate: 0.01 });
  at(session, 9);
  expect(session.others).toEqual([]);
  expect(session.run.segments.map(({ first }) => first)).toEqual([0, 5]);
  const end = at(session, 9);
  at(session, 3);
  expect(at(session, 9)).toEqual(end);
});

test("reset forgets all runs and begins with the settings that hold now", () => {
  const session = begun();
  at(session, 5);
  session.change({ ...SETTINGS, learningRate: 0.1 });
  session.reset();
  expect([session.step, session.last, session.others.length]).toEqual([0, 0, 0]);
  expect([...session.parameters]).toEqual([...network.initial]);
  expect(session.run.segments).toEqual([
    { first: 0, settings: { ...SETTINGS, learningRate: 0.1 } },
  ]);
});

test("a target that is reached ends the run there", () => {
  const free = begun();
  at(free, 30);
  const losses = column(free, "loss");
  const target = losses[7]!;
  const first = losses.findIndex((loss) => loss <= target);
  const session = begun({ aim: { steps: 30, targetLoss: target } });
  session.speed = "max";
  session.play();
  runFrames();
  expect(session.status).toEqual({ kind: "target", step: first, loss: losses[first] });
});

test("a loss that stops being finite halts the run and says where it began", () => {
  const session = begun({ settings: { ...SETTINGS, learningRate: 1e200 } });
  session.speed = "max";
  session.play();
  runFrames();
  const { status } = session;
  expect(status.kind).toBe("diverged");
  expect(session.step).toBeLessThan(5);
  expect(session.isPlaying).toBe(false);
  if (status.kind === "diverged") expect(status.words).toMatch(/became|is not finite/);
  expect([...session.parameters].every(Number.isFinite)).toBe(true);
});

test("what a page tells of a run is enough to go on from, with all that followed the same", () => {
  const session = begun();
  at(session, 6);
  session.change({ ...SETTINGS, optimizer: "momentum", learningRate: 0.05 });
  at(session, 14);
  at(session, 9);
  const bytes = packResult(session, 1);
  const past = readPast(bytes, network, points, points.count);
  const other = begun();
  other.restore(past!);
  runFrames();
  expect([other.step, other.last]).toEqual([9, 14]);
  expect(column(other, "loss")).toEqual(column(session, "loss"));
  for (const step of [3, 14, 20]) expect(at(other, step)).toEqual(at(session, step));
});

test("what was trained on other points is not gone on with", () => {
  const session = begun();
  at(session, 6);
  const past = readPast(packResult(session, 1), network, points, points.count);
  const moved = begun({ points: points.moved(0, 5, 5) });
  moved.restore(past!);
  runFrames();
  expect([moved.step, moved.last]).toEqual([0, 0]);
});

test("each example's share of a gradient adds up to it", () => {
  const session = begun();
  at(session, 4);
  for (let p = 0; p < network.initial.length; p += 7) {
    const { examples, penalty } = session.shares(p);
    const sum = examples.toReversed().reduce((total, { gradient }) => total + gradient, penalty);
    expect(sum).toBeCloseTo(session.gradients[p]!, 12);
  }
});

test("the field is what the network says of single points", () => {
  const session = begun();
  const { columns, rows, left, right, bottom, top, scores } = session.field;
  for (const [c, r] of [
    [0, 0],
    [columns - 1, rows - 1],
    [5, 9],
  ] as const) {
    const x = left + (c * (right - left)) / (columns - 1);
    const y = bottom + (r * (top - bottom)) / (rows - 1);
    expect(scores[r * columns + c]).toBeCloseTo(session.predict(x, y), 5);
  }
});

test("another run's plane is seen at the step on screen, and at its end behind that", () => {
  const session = begun();
  at(session, 12);
  const atTwelve = [...session.field.scores];
  at(session, 8);
  session.change({ ...SETTINGS, learningRate: 0.01 });
  const [other] = session.others;
  expect([...session.fieldOf(other!)!.scores]).toEqual([...session.field.scores]);
  at(session, 12);
  expect([...session.fieldOf(other!)!.scores]).toEqual(atTwelve);
  expect([...session.field.scores]).not.toEqual(atTwelve);
  at(session, 20);
  expect([...session.fieldOf(other!)!.scores]).toEqual(atTwelve);
});
