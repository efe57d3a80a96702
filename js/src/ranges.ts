/**
 * How far each setting may go: what the controls offer, and what a state from elsewhere may ask
 * for. Python's traits have the same; `tests/data/link_vectors.json` holds both to it.
 */

/** Which numbers are taken. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

const whole = (least: number, most: number): Bounds => ({ least, most, isWhole: true });
const number = (least: number, most: number): Bounds => ({ least, most, isWhole: false });

const SEED = whole(0, Number.MAX_SAFE_INTEGER);
const SIZE = number(0, Number.POSITIVE_INFINITY);

export const MOST_LAYERS = 4;
export const UNITS = whole(1, 32);

export const BOUNDS = {
  n_samples: whole(2, 2000),
  noise: number(0, 2),
  data_seed: SEED,
  train_share: number(0.1, 1),
  model_seed: SEED,
  learning_rate: SIZE,
  alpha: SIZE,
  batch_size: whole(1, 2000),
  batch_seed: SEED,
  steps: whole(1, 100_000),
  target_loss: number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
} as const satisfies Readonly<Record<string, Bounds>>;

export const FURTHEST_STEP = 1_000_000;

/** What somebody brought along: to be chosen only where somebody did. */
export const OWN = "own";

export const OPTIONS = {
  dataset: ["moons", "spiral", "blobs", OWN],
  activation: ["relu", "tanh"],
  schedule: ["demo", "constant", OWN],
  optimizer: ["sgd", "momentum", "adam"],
  speed: ["0.5", "1", "2", "4", "max"],
  overlay: ["gradient", "value", "check", "none"],
  direction: ["LR", "TB"],
  notation: ["written", "primitives"],
  theme: ["auto", "light", "dark"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a teacher may hide or lock. */
export const CONTROLS: readonly string[] = [
  ...["dataset", "n_samples", "noise", "data_seed", "model_seed", "batch_seed", "train_share"],
  ...["hidden", "activation", "learning_rate", "alpha", "batch_size", "optimizer", "steps"],
  ...["target_loss", "speed", "points", "reset"],
];

/** What is expected of a setting in place of such a value; null where that is one it may have. */
export function misfit(trait: string, value: unknown): string | null {
  if (Object.hasOwn(OPTIONS, trait)) {
    const options: readonly unknown[] = OPTIONS[trait as keyof typeof OPTIONS];
    return options.includes(value) ? null : `one of ${options.join(", ")}`;
  }
  if (Object.hasOwn(BOUNDS, trait)) {
    const bounds = BOUNDS[trait as keyof typeof BOUNDS];
    return isWithin(bounds, value) ? null : spoken(bounds);
  }
  return null;
}

export const isWithin = ({ least, most, isWhole }: Bounds, x: unknown): boolean =>
  typeof x === "number" &&
  Number.isFinite(x) &&
  x >= least &&
  x <= most &&
  (!isWhole || Number.isInteger(x));

export function spoken({ least, most, isWhole }: Bounds): string {
  const kind = isWhole ? "a whole number" : "a number";
  if (Number.isFinite(most)) return `${kind} from ${least} to ${most}`;
  return Number.isFinite(least) ? `${kind} of at least ${least}` : kind;
}
