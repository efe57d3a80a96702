/** When training works, and how much: by the frames of the page, at the speed that was chosen. */
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BASE_RATE, Pace, stageOf } from "../src/training/pace.ts";

let frames: Map<number, () => void>;
let now = 0;
let asked = 0;
let ended: AbortController;

beforeEach(() => {
  ended = new AbortController();
  frames = new Map();
  [now, asked] = [0, 0];
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => {
    frames.set(++asked, frame);
    return asked;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
});
afterEach(() => {
  ended.abort();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The next frame comes after so many milliseconds. */
function frame(later = 16): void {
  now += later;
  const due = [...frames.values()];
  frames.clear();
  for (const one of due) one();
}

/** A pace that takes all steps that are due, and what it was given to do that in. */
function paced(speed?: string, goesOn = true) {
  const state = { taken: 0, slices: [] as number[], goesOn };
  const pace: Pace = new Pace((deadline) => {
    state.slices.push(deadline - now);
    const steps = Math.min(pace.due, 1000);
    state.taken += steps;
    pace.took(steps);
    return state.goesOn;
  }, ended.signal);
  if (speed !== undefined) pace.speed = speed;
  return { pace, state };
}

const hide = (hidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
};

test("the first step comes at once, then so many in a second as the speed says", () => {
  const { pace, state } = paced();
  pace.play();
  frame(0);
  expect(state.taken).toBe(1);
  for (let k = 0; k < 100; k++) frame(10);
  expect(state.taken).toBe(1 + BASE_RATE);
  pace.speed = "4";
  for (let k = 0; k < 100; k++) frame(10);
  expect(state.taken).toBe(1 + 5 * BASE_RATE);
});

test("what a slow page missed is not made up for later", () => {
  const { pace } = paced();
  pace.play();
  frame(0);
  frame(1000);
  expect(pace.due).toBe(0);
  // Of a step that is begun something is left over, of missed ones nothing.
  pace.took(-7);
  expect(pace.due).toBe(1);
  pace.took(3);
  expect(pace.due).toBe(0);
});

test("at full speed there is always something due, and more time for it", () => {
  const { pace, state } = paced("max");
  expect(pace.isHurried).toBe(false);
  pace.play();
  expect([pace.due, pace.isHurried]).toEqual([Number.POSITIVE_INFINITY, true]);
  frame();
  expect(state.slices).toEqual([11]);
  pace.speed = "1";
  expect(pace.isHurried).toBe(false);
  frame();
  expect(state.slices).toEqual([11, 8]);
});

test("playing begins with one step, whatever was left over", () => {
  const { pace } = paced();
  pace.play();
  pace.pause();
  expect(pace.isPlaying).toBe(false);
  now += 5000;
  pace.play();
  expect([pace.due, pace.isPlaying]).toEqual([1, true]);
});

test("what is no playing counts no steps, and has no rate", () => {
  const { pace, state } = paced();
  pace.wake();
  frame(1000);
  frame(1000);
  expect([pace.due, state.taken, pace.rate]).toEqual([0, 0, 0]);
  pace.took(5);
  expect(pace.due).toBe(0);
});

test("the rate is that of the last second", () => {
  const { pace } = paced("max");
  pace.play();
  expect(pace.rate).toBe(0);
  pace.took(100);
  expect(pace.rate).toBe(0);
  now = 500;
  pace.took(10);
  expect(pace.rate).toBe(20);
  now = 1000;
  pace.took(20);
  expect(pace.rate).toBe(30);
  now = 1600;
  pace.took(40);
  // The first two are longer ago: what is counted comes after the first that is not.
  expect(pace.rate).toBeCloseTo((1000 * 40) / 600, 9);
  pace.pause();
  expect(pace.rate).toBe(0);
  pace.play();
  expect(pace.rate).toBe(0);
});

test("the work ends when it says so, and goes on when woken, once however often", () => {
  const { pace, state } = paced(undefined, false);
  pace.wake();
  pace.wake();
  expect(frames.size).toBe(1);
  frame();
  expect([state.slices.length, frames.size]).toEqual([1, 0]);
  pace.wake();
  expect(frames.size).toBe(1);
  state.goesOn = true;
  frame();
  expect([state.slices.length, frames.size]).toEqual([2, 1]);
});

test("with the view it ends for good", () => {
  const { pace, state } = paced();
  pace.wake();
  ended.abort();
  frame();
  expect([state.slices.length, frames.size]).toEqual([0, 0]);
  pace.wake();
  paced().pace.wake();
  expect(frames.size).toBe(0);
});

test("a hidden page has no frames: it goes on by a timer, in larger slices, and back", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { pace, state } = paced();
  pace.wake();
  expect(frames.size).toBe(1);
  hide(true);
  expect(frames.size).toBe(0);
  vi.runOnlyPendingTimers();
  expect(state.slices).toEqual([40]);
  hide(false);
  expect([frames.size, vi.getTimerCount()]).toEqual([1, 0]);
  frame();
  expect(state.slices).toEqual([40, 8]);
});

test("a page that is hidden while nothing is to be done wakes nobody", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  paced();
  hide(true);
  hide(false);
  expect([frames.size, vi.getTimerCount()]).toEqual([0, 0]);
});

test("of a long way so much is said to be done, in steps of five per cent", () => {
  expect([0, 19, 20, 39, 40, 399, 400].map((step) => stageOf(step, 400))).toEqual([
    ...[0, 0, 5, 5, 10, 95, 100],
  ]);
});

test("what was as fast as it could goes on at the speed that is then chosen", () => {
  const { pace, state } = paced("max");
  pace.play();
  frame();
  frame();
  pace.speed = "1";
  const before = state.taken;
  for (let k = 0; k < 10; k++) frame(1000 / BASE_RATE);
  expect(state.taken - before).toBeGreaterThanOrEqual(9);
  expect(state.taken - before).toBeLessThanOrEqual(11);
});
