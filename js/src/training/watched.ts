/** A training that runs in Python, in a loop of the learner's own: the page shows its frames. */
import { trainingText } from "../strings/training.ts";
import type { Asked } from "./asked.ts";
import { Known } from "./known.ts";
import { doubles, fail, unpack } from "./packed.ts";
import type { Column, Row, Run, Session, Status } from "./session.ts";
import type { Settings } from "./settings.ts";

export const FRAME_MARK = "MGWF";

/** The columns of a frame's rows. */
const COLUMNS = ["step", "loss", "dataLoss", "regLoss", "accuracy", "learningRate"] as const;

export interface Frame {
  readonly step: number;
  /** Steps taken in a second. */
  readonly rate: number;
  readonly parameters: Float64Array;
  readonly gradients: Float64Array;
  readonly rows: Float64Array;
}

export function readFrame(bytes: Uint8Array): Frame {
  const { header, sections } = unpack(FRAME_MARK, bytes);
  const [step, count, rows] = ["step", "parameters", "rows"].map((name) => {
    const x = header[name];
    if (typeof x !== "number" || !Number.isInteger(x) || x < 0) fail(FRAME_MARK, name, x);
    return x as number;
  }) as [number, number, number];
  return {
    step,
    rate: Number(header.rate) || 0,
    parameters: doubles(FRAME_MARK, sections[0], count),
    gradients: doubles(FRAME_MARK, sections[1], count),
    rows: doubles(FRAME_MARK, sections[2], rows * COLUMNS.length),
  };
}

/** What there is to say of the loop: a cap that was hit, an error, what is no longer kept. */
export function wordsOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return "";
  try {
    const { words } = unpack(FRAME_MARK, bytes).header;
    return typeof words === "string" ? words : "";
  } catch {
    // Who shows the frame says what is wrong with it.
    return "";
  }
}

/** What the page asks of Python. */
export interface Remote {
  readonly isRunning: boolean;
  run(isRunning: boolean): void;
  seek(step: number): void;
  reset(): void;
}

export class WatchedSession extends Known implements Session {
  readonly settings: Settings;
  readonly others: readonly Run[] = [];
  readonly run: WatchedRun;
  readonly #frame: Frame;
  readonly #remote: Remote;

  constructor(
    asked: Asked,
    frame: Frame,
    remote: Remote,
    { network, points, trained, settings }: Session,
  ) {
    super(network, points, trained, asked);
    if (frame.parameters.length !== network.initial.length) {
      fail(FRAME_MARK, `${network.initial.length} parameters`, frame.parameters.length);
    }
    this.settings = settings;
    this.#frame = frame;
    this.#remote = remote;
    this.run = new WatchedRun(frame, settings);
  }

  get status(): Status {
    return this.isPlaying ? { kind: "running" } : { kind: "ready" };
  }

  get isPlaying(): boolean {
    return this.#remote.isRunning;
  }

  get rate(): number {
    return this.isPlaying ? this.#frame.rate : 0;
  }

  get step(): number {
    return this.#frame.step;
  }

  get last(): number {
    return this.run.taken;
  }

  get row(): Row {
    return this.run.row(this.step);
  }

  get parameters(): Float64Array {
    return this.#frame.parameters;
  }

  get gradients(): Float64Array {
    return this.#frame.gradients;
  }

  readonly knowsUpdates = false;

  get updates(): Float64Array {
    return new Float64Array(this.parameters.length).fill(Number.NaN);
  }

  get batch(): Int32Array {
    return Int32Array.from({ length: this.trained }, (_, i) => i);
  }

  protected get alpha(): number {
    return this.settings.alpha;
  }

  play = (): void => this.#remote.run(true);
  pause = (): void => this.#remote.run(false);
  seek = (step: number): void => this.#remote.seek(Math.max(0, Math.floor(step)));
  reset = (): void => this.#remote.reset();
  fieldOf = (): null => null;
  choose(): void {}
  forget(): void {}
}

/** Rows with gaps: what lies between two of them looks like the one before. */
class WatchedRun implements Run {
  readonly name = trainingText.watched;
  readonly began = 0;
  readonly taken: number;
  /** What is not kept Python says in words of its own. */
  readonly spacing = 1;
  readonly #rows: Float64Array;
  readonly #settings: Settings;
  readonly #columns = new Map<Column, Float64Array>();

  constructor({ rows, step }: Frame, settings: Settings) {
    this.#rows = rows;
    this.#settings = settings;
    const last = rows.length === 0 ? 0 : rows[rows.length - COLUMNS.length]!;
    this.taken = Math.max(last, step);
  }

  row(step: number): Row {
    const of = (name: Column) => this.column(name)[step] ?? Number.NaN;
    return {
      step,
      loss: of("loss"),
      dataLoss: of("dataLoss"),
      regLoss: of("regLoss"),
      accuracy: of("accuracy"),
      learningRate: of("learningRate"),
      testLoss: Number.NaN,
      testAccuracy: Number.NaN,
    };
  }

  column(name: Column): Float64Array {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = new Float64Array(this.taken + 1).fill(Number.NaN);
    const place = COLUMNS.indexOf(name as (typeof COLUMNS)[number]);
    const width = COLUMNS.length;
    for (let k = 0; place > 0 && k < this.#rows.length; k += width) {
      const until = this.#rows[k + width] ?? this.taken + 1;
      column.fill(this.#rows[k + place]!, this.#rows[k]!, until);
    }
    this.#columns.set(name, column);
    return column;
  }

  get segments() {
    return [{ first: 0, settings: this.#settings }];
  }

  settingsAt(): Settings {
    return this.#settings;
  }
}
