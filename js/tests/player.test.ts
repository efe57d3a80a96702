// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Player } from "../src/diagram/player.ts";

let waiting: ((now: number) => void) | null;

beforeEach(() => {
  waiting = null;
  vi.spyOn(performance, "now").mockReturnValue(0);
  vi.stubGlobal("requestAnimationFrame", (next: (now: number) => void) => {
    waiting = next;
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {
    waiting = null;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The page shows frames at these times, in milliseconds. */
function frames(...times: number[]): void {
  for (const now of times) {
    const next = waiting;
    waiting = null;
    next?.(now);
  }
}

function playing(interval: number, last = 1000) {
  const ended = new AbortController();
  const state = { taken: 0, isSeen: true, heard: 0 };
  const parts = {
    step: () => ++state.taken < last,
    isSeen: () => state.isSeen,
    changed: () => void state.heard++,
  };
  const player = new Player(interval, parts, ended.signal);
  player.play();
  return { state, ended, player };
}

test("takes one step at once, then one in every interval", () => {
  const { state, player } = playing(1000);
  frames(0);
  expect(state.taken).toBe(1);
  frames(16, 500, 999);
  expect(state.taken).toBe(1);
  frames(1000, 1500, 2000);
  expect(state.taken).toBe(3);
  player.pause();
  frames(9000);
  expect([state.taken, state.heard]).toEqual([3, 2]);
});

test("with no interval every frame takes one", () => {
  const { state } = playing(0);
  frames(0, 16, 33, 50);
  expect(state.taken).toBe(4);
});

test("what a slow page has missed is not made up for", () => {
  const { state } = playing(100);
  frames(0, 1000);
  expect(state.taken).toBe(2);
  frames(1016, 1033, 1099);
  expect(state.taken).toBe(2);
  frames(1100);
  expect(state.taken).toBe(3);
});

test("ends at the last step, out of sight, and with the view", () => {
  const short = playing(0, 3);
  frames(0, 16, 33, 50);
  expect([short.state.taken, short.player.isPlaying]).toEqual([3, false]);
  const unseen = playing(0);
  frames(0);
  unseen.state.isSeen = false;
  frames(16, 33);
  expect([unseen.state.taken, unseen.player.isPlaying]).toEqual([1, false]);
  const gone = playing(0);
  gone.ended.abort();
  frames(0);
  expect([gone.state.taken, gone.player.isPlaying]).toEqual([0, false]);
});

test("a late frame does not move the ones after it, and a later one is no debt", () => {
  const { state } = playing(100);
  frames(0, 116, 199);
  expect(state.taken).toBe(2);
  frames(200);
  expect(state.taken).toBe(3);
  frames(400, 416); // a whole interval is missed
  expect(state.taken).toBe(4);
  frames(500);
  expect(state.taken).toBe(5);
});

test("what plays is not begun again, and what stands still is not stopped", () => {
  const { state, player } = playing(1000);
  frames(0);
  vi.spyOn(performance, "now").mockReturnValue(500);
  player.play();
  frames(1000);
  expect([state.taken, state.heard]).toEqual([2, 1]);
  player.pause();
  player.pause();
  expect(state.heard).toBe(2);
});

test("a tab that goes out of sight pauses it, one that comes back does not begin it", () => {
  const { player } = playing(0);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(player.isPlaying).toBe(true);
  hidden.mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(player.isPlaying).toBe(false);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(player.isPlaying).toBe(false);
});
