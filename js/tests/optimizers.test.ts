/** The same updates as in Python, to the last bit; and a whole training. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyMemory, type Optimizer, update } from "../src/optimizers.ts";
import { createReplay } from "../src/replay.ts";
import { decodeTape } from "../src/tape.ts";
import { type Encoded, numbers } from "./numbers.ts";

interface Update {
  optimizer: Optimizer;
  numbers: number[];
  gradients: Encoded[][];
  learning_rates: number[];
  after: { numbers: Encoded[]; memory: Encoded[] }[];
}

interface Run {
  steps: number;
  params: number[];
  final_params: number[];
  history: { loss: number; learning_rate: number }[];
}

const data = join(import.meta.dirname, "../../tests/data");
const read = (name: string) => JSON.parse(readFileSync(join(data, name), "utf8"));
const { updates, training } = read("optimizer_vectors.json") as {
  updates: Update[];
  training: { reference: string; tape: string; parameters: number[] };
};

test.each(updates)("$optimizer gives Python's numbers and memory", (vector) => {
  const p = Float64Array.from(vector.numbers);
  const memory = emptyMemory(vector.optimizer, p.length);
  vector.after.forEach((after, step) => {
    const gradients = Float64Array.from(numbers(vector.gradients[step]!));
    update(vector.optimizer, p, gradients, vector.learning_rates[step]!, memory);
    expect([...p]).toEqual(numbers(after.numbers));
    expect([...memory]).toEqual(numbers(after.memory));
  });
});

test("training on the tape of the loss is the reference run, to the last bit", () => {
  const run = read(`reference/${training.reference}`) as Run;
  const tape = decodeTape(Uint8Array.from(Buffer.from(training.tape, "base64")));
  const replay = createReplay(tape);
  const p = Float64Array.from(run.params);
  const gradients = new Float64Array(p.length);
  const memory = emptyMemory("sgd", p.length);
  for (const row of run.history) {
    training.parameters.forEach((leaf, i) => {
      replay.data[leaf] = p[i]!;
    });
    replay.forward();
    replay.backward();
    expect(replay.data.at(-1)).toBe(row.loss);
    training.parameters.forEach((leaf, i) => {
      gradients[i] = replay.gradients[leaf]!;
    });
    update("sgd", p, gradients, row.learning_rate, memory);
  }
  expect(run.history).toHaveLength(run.steps);
  expect([...p]).toEqual(run.final_params);
});
