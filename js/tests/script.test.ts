/** The same trainings, written as scripts by Python: both agree to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Recipe, scriptOf } from "../src/training/script.ts";
import type { Settings } from "../src/training/settings.ts";

interface Vector {
  name: string;
  hidden: number[];
  activation: string;
  model_seed: number | null;
  parameters: number[];
  points: { xs: number[]; ys: number[] };
  generator: [string, number, number] | null;
  trained: number;
  steps: number;
  segments: { first: number; settings: Record<string, never> }[];
  rates: number[];
  script: string;
}

const file = join(import.meta.dirname, "../../tests/data/script_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

const settingsOf = (told: Record<string, never>): Settings => ({
  learningRate: told.learning_rate!,
  schedule: told.schedule!,
  alpha: told.alpha!,
  batchSize: told.batch_size!,
  optimizer: told.optimizer!,
  batchSeed: told.batch_seed!,
});

function recipeOf(vector: Vector): Recipe {
  const { hidden, activation, parameters, points, generator, trained, steps, rates } = vector;
  const [name, noise, seed] = generator ?? ["", 0, 0];
  return {
    ...{ hidden, activation, modelSeed: vector.model_seed, parameters, ...points, trained, steps },
    generator: generator === null ? null : { name, noise, seed },
    segments: vector.segments.map(({ first, settings }) => ({
      first,
      settings: settingsOf(settings),
    })),
    rates,
  };
}

test.each(vectors)("$name", (vector) => {
  expect(scriptOf(recipeOf(vector))).toBe(vector.script);
});

test("there are some", () => expect(vectors.length).toBeGreaterThan(5));
