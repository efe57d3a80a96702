/** Settings of a training, and what became of them, in words. */

import { countText, fullNumber } from "../text.ts";
import type { Settings } from "../training/settings.ts";

const OPTIMIZERS: Readonly<Record<Settings["optimizer"], string>> = {
  sgd: "SGD",
  momentum: "momentum",
  adam: "Adam",
};

/** One line for each thing that a person can set. */
const SETTINGS: readonly { name: string; of(settings: Settings): string }[] = [
  { name: "learning rate", of: (settings) => rate(settings) },
  { name: "L2 alpha", of: ({ alpha }) => fullNumber(alpha) },
  {
    name: "batch size",
    of: ({ batchSize }) => (batchSize === null ? "all points" : countText(batchSize)),
  },
  { name: "optimizer", of: ({ optimizer }) => OPTIMIZERS[optimizer] },
  { name: "seed of the batches", of: ({ batchSeed }) => `${batchSeed}` },
];

function rate({ schedule, learningRate }: Settings): string {
  if (schedule === "constant") return fullNumber(learningRate);
  return schedule === "demo" ? "the demo\u2019s schedule" : "your own schedule";
}

/** "learning rate 1 → 0.1" for all that differs; empty where nothing does. */
export function changesText(before: Settings, after: Settings): string {
  return SETTINGS.filter(({ of }) => of(before) !== of(after))
    .map(({ name, of }) => `${name} ${of(before)} \u2192 ${of(after)}`)
    .join(", ");
}

/** "learning rate 1 instead of 0.1" for all in which one differs from another. */
export function differencesText(one: Settings, other: Settings): string {
  return SETTINGS.filter(({ of }) => of(one) !== of(other))
    .map(({ name, of }) => `${name} ${of(one)} instead of ${of(other)}`)
    .join(", ");
}
