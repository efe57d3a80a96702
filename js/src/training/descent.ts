/** One step of training: what is measured before it, and where it leads. Twin of the loop in `microgradwidgets/trainer.py`. */
import { emptyMemory, update } from "../optimizers.ts";
import { Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import { Stream, stepSeed } from "./random.ts";
import type { Row } from "./session.ts";
import type { Settings } from "./settings.ts";

/** All that is needed to go on from somewhere. Never written to again. */
export interface State {
  /** Updates done. */
  readonly step: number;
  readonly parameters: Float64Array;
  /** What the optimizer remembers. */
  readonly memory: Float64Array;
}

/** What was found at a state. */
export interface Measured {
  readonly state: State;
  readonly row: Row;
  /** Of the loss by each parameter. */
  readonly gradients: Float64Array;
  readonly batch: Int32Array;
  /** After the update; null where a number is not finite, so that there is no going on. */
  readonly next: State | null;
  readonly updates: Float64Array;
}

export class Descent {
  readonly network: Network;
  readonly points: Points;
  /** How many points are trained on: the first ones. */
  readonly trained: number;
  readonly loss: Loss;
  /** Learning rates by step, the last one for ever. */
  rates: Float64Array;
  readonly #all: Int32Array;
  readonly #tests: Int32Array;

  constructor(network: Network, points: Points, share: number, rates: Float64Array) {
    this.network = network;
    this.points = points;
    this.rates = rates;
    this.trained = trainedOf(points.count, share);
    this.loss = new Loss(network);
    const places = Int32Array.from(points.ys.keys());
    this.#all = places.subarray(0, this.trained);
    this.#tests = places.subarray(this.trained);
  }

  start(settings: Settings): State {
    const { initial } = this.network;
    return {
      step: 0,
      parameters: initial,
      memory: emptyMemory(settings.optimizer, initial.length),
    };
  }

  /** The examples of a step: the first of all in a random order, or all as they are. */
  batch(step: number, { batchSize, batchSeed }: Settings): Int32Array {
    if (batchSize === null || batchSize >= this.trained) return this.#all;
    return new Stream(stepSeed(batchSeed, step)).shuffled(this.trained).subarray(0, batchSize);
  }

  rate(step: number, { learningRate, schedule }: Settings): number {
    if (schedule === "constant" || this.rates.length === 0) return learningRate;
    return this.rates[Math.min(step, this.rates.length - 1)]!;
  }

  *measure(state: State, settings: Settings): Generator<void, Measured> {
    const { step, parameters } = state;
    const { alpha, optimizer } = settings;
    const batch = this.batch(step, settings);
    const gradients = new Float64Array(parameters.length);
    const found = yield* this.loss.evaluate(parameters, this.points, batch, alpha, gradients);
    const test =
      this.#tests.length === 0
        ? null
        : yield* this.loss.evaluate(parameters, this.points, this.#tests, alpha, null);
    const learningRate = this.rate(step, settings);
    const after = parameters.slice();
    const memory = state.memory.slice();
    update(optimizer, after, gradients, learningRate, memory);
    const goesOn = Number.isFinite(found.loss) && after.every(Number.isFinite);
    const row = {
      step,
      ...found,
      learningRate,
      testLoss: test?.loss ?? Number.NaN,
      testAccuracy: test?.accuracy ?? Number.NaN,
    };
    const next = goesOn ? { step: step + 1, parameters: after, memory } : null;
    const updates = after.map((x, p) => x - parameters[p]!);
    return { state, row, gradients, batch, next, updates };
  }
}

export const trainedOf = (count: number, share: number): number =>
  Math.min(count, Math.max(1, Math.floor(share * count + 0.5)));
