/** What of a training can be taken away as text: the rows of its steps, and how to do it again. */
import type { Traits } from "../diagram/traits.ts";
import type { NumberTable } from "../export/rows.ts";
import { bytesOf } from "../host.ts";
import type { Recipe } from "../training/script.ts";
import type { Column, Session } from "../training/session.ts";
import { WatchedSession } from "../training/watched.ts";
import { hasTest } from "./chart.ts";
import { numberOf } from "./wishes.ts";

/** Names of the columns as Python has them. */
const NAMES: readonly (readonly [Column, string])[] = [
  ["loss", "loss"],
  ["dataLoss", "data_loss"],
  ["regLoss", "reg_loss"],
  ["accuracy", "accuracy"],
  ["learningRate", "learning_rate"],
];
const TEST_NAMES: readonly (readonly [Column, string])[] = [
  ["testLoss", "test_loss"],
  ["testAccuracy", "test_accuracy"],
];
const GENERATORS: ReadonlySet<string> = new Set(["moons", "spiral", "blobs"]);

/** The steps that were taken, one from which there was no going on among them, as in Python. */
const takenIn = ({ run, status }: Session): number =>
  run.taken + (status.kind === "diverged" && status.step === run.taken ? 1 : 0);

/** The rows of the run on screen: the very ones of Python's `dashboard.rows()`. */
export function tableOf(session: Session): NumberTable {
  const { run } = session;
  const columns = hasTest(session) ? [...NAMES, ...TEST_NAMES] : NAMES;
  const numbers = columns.map(([name]) => run.column(name));
  const steps = stepsOf(session);
  return {
    names: ["step", ...columns.map(([, name]) => name)],
    rows: steps.map((step) => [step, ...numbers.map((column) => column[step]!)]),
  };
}

function stepsOf(session: Session): number[] {
  if (!(session instanceof WatchedSession)) {
    return Array.from({ length: takenIn(session) }, (_, step) => step);
  }
  // Of a long loop only some steps were told, and always the last one.
  const { taken, spacing } = session.run;
  const told = Array.from({ length: Math.ceil(taken / spacing) }, (_, k) => k * spacing);
  return [...told, taken];
}

/** Null for a loop that somebody wrote in Python: the page does not know it. */
export function recipeOf(session: Session, traits: Traits): Recipe | null {
  if (session instanceof WatchedSession) return null;
  const { network, points, run, trained } = session;
  const { dataset, noise, dataSeed } = session.points.source;
  const isOurs = GENERATORS.has(dataset) && dataSeed !== null;
  const taken = takenIn(session);
  // What has not begun is written down as it will be.
  const steps = taken > 0 ? taken : Math.max(1, numberOf(traits, "steps", 100));
  return {
    hidden: network.hidden,
    activation: network.activation,
    modelSeed: network.modelSeed,
    parameters: network.initial,
    xs: points.xs,
    ys: points.ys,
    generator: isOurs ? { name: dataset, noise, seed: dataSeed } : null,
    trained,
    steps,
    segments: run.segments,
    rates: taken > 0 ? run.column("learningRate") : ratesOf(traits, steps),
  };
}

/** The table of learning rates, whose last number goes on for ever. */
function ratesOf(traits: Traits, steps: number): number[] {
  const bytes = bytesOf(traits.get("rates"));
  const table = new Float64Array(bytes.slice(0, bytes.length - (bytes.length % 8)).buffer);
  return Array.from({ length: steps }, (_, k) => table[Math.min(k, table.length - 1)] ?? 0);
}
