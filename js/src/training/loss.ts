/** The loss of a network for some examples: twin of `RecordedLoss` in `microgradwidgets/recorded_loss.py`. */
import { createReplay, type Replay } from "../replay.ts";
import { CHUNK, Columns } from "./columns.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import type { Share } from "./session.ts";

export interface Evaluation {
  readonly loss: number;
  readonly dataLoss: number;
  readonly regLoss: number;
  readonly accuracy: number;
}

/** What is said of every example on the way; any of it may be missing. */
export interface Details {
  readonly scores?: Float64Array;
  readonly losses?: Float64Array;
}

export class Loss {
  readonly #network: Network;
  readonly #columns: Columns;
  readonly #total: Replay;

  constructor(network: Network) {
    this.#network = network;
    const varying = [...network.inputs, network.minusY];
    this.#columns = new Columns(network.example, varying, network.places, [
      network.score,
      network.example.count - 1,
    ]);
    this.#total = createReplay(network.total);
  }

  /**
   * Works it out at these parameters, and writes its derivatives by them into `gradients`. A turn
   * of the loop is a part of the work after which one may pause.
   */
  *evaluate(
    parameters: Float64Array,
    points: Points,
    chosen: Int32Array,
    alpha: number,
    gradients: Float64Array | null,
    details: Details = {},
  ): Generator<void, Evaluation> {
    const losses = details.losses ?? new Float64Array(chosen.length);
    const scores = details.scores ?? new Float64Array(chosen.length);
    if (gradients !== null) this.#replayTotal(0, parameters, chosen.length, alpha, gradients);
    // The derivative of the mean by an example's loss depends on none of them.
    const upstream = this.#total.gradients[this.#network.sum]!;
    this.#set(parameters);
    for (let first = lastChunk(chosen.length); first >= 0; first -= CHUNK) {
      const places = chosen.subarray(first, first + CHUNK);
      this.#fill(points, places);
      this.#columns.forward(places.length);
      losses.set(this.#lossColumn.subarray(0, places.length), first);
      scores.set(this.#scoreColumn.subarray(0, places.length), first);
      if (gradients !== null) this.#columns.backward(places.length, upstream, gradients);
      yield;
    }
    let sum = 0;
    for (const loss of losses) sum += loss;
    this.#replayTotal(sum, parameters, chosen.length, alpha, null);
    const { data } = this.#total;
    return {
      loss: data[data.length - 1]!,
      dataLoss: data[this.#network.dataLoss]!,
      regLoss: data[this.#network.regLoss]!,
      accuracy: accuracy(scores, points, chosen),
    };
  }

  /** The derivative of the total by one parameter, example by example, and what L2 adds to it. */
  shares(
    parameters: Float64Array,
    points: Points,
    chosen: Int32Array,
    alpha: number,
    parameter: number,
  ): { examples: Share[]; penalty: number } {
    const gradients = new Float64Array(parameters.length);
    this.#replayTotal(0, parameters, chosen.length, alpha, gradients);
    const penalty = gradients[parameter]!;
    const upstream = this.#total.gradients[this.#network.sum]!;
    this.#set(parameters);
    const examples = Array.from(chosen, (example, place) => {
      this.#fill(points, chosen.subarray(place, place + 1));
      this.#columns.forward(1);
      this.#columns.backward(1, upstream, gradients.fill(-0));
      return { example, gradient: gradients[parameter]! };
    });
    return { examples, penalty };
  }

  get #lossColumn(): Float64Array {
    return this.#columns.column(this.#network.example.count - 1);
  }

  get #scoreColumn(): Float64Array {
    return this.#columns.column(this.#network.score);
  }

  #set(parameters: Float64Array): void {
    const { places } = this.#network;
    for (let p = 0; p < places.length; p++) this.#columns.leaves[places[p]!] = parameters[p]!;
  }

  #fill(points: Points, places: Int32Array): void {
    const [x, y] = this.#network.inputs.map((leaf) => this.#columns.column(leaf));
    const minusY = this.#columns.column(this.#network.minusY);
    for (let e = 0; e < places.length; e++) {
      x![e] = points.x(places[e]!);
      y![e] = points.y(places[e]!);
      minusY[e] = -points.label(places[e]!);
    }
  }

  #replayTotal(
    sum: number,
    parameters: Float64Array,
    count: number,
    alpha: number,
    gradients: Float64Array | null,
  ): void {
    const { data } = this.#total;
    const { totalPlaces: places } = this.#network;
    data[this.#network.sum] = sum;
    data[this.#network.share] = 1 / count;
    data[this.#network.alpha] = alpha;
    for (let p = 0; p < places.length; p++) data[places[p]!] = parameters[p]!;
    this.#total.forward();
    if (gradients === null) return;
    this.#total.backward();
    for (let p = 0; p < places.length; p++) gradients[p] = this.#total.gradients[places[p]!]!;
  }
}

const lastChunk = (count: number): number => Math.floor((count - 1) / CHUNK) * CHUNK;

/** A score of 0 says −1. */
function accuracy(scores: Float64Array, points: Points, chosen: Int32Array): number {
  let right = 0;
  for (let e = 0; e < chosen.length; e++) {
    if (scores[e]! > 0 === points.label(chosen[e]!) > 0) right++;
  }
  return right / chosen.length;
}

/** Does all of the work at once. */
export function atOnce<T>(work: Generator<void, T>): T {
  while (true) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
