/** The controls as data: what they set, how far they go, and what Python has to write down anew. */
import { BOUNDS, type Bounds, OPTIONS, UNITS } from "../ranges.ts";
import { countStops, evenStops, logStops, type Stops } from "./stops.ts";

export type Value = string | number | null | readonly number[];

export type Section = "data" | "network" | "training" | "run";

/** What has to come from Python before a setting holds. */
export type Recorded = "network" | "points";

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

export const SECTIONS: readonly Section[] = ["data", "network", "training", "run"];

export const UNIT_STOPS = evenStops(UNITS.least, UNITS.most, 1);

const DATA: readonly Field[] = [
  {
    ...{ name: "dataset", section: "data", kind: "choice", recorded: "points" },
    options: OPTIONS.dataset,
  },
  {
    ...{ name: "n_samples", section: "data", kind: "number", recorded: "points" },
    ...BOUNDS.n_samples,
    stops: countStops(BOUNDS.n_samples.most).slice(1),
  },
  {
    ...{ name: "noise", section: "data", kind: "number" },
    ...BOUNDS.noise,
    stops: evenStops(0, 2, 0.01),
  },
  {
    ...{ name: "train_share", section: "data", kind: "number", times: 100 },
    ...{ least: 10, most: 100, isWhole: false },
    stops: evenStops(10, 100, 1),
  },
  { name: "data_seed", section: "data", kind: "seed", recorded: "points", ...BOUNDS.data_seed },
];

const NETWORK: readonly Field[] = [
  { name: "hidden", section: "network", kind: "layers", recorded: "network" },
  {
    ...{ name: "activation", section: "network", kind: "choice", recorded: "network" },
    options: OPTIONS.activation,
  },
  {
    name: "model_seed",
    section: "network",
    kind: "seed",
    recorded: "network",
    ...BOUNDS.model_seed,
  },
];

const TRAINING: readonly Field[] = [
  {
    ...{ name: "learning_rate", section: "training", kind: "number", ...BOUNDS.learning_rate },
    stops: logStops(1e-4, 10),
  },
  {
    ...{ name: "schedule", section: "training", kind: "choice", control: "learning_rate" },
    options: OPTIONS.schedule,
  },
  {
    ...{ name: "alpha", section: "training", kind: "number", ...BOUNDS.alpha },
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
    options: OPTIONS.optimizer,
  },
  { name: "batch_seed", section: "training", kind: "seed", ...BOUNDS.batch_seed },
];

const RUN: readonly Field[] = [
  {
    ...{ name: "steps", section: "run", kind: "number" },
    ...{ ...BOUNDS.steps, stops: countStops(BOUNDS.steps.most) },
  },
  {
    ...{ name: "target_loss", section: "run", kind: "number" },
    // Any number is taken from elsewhere; by hand one below 0 would be a slip.
    ...{ ...BOUNDS.target_loss, least: 0 },
    stops: logStops(1e-4, 1),
    without: { first: 0.05, rests: "low" },
  },
];

export const FIELDS: readonly Field[] = [...DATA, ...NETWORK, ...TRAINING, ...RUN];

export const sameValue = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((x, i) => Object.is(x, b[i]))
    : Object.is(a, b);
