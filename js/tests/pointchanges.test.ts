/** Changes of points: what goes out and when, and the way back. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Desk } from "../src/dashboard/part.ts";
import { PointChanges } from "../src/dashboard/pointchanges.ts";
import { bytesOf } from "../src/host.ts";
import { Points, readPoints } from "../src/training/points.ts";

const MOONS = { dataset: "moons", noise: 0.1, dataSeed: 1 };
const start = new Points(Float64Array.of(0, 0, 1, 1), Float64Array.of(1, -1), MOONS);

const frames = new Map<number, () => void>();
let count = 0;
let told: { dataset: unknown; points: Points }[] = [];
let traits: Map<string, unknown>;
let changes: PointChanges;

beforeEach(() => {
  frames.clear();
  told = [];
  traits = new Map<string, unknown>([
    ["dataset", "moons"],
    ["points", start.toBytes()],
  ]);
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => {
    frames.set(++count, frame);
    return count;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
  changes = new PointChanges({
    signal: new AbortController().signal,
    traits: {
      get: (name: string) => traits.get(name),
      setAll(values: Readonly<Record<string, unknown>>) {
        for (const [name, value] of Object.entries(values)) traits.set(name, value);
        told.push({ dataset: traits.get("dataset"), points: held() });
      },
    },
  } as unknown as Desk);
  changes.follow(start);
});
afterEach(() => vi.unstubAllGlobals());

const held = () => readPoints(bytesOf(traits.get("points")));
const runFrame = () => {
  const due = [...frames.values()];
  frames.clear();
  for (const frame of due) frame();
};

test("a change goes out at once, as own points", () => {
  changes.change(start.added(2, 3, -1));
  expect(told).toHaveLength(1);
  expect(told[0]!.dataset).toBe("own");
  expect([...told[0]!.points.xs]).toEqual([0, 0, 1, 1, 2, 3]);
});

test("of a thousand moves in a frame one goes out, and the last one always arrives", () => {
  for (let i = 1; i <= 1000; i++) changes.changeOn(start.moved(0, i, 0));
  expect(told).toHaveLength(0);
  runFrame();
  expect(told.map(({ points }) => points.x(0))).toEqual([1000]);
  changes.changeOn(start.moved(0, 1001, 0));
  changes.settle();
  runFrame();
  expect(told.map(({ points }) => points.x(0))).toEqual([1000, 1001]);
});

test("a drag is undone as one, back to the data set that it was", () => {
  for (let i = 1; i <= 3; i++) {
    changes.changeOn(start.moved(0, i, 0));
    runFrame();
    changes.follow(held());
  }
  changes.settle();
  changes.change(held().without(1));
  changes.follow(held());
  expect(changes.undo()!.count).toBe(2);
  changes.follow(held());
  changes.undo();
  expect(told.at(-1)!.dataset).toBe("moons");
  expect(held()).toEqual(start);
  expect(changes.canUndo).toBe(false);
  changes.redo();
  expect(held().x(0)).toBe(3);
});

test("an earlier part of a drag that comes back late is no change of its own", () => {
  changes.changeOn(start.moved(0, 1, 0));
  runFrame();
  const late = held();
  changes.changeOn(start.moved(0, 2, 0));
  changes.settle();
  changes.follow(late);
  expect(changes.points!.x(0)).toBe(2);
  changes.follow(held());
  changes.undo();
  expect(changes.canUndo).toBe(false);
  expect(held()).toEqual(start);
});

test("what another view or Python sets can be undone too", () => {
  const other = start.moved(1, 5, 5);
  traits.set("points", other.toBytes());
  changes.follow(other);
  expect(changes.points).toBe(other);
  changes.undo();
  expect(held()).toEqual(start);
});

test("what Python refuses is not built upon", () => {
  changes.change(start.added(2, 3, -1));
  expect(changes.points!.count).toBe(3);
  traits.set("points", start.toBytes());
  expect(changes.points).toBe(start);
});
