/** A training that lives in the page: it is driven by frames, works in slices, and can go back. */
import { trainingText } from "../strings/training.ts";
import { Asked } from "./asked.ts";
import { Descent, type Measured, type State, trainedOf } from "./descent.ts";
import { findDivergence } from "./divergence.ts";
import { Known } from "./known.ts";
import { atOnce } from "./loss.ts";
import type { Network } from "./network.ts";
import { Pace, stageOf } from "./pace.ts";
import type { Points } from "./points.ts";
import { Recording, under } from "./recording.ts";
import type { Past } from "./result.ts";
import type { Field, Row, Session, Status } from "./session.ts";
import { type Settings, sameSettings } from "./settings.ts";

/** Steps that are taken as fast as possible are shown at most so often: drawing takes its time too. */
const SHOWN_MS = 50;

/** So many runs are kept to compare with; the oldest goes first. */
const MOST_OTHERS = 4;

/** What is told of a run: how long it goes on, and what makes it stop before. */
export interface Aim {
  readonly steps: number;
  readonly targetLoss: number | null;
}

export interface Task {
  readonly network: Network;
  readonly points: Points;
  readonly share: number;
  readonly rates: Float64Array;
  readonly settings: Settings;
  readonly aim: Aim;
}

export class LiveSession extends Known implements Session {
  readonly #descent: Descent;
  /** The same at the parameters of another run. */
  #beside: Asked | null = null;
  readonly #pace: Pace;
  readonly #changed: () => void;
  aim: Aim;
  #settings: Settings;
  #run: Recording;
  #others: Recording[] = [];
  #count = 1;
  /** What is on screen; how far the work towards another step has come. */
  #shown: Measured;
  #cursor: State | null = null;
  #work: Generator<void, Measured> | null = null;
  /** The step to be shown, and while playing the last one to play to. */
  #goal: number;
  #end = 0;
  #status: Status = { kind: "ready" };
  #told = Number.NEGATIVE_INFINITY;

  /** `changed` is called, in a frame of the page, after everything that can be seen. */
  constructor(task: Task, changed: () => void, signal: AbortSignal) {
    super(task.network, task.points, trainedOf(task.points.count, task.share));
    this.aim = task.aim;
    this.#settings = task.settings;
    this.#changed = changed;
    this.#descent = new Descent(task.network, task.points, task.share, task.rates);
    this.#pace = new Pace((deadline) => this.#tick(deadline), signal);
    const { start, run } = this.#began();
    this.#run = run;
    this.#shown = this.#measured(start);
    this.#goal = 0;
    this.#take(this.#shown);
  }

