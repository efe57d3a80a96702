/** The traits that say how to train, read into the words of the training. */
import type { Traits } from "../diagram/traits.ts";
import { OPTIMIZERS, type Optimizer } from "../optimizers.ts";
import type { Aim } from "../training/live.ts";
import type { Settings } from "../training/settings.ts";

/** Whatever changes one of these changes what is trained, with what, or how far. */
export const WISHES = [
  "learning_rate",
  "schedule",
  "alpha",
  "batch_size",
  "optimizer",
  "batch_seed",
  "train_share",
  "steps",
  "target_loss",
  "speed",
] as const;

type Schedule = Settings["schedule"];
const SCHEDULES: readonly Schedule[] = ["constant", "demo", "own"];

export function settingsOf(traits: Traits): Settings {
  return {
    learningRate: numberOf(traits, "learning_rate", 1),
    schedule: oneOf(SCHEDULES, traits.get("schedule"), "demo"),
    alpha: numberOf(traits, "alpha", 1e-4),
    batchSize: numberOrNull(traits.get("batch_size")),
    optimizer: oneOf<Optimizer>(OPTIMIZERS, traits.get("optimizer"), "sgd"),
    batchSeed: numberOf(traits, "batch_seed", 1337),
  };
}

export const aimOf = (traits: Traits): Aim => ({
  steps: numberOf(traits, "steps", 100),
  targetLoss: numberOrNull(traits.get("target_loss")),
});

/** The traits that settings of a run are written to, when another run comes on screen. */
export const traitsOf = (settings: Settings): Readonly<Record<string, unknown>> => ({
  learning_rate: settings.learningRate,
  schedule: settings.schedule,
  alpha: settings.alpha,
  batch_size: settings.batchSize,
  optimizer: settings.optimizer,
  batch_seed: settings.batchSeed,
});

export function numberOf(traits: Traits, name: string, initial: number): number {
  return numberOrNull(traits.get(name)) ?? initial;
}

const numberOrNull = (x: unknown): number | null =>
  typeof x === "number" && Number.isFinite(x) ? x : null;

const oneOf = <T extends string>(known: readonly T[], x: unknown, initial: T): T =>
  known.find((one) => one === x) ?? initial;
