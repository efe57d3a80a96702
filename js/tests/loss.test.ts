/** The loss of a network for some examples, worked out a handful at a time. */
import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { createReplay } from "../src/replay.ts";
import { CHUNK } from "../src/training/columns.ts";
import { Loss } from "../src/training/loss.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const network = networkOf(trainingVectors[0]!);
const points = pointsOf(trainingVectors[0]!);

/** So many examples, the points over and over. */
const chosen = (count: number) =>
  Int32Array.from({ length: count }, (_, k) => k % points.ys.length);

test.each([
  [1, 1],
  [CHUNK - 1, 1],
  [CHUNK, 1],
  [CHUNK + 1, 2],
  [2 * CHUNK, 2],
])("of %i examples one may pause after each handful: %i times", (count, pauses) => {
  const work = new Loss(network).evaluate(network.initial, points, chosen(count), 0, null);
  expect([...work]).toHaveLength(pauses);
});

test("any value may be the score, also one that is used in a sum alone", () => {
  const { example: tape } = network;
  const run = createReplay(tape);
  for (const [p, place] of network.places.entries()) run.data[place] = network.initial[p]!;
  for (const [side, leaf] of network.inputs.entries()) run.data[leaf] = points.xs[side]!;
  run.data[network.minusY] = -points.label(0);
  run.forward();
  for (let score = 0; score < tape.count; score++) {
    if (tape.ops[score] === Op.leaf) continue;
    const scores = new Float64Array(1);
    const loss = new Loss({ ...network, score });
    [...loss.evaluate(network.initial, points, chosen(1), 0, null, { scores })];
    expect(scores[0]).toBe(run.data[score]);
  }
});
