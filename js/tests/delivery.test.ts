import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ANSWER_MS, getEngine } from "../src/delivery.ts";
import { FakeModel } from "./model.ts";

const page = globalThis as unknown as Record<symbol, unknown>;
const gone = () => new AbortController();
const model = (key = "k") => new FakeModel({ _engine_key: key });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  delete page[Symbol.for("microgradwidgets")];
  delete page[Symbol.for("microgradwidgets.orders")];
});

test("many models ask once", () => {
  const models = [model(), model(), model()];
  const engines = models.map((m) => getEngine(m, gone().signal));
  expect(models.map((m) => m.sent.length)).toEqual([1, 0, 0]);
  expect(models[0]!.sent[0]).toEqual({ kind: "engine" });
  expect(new Set(engines).size).toBe(1);
});

test("another version of the engine is asked for separately", () => {
  const models = [model("k"), model("other")];
  for (const m of models) getEngine(m, gone().signal).catch(() => {});
  expect(models.map((m) => m.sent.length)).toEqual([1, 1]);
});

test("when the one that asked goes away, another one asks", () => {
  const first = gone();
  const models = [model(), model()];
  void getEngine(models[0]!, first.signal);
  void getEngine(models[1]!, gone().signal);
  first.abort();
  expect(models.map((m) => m.sent.length)).toEqual([1, 1]);
  expect(models[0]!.listeners).toBe(0);
});

test("when the one that asked gets no answer, another one asks", () => {
  const models = [model(), model()];
  for (const m of models) void getEngine(m, gone().signal);
  vi.advanceTimersByTime(ANSWER_MS + 1500);
  expect(models[0]!.sent.length + models[1]!.sent.length).toBe(2);
});

test("when all are gone, the next one asks anew", () => {
  const first = gone();
  void getEngine(model(), first.signal);
  first.abort();
  const second = model();
  void getEngine(second, gone().signal);
  expect(second.sent).toHaveLength(1);
});

test("a damaged answer is an error, and the next model may ask again", async () => {
  vi.useRealTimers();
  const first = model();
  const engine = getEngine(first, gone().signal);
  const waiting = model();
  getEngine(waiting, gone().signal).catch(() => {});
  first.emit("msg:custom", { kind: "engine", key: "another" }, [new DataView(new ArrayBuffer(1))]);
  first.emit("msg:custom", { kind: "engine", key: "k" }, [new DataView(new ArrayBuffer(9))]);
  await expect(engine).rejects.toThrow();
  expect([first.listeners, waiting.listeners]).toEqual([0, 0]);
  const second = model();
  getEngine(second, gone().signal).catch(() => {});
  expect(second.sent).toHaveLength(1);
});
