import { describe, expect, test, vi } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Fold } from "../src/fold.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { readPositions } from "../src/layout/positions.ts";
import type { Runner } from "../src/layout/runner.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { Names } from "../src/names.ts";
import { buildScene, type Scene } from "../src/scene.ts";
import { leaf, tapeOf } from "./tapes.ts";

function sceneOf(label: string): Scene {
  const tape = tapeOf(leaf(3, label), { op: Op.mul, of: [0, 0] }, { op: Op.tanh, of: [1] });
  return buildScene(tape, new Names(tape), new Fold(tape));
}

describe("the DOT text", () => {
  test("holds numbers of ours and no label", () => {
    const dot = dotText(sceneOf('x"]; evil [URL="javascript:1'), "LR");
    expect(dot).not.toMatch(/evil|javascript/);
    expect(dot).toMatch(/^n0 -> n1 \[id=0 /m);
    expect(dot).toMatch(/^n0 -> n1 \[id=1 /m);
  });

  test.each(["LR", "TB"] as const)("is laid out by Graphviz, %s", async (direction) => {
    const scene = sceneOf("a");
    const places = readPositions(await layout(dotText(scene, direction)), scene);
    const [a, b, c] = [0, 1, 2].map((i) => places.boxes.get(i)!);
    const along = direction === "LR" ? "x" : "y";
    expect(a![along]).toBeLessThan(b![along]);
    expect(b![along]).toBeLessThan(c![along]);
    expect(places.routes).toHaveLength(3);
    const [first, second] = places.routes;
    const apart = Math.hypot(first!.label.x - second!.label.x, first!.label.y - second!.label.y);
    expect(apart).toBeGreaterThan(12);
  });

  test("an incomplete answer is refused", () => {
    expect(() => readPositions('{"bb":"0,0,1,1"}', sceneOf("a"))).toThrow(/incomplete/);
  });
});

describe("the layout service", () => {
  const never = new AbortController().signal;
  const runnerOf = (run: (dot: string) => Promise<string>) => ({ run: vi.fn(run), stop: vi.fn() });

  test("works one request after the other, and ends its worker with the last view", async () => {
    const runner = runnerOf(async (dot) => dot.toUpperCase());
    const service = createLayoutService(async () => runner);
    service.enter();
    expect(await Promise.all(["a", "b"].map((dot) => service.layout(dot, never)))).toEqual([
      "A",
      "B",
    ]);
    expect(runner.stop).not.toHaveBeenCalled();
    service.leave();
    await vi.waitFor(() => expect(runner.stop).toHaveBeenCalledOnce());
  });

  test("a request given up is never run, and rejects at once", async () => {
    const runner = runnerOf(() => new Promise((done) => setTimeout(done, 20, "slow")));
    const service = createLayoutService(async () => runner);
    service.enter();
    const old = new AbortController();
    const first = service.layout("first", never);
    const second = service.layout("second", old.signal);
    const third = service.layout("third", never);
    old.abort(new Error("newer one"));
    await expect(second).rejects.toThrow("newer one");
    await Promise.all([first, third]);
    expect(runner.run.mock.calls.flat()).toEqual(["first", "third"]);
  });

  test("a failure gets one more try, on a fresh instance", async () => {
    const broken = runnerOf(() => Promise.reject(new Error("memory")));
    const good = runnerOf(async () => "fine");
    const starts: Runner[] = [broken, good];
    const service = createLayoutService(async () => starts.shift()!);
    service.enter();
    expect(await service.layout("dot", never)).toBe("fine");
    expect(broken.stop).toHaveBeenCalled();
  });

  test("two failures are a failure, and the next request starts anew", async () => {
    const broken = () => runnerOf(() => Promise.reject(new Error("memory")));
    const starts: Runner[] = [broken(), broken(), runnerOf(async () => "fine")];
    const service = createLayoutService(async () => starts.shift()!);
    service.enter();
    await expect(service.layout("dot", never)).rejects.toThrow("memory");
    expect(await service.layout("dot", never)).toBe("fine");
  });

  test("a layout that nobody waits for is ended when it takes too long", async () => {
    vi.useFakeTimers();
    const stuck = runnerOf(() => new Promise(() => {}));
    const starts: Runner[] = [stuck, runnerOf(async () => "new")];
    const service = createLayoutService(async () => starts.shift()!);
    service.enter();
    const old = new AbortController();
    const first = service.layout("old", old.signal);
    const second = service.layout("new", never);
    await vi.advanceTimersByTimeAsync(10);
    old.abort(new Error("gone"));
    await expect(first).rejects.toThrow("gone");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await second).toBe("new");
    expect(stuck.stop).toHaveBeenCalled();
    vi.useRealTimers();
  });
});
