/** What every session can work out of the parameters on screen, when somebody asks. */
import { Asked } from "./asked.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import type { Field, Share } from "./session.ts";

export abstract class Known {
  readonly network: Network;
  readonly points: Points;
  readonly trained: number;
  readonly #asked: Asked;

  constructor(network: Network, points: Points, trained: number, asked?: Asked) {
    this.network = network;
    this.points = points;
    this.trained = trained;
    this.#asked = asked ?? new Asked(network, points, trained);
  }

  abstract get parameters(): Float64Array;
  abstract get batch(): Int32Array;
  /** The weight decay at the step on screen. */
  protected abstract get alpha(): number;

  get field(): Field {
    return this.#here.field;
  }

  get scores(): Float64Array {
    return this.#here.everywhere.scores;
  }

  get losses(): Float64Array {
    return this.#here.everywhere.losses;
  }

  outputs(layer: number, place: number): Float64Array {
    return this.#here.outputs(layer, place);
  }

  predict(x: number, y: number): number {
    return this.#here.predict(x, y);
  }

  shares(parameter: number): { examples: readonly Share[]; penalty: number } {
    return this.#here.shares(parameter, this.batch, this.alpha);
  }

  get #here(): Asked {
    return this.#asked.at(this.parameters);
  }
}