  #began(): { start: State; run: Recording } {
    const start = this.#descent.start(this.#settings);
    return { start, run: new Recording(trainingText.run(1), start, this.#settings) };
  }

  /** Goes on where a page, now closed, had left off; not if that was with other points. */
  restore({ step, rows, segments, start, last }: Past): void {
    const { settings } = segments[0]!;
    const first = this.#descent.start(settings);
    const { loss } = atOnce(this.#descent.measure(first, settings)).row;
    // Another browser's tanh may differ in the last place.
    if (rows.some((row) => row.step === 0 && Math.abs(row.loss - loss) > 1e-9 * loss)) return;
    this.#run = Recording.restored(this.#run.name, first, segments, rows, [start]);
    this.#settings = segments.at(-1)!.settings;
    // What is measured there does not depend on what the optimizer remembers.
    const end = { ...last, memory: new Float64Array() };
    if (end.step === rows.length) this.#run.write(this.#measured(end).row);
    this.#fetch(step);
  }

  // What is known at the step on screen

  get settings(): Settings {
    return this.#settings;
  }

  get status(): Status {
    return this.#status;
  }

  get isPlaying(): boolean {
    return this.#pace.isPlaying;
  }

  get rate(): number {
    return this.#pace.rate;
  }

  get step(): number {
    return this.#shown.state.step;
  }

  /** The step that is to be shown, perhaps after some work. */
  get goal(): number {
    return this.#goal;
  }

  get last(): number {
    return this.#run.taken;
  }

  get row(): Row {
    return this.#shown.row;
  }

  get parameters(): Float64Array {
    return this.#shown.state.parameters;
  }

  get gradients(): Float64Array {
    return this.#shown.gradients;
  }

  readonly knowsUpdates = true;

  get updates(): Float64Array {
    return this.#shown.updates;
  }

  get batch(): Int32Array {
    return this.#shown.batch;
  }

  protected get alpha(): number {
    return this.#run.settingsAt(this.step).alpha;
  }

  // Time

  play(): void {
    if (this.isPlaying) return;
    const { steps } = this.aim;
    const from = this.step;
    if (this.#shown.next === null) return;
    this.#end = from < steps ? steps : from + steps;
    this.#begin(from, { kind: "running" });
    this.#pace.play();
    this.#changed();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#stop(this.#statusAt(this.#shown));
  }

  seek(step: number): void {
    const goal = Math.max(0, Math.floor(step));
    if (goal === this.#goal && !this.isPlaying) return;
    if (this.isPlaying) this.#stop({ kind: "ready" });
    this.#begin(goal, goal > this.last ? { kind: "running", goal } : { kind: "ready" });
    this.#pace.wake();
  }

  reset(): void {
    this.#pace.pause();
    const { start, run } = this.#began();
    this.#others = [];
    this.#count = 1;
    this.#run = run;
    this.#showAnew(start);
  }

  set speed(speed: string) {
    this.#pace.speed = speed;
  }

  #begin(goal: number, status: Status): void {
    this.#goal = goal;
    this.#work = null;
    this.#cursor = null;
    this.#status = status;
  }

  #stop(status: Status): void {
    this.#pace.pause();
    this.#begin(this.step, status);
    this.#changed();
  }

  // Runs

  get run(): Recording {
    return this.#run;
  }

  get others(): readonly Recording[] {
    return this.#others;
  }

  fieldOf(run: Recording): Field | null {
    const step = Math.min(this.step, run.taken);
    const { parameters, step: kept } = run.before(step);
    if (kept !== step) return null;
    this.#beside ??= new Asked(this.network, this.points, this.trained);
    return this.#beside.at(parameters).field;
  }

  choose(run: Recording): void {
    if (!this.#others.includes(run)) return;
    this.#others = [...this.#others.filter((other) => other !== run), this.#run];
    this.#run = run;
    this.#settings = run.settingsAt(run.taken);
    this.#pace.pause();
    this.#fetch(Math.min(this.step, run.taken));
  }

  /** Brings a step on screen that may have the number of the one there, and be of another run. */
  #fetch(step: number): void {
    this.#begin(step, { kind: "ready" });
    this.#cursor = this.#run.before(step);
    this.#pace.wake();
  }

  forget(run: Recording): void {
    this.#others = this.#others.filter((other) => other !== run);
    this.#changed();
  }

  /** Other settings hold from the step on screen: what was taken behind it stays as another run. */
  change(settings: Settings): void {
    if (sameSettings(settings, this.#settings)) return;
    this.#settings = settings;
    const { step } = this;
    const state = this.#shown.state;
    if (step < this.last) {
      this.#count++;
      this.#others = [...this.#others, this.#run].slice(-MOST_OTHERS);
      this.#run = this.#run.branch(trainingText.run(this.#count), state);
    }
    this.#run.change(step, settings);
    this.#showAnew(state, this.isPlaying ? this.#status : { kind: "ready" });
  }

  /** Another table of learning rates. */
  set rates(rates: Float64Array) {
    this.#descent.rates = rates;
    this.#showAnew(this.#shown.state, this.#status);
  }

  /** A state whose row may have changed with the settings. */
  #showAnew(state: State, status: Status = { kind: "ready" }): void {
    this.#begin(state.step, status);
    this.#take(this.#measured(state));
    this.#changed();
  }

  #measured(state: State): Measured {
    const settings = this.#run.settingsAt(state.step);
    const work = this.#descent.measure(under(state, settings), settings);
    return atOnce(work);
  }

  // Work

  /** Goes on until `deadline`; says whether there is more to do. */
  #tick(deadline: number): boolean {
    const before = this.#shown;
    const due = this.#pace.due;
    const progress = this.#progress;
    let moved = 0;
    if (this.isPlaying) this.#goal = Math.min(this.#end, this.step + due);
    while (this.isUnderWay && performance.now() < deadline) {
      this.#work ??= this.#nextWork();
      const { done, value } = this.#work.next();
      if (!done) continue;
      this.#work = null;
      const isForward = value.state.step > this.step;
      this.#arrive(value);
      if (isForward) moved++;
    }
    this.#pace.took(moved);
    if (this.isPlaying && this.step >= this.#end) this.#stop(this.#statusAt(this.#shown));
    else if (this.#shown !== before && this.#isTimeToShow) this.#tell();
    else if (this.#progress !== progress) this.#tell();
    return this.isPlaying || this.isUnderWay;
  }

  /** On the way to a step that was asked for: how much is done, in few stages. */
  get #progress(): number {
    const goal = this.#status.kind === "running" ? this.#status.goal : undefined;
    return goal === undefined ? 0 : stageOf(this.last, goal);
  }

  get #isTimeToShow(): boolean {
    return !this.#pace.isHurried || performance.now() - this.#told >= SHOWN_MS;
  }

  #tell(): void {
    this.#changed();
    this.#told = performance.now();
  }

  /** Another step is to be shown than the one on screen. */
  get isUnderWay(): boolean {
    return this.#work !== null || this.#cursor !== null || this.#shown.state.step !== this.#goal;
  }

  /** The work for the state that comes next on the way to the goal. */
  #nextWork(): Generator<void, Measured> {
    let state = this.#cursor;
    if (state === null) {
      const { next } = this.#shown;
      const kept = this.#run.before(this.#goal);
      // The step after the one on screen is at hand, if it lies on the way.
      state = next !== null && next.step <= this.#goal && next.step > kept.step ? next : kept;
    }
    const settings = this.#run.settingsAt(state.step);
    return this.#descent.measure(under(state, settings), settings);
  }

