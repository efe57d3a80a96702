/** Where a training broke: by example, in the total, in a gradient, in an update. */
import { expect, test } from "vitest";
import type { Measured } from "../src/training/descent.ts";
import { findDivergence } from "../src/training/divergence.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors; // 2 inputs, layers of 4, 3 and 1, ReLU
const network = networkOf(vector!);
const points = pointsOf(vector!);
const all = Int32Array.from(points.ys.keys());
const none = new Float64Array(network.names.length);

/** A state in which all parameters are 0 but these. */
function found(
  named: Record<string, number>,
  rest: Partial<Measured> = {},
  loss = 1,
  within = network,
) {
  const parameters = none.slice();
  for (const [name, x] of Object.entries(named)) {
    expect(network.names).toContain(name);
    parameters[network.names.indexOf(name)] = x;
  }
  const state = { step: 12, parameters, memory: none };
  const measured = { state, batch: all, gradients: none, updates: none, row: { loss }, ...rest };
  return findDivergence(within, points, measured as unknown as Measured);
}

const x = (example: number, side: 0 | 1) => points.xs[2 * example + side]!;

test("forward, the first value of the first example that breaks, by its place", () => {
  const bad = (e: number) => 1e308 * x(e, 0) + 1e308 === Number.POSITIVE_INFINITY;
  const example = all.findIndex(bad);
  expect(example).toBeGreaterThan(0);
  const broken = found({ "layer 1 · neuron 1 · w1": 1e308, "layer 1 · neuron 1 · b": 1e308 });
  expect(broken).toMatchObject({ kind: "diverged", step: 12, example });
  expect(broken.words).toBe(
    `The value became inf for example ${example + 1}, in layer 1 › neuron 1.`,
  );
  const [second] = [all.findLastIndex(bad)];
  const later = found(
    { "layer 1 · neuron 1 · w1": 1e308, "layer 1 · neuron 1 · b": 1e308 },
    { batch: Int32Array.of(second) },
  );
  expect(later.example).toBe(second);
});

test("the other number of a point counts as well, and so does a leaf with a name", () => {
  const bad = (e: number) => 1e308 * x(e, 1) + 1e308 === Number.POSITIVE_INFINITY;
  const broken = found({ "layer 1 · neuron 2 · w2": 1e308, "layer 1 · neuron 2 · b": 1e308 });
  expect(broken.example).toBe(all.findIndex(bad));
  expect(broken.words).toContain(", in layer 1 › neuron 2");
  const leaf = found({ "layer 2 · neuron 1 · w1": Number.NaN });
  expect(leaf).toMatchObject({ example: 0 });
  expect(leaf.words).toBe("The value became nan for example 1, in layer 2 · neuron 1 · w1.");
});

test("the very first value of all counts as well", () => {
  const [name] = network.names.filter((_, p) => network.places[p] === 0);
  expect(found({ [name!]: Number.NaN })).toMatchObject({ example: 0, value: 0 });
});

test("without groups a value has its own name alone, or none", () => {
  const within = { ...network, example: { ...network.example, groupOf: null } };
  const leaf = found({ "layer 2 · neuron 1 · w1": Number.NaN }, {}, 1, within);
  expect(leaf.words).toBe("The value became nan for example 1, in layer 2 · neuron 1 · w1.");
  const sum = { "layer 1 · neuron 1 · w1": 1e308, "layer 1 · neuron 1 · b": 1e308 };
  expect(found(sum, {}, 1, within).words).not.toContain(" in ");
});

test("the total, where each example is finite", () => {
  const broken = found({}, {}, Number.POSITIVE_INFINITY);
  expect(broken).toMatchObject({ example: null, value: null });
  expect(broken.words).toBe("The loss became inf, although that of each example is finite.");
});

test("backward, the last value of the last example", () => {
  const broken = found({
    "layer 1 · neuron 1 · w1": 1e-200,
    "layer 2 · neuron 1 · w1": 1e200,
    "layer 3 · neuron 1 · w1": 1e200,
  });
  const example = all.findLastIndex((e) => points.label(e) < 0 && x(e, 0) > 0);
  expect(broken).toMatchObject({ example });
  expect(broken.words).toBe(
    `A gradient became inf for example ${example + 1}, in layer 1 › neuron 1.`,
  );
});

test("an update, by the name of the parameter", () => {
  const [updates, gradients] = [none.slice(), none.slice()];
  updates[5] = Number.NEGATIVE_INFINITY;
  gradients[5] = 0.25;
  const broken = found({}, { updates, gradients });
  expect(broken).toMatchObject({ example: null, value: null });
  expect(broken.words).toBe(
    `The update of ${network.names[5]}, whose gradient is 0.25, is not finite.`,
  );
});
