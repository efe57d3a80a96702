/** What a run is made with; what is not among it belongs to the network or to the points. */
import type { Optimizer } from "../optimizers.ts";

export interface Settings {
  /** Step size of every step where the schedule is "constant". */
  readonly learningRate: number;
  /** "demo" and "own" take it from a table, whose last number goes on for ever. */
  readonly schedule: "constant" | "demo" | "own";
  readonly alpha: number;
  /** Examples for each step; null for all. */
  readonly batchSize: number | null;
  readonly optimizer: Optimizer;
  /** Fixes the batches. */
  readonly batchSeed: number;
}

export const sameSettings = (a: Settings, b: Settings): boolean =>
  (Object.keys(a) as (keyof Settings)[]).every((key) => Object.is(a[key], b[key]));