  #arrive(measured: Measured): void {
    const { step } = measured.state;
    if (step > this.last) this.#take(measured);
    else this.#run.keep(measured.state);
    const isForward = this.isPlaying && step > this.step;
    const ends = measured.next === null || (isForward && this.#isEnough(measured));
    const isThere = ends || step >= this.#goal;
    if (isThere || isForward) this.#shown = measured;
    this.#cursor = isThere ? null : measured.next;
    if (ends) this.#goal = step;
    if (ends && this.isPlaying) this.#stop(this.#statusAt(measured));
    else if (isThere && !this.isPlaying) this.#status = this.#statusAt(measured);
  }

  /** A state that is new, or measured under other settings. */
  #take(measured: Measured): void {
    this.#run.write(measured.row);
    this.#run.keep(measured.state);
    if (measured.state.step === this.#goal) this.#shown = measured;
    if (measured.next === null) this.#status = this.#statusAt(measured);
  }

  #isEnough({ row }: Measured): boolean {
    const { targetLoss } = this.aim;
    return targetLoss !== null && row.loss <= targetLoss;
  }

  #statusAt(measured: Measured): Status {
    const { step, loss } = measured.row;
    if (measured.next === null) return findDivergence(this.network, this.points, measured);
    if (this.#isEnough(measured)) return { kind: "target", step, loss };
    return step >= this.aim.steps && step === this.last ? { kind: "completed" } : { kind: "ready" };
  }
}
