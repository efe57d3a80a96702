/** One step of training: which examples, at which rate, and what of the test. */
import { expect, test } from "vitest";
import { Descent, type Measured, trainedOf } from "../src/training/descent.ts";
import { atOnce } from "../src/training/loss.ts";
import type { Settings } from "../src/training/settings.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors;
const SETTINGS: Settings = {
  learningRate: 0.5,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1337,
};

const descentOf = (share: number, rates: readonly number[] = []) =>
  new Descent(networkOf(vector!), pointsOf(vector!), share, Float64Array.from(rates));

function first(descent: Descent, settings: Partial<Settings> = {}): Measured {
  const wanted = { ...SETTINGS, ...settings };
  return atOnce(descent.measure(descent.start(wanted), wanted));
}

test("the first points are trained on, at least one and at most all", () => {
  expect([0, 0.04, 0.25, 0.5, 1, 2].map((share) => trainedOf(10, share))).toEqual([
    1, 1, 3, 5, 10, 10,
  ]);
});

test("a batch is all that is trained on, or so many of it", () => {
  const descent = descentOf(0.5);
  const { trained } = descent;
  const all = [...Array(trained).keys()];
  for (const batchSize of [null, trained, trained + 1])
    expect([...descent.batch(3, { ...SETTINGS, batchSize })]).toEqual(all);
  const some = [...descent.batch(3, { ...SETTINGS, batchSize: trained - 1 })];
  expect(new Set(some).size).toBe(trained - 1);
  expect(Math.max(...some)).toBeLessThan(trained);
  expect(some).not.toEqual(all.slice(0, -1));
});

test("a schedule has a rate for every step, the last one for ever", () => {
  const scheduled = { ...SETTINGS, schedule: "demo" as const };
  const descent = descentOf(1, [0.9, 0.8, 0.7]);
  expect([0, 1, 2, 3, 99].map((step) => descent.rate(step, scheduled))).toEqual([
    0.9, 0.8, 0.7, 0.7, 0.7,
  ]);
  expect(descent.rate(1, SETTINGS)).toBe(0.5);
  expect(descentOf(1).rate(1, scheduled)).toBe(0.5);
});

test("what is kept for a test is measured with every row, and nothing is where there is none", () => {
  const { row } = first(descentOf(1));
  expect([row.testLoss, row.testAccuracy]).toEqual([Number.NaN, Number.NaN]);
  const half = descentOf(0.5);
  const { row: tested, gradients } = first(half);
  const rest = Int32Array.from(half.points.ys.keys()).subarray(half.trained);
  const { initial } = half.network;
  const alone = atOnce(half.loss.evaluate(initial, half.points, rest, SETTINGS.alpha, null));
  expect([tested.testLoss, tested.testAccuracy]).toEqual([alone.loss, alone.accuracy]);
  expect(tested.testLoss).not.toBe(tested.loss);
  expect(gradients.some((x) => x !== 0)).toBe(true);
});

test("an update is the way to the next parameters, and leaves the state as it was", () => {
  const descent = descentOf(1);
  const before = descent.network.initial.slice();
  const { state, next, updates, gradients } = first(descent, { optimizer: "momentum" });
  expect(state.parameters).toEqual(before);
  expect(state.memory.every((x) => x === 0)).toBe(true);
  expect(next!.step).toBe(1);
  expect(next!.memory).not.toEqual(state.memory);
  expect([...updates]).toEqual([...next!.parameters].map((x, p) => x - before[p]!));
  expect([...updates].map((x) => -x / 0.5).map((x) => x.toFixed(9))).toEqual(
    [...gradients].map((x) => x.toFixed(9)),
  );
});

test("where a number is not finite there is no going on", () => {
  expect(first(descentOf(1)).next).not.toBeNull();
  expect(first(descentOf(1), { alpha: Number.POSITIVE_INFINITY }).next).toBeNull();
  // The loss is finite, the parameters after it are not.
  expect(first(descentOf(1), { learningRate: Number.MAX_VALUE, alpha: 1e9 }).next).toBeNull();
});
