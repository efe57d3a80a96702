/**
 * A run as it is kept: the row of every step, and enough parameters to be anywhere again, exactly.
 *
 * Parameters are kept at every step until they fill the room they have; then at every second one,
 * every fourth, … What lies between is worked out again from the one before, to the same bits.
 */
import { emptyMemory } from "../optimizers.ts";
import type { State } from "./descent.ts";
import type { Column, Row, Run, Segment } from "./session.ts";
import { type Settings, sameSettings } from "./settings.ts";

/** Bytes of parameters that a run may keep. */
export const ROOM = 16 * 2 ** 20;

export const COLUMNS: readonly Column[] = [
  "loss",
  "dataLoss",
  "regLoss",
  "accuracy",
  "learningRate",
  "testLoss",
  "testAccuracy",
];

export class Recording implements Run {
  readonly name: string;
  readonly began: number;
  readonly #room: number;
  readonly #columns = new Map(COLUMNS.map((name) => [name, new Float64Array(256)]));
  #segments: Segment[];
  #kept = new Map<number, State>();
  /** The states with which segments begin: what Python is told, and what always stays. */
  #starts = new Map<number, State>();
  #end: State;
  #spacing = 1;
  #rows = 0;

  constructor(name: string, start: State, settings: Settings, began = 0, room = ROOM) {
    this.name = name;
    this.began = began;
    this.#room = room;
    this.#segments = [{ first: 0, settings }];
    this.#end = start;
    this.#kept.set(0, start);
    this.#starts.set(0, start);
  }

  get taken(): number {
    return Math.max(0, this.#rows - 1);
  }

  get spacing(): number {
    return this.#spacing;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  row(step: number): Row {
    const of = (name: Column) => this.#columns.get(name)![step]!;
    return {
      step,
      loss: of("loss"),
      dataLoss: of("dataLoss"),
      regLoss: of("regLoss"),
      accuracy: of("accuracy"),
      learningRate: of("learningRate"),
      testLoss: of("testLoss"),
      testAccuracy: of("testAccuracy"),
    };
  }

  column(name: Column): Float64Array {
    return this.#columns.get(name)!.subarray(0, this.#rows);
  }

  settingsAt(step: number): Settings {
    return this.#segments.findLast(({ first }) => first <= step)!.settings;
  }

  /** Writes the next row, or the last one anew. */
  write(row: Row): void {
    for (const [name, column] of this.#columns) {
      let room = column;
      if (row.step >= column.length) {
        room = new Float64Array(2 * column.length);
        room.set(column);
        this.#columns.set(name, room);
      }
      room[row.step] = row[name];
    }
    this.#rows = Math.max(this.#rows, row.step + 1);
  }

  /** Where the settings in force at the end began to hold, or the nearest state before that is kept. */
  get lastStart(): { state: State; segments: readonly Segment[] } {
    const { first } = this.#segments.at(-1)!;
    const state = this.#starts.get(first) ?? this.#kept.get(0)!;
    return { state, segments: this.#segments };
  }

  /** The state behind the last step, or the nearest one before that is known. */
  get end(): State {
    return this.#end;
  }

  keep(state: State): void {
    if (state.step >= this.#end.step) this.#end = state;
    if (this.#segments.some(({ first }) => first === state.step)) {
      this.#starts.set(state.step, state);
    }
    if (state.step % this.#spacing !== 0) return;
    this.#kept.set(state.step, state);
    const size = 8 * (state.parameters.length + state.memory.length);
    while (this.#kept.size * size > this.#room && this.#kept.size > 2) {
      this.#spacing *= 2;
      for (const step of this.#kept.keys()) {
        if (step % this.#spacing !== 0) this.#kept.delete(step);
      }
    }
  }

  /** The latest kept state that is not behind a step. */
  before(step: number): State {
    if (step >= this.#end.step) return this.#end;
    for (let k = step - (step % this.#spacing); k > 0; k -= this.#spacing) {
      const state = this.#kept.get(k);
      if (state !== undefined) return state;
    }
    return this.#kept.get(0)!;
  }

  /** What is to hold from a step on, which must be the last one. */
  change(step: number, settings: Settings): void {
    const segments = this.#segments.filter(({ first }) => first < step);
    const last = segments.at(-1);
    if (last === undefined || !sameSettings(last.settings, settings)) {
      segments.push({ first: step, settings });
    }
    this.#segments = segments;
  }

  /** A run that was kept elsewhere: its rows, what held from when on, and where the last of that began. */
  static restored(
    name: string,
    start: State,
    segments: readonly Segment[],
    rows: readonly Row[],
    kept: readonly State[],
  ): Recording {
    const run = new Recording(name, start, segments[0]!.settings);
    run.#segments = [...segments];
    for (const row of rows) run.write(row);
    for (const state of kept) {
      run.#kept.set(state.step, state);
      run.#starts.set(state.step, state);
      run.#end = state;
    }
    return run;
  }

  /** The same run up to a step, to go another way from there. */
  branch(name: string, state: State): Recording {
    const other = new Recording(name, this.#kept.get(0)!, this.settingsAt(0), state.step);
    other.#segments = this.#segments.filter(({ first }) => first <= state.step);
    other.#spacing = this.#spacing;
    for (const [step, kept] of this.#kept) if (step <= state.step) other.#kept.set(step, kept);
    for (const [step, kept] of this.#starts) if (step <= state.step) other.#starts.set(step, kept);
    for (let step = 0; step <= state.step; step++) other.write(this.row(step));
    other.keep(state);
    return other;
  }
}

/** The state with a memory that this optimizer can go on with: another one begins afresh. */
export function under(state: State, { optimizer }: Settings): State {
  const memory = emptyMemory(optimizer, state.parameters.length);
  return memory.length === state.memory.length ? state : { ...state, memory };
}
