import { afterEach, expect, test, vi } from "vitest";
import { LONGEST_START_MS, startWorker } from "../src/layout/runner.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a worker that never answers is given up, so that the page can do without", async () => {
  const ended = vi.fn();
  class SilentWorker {
    terminate = ended;
  }
  vi.useFakeTimers();
  vi.stubGlobal("Worker", SilentWorker);
  const refused = expect(startWorker("")).rejects.toThrow("no answer");
  await vi.advanceTimersByTimeAsync(LONGEST_START_MS - 1);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await refused;
  expect(ended).toHaveBeenCalledOnce();
});

test("one that says it is ready has all the time there is", async () => {
  class ReadyWorker {
    onmessage: (event: { data: object }) => void = () => {};
    terminate = vi.fn();
    constructor() {
      queueMicrotask(() => this.onmessage({ data: { ready: true } }));
    }
  }
  vi.useFakeTimers();
  vi.stubGlobal("Worker", ReadyWorker);
  await startWorker("");
  expect(vi.getTimerCount()).toBe(0);
});
