/** A run as it is kept: every row, and enough states to be anywhere again. */
import { describe, expect, test } from "vitest";
import type { State } from "../src/training/descent.ts";
import { COLUMNS, Recording, under } from "../src/training/recording.ts";
import type { Row } from "../src/training/session.ts";
import type { Settings } from "../src/training/settings.ts";

const SETTINGS: Settings = {
  learningRate: 1,
  schedule: "constant",
  alpha: 0,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1,
};
const SLOWER: Settings = { ...SETTINGS, learningRate: 0.1 };

const state = (step: number): State => ({
  step,
  parameters: Float64Array.of(step),
  memory: Float64Array.of(-step),
});
/** A state takes 16 bytes. */
const SIZE = 16;

const row = (step: number): Row => ({
  step,
  loss: step,
  dataLoss: step + 0.1,
  regLoss: step + 0.2,
  accuracy: step + 0.3,
  learningRate: step + 0.4,
  testLoss: step + 0.5,
  testAccuracy: step + 0.6,
});

/** A run of so many steps, each written and kept as training does it. */
function run(steps: number, room?: number): Recording {
  const made = new Recording("run 1", state(0), SETTINGS, 0, room);
  for (let step = 0; step <= steps; step++) {
    made.keep(state(step));
    made.write(row(step));
  }
  return made;
}

describe("rows", () => {
  test("every number of every step is found again, however many there are", () => {
    const long = run(1500);
    expect(long.taken).toBe(1500);
    for (const step of [0, 1, 255, 256, 257, 511, 512, 1024, 1500]) {
      expect(long.row(step)).toEqual(row(step));
    }
    for (const name of COLUMNS) {
      expect([...long.column(name)]).toEqual(Array.from({ length: 1501 }, (_, k) => row(k)[name]));
    }
  });

  test("before the first one nothing is taken, and an earlier one written anew takes none away", () => {
    const none = new Recording("run 1", state(0), SETTINGS);
    expect([none.taken, none.column("loss").length, none.began]).toEqual([0, 0, 0]);
    const some = run(5);
    some.write({ ...row(3), loss: 99 });
    expect([some.taken, some.row(3).loss, some.row(4).loss]).toEqual([5, 99, 4]);
  });
});

describe("states", () => {
  test("while there is room each is kept", () => {
    const short = run(7, 8 * SIZE);
    expect(short.spacing).toBe(1);
    for (let step = 0; step <= 7; step++) expect(short.before(step)).toEqual(state(step));
  });

  test("beyond the room every second one is, then every fourth", () => {
    const more = run(8, 8 * SIZE);
    expect(more.spacing).toBe(2);
    expect([4, 5, 6, 7, 8].map((step) => more.before(step).step)).toEqual([4, 4, 6, 6, 8]);
    const most = run(17, 8 * SIZE);
    expect(most.spacing).toBe(4);
    expect([3, 4, 7, 15, 16].map((step) => most.before(step).step)).toEqual([0, 4, 4, 12, 16]);
  });

  test("a run far too large for its room keeps its beginning and one more", () => {
    const large = run(9, 1);
    expect(large.spacing).toBe(8);
    expect([7, 8].map((step) => large.before(step).step)).toEqual([0, 8]);
  });

  test("the last one is at hand wherever it stands, also for what lies behind it", () => {
    const more = run(9, 8 * SIZE);
    expect(more.end).toEqual(state(9));
    expect([9, 50].map((step) => more.before(step))).toEqual([state(9), state(9)]);
    more.keep(state(4));
    expect(more.end).toEqual(state(9));
  });

  test("the last one may be kept anew, and is the new one then", () => {
    const some = run(3);
    const fresh = { ...state(3), memory: Float64Array.of(0) };
    some.keep(fresh);
    expect([some.end, some.before(3)]).toEqual([fresh, fresh]);
  });

  test("what was never kept is looked for before it", () => {
    const gap = new Recording("run 1", state(0), SETTINGS);
    for (const step of [1, 2, 6]) gap.keep(state(step));
    expect([1, 2, 3, 5, 6].map((step) => gap.before(step).step)).toEqual([1, 2, 2, 2, 6]);
  });
});

