/** What can be worked out at some parameters when somebody asks: once for each state. */
import { atOnce, Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import { Responses } from "./responses.ts";
import type { Field, Share } from "./session.ts";

interface Everywhere {
  readonly scores: Float64Array;
  readonly losses: Float64Array;
}

interface Shares {
  readonly examples: readonly Share[];
  readonly penalty: number;
}

export class Asked {
  readonly #points: Points;
  readonly #trained: number;
  readonly #loss: Loss;
  readonly #responses: Responses;
  #parameters: Float64Array = new Float64Array();
  readonly #known = new Map<string, unknown>();

  constructor(network: Network, points: Points, trained: number) {
    this.#points = points;
    this.#trained = trained;
    this.#loss = new Loss(network);
    this.#responses = new Responses(network);
  }

  /** All that follows is asked at these parameters. */
  at(parameters: Float64Array): this {
    if (parameters !== this.#parameters) this.#known.clear();
    this.#parameters = parameters;
    return this;
  }

  get field(): Field {
    return this.#once("field", () => this.#responses.field(this.#parameters, this.#points));
  }

  /** The score and the loss of every point. */
  get everywhere(): Everywhere {
    return this.#once("everywhere", () => {
      const all = Int32Array.from(this.#points.ys.keys());
      const details = {
        scores: new Float64Array(all.length),
        losses: new Float64Array(all.length),
      };
      atOnce(this.#loss.evaluate(this.#parameters, this.#points, all, 0, null, details));
      return details;
    });
  }

  /** Outputs of a unit for all points that are trained on. */
  outputs(layer: number, place: number): Float64Array {
    const all = this.#once("outputs", () =>
      this.#responses.outputs(this.#parameters, this.#points, this.#trained),
    );
    return all[layer]![place]!;
  }

  predict(x: number, y: number): number {
    return this.#responses.score(this.#parameters, x, y);
  }

  shares(parameter: number, batch: Int32Array, alpha: number): Shares {
    return this.#once(`shares of ${parameter} at ${alpha}`, () =>
      this.#loss.shares(this.#parameters, this.#points, batch, alpha, parameter),
    );
  }

  #once<T>(name: string, make: () => T): T {
    if (!this.#known.has(name)) this.#known.set(name, make());
    return this.#known.get(name) as T;
  }
}
