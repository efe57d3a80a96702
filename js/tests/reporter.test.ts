/** What the model is told of a training in the page. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Reporter } from "../src/dashboard/reporter.ts";
import { Traits } from "../src/diagram/traits.ts";
import { LiveSession } from "../src/training/live.ts";
import { FakeModel } from "./model.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors;
const { signal } = new AbortController();

let frames: ((now: number) => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (frame: (now: number) => void) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function runFrame(): void {
  const due = frames;
  frames = [];
  for (const frame of due) frame(performance.now());
}

test("a step on the way to the one that was asked for is not told, however long that takes", () => {
  const reporter = new Reporter();
  const traits = new Traits(new FakeModel({ step: 0, playing: false }), ["step"], () => {}, signal);
  const session: LiveSession = new LiveSession(
    {
      network: networkOf(vector!),
      points: pointsOf(vector!),
      share: 1,
      rates: new Float64Array(),
      settings: {
        ...{ learningRate: 0.5, schedule: "constant", alpha: 1e-4, batchSize: null },
        ...{ optimizer: "sgd", batchSeed: 1337 },
      },
      aim: { steps: 30, targetLoss: null },
    },
    () => reporter.follow(session, traits),
    signal,
  );
  traits.set("step", 37);
  session.seek(37);
  reporter.follow(session, traits);
  vi.advanceTimersByTime(1000); // a busy page: no frame comes for a second
  expect(session.step).toBe(0);
  expect(traits.get("step")).toBe(37);
  while (session.isUnderWay) runFrame();
  vi.advanceTimersByTime(1000);
  expect(traits.get("step")).toBe(37);
  expect(traits.get("result")).toBeInstanceOf(DataView);
});