describe("settings", () => {
  test("hold from where they were changed", () => {
    const changed = run(5);
    changed.change(5, SLOWER);
    expect([0, 4, 5, 9].map((step) => changed.settingsAt(step))).toEqual([
      ...[SETTINGS, SETTINGS],
      ...[SLOWER, SLOWER],
    ]);
    expect(changed.segments).toEqual([
      { first: 0, settings: SETTINGS },
      { first: 5, settings: SLOWER },
    ]);
  });

  test("a second change at the same step takes the place of the first, and one back takes it away", () => {
    const changed = run(5);
    changed.change(5, SLOWER);
    changed.change(5, { ...SLOWER, optimizer: "adam" });
    expect(changed.segments.map(({ settings }) => settings.optimizer)).toEqual(["sgd", "adam"]);
    changed.change(5, { ...SETTINGS });
    expect(changed.segments).toEqual([{ first: 0, settings: SETTINGS }]);
    changed.change(0, SLOWER);
    expect(changed.segments).toEqual([{ first: 0, settings: SLOWER }]);
  });

  test("the state where the last of them began stays, where others make room", () => {
    const changed = run(5, 8 * SIZE);
    changed.change(5, SLOWER);
    for (let step = 5; step <= 40; step++) changed.keep(state(step));
    expect(changed.before(5).step).toBe(0);
    expect(changed.lastStart).toEqual({ state: state(5), segments: changed.segments });
  });

  test("where that state is not known, going on begins at the beginning", () => {
    const changed = run(5);
    changed.change(9, SLOWER);
    expect(changed.lastStart.state).toEqual(state(0));
  });

  test("a state that was kept under other settings is not where the new ones begin", () => {
    const changed = run(9);
    changed.change(9, SLOWER);
    expect(changed.lastStart.state).toEqual(state(0));
    changed.keep(state(9));
    expect(changed.lastStart.state).toEqual(state(9));
  });
});

describe("another way from an earlier step", () => {
  test("has the same past, and none of what followed", () => {
    const first = run(20, 8 * SIZE);
    const other = first.branch("run 2", state(9));
    expect([other.name, other.began, other.taken]).toEqual(["run 2", 9, 9]);
    expect([...other.column("loss")]).toEqual([...first.column("loss").subarray(0, 10)]);
    expect(other.end).toEqual(state(9));
    expect([other.spacing, other.before(8).step, other.before(99).step]).toEqual([4, 8, 9]);
    expect(first.taken).toBe(20);
  });

  test("has the settings up to there, and remembers where they began", () => {
    const first = run(6);
    first.change(6, SLOWER);
    for (let step = 6; step <= 12; step++) {
      first.keep(state(step));
      first.write(row(step));
    }
    first.change(12, SETTINGS);
    const other = first.branch("run 2", state(12));
    expect(other.segments).toEqual(first.segments);
    const earlier = first.branch("run 3", state(6));
    expect(earlier.segments.map((segment) => segment.first)).toEqual([0, 6]);
    expect(earlier.lastStart.state).toEqual(state(6));
    expect(first.branch("run 4", state(5)).segments).toHaveLength(1);
    const later = first.branch("run 5", state(9));
    expect(later.lastStart.state).toEqual(state(6));
  });

  test("forgets where later settings began on the way that it leaves", () => {
    const first = run(6);
    first.change(6, SLOWER);
    first.keep({ ...state(6), parameters: Float64Array.of(-1) });
    const other = first.branch("run 2", state(3));
    for (let step = 3; step <= 6; step++) other.write(row(step));
    other.change(6, SLOWER);
    expect(other.lastStart.state).toEqual(state(0));
    other.keep(state(6));
    expect(other.lastStart.state).toEqual(state(6));
  });

  test("what it does changes nothing of where it came from", () => {
    const first = run(6);
    const other = first.branch("run 2", state(3));
    other.write({ ...row(3), loss: 99 });
    other.change(3, SLOWER);
    expect([first.row(3).loss, first.segments.length]).toEqual([3, 1]);
  });
});

test("a run from elsewhere has its rows, its settings and where it stood", () => {
  const segments = [
    { first: 0, settings: SETTINGS },
    { first: 4, settings: SLOWER },
  ];
  const rows = [0, 1, 2, 3, 4, 5, 6].map(row);
  const restored = Recording.restored("run 3", state(0), segments, rows, [state(4), state(6)]);
  expect([restored.name, restored.taken, restored.row(6)]).toEqual(["run 3", 6, row(6)]);
  expect(restored.segments).toEqual(segments);
  expect(restored.lastStart.state).toEqual(state(4));
  expect([3, 5, 6, 7].map((step) => restored.before(step).step)).toEqual([0, 4, 6, 6]);
});

test("an optimizer with another memory begins afresh, one with the same goes on", () => {
  const two: State = { step: 3, parameters: Float64Array.of(1, 2), memory: Float64Array.of(7, 8) };
  expect(under(two, { ...SETTINGS, optimizer: "momentum" })).toBe(two);
  const fresh = under(two, { ...SETTINGS, optimizer: "adam" });
  expect([fresh.step, fresh.parameters]).toEqual([3, two.parameters]);
  expect([...fresh.memory]).toEqual([0, 0, 0, 0, 1, 1]);
});
