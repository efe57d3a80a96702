/** The page trains as Python does: to the last bit, but for tanh. */
import { expect, test } from "vitest";
import { Descent } from "../src/training/descent.ts";
import { atOnce } from "../src/training/loss.ts";
import { Stream } from "../src/training/random.ts";
import {
  networkOf,
  pointsOf,
  streamVectors,
  type TrainingVector,
  trainingVectors,
} from "./trainings.ts";

/** `Math.tanh` and C's differ in the last place now and then; it stays at about that. */
const CLOSE = 1e-13;

function train({ settings, rows, ...vector }: TrainingVector) {
  const own = { ...vector, settings, rows };
  const descent = new Descent(networkOf(own), pointsOf(own), 1, new Float64Array());
  const wanted = {
    learningRate: settings.learning_rate,
    schedule: "constant",
    alpha: settings.alpha,
    batchSize: settings.batch_size,
    optimizer: settings.optimizer,
    batchSeed: settings.seed,
  } as const;
  let state = descent.start(wanted);
  return rows.map(() => {
    const measured = atOnce(descent.measure(state, wanted));
    state = measured.next!;
    return measured;
  });
}

const title = ({ settings }: TrainingVector) =>
  `${settings.activation} ${settings.optimizer} ${settings.batch_size}`;

test.each(trainingVectors.map((vector) => [title(vector), vector] as const))(
  "%s: every row, the gradients and the parameters",
  (_, vector) => {
    const measured = train(vector);
    const last = measured.at(-1)!;
    const found = [
      ...measured.flatMap(({ row }) => [row.loss, row.dataLoss, row.regLoss, row.accuracy]),
      ...last.gradients,
      ...last.next!.parameters,
    ];
    const expected = [
      ...vector.rows.flatMap((row) => [row.loss, row.data_loss, row.reg_loss, row.accuracy]),
      ...vector.gradients,
      ...vector.parameters,
    ];
    if (vector.settings.activation === "relu") expect(found).toEqual(expected);
    else {
      const worst = found.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i]!)), 0);
      expect(worst).toBeLessThan(CLOSE);
    }
  },
);

test.each(streamVectors)("the stream of seed $seed", ({ seed, uniform, shuffled }) => {
  const [a, b, c] = seed.map(BigInt) as [bigint, bigint, bigint];
  const stream = new Stream([a, b, c]);
  expect(uniform.map(() => stream.uniform())).toEqual(uniform);
  expect([...new Stream([a, b, c]).shuffled(shuffled.length)]).toEqual(shuffled);
});
