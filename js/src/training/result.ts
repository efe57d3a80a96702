/**
 * What a page tells Python of the training, and finds again when it is opened anew: the rows, the
 * settings and from when on they held, and the parameters that matter. Read by
 * `microgradwidgets/views/result.py`.
 */
import type { State } from "./descent.ts";
import type { LiveSession } from "./live.ts";
import type { Network } from "./network.ts";
import { doubles, fail, pack, unpack } from "./packed.ts";
import type { Points } from "./points.ts";
import { COLUMNS } from "./recording.ts";
import type { Row, Segment, Status } from "./session.ts";
import type { Settings } from "./settings.ts";

export const RESULT_MARK = "MGWR";

export interface Past {
  readonly step: number;
  readonly rows: readonly Row[];
  readonly segments: readonly Segment[];
  /** Where the last segment began. */
  readonly start: State;
  /** The last state that was at hand: behind the last step that was taken, as a rule. */
  readonly last: Omit<State, "memory">;
}

export function packResult(session: LiveSession, sequence: number): Uint8Array {
  const { network, points, run, status } = session;
  const { end } = run;
  const { state: start, segments } = run.lastStart;
  // A step from which there is no going on is one that was taken, as in Python.
  const isBroken = status.kind === "diverged" && status.step === run.taken;
  const count = run.taken + (isBroken ? 1 : 0);
  const rows = new Float64Array(count * COLUMNS.length);
  for (const [place, name] of COLUMNS.entries()) {
    const column = run.column(name);
    for (let k = 0; k < count; k++) rows[k * COLUMNS.length + place] = column[k]!;
  }
  const header = {
    sequence,
    network: keyOfNetwork(network),
    points: keyOfPoints(points),
    trained: session.trained,
    step: session.step,
    taken: run.taken,
    end: end.step,
    rows: count,
    parameters: network.initial.length,
    memory: start.memory.length,
    status: status.kind === "running" ? "running" : status.kind,
    reason: wordsOf(status),
    segments: segments.map(({ first, settings }) => ({ first, settings: written(settings) })),
  };
  const sections = [
    session.parameters,
    end.parameters,
    rows,
    start.parameters,
    start.memory,
    network.initial,
  ];
  return pack(RESULT_MARK, header, sections);
}

const wordsOf = (status: Status): string => (status.kind === "diverged" ? status.words : "");

const keyOfNetwork = ({ hidden, activation, modelSeed }: Network) => ({
  hidden,
  activation,
  model_seed: modelSeed,
});

const keyOfPoints = ({ source, count }: Points) => ({
  dataset: source.dataset,
  noise: source.noise,
  data_seed: source.dataSeed,
  count,
});

const written = (settings: Settings) => ({
  learning_rate: settings.learningRate,
  schedule: settings.schedule,
  alpha: settings.alpha,
  batch_size: settings.batchSize,
  optimizer: settings.optimizer,
  batch_seed: settings.batchSeed,
});

/** What went on before, if it was with this network and these points; null else. */
export function readPast(
  bytes: Uint8Array,
  network: Network,
  points: Points,
  trained: number,
): Past | null {
  const { header, sections } = unpack(RESULT_MARK, bytes);
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (!isSame(header.network, keyOfNetwork(network))) return null;
  if (!isSame(header.points, keyOfPoints(points)) || header.trained !== trained) return null;
  const [taken, count, memory] = [header.taken, header.rows, header.memory].map(whole);
  if (count! < taken!) fail(RESULT_MARK, `${taken} rows`, count);
  const initial = doubles(RESULT_MARK, sections[5], network.initial.length);
  if (!initial.every((x, p) => Object.is(x, network.initial[p]))) return null;
  const numbers = doubles(RESULT_MARK, sections[2], count! * COLUMNS.length);
  const rows = Array.from({ length: Math.min(count!, taken!) }, (_, step) => {
    const row: Record<string, number> = { step };
    for (const [place, name] of COLUMNS.entries()) {
      row[name] = numbers[step * COLUMNS.length + place]!;
    }
    return row as unknown as Row;
  });
  const segments = readSegments(header.segments);
  const start = {
    step: segments.at(-1)!.first,
    parameters: doubles(RESULT_MARK, sections[3], network.initial.length),
    memory: doubles(RESULT_MARK, sections[4], memory!),
  };
  const last = {
    step: whole(header.end),
    parameters: doubles(RESULT_MARK, sections[1], network.initial.length),
  };
  return { step: whole(header.step), rows, segments, start, last };
}

const whole = (x: unknown): number =>
  typeof x === "number" && Number.isInteger(x) && x >= 0
    ? x
    : fail(RESULT_MARK, "a whole number", x);

function readSegments(given: unknown): Segment[] {
  if (!Array.isArray(given) || given.length === 0) fail(RESULT_MARK, "segments", given);
  return given.map(({ first, settings }) => ({
    first: whole(first),
    settings: {
      learningRate: settings.learning_rate,
      schedule: settings.schedule,
      alpha: settings.alpha,
      batchSize: settings.batch_size,
      optimizer: settings.optimizer,
      batchSeed: settings.batch_seed,
    },
  }));
}
