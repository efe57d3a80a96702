// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { makeRuns } from "../src/dashboard/runs.ts";
import { FakeRun, FakeSession, SETTINGS } from "./sessions.ts";
import { StandingPart } from "./standing.ts";

let session: FakeSession;
let part: StandingPart;

beforeEach(() => {
  session = new FakeSession(new FakeRun("run 1", 60), 37);
});

const lines = () => [...part.element.querySelectorAll("li")].map((li) => li.textContent);

function branched(): void {
  const second = new FakeRun("run 2", 60);
  second.began = 37;
  second.segments = [
    ...second.segments,
    { first: 37, settings: { ...SETTINGS, learningRate: 0.1 } },
  ];
  for (const run of [session.run, second]) {
    run.columns.loss.fill(0.5);
    run.columns.accuracy.fill(0.9);
  }
  session.others = [session.run];
  session.run = second;
}

test("one alone is no list", () => {
  part = new StandingPart(makeRuns, session);
  expect(part.element.hidden).toBe(true);
});

test("each says where it left another one, by what, and what came of it", () => {
  branched();
  part = new StandingPart(makeRuns, session);
  expect(lines()).toEqual([
    "run 1from the startstep 60: loss 0.5000, accuracy 90.0 %on screenShowForget",
    "run 2left another run at step 37: learning rate 1 → 0.1" +
      "step 60: loss 0.5000, accuracy 90.0 %on screenShowForget",
  ]);
  const seen = [...part.element.querySelectorAll("li")].map((li) =>
    [...li.querySelectorAll<HTMLElement>("button, .mgw-runs-here")]
      .filter(({ hidden }) => !hidden)
      .map(({ textContent }) => textContent),
  );
  expect(seen).toEqual([["Show", "Forget"], ["on screen"]]);
});

test("one that began otherwise says how, beside the one on screen", () => {
  branched();
  session.run.began = 0;
  session.run.segments = [{ first: 0, settings: { ...SETTINGS, learningRate: 0.1 } }];
  part = new StandingPart(makeRuns, session);
  expect(lines()[0]).toContain("from the start, with learning rate 1 instead of 0.1");
});

test("another one is shown, and one is forgotten without losing one's place", () => {
  branched();
  part = new StandingPart(makeRuns, session);
  part.button("Show run 1 in all views").click();
  expect(session.asked).toEqual(["choose run 1"]);
  part.button("Forget run 2").click();
  expect(session.asked).toEqual(["choose run 1", "forget run 2"]);
  expect(part.desk.said).toEqual(["run 2 is forgotten."]);
  expect(part.element.hidden).toBe(true);
  expect(document.activeElement).toBe(part.desk.root);
});
