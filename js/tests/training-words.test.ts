import { expect, test } from "vitest";
import { turnsOf } from "../src/dashboard/turns.ts";
import { changesText, differencesText } from "../src/strings/changes.ts";
import { percent, rateText, steadyNumber } from "../src/strings/figures.ts";
import { glanceText } from "../src/strings/glance.ts";
import { messagesText } from "../src/strings/messages.ts";
import { FakeRun, SETTINGS } from "./sessions.ts";

test("numbers stay as wide as they are, and say what they are not", () => {
  expect([0.5, 0.4998, 12.25].map(steadyNumber)).toEqual(["0.5000", "0.4998", "12.2500"]);
  expect([0, -0.5, 1e-5, 1e200].map(steadyNumber)).toEqual([
    "0",
    "−0.5000",
    "1.00e−5",
    "1.00e+200",
  ]);
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect([steadyNumber(x), percent(x)]).toEqual(["not finite", "not finite"]);
  }
  expect([0.5, 1, 0.975].map(percent)).toEqual(["50.0 %", "100.0 %", "97.5 %"]);
  expect([0, 9.96, 412.4, 1234].map(rateText)).toEqual([
    "0.0 steps/s",
    "10.0 steps/s",
    "412 steps/s",
    "1,234 steps/s",
  ]);
});

test("the place of a step has one width for all of them", () => {
  const lengths = [0, 9, 10, 99, 100].map((step) => glanceText.place(step, 100).length);
  expect(new Set(lengths).size).toBe(1);
});

test("what changed is told from what to what, and nothing else", () => {
  expect(changesText(SETTINGS, SETTINGS)).toBe("");
  expect(changesText(SETTINGS, { ...SETTINGS, learningRate: 0.1 })).toBe("learning rate 1 → 0.1");
  expect(changesText(SETTINGS, { ...SETTINGS, batchSize: 10, optimizer: "adam" })).toBe(
    "batch size all points → 10, optimizer SGD → Adam",
  );
  const demo = { ...SETTINGS, schedule: "demo", learningRate: 0.3 } as const;
  expect(changesText(demo, { ...demo, learningRate: 0.4 })).toBe("");
  expect(changesText(demo, SETTINGS)).toBe("learning rate the demo’s schedule → 1");
  expect(differencesText(SETTINGS, { ...SETTINGS, alpha: 0 })).toBe("L2 alpha 0.0001 instead of 0");
});

test("a run has a turn where its settings change, and one where it left another", () => {
  const run = new FakeRun("run 2", 60);
  expect(turnsOf(run)).toEqual({ turns: [], others: 0 });
  run.began = 37;
  run.segments = [
    { first: 0, settings: SETTINGS },
    { first: 20, settings: { ...SETTINGS, alpha: 0 } },
    { first: 37, settings: { ...SETTINGS, alpha: 0, learningRate: 0.1 } },
  ];
  expect(turnsOf(run).turns).toEqual([
    { step: 20, letter: "A", note: "Step 20: L2 alpha 0.0001 → 0" },
    {
      step: 37,
      letter: "B",
      note: "Step 37: run 2 begins to go its own way, learning rate 1 → 0.1",
    },
  ]);
});

test("a branch may lie between two changes, or behind them all", () => {
  const run = new FakeRun("run 2", 60);
  run.began = 30;
  run.segments = [{ first: 0, settings: SETTINGS }];
  expect(turnsOf(run).turns.map(({ step }) => step)).toEqual([30]);
  run.segments = [...run.segments, { first: 40, settings: { ...SETTINGS, alpha: 0 } }];
  expect(turnsOf(run).turns.map(({ step }) => step)).toEqual([30, 40]);
});

test("of very many changes the last ones are listed, and the others counted", () => {
  const run = new FakeRun("run 1", 100);
  run.segments = Array.from({ length: 41 }, (_, k) => ({
    first: k,
    settings: { ...SETTINGS, learningRate: 1 + k },
  }));
  const { turns, others } = turnsOf(run);
  expect([turns.length, others]).toEqual([6, 34]);
  expect(turns.at(-1)).toMatchObject({ step: 40, letter: "40" });
});

test("counts have their endings", () => {
  const said = [2, 4, 12, 32, 128].map((n) => messagesText.thinned(n).match(/every (\S+)/)![1]);
  expect(said).toEqual(["2nd", "4th", "12th", "32nd", "128th"]);
});
