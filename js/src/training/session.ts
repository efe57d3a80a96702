/**
 * Training in the page, as everything that shows it sees it: the step on screen, what is known
 * there, and the ways to move.
 */
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import type { Settings } from "./settings.ts";

/** What is measured of a step, before its update. The same as a row of Python's history. */
export interface Row {
  readonly step: number;
  readonly loss: number;
  readonly dataLoss: number;
  readonly regLoss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  /** NaN where no points are kept apart for the test. */
  readonly testLoss: number;
  readonly testAccuracy: number;
}

export type Column = Exclude<keyof Row, "step">;

/** From step `first` on. */
export interface Segment {
  readonly first: number;
  readonly settings: Settings;
}

/** One way the training went: all its steps so far. */
export interface Run {
  /** "run 1", counted from the first since the last reset. */
  readonly name: string;
  /** Updates done. Rows 0 … taken are there (the last is measured, not yet stepped from). */
  readonly taken: number;
  /** Where it left the run that it came from, 0 for the first. */
  readonly began: number;
  row(step: number): Row;
  /** A column of the rows 0 … taken, not to be written to. */
  column(name: Column): Float64Array;
  settingsAt(step: number): Settings;
  /** What held from which step on, the first from step 0. */
  readonly segments: readonly Segment[];
  /** Every how many steps the parameters are kept; between those they are worked out again. */
  readonly spacing: number;
}

export type Status =
  /** Nothing taken yet, or paused somewhere. */
  | { readonly kind: "ready" }
  /** Playing, or with a goal on the way to a step that was asked for. */
  | { readonly kind: "running"; readonly goal?: number }
  /** All steps that were to be run are done. */
  | { readonly kind: "completed" }
  | { readonly kind: "target"; readonly step: number; readonly loss: number }
  /** A number that is not finite: `value` is its index on the example's tape where it is one of an
   * example, `example` which; `words` says where it began and what to try. */
  | {
      readonly kind: "diverged";
      readonly step: number;
      readonly example: number | null;
      readonly value: number | null;
      readonly words: string;
    };

/** The plane as the network sees it, on a grid, row by row from the lower left corner. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  /** Of the outermost grid points. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly scores: Float32Array;
  /** The output of each unit, by layer and place. */
  readonly units: readonly (readonly Float32Array[])[];
}

/** What one example has to do with one parameter. */
export interface Share {
  readonly example: number;
  /** Its share in the gradient of the total loss. */
  readonly gradient: number;
}

export interface Session {
  readonly network: Network;
  readonly points: Points;
  /** How many of the points are trained on: the first ones. The others test. */
  readonly trained: number;
  readonly settings: Settings;
  readonly status: Status;
  readonly isPlaying: boolean;
  /** Steps taken in a second, measured while playing; 0 else. */
  readonly rate: number;

  // The step on screen. `step` updates are done there; `last` are in all.
  readonly step: number;
  readonly last: number;
  readonly row: Row;
  readonly parameters: Float64Array;
  /** Of the total loss by each parameter, at the step on screen and its batch. */
  readonly gradients: Float64Array;
  /** What the update from this step adds to each parameter. */
  readonly updates: Float64Array;
  /** A loop of one's own may do anything: what it adds is not known at the step itself. */
  readonly knowsUpdates: boolean;
  /** The places of the batch's examples among the points. */
  readonly batch: Int32Array;
  readonly field: Field;
  /** The score of every point, and its loss, at the step on screen. */
  readonly scores: Float64Array;
  readonly losses: Float64Array;
  /** Outputs of a unit for all trained points, at the step on screen. */
  outputs(layer: number, place: number): Float64Array;
  /** The score of any point of the plane. */
  predict(x: number, y: number): number;
  /** The gradient of the total by one parameter: every example's share, and that of L2. */
  shares(parameter: number): { readonly examples: readonly Share[]; readonly penalty: number };

  // Time. All of these may be called at any moment.
  play(): void;
  pause(): void;
  /** Goes to a step, taking those that have not been taken yet. */
  seek(step: number): void;
  /** Back to step 0 with all runs forgotten; seeds stay. */
  reset(): void;
  /** Before the run on screen there may be others: they left it, or it left them. Oldest first. */
  readonly others: readonly Run[];
  readonly run: Run;
  /**
   * The plane as another run sees it at the step on screen, or at its last one if that comes before;
   * null where its parameters there would have to be worked out first.
   */
  fieldOf(run: Run): Field | null;
  /** Puts one of the others on screen, at the step where the clock stands or its last. */
  choose(run: Run): void;
  forget(run: Run): void;
}
