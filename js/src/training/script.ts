/**
 * A training as the Python script that does it again, to the last bit, and to the letter the text
 * of `microgradwidgets/training_script.py`, which says how it is built.
 */
import { floatCode, quoted } from "../formula/literals.ts";
import type { Segment } from "./session.ts";
import type { Settings } from "./settings.ts";

const LONGEST_LINE = 80;
const SCHEDULE = "official_micrograd_learning_rate";

/** All that a run is made from. */
export interface Recipe {
  readonly hidden: readonly number[];
  readonly activation: string;
  /** Without a seed the network has these parameters. */
  readonly modelSeed: number | null;
  readonly parameters: ArrayLike<number>;
  /** Coordinates in pairs, and labels. */
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** What gives these points for their number; null for points of one's own. */
  readonly generator: { name: string; noise: number; seed: number } | null;
  readonly trained: number;
  /** At least one. */
  readonly steps: number;
  readonly segments: readonly Segment[];
  /** The learning rate of each step, where a schedule of one's own made them. */
  readonly rates: ArrayLike<number>;
}

interface Piece {
  readonly settings: Settings;
  readonly count: number;
}

/** Its last line prints how it went. */
export function scriptOf(recipe: Recipe): string {
  const taken = piecesOf(recipe);
  const schedules = new Set(taken.map(({ settings }) => settings.schedule));
  const isWhole = taken.length === 1;
  const lines = [imports(recipe, schedules, isWhole), "", ...points(recipe)];
  let data = "points";
  if (recipe.trained < recipe.ys.length) {
    data = "data";
    const part = `[:${recipe.trained}]`;
    lines.push(`data = (points.xs${part}, points.ys${part})  # the others are for the test`);
  }
  lines.push(...model(recipe));
  if (schedules.has("own")) {
    const rates = Array.from(recipe.rates).slice(0, recipe.steps).map(floatCode);
    lines.push("rates = [", ...wrapped(rates, 4), "]");
  }
  lines.push(...(isWhole ? whole(data, taken[0]!) : loops(data, taken)));
  return `${lines.join("\n")}\n`;
}

/** Settings that held for no step are of no account. */
function piecesOf({ segments, steps }: Recipe): Piece[] {
  return segments
    .map(({ first, settings }, k) => {
      const end = Math.min(segments[k + 1]?.first ?? steps, steps);
      return { settings, count: end - first };
    })
    .filter(({ count }) => count > 0);
}

function imports({ generator }: Recipe, schedules: Set<string>, isWhole: boolean): string {
  const names = schedules.has("demo") ? [SCHEDULE] : [];
  names.push(isWhole ? "train" : "steps");
  if (generator !== null) names.push(generator.name);
  const kinds = generator === null ? ["MLP", "Dataset"] : ["MLP"];
  return `from microgradwidgets import ${[...kinds, ...names.sort()].join(", ")}`;
}

function points({ generator, xs, ys }: Recipe): string[] {
  if (generator !== null) {
    const { name, noise, seed } = generator;
    return [`points = ${name}(${ys.length}, noise=${floatCode(noise)}, seed=${seed})`];
  }
  const labels = Array.from(ys);
  const pairs = labels.map((_, i) => `(${floatCode(xs[2 * i]!)}, ${floatCode(xs[2 * i + 1]!)})`);
  const part = (items: readonly string[]) => ["    [", ...wrapped(items, 8), "    ],"];
  return ["points = Dataset(", ...part(pairs), ...part(labels.map(floatCode)), ")"];
}

function model({ hidden, activation, modelSeed, parameters }: Recipe): string[] {
  const made = `MLP(2, [${[...hidden, 1].join(", ")}], activation=${quoted(activation)}`;
  if (modelSeed !== null) return [`model = ${made}, seed=${modelSeed})`];
  const numbers = Array.from(parameters).map(floatCode);
  return [`model = ${made}).with_parameters(`, "    [", ...wrapped(numbers, 8), "    ]", ")"];
}

function whole(data: string, piece: Piece): string[] {
  return ["run = train(", ...given("model", data, piece), ")", "print(run)"];
}

/** Step by step; each loop but the first goes on behind the last step of the one before. */
function loops(data: string, taken: readonly Piece[]): string[] {
  const lines = taken.flatMap((piece, k) => [
    "for step in steps(",
    ...given(k === 0 ? "model" : "step", data, piece),
    "):",
    "    history.append(step.row())",
  ]);
  return ["history = []", ...lines, "final_model = step.model_after", "print(step)"];
}

function given(start: string, data: string, { settings, count }: Piece): string[] {
  return [
    start,
    data,
    `steps=${count}`,
    `learning_rate=${rate(settings)}`,
    `alpha=${floatCode(settings.alpha)}`,
    `batch_size=${settings.batchSize ?? "None"}`,
    `optimizer=${quoted(settings.optimizer)}`,
    `seed=${settings.batchSeed}`,
  ].map((line) => `    ${line},`);
}

function rate({ schedule, learningRate }: Settings): string {
  if (schedule === "demo") return SCHEDULE;
  return schedule === "own" ? "rates.__getitem__" : floatCode(learningRate);
}

/** Items of a list in lines that are not too long. */
function wrapped(items: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= LONGEST_LINE) {
      lines[lines.length - 1] = `${last} ${item},`;
    } else lines.push(`${" ".repeat(indent)}${item},`);
  }
  return lines;
}
