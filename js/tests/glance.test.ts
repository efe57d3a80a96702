// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { makeGlance } from "../src/dashboard/glance.ts";
import { FakeRun, FakeSession } from "./sessions.ts";
import { StandingPart } from "./standing.ts";

let session: FakeSession;
let part: StandingPart;

beforeEach(() => {
  session = new FakeSession(new FakeRun("run 1", 60), 37);
});

test("one sees step, loss, accuracy, parameters, speed and run", () => {
  session.run.columns.loss[37] = 0.5;
  session.run.columns.accuracy[37] = 0.95;
  part = new StandingPart(makeGlance, session);
  expect(part.facts).toEqual({
    step: "37 of 100",
    loss: "0.5000",
    accuracy: "95.0 %",
    parameters: "337",
    speed: "paused",
    run: "run 1",
  });
});

test("the test has its numbers where there is one, and speed while it plays", () => {
  session = new FakeSession(new FakeRun("run 2", 200, { hasTest: true }));
  session.isPlaying = true;
  session.rate = 61.4;
  part = new StandingPart(makeGlance, session);
  expect(part.facts).toMatchObject({ step: "200 of 200", speed: "61 steps/s", run: "run 2" });
  expect(Object.keys(part.facts)).toEqual(expect.arrayContaining(["test loss", "test accuracy"]));
});

test("a number that is none is said to be none", () => {
  session.run.columns.loss[37] = Number.NaN;
  part = new StandingPart(makeGlance, session);
  expect(part.facts.loss).toBe("not finite");
});
