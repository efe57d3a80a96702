/** Trainings that nobody computed, for what only shows them: their curves are made up. */
import type { Desk } from "../src/dashboard/part.ts";
import { Traits } from "../src/diagram/traits.ts";
import type { Column, Row, Run, Session, Status } from "../src/training/session.ts";
import type { Settings } from "../src/training/settings.ts";
import { FakeModel } from "./model.ts";

export const SETTINGS: Settings = {
  learningRate: 1,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1337,
};

export class FakeRun implements Run {
  readonly name: string;
  began = 0;
  spacing = 1;
  segments: Run["segments"];
  readonly columns: Record<Column, Float64Array>;

  constructor(name: string, taken: number, { rate = 0.03, hasTest = false } = {}) {
    this.name = name;
    this.segments = [{ first: 0, settings: SETTINGS }];
    const made = (of: (step: number) => number) =>
      Float64Array.from({ length: taken + 1 }, (_, step) => of(step));
    const wave = (k: number) => Math.abs(Math.sin(12.9 * k + 78.2)) * Math.exp(-rate * k);
    const untested = hasTest ? 0 : Number.NaN;
    this.columns = {
      dataLoss: made((k) => 0.9 * Math.exp(-rate * k) + 0.01 + 0.15 * wave(k)),
      regLoss: made((k) => 0.012 + 0.02 * (1 - Math.exp((-rate * k) / 2))),
      loss: new Float64Array(taken + 1),
      testLoss: made((k) => untested + 0.95 * Math.exp(-rate * 0.8 * k) + 0.08 + 0.1 * wave(k + 1)),
      accuracy: made((k) => Math.round(100 * (1 - 0.5 * Math.exp(-rate * k * 1.4))) / 100),
      testAccuracy: made(
        (k) => untested + Math.round(50 * (0.94 - 0.45 * Math.exp(-rate * k))) / 50,
      ),
      learningRate: made(() => SETTINGS.learningRate),
    };
    const { loss, dataLoss, regLoss } = this.columns;
    for (let k = 0; k <= taken; k++) loss[k] = dataLoss[k]! + regLoss[k]!;
  }

  get taken(): number {
    return this.columns.loss.length - 1;
  }

  column(name: Column): Float64Array {
    return this.columns[name];
  }

  row(step: number): Row {
    const at = Object.entries(this.columns).map(([name, numbers]) => [name, numbers[step]]);
    return { step, ...Object.fromEntries(at) } as Row;
  }

  settingsAt(step: number): Settings {
    return this.segments.findLast(({ first }) => first <= step)!.settings;
  }
}

/** It takes no steps of its own; what it was asked for stands in `asked`. */
export class FakeSession {
  readonly asked: string[] = [];
  network = { initial: new Float64Array(337), layers: [] as unknown[][] };
  points = { count: 100 };
  trained = 100;
  settings = SETTINGS;
  status: Status = { kind: "ready" };
  isPlaying = false;
  rate = 0;
  step: number;
  run: FakeRun;
  others: readonly FakeRun[] = [];

  constructor(run: FakeRun, step = run.taken) {
    this.run = run;
    this.step = step;
  }

  get last(): number {
    return this.run.taken;
  }

  get row(): Row {
    return this.run.row(this.step);
  }

  outputs(_layer: number, _place: number): Float64Array {
    return Float64Array.of(1);
  }

  play(): void {
    this.asked.push("play");
    this.isPlaying = true;
  }

  pause(): void {
    if (this.isPlaying) this.asked.push("pause");
    this.isPlaying = false;
  }

  seek(step: number): void {
    this.asked.push(`seek ${step}`);
    this.pause();
    this.step = Math.min(step, this.last);
  }

  reset(): void {
    this.asked.push("reset");
  }

  choose(run: FakeRun): void {
    this.asked.push(`choose ${run.name}`);
    this.others = [...this.others.filter((other) => other !== run), this.run];
    this.run = run;
    this.step = Math.min(this.step, run.taken);
  }

  forget(run: FakeRun): void {
    this.asked.push(`forget ${run.name}`);
    this.others = this.others.filter((other) => other !== run);
  }

  get asSession(): Session {
    return this as unknown as Session;
  }
}

/** What a part is given, with nothing but a session and some traits behind it. */
export class FakeDesk implements Partial<Desk> {
  readonly #ended = new AbortController();
  readonly signal = this.#ended.signal;
  readonly root = document.createElement("div");
  readonly said: string[] = [];
  readonly hinted: string[] = [];
  readonly traits: Traits;
  readonly fake: FakeSession;
  theme: "light" | "dark" = "light";
  refreshed = 0;
  refresh: () => void = () => void this.refreshed++;
  readonly locked = new Set<string>();
  readonly hidden = new Set<string>();
  readonly hasPython = true;

  constructor(fake: FakeSession, traits: Record<string, unknown> = {}) {
    this.fake = fake;
    const all = { steps: 100, speed: "1", ...traits };
    const model = new FakeModel(all);
    this.traits = new Traits(model, Object.keys(all), () => this.refresh(), this.signal);
  }

  get session(): Session {
    return this.fake.asSession;
  }

  has = (control: string): boolean => !this.hidden.has(control);
  mayMove = (control: string): boolean => this.has(control) && !this.locked.has(control);
  say = (words: string): void => void this.said.push(words);
  hint = (words: string): void => void this.hinted.push(words);
  end = (): void => this.#ended.abort();

  get asDesk(): Desk {
    return this as unknown as Desk;
  }
}
