// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countView, GRACE_MS, SETTLED_MS } from "../src/unseen.ts";
import { FakeModel } from "./model.ts";

let names = 0;

/** A cell on the page, and a widget that may have views in it. */
function notebook() {
  const model = new FakeModel({ _still: `mgw-still-${++names}`, _showings: 1 });
  const cell = document.createElement("div");
  cell.className = "jp-Cell";
  document.body.append(cell);
  const view = () => {
    const el = document.createElement("div");
    const gone = new AbortController();
    cell.append(el);
    countView(model, el, gone.signal);
    return () => {
      gone.abort();
      el.remove();
    };
  };
  return { model, cell, view };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

test("a widget whose output is cleared is said to be unseen", () => {
  const { model, view } = notebook();
  const clear = view();
  vi.advanceTimersByTime(SETTLED_MS);
  clear();
  expect(model.sent).toEqual([]);
  vi.advanceTimersByTime(GRACE_MS);
  expect(model.sent).toEqual([{ kind: "unseen", shown: 1 }]);
});

test("a cell that shows it again in time says nothing", () => {
  const { model, view } = notebook();
  const clear = view();
  vi.advanceTimersByTime(SETTLED_MS);
  clear();
  view();
  vi.advanceTimersByTime(GRACE_MS);
  expect(model.sent).toEqual([]);
});

test("another view of the same widget keeps it", () => {
  const { model, view } = notebook();
  const [clear] = [view(), view()];
  vi.advanceTimersByTime(SETTLED_MS);
  clear();
  vi.advanceTimersByTime(GRACE_MS);
  expect(model.sent).toEqual([]);
});

test("a cell that is cut, or a notebook that is closed, keeps it: it may come back", () => {
  const { model, cell, view } = notebook();
  const clear = view();
  vi.advanceTimersByTime(SETTLED_MS);
  cell.remove();
  clear();
  vi.advanceTimersByTime(GRACE_MS);
  expect(model.sent).toEqual([]);
});
