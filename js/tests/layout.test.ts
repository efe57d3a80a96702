import { describe, expect, test, vi } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Fold } from "../src/fold.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { isWhole } from "../src/layout/kept.ts";
import { besideCurve, lengthIn } from "../src/layout/label.ts";
import { readPositions } from "../src/layout/positions.ts";
import type { Runner } from "../src/layout/runner.ts";
import { createLayoutService, LONGEST_MS } from "../src/layout/service.ts";
import { buildScene, type Scene } from "../src/scene.ts";
import { eventually } from "./model.ts";
import { expressionOf, leaf } from "./tapes.ts";

function sceneOf(label: string): Scene {
  const rows = [leaf(3, label), { op: Op.mul, of: [0, 0] }, { op: Op.tanh, of: [1] }];
  const expression = expressionOf(...rows);
  return buildScene(expression, new Fold(expression.tape));
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
    const places = readPositions(await layout(dotText(scene, direction)), scene, direction);
    const [a, b, c] = [0, 1, 2].map((i) => places.boxes.get(i)!);
    const along = direction === "LR" ? "x" : "y";
    expect(a![along]).toBeLessThan(b![along]);
    expect(b![along]).toBeLessThan(c![along]);
    expect(places.routes).toHaveLength(3);
    const [first, second] = places.routes;
    const apart = Math.hypot(
      first!.label!.x - second!.label!.x,
      first!.label!.y - second!.label!.y,
    );
    expect(apart).toBeGreaterThan(12);
  });

  test("an incomplete answer is refused", () => {
    expect(() => readPositions('{"bb":"0,0,1,1"}', sceneOf("a"), "LR")).toThrow(/incomplete/);
  });
});

describe("the number of an arrow", () => {
  const line = (from: [number, number], to: [number, number]) =>
    [0, 1 / 3, 2 / 3, 1].map((t) => ({
      x: from[0] + t * (to[0] - from[0]),
      y: from[1] + t * (to[1] - from[1]),
    }));

  test("moves up to its own line, on the side where Graphviz kept room", () => {
    const level = line([0, 50], [120, 50]);
    const above = besideCurve(level, { x: 60, y: 10 }, "LR");
    expect(above.anchor).toBe("middle");
    expect(above.x).toBeCloseTo(60);
    expect(above.y).toBeCloseTo(40);
    expect(besideCurve(level, { x: 60, y: 90 }, "LR").y).toBeCloseTo(60);
  });

  test("moves along its line, or to its other side, to where nothing covers it", () => {
    const level = line([0, 50], [120, 50]);
    const room = { x: 60, y: 10 };
    const beside = (...areas: { x: number; y: number; width: number; height: number }[]) =>
      besideCurve(level, room, "LR", (place) =>
        Math.max(0, ...areas.map((area) => lengthIn(area, place, 40))),
      );
    const box = { x: 0, y: 0, width: 60, height: 49 };
    const moved = beside(box);
    expect(moved.x).toBeGreaterThanOrEqual(80);
    expect(moved.y).toBeCloseTo(40);
    const roof = { x: 0, y: 0, width: 120, height: 49 };
    expect(beside(roof).x).toBeCloseTo(60);
    expect(beside(roof).y).toBeCloseTo(60);
    const around = { x: 30, y: 0, width: 120, height: 100 };
    expect(beside(around).x).toBeLessThanOrEqual(10);
    expect(lengthIn(around, beside(around), 40)).toBe(0);
    const nowhere = [roof, { x: 30, y: 49, width: 120, height: 50 }];
    expect(beside(...nowhere).y).toBeCloseTo(60);
  });

  test("stands beside a steep line, not across it", () => {
    const steep = line([50, 0], [50, 120]);
    const right = besideCurve(steep, { x: 90, y: 60 }, "TB");
    const left = besideCurve(steep, { x: 10, y: 60 }, "TB");
    expect([right.anchor, left.anchor]).toEqual(["start", "end"]);
    expect(right.x).toBeCloseTo(54);
    expect(left.x).toBeCloseTo(46);
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
    await eventually(() => expect(runner.stop).toHaveBeenCalledOnce());
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

  test("what has failed twice goes to the last resort, and the next begins anew", async () => {
    const broken = () => runnerOf(() => Promise.reject(new Error("memory")));
    const starts: Runner[] = [broken(), broken(), runnerOf(async () => "fine")];
    const small = runnerOf(async (dot) => `small ${dot}`);
    const service = createLayoutService(async () => starts.shift()!, small);
    service.enter();
    expect(await service.layout("dot", never)).toBe("small dot");
    expect(await service.layout("dot", never)).toBe("fine");
  });

  test("an answer that is none goes to a fresh instance, and then to the last resort", async () => {
    const scene = sceneOf("a");
    const dot = dotText(scene, "LR");
    const whole = await layout(dot);
    const other = await layout("digraph { n7 }");
    for (const nonsense of ["[", "null", "{}", '{"bb":"0,0,9,9"}', other]) {
      const wrong = () => runnerOf(async () => nonsense);
      const small = runnerOf(async () => "small");
      const answerOf = (...starts: Runner[]) => {
        const service = createLayoutService(async () => starts.shift()!, small, isWhole);
        service.enter();
        return service.layout(dot, never);
      };
      expect(
        await answerOf(
          wrong(),
          runnerOf(async () => whole),
        ),
      ).toBe(whole);
      expect(await answerOf(wrong(), wrong())).toBe("small");
    }
  });

  test("where nothing can be started nobody tries again and again", async () => {
    const start = vi.fn(() => Promise.reject(new Error("no worker")));
    const small = runnerOf(async (dot) => `small ${dot}`);
    const service = createLayoutService(start, small);
    service.enter();
    const answers = [await service.layout("a", never), await service.layout("b", never)];
    expect(answers).toEqual(["small a", "small b"]);
    expect(start).toHaveBeenCalledTimes(2);
  });

  test("what never starts is waited for ten seconds, twice", async () => {
    vi.useFakeTimers();
    const late: ((runner: Runner) => void)[] = [];
    const small = runnerOf(async () => "small");
    const service = createLayoutService(() => new Promise((done) => late.push(done)), small);
    service.enter();
    const answer = service.layout("dot", never);
    await vi.advanceTimersByTimeAsync(2 * LONGEST_MS);
    expect(await answer).toBe("small");
    const runner = runnerOf(async () => "late");
    late[0]!(runner);
    await vi.advanceTimersByTimeAsync(0);
    expect(runner.stop).toHaveBeenCalledOnce();
    vi.useRealTimers();
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
