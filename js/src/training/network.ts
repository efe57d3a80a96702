/**
 * A model written down by Python: the tape of one example's loss, the tape that makes the total of
 * all of them, and where in both the parameters, inputs and results stand. Nothing else is known
 * here of models and losses. Twin: `microgradwidgets/recorded_network.py`.
 */
import { Op } from "../arithmetic.ts";
import { decodeTape, type Tape } from "../tape.ts";
import { doubles, fail, unpack } from "./packed.ts";

export const NETWORK_MARK = "MGWN";

/** A neuron. Values by their index on the example's tape, parameters by their number. */
export interface Unit {
  /** What it hands on. */
  readonly output: number;
  /** The weighted sum, before the activation; the same as the output where there is none. */
  readonly sum: number;
  readonly weights: readonly number[];
  readonly bias: number;
  /** What each weight is multiplied by. */
  readonly inputs: readonly number[];
}

export interface Network {
  /** What Python made it from: null where the learner brought a model along. */
  readonly hidden: readonly number[];
  readonly activation: string;
  readonly modelSeed: number | null;
  /** One example: its loss is the last value. */
  readonly example: Tape;
  readonly exampleBytes: Uint8Array;
  /** Where on it the coordinates stand, minus the label, the score, each parameter. */
  readonly inputs: readonly number[];
  readonly minusY: number;
  readonly score: number;
  readonly places: Int32Array;
  /** Total loss: of the sum of the examples' losses, of 1 / their number, of alpha and parameters. */
  readonly total: Tape;
  readonly sum: number;
  readonly share: number;
  readonly alpha: number;
  readonly totalPlaces: Int32Array;
  readonly dataLoss: number;
  readonly regLoss: number;
  /** Names of the parameters, and the numbers they begin with. */
  readonly names: readonly string[];
  readonly initial: Float64Array;
  readonly layers: readonly (readonly Unit[])[];
}

export function readNetwork(bytes: Uint8Array): Network {
  const { header, sections } = unpack(NETWORK_MARK, bytes);
  const read = new Header(header);
  const names = read.list("names").map(String);
  const count = names.length;
  const example = decodeTape(section(sections, 0));
  const total = decodeTape(section(sections, 1));
  const seed = header.model_seed;
  return {
    hidden: read.places("hidden", Number.POSITIVE_INFINITY),
    activation: String(header.activation),
    modelSeed: typeof seed === "number" ? seed : null,
    example,
    exampleBytes: section(sections, 0),
    inputs: leaves(example, read.places("inputs", example.count, 2)),
    minusY: leaves(example, [read.place("minus_y", example.count)])[0]!,
    score: read.place("score", example.count),
    places: Int32Array.from(leaves(example, read.places("parameters", example.count, count))),
    total,
    sum: leaves(total, [read.place("sum", total.count)])[0]!,
    share: leaves(total, [read.place("share", total.count)])[0]!,
    alpha: leaves(total, [read.place("alpha", total.count)])[0]!,
    totalPlaces: Int32Array.from(
      leaves(total, read.places("total_parameters", total.count, count)),
    ),
    dataLoss: read.place("data_loss", total.count),
    regLoss: read.place("reg_loss", total.count),
    names,
    initial: doubles(NETWORK_MARK, sections[2], count),
    layers: read.list("layers").map((units) => {
      if (!Array.isArray(units)) fail(NETWORK_MARK, "a list of units", units);
      return units.map((unit) => readUnit(new Header(unit), example.count, count));
    }),
  };
}

function readUnit(read: Header, values: number, parameters: number): Unit {
  const weights = read.places("weights", parameters);
  return {
    output: read.place("output", values),
    sum: read.place("sum", values),
    weights,
    bias: read.place("bias", parameters),
    inputs: read.places("inputs", values, weights.length),
  };
}

function section(sections: readonly Uint8Array[], place: number): Uint8Array {
  return sections[place] ?? fail(NETWORK_MARK, `section ${place}`, "none");
}

function leaves(tape: Tape, places: readonly number[]): readonly number[] {
  const other = places.find((place) => tape.ops[place] !== Op.leaf);
  if (other !== undefined) fail(NETWORK_MARK, "a leaf", `value ${other}`);
  return places;
}

class Header {
  readonly #header: Record<string, unknown>;

  constructor(header: unknown) {
    if (typeof header !== "object" || header === null) fail(NETWORK_MARK, "an object", header);
    this.#header = header as Record<string, unknown>;
  }

  list(key: string): unknown[] {
    const list = this.#header[key];
    return Array.isArray(list) ? list : fail(NETWORK_MARK, `a list of ${key}`, list);
  }

  places(key: string, end: number, count?: number): number[] {
    const list = this.list(key);
    if (count !== undefined && list.length !== count) {
      fail(NETWORK_MARK, `${count} ${key}`, list.length);
    }
    const bad = list.find((x) => !isPlace(x, end));
    return bad === undefined ? (list as number[]) : fail(NETWORK_MARK, `${key} below ${end}`, bad);
  }

  place(key: string, end: number): number {
    const x = this.#header[key];
    return isPlace(x, end) ? x : fail(NETWORK_MARK, `${key} below ${end}`, x);
  }
}

const isPlace = (x: unknown, end: number): x is number =>
  typeof x === "number" && Number.isInteger(x) && x >= 0 && x < end;
