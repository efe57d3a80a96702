/** What a network and each of its units make of points of the plane. */
import { CHUNK, Columns } from "./columns.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import type { Field } from "./session.ts";

const NONE = new Int32Array();
/** Fine enough for a smooth line, coarse enough for sixty pictures a second. */
const GRID_COLUMNS = 48;
const GRID_ROWS = 36;
/** How much of the plane is seen around the points. */
const MARGIN = 0.12;

export class Responses {
  readonly #network: Network;
  readonly #columns: Columns;

  constructor(network: Network) {
    this.#network = network;
    const outputs = network.layers.flat().map((unit) => unit.output);
    const varying = [...network.inputs, network.minusY];
    this.#columns = new Columns(network.example, varying, NONE, [network.score, ...outputs]);
  }

  score(parameters: Float64Array, x: number, y: number): number {
    let score = Number.NaN;
    const at = [x, y];
    this.#run(
      parameters,
      1,
      (_, side) => at[side]!,
      () => {
        score = this.#columns.column(this.#network.score)[0]!;
      },
    );
    return score;
  }

  /** Outputs of every unit for the first `count` points, by layer and place. */
  outputs(parameters: Float64Array, points: Points, count: number): Float64Array[][] {
    const { layers } = this.#network;
    const all = layers.map((units) => units.map(() => new Float64Array(count)));
    this.#run(
      parameters,
      count,
      (i, side) => points.xs[2 * i + side]!,
      (first, size) => this.#readUnits(all, first, size),
    );
    return all;
  }

  field(parameters: Float64Array, points: Points): Field {
    const frame = frameOf(points);
    const { columns, rows, left, right, bottom, top } = frame;
    const count = columns * rows;
    const scores = new Float32Array(count);
    const units = this.#network.layers.map((layer) => layer.map(() => new Float32Array(count)));
    const across = (right - left) / (columns - 1);
    const up = (top - bottom) / (rows - 1);
    this.#run(
      parameters,
      count,
      (i, side) =>
        side === 0 ? left + (i % columns) * across : bottom + Math.floor(i / columns) * up,
      (first, size) => {
        scores.set(this.#columns.column(this.#network.score).subarray(0, size), first);
        this.#readUnits(units, first, size);
      },
    );
    return { ...frame, scores, units };
  }

  #readUnits(
    into: readonly (readonly (Float64Array | Float32Array)[])[],
    first: number,
    size: number,
  ): void {
    const { layers } = this.#network;
    for (const [l, units] of layers.entries()) {
      for (const [u, { output }] of units.entries()) {
        into[l]![u]!.set(this.#columns.column(output).subarray(0, size), first);
      }
    }
  }

  #run(
    parameters: Float64Array,
    count: number,
    coordinate: (i: number, side: number) => number,
    read: (first: number, size: number) => void,
  ): void {
    const { places, inputs } = this.#network;
    for (let p = 0; p < places.length; p++) this.#columns.leaves[places[p]!] = parameters[p]!;
    for (let first = 0; first < count; first += CHUNK) {
      const size = Math.min(CHUNK, count - first);
      for (const [side, leaf] of inputs.entries()) {
        const column = this.#columns.column(leaf);
        for (let e = 0; e < size; e++) column[e] = coordinate(first + e, side);
      }
      this.#columns.forward(size);
      read(first, size);
    }
  }
}

/** The part of the plane that is looked at; it depends on the points alone. */
export function frameOf(points: Points): Omit<Field, "scores" | "units"> {
  const side = (from: number): [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = from; i < points.xs.length; i += 2) {
      low = Math.min(low, points.xs[i]!);
      high = Math.max(high, points.xs[i]!);
    }
    const margin = MARGIN * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [left, right] = side(0);
  const [bottom, top] = side(1);
  return { columns: GRID_COLUMNS, rows: GRID_ROWS, left, right, bottom, top };
}
