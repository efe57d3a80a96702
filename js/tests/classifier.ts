/** A small classifier of points as Python records it, and a training of it. */
import { Op } from "../src/arithmetic.ts";
import { LiveSession, type Task } from "../src/training/live.ts";
import { NETWORK_MARK, type Network, readNetwork } from "../src/training/network.ts";
import { pack } from "../src/training/packed.ts";
import { Points } from "../src/training/points.ts";
import type { Settings } from "../src/training/settings.ts";
import { Recorder } from "./networks.ts";

/** Two inputs, two neurons of relu, a score; the numbers of its parameters depend on `seed`. */
export function classifier(seed = 0): Network {
  const example = new Recorder();
  const names: string[] = [];
  const initial: number[] = [];
  const parameter = (name: string) => {
    names.push(name);
    initial.push((((5 * initial.length + 3 + seed) % 11) - 5) / 4);
    return example.leaf(initial.at(-1)!, name);
  };
  const neuron = (layer: number, n: number, inputs: number) => {
    const at = (word: string) => `layer ${layer} · neuron ${n} · ${word}`;
    const weights = Array.from({ length: inputs }, (_, w) => parameter(at(`w${w + 1}`)));
    return { weights, bias: parameter(at("b")) };
  };
  const hidden = [1, 2].map((n) => neuron(1, n, 2));
  const last = neuron(2, 1, 2);
  const inputs = ["x1", "x2"].map((name) => example.leaf(0, name));
  const minusY = example.leaf(0, "-y");
  const weigh = ({ weights, bias }: typeof last, from: readonly number[]) =>
    weights.reduce(
      (sum, w, k) => example.value(Op.add, [sum, example.value(Op.mul, [w, from[k]!])]),
      bias,
    );
  const outputs = example.inside("layer 1", () =>
    hidden.map((one, n) =>
      example.inside(`neuron ${n + 1}`, () => example.value(Op.relu, [weigh(one, inputs)])),
    ),
  );
  const score = example.inside("layer 2", () => weigh(last, outputs));
  example.inside("hinge", () => {
    const product = example.value(Op.mul, [score, minusY]);
    const margin = example.value(Op.add, [product, example.leaf(1)]);
    return example.value(Op.relu, [margin], 0, "loss");
  });

  const total = new Recorder();
  const sum = total.leaf(0, "losses");
  const share = total.leaf(1);
  const alpha = total.leaf(1e-4);
  const copies = names.map((name, p) => total.leaf(initial[p]!, name));
  const dataLoss = total.value(Op.mul, [sum, share]);
  const squares = copies.map((p) => total.value(Op.mul, [p, p]));
  const regLoss = total.value(Op.mul, [
    squares.reduce((a, b) => total.value(Op.add, [a, b])),
    alpha,
  ]);
  total.value(Op.add, [dataLoss, regLoss]);
  const header = {
    hidden: [2],
    activation: "relu",
    model_seed: seed,
    names,
    inputs,
    minus_y: minusY,
    score,
    parameters: names.map((_, p) => p),
    sum,
    share,
    alpha,
    total_parameters: copies,
    data_loss: dataLoss,
    reg_loss: regLoss,
    layers: [],
  };
  const sections = [example.bytes, total.bytes, Float64Array.from(initial)];
  return readNetwork(pack(NETWORK_MARK, header, sections));
}

export const points = (): Points =>
  new Points(
    Float64Array.of(0.5, 0.25, -1, 0.75, 1.5, -0.5, 0.125, 2),
    Float64Array.of(1, -1, 1, -1),
    { dataset: "own", noise: 0, dataSeed: null },
  );

export const SETTINGS: Settings = {
  learningRate: 0.1,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1,
};

/** A training of it; the last `share` of the points test. */
export function training(
  changed: () => void,
  signal: AbortSignal,
  task: Partial<Task> = {},
): LiveSession {
  return new LiveSession(
    {
      network: classifier(),
      points: points(),
      share: 1,
      rates: new Float64Array(),
      settings: SETTINGS,
      aim: { steps: 100, targetLoss: null },
      ...task,
    },
    changed,
    signal,
  );
}
