/** What the settings of a dashboard say. */
import { countText } from "../text.ts";

const points = (n: number): string => `${countText(n)} ${n === 1 ? "point" : "points"}`;

export const controlsText = {
  name: "Settings",
  sections: { data: "Data", network: "Network", training: "Training", run: "Run" },
  labels: {
    dataset: "Data set",
    n_samples: "Points",
    noise: "Noise",
    train_share: "Train share",
    data_seed: "Data seed",
    hidden: "Hidden layers",
    activation: "Activation",
    model_seed: "Model seed",
    learning_rate: "Learning rate",
    schedule: "Schedule",
    alpha: "L2 alpha",
    batch_size: "Batch size",
    optimizer: "Optimizer",
    batch_seed: "Batch seed",
    steps: "Steps to run",
    target_loss: "Target loss",
  } as Readonly<Record<string, string>>,
  units: {
    n_samples: "points",
    noise: "std. dev.",
    train_share: "%",
    learning_rate: "× gradient",
    alpha: "× Σ p²",
    batch_size: "points",
    steps: "steps",
    target_loss: "loss",
  } as Readonly<Record<string, string>>,
  options: {
    dataset: { moons: "moons", spiral: "spiral", blobs: "blobs", own: "own points" },
    activation: { relu: "ReLU", tanh: "tanh" },
    schedule: { demo: "micrograd demo", constant: "constant", own: "own function" },
    optimizer: { sgd: "SGD", momentum: "momentum", adam: "Adam" },
  } as Readonly<Record<string, Readonly<Record<string, string>>>>,
  /** The word that can be typed instead of a number, and what ticks it. */
  without: {
    batch_size: { word: "all", label: "all points" },
    target_loss: { word: "none", label: "no target" },
  } as Readonly<Record<string, { readonly word: string; readonly label: string }>>,
  own: "own",
  none: "none",
  slider: (label: string) => `${label}, slider`,
  withUnit: (written: string, unit: string) => (unit === "" ? written : `${written} ${unit}`),
  atThisStep: "at this step",
  split: (trained: number, tested: number) =>
    `${countText(trained)} train, ${countText(tested)} test`,
  back: (label: string, value: string) => `${label}: back to ${value}`,
  newSeed: "New seed",
  newSeedOf: {
    data_seed: "New seed for the data: other points of the same kind",
    model_seed: "New seed for the model: other parameters to begin with",
    batch_seed: "New seed for the batches: another order of the examples",
  } as Readonly<Record<string, string>>,
  layer: (n: number) => `Layer ${n}`,
  unitsOfLayer: "units",
  layers: (n: number) => (n === 0 ? "none" : `${n}`),
  addLayer: "Add layer",
  removeLayer: (n: number) => `Remove layer ${n}`,
  layersWritten: (sizes: readonly number[]) => (sizes.length === 0 ? "none" : sizes.join(", ")),
  expected: (what: string, got: string, kept: string) =>
    `Expected ${what}, got: ${got}. It stays ${kept}.`,
  number: (isWhole: boolean, least: string, most: string, word: string) =>
    `${isWhole ? "a whole number" : "a number"} ${
      most === "" ? `of at least ${least}` : `from ${least} to ${most}`
    }${word === "" ? "" : `, or “${word}”`}`,
  needsPython: (option: string) => `${option} (needs Python)`,
  ownPoints: (n: number) =>
    `${points(n)} of your own. Choose a data set to have others, with noise and seed.`,
  ownModel: "The model is your own. With a model seed, Python makes one of these layers instead.",
  notes: {
    network: {
      calm: "Python records the network anew.",
      due: "Python is recording the network anew\u2026",
      offered: "Without Python: only what was recorded beforehand.",
      missing: "Needs Python, which is not there.",
    },
    points: {
      calm: "Python makes new points for data set, number and seed.",
      due: "Python is making new points\u2026",
      offered: "Without Python: only points that were made beforehand.",
      missing: "Data set, number and seed need Python, which is not there.",
    },
  },
} as const;
