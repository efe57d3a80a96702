/** The controls as data: what they set, how far they go, and what Python has to write down anew. */
import { countStops, evenStops, logStops, type Stops } from "./stops.ts";

export type Value = string | number | null | readonly number[];

export type Section = "data" | "network" | "training" | "run";

/** What has to come from Python before a setting holds. */
export type Recorded = "network" | "points";

/** Which numbers may be typed. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

interface Common {
  /** The trait. */
  readonly name: string;
  readonly section: Section;
  /** The name in `controls` and `locked`, where that is another one. */
  readonly control?: string;
  readonly recorded?: Recorded;
}

export interface NumberField extends Common, Bounds {
  readonly kind: "number";
  readonly stops: Stops;
  /** Shown so many times as large: 100 for a share in percent. */
  readonly times?: number;
  /** May be nothing (null), said by a word; the number to begin with when it is to be one. */
  readonly without?: { readonly first: number; readonly rests: "low" | "high" };
}

export interface SeedField extends Common, Bounds {
  readonly kind: "seed";
}

export interface ChoiceField extends Common {
  readonly kind: "choice";
  readonly options: readonly string[];
}

export interface LayersField extends Common {
  readonly kind: "layers";
}

export type Field = NumberField | SeedField | ChoiceField | LayersField;

/** What somebody brought along: to be chosen only where somebody did. */
export const OWN = "own";

export const SECTIONS: readonly Section[] = ["data", "network", "training", "run"];

const SEED: Bounds = { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true };
const SIZE: Bounds = { least: 0, most: Number.POSITIVE_INFINITY, isWhole: false };

export const MOST_LAYERS = 4;
export const UNITS: Bounds & { readonly stops: Stops } = {
  ...{ least: 1, most: 32, isWhole: true },
  stops: evenStops(1, 32, 1),
};

const DATA: readonly Field[] = [
  {
    ...{ name: "dataset", section: "data", kind: "choice", recorded: "points" },
    options: ["moons", "spiral", "blobs", OWN],
  },
  {
    ...{ name: "n_samples", section: "data", kind: "number", recorded: "points" },
    ...{ least: 2, most: 2000, isWhole: true },
    stops: countStops(2000).slice(1),
  },
  {
    ...{ name: "noise", section: "data", kind: "number" },
    ...{ least: 0, most: 2, isWhole: false },
    stops: evenStops(0, 2, 0.01),
  },
  {
    ...{ name: "train_share", section: "data", kind: "number", times: 100 },
    ...{ least: 10, most: 100, isWhole: false },
    stops: evenStops(10, 100, 1),
  },
  { name: "data_seed", section: "data", kind: "seed", recorded: "points", ...SEED },
];

const NETWORK: readonly Field[] = [
  { name: "hidden", section: "network", kind: "layers", recorded: "network" },
  {
    ...{ name: "activation", section: "network", kind: "choice", recorded: "network" },
    options: ["relu", "tanh"],
  },
  { name: "model_seed", section: "network", kind: "seed", recorded: "network", ...SEED },
];

const TRAINING: readonly Field[] = [
  {
    ...{ name: "learning_rate", section: "training", kind: "number", ...SIZE },
    stops: logStops(1e-4, 10),
  },
  {
    ...{ name: "schedule", section: "training", kind: "choice", control: "learning_rate" },
    options: ["demo", "constant", OWN],
  },
  {
    ...{ name: "alpha", section: "training", kind: "number", ...SIZE },
    stops: [0, ...logStops(1e-6, 1)],
  },
  {
    ...{ name: "batch_size", section: "training", kind: "number" },
    // What there are examples for is known with the points.
    ...{ least: 1, most: Number.POSITIVE_INFINITY, isWhole: true, stops: [] },
    without: { first: 16, rests: "high" },
  },
  {
    ...{ name: "optimizer", section: "training", kind: "choice" },
    options: ["sgd", "momentum", "adam"],
  },
  { name: "batch_seed", section: "training", kind: "seed", ...SEED },
];

const RUN: readonly Field[] = [
  {
    ...{ name: "steps", section: "run", kind: "number" },
    ...{ least: 1, most: 100_000, isWhole: true, stops: countStops(100_000) },
  },
  {
    ...{ name: "target_loss", section: "run", kind: "number", ...SIZE },
    stops: logStops(1e-4, 1),
    without: { first: 0.05, rests: "low" },
  },
];

export const FIELDS: readonly Field[] = [...DATA, ...NETWORK, ...TRAINING, ...RUN];

export const sameValue = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((x, i) => Object.is(x, b[i]))
    : Object.is(a, b);
