/** Dashboards of one clock go together. */
// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { Clock } from "../src/dashboard/clock.ts";

const ended = new AbortController();
const clock = (name: string, hear: (step: number) => void) =>
  new Clock(document, () => name, hear, ended.signal);

test("a move is heard by the others of that name, once, and not by who made it", () => {
  const [own, other, stranger] = [vi.fn(), vi.fn(), vi.fn()];
  const first = clock("a", own);
  const second = clock("a", other);
  clock("b", stranger);
  first.tell(0);
  second.tell(0);
  expect(other).not.toHaveBeenCalled();
  first.tell(7);
  second.tell(7);
  expect(other.mock.calls).toEqual([[7]]);
  expect(own).not.toHaveBeenCalled();
  second.tell(3);
  expect(own.mock.calls).toEqual([[3]]);
  expect(stranger).not.toHaveBeenCalled();
});

test("who breaks off on the way to another's step leads nobody back to where that was", () => {
  const hear = vi.fn();
  const first = clock("c", hear);
  const broken = clock("c", vi.fn());
  for (const one of [first, broken]) one.tell(0);
  first.tell(30);
  broken.tell(12, true);
  expect(hear).not.toHaveBeenCalled();
  broken.tell(5);
  broken.tell(12, true);
  expect(hear.mock.calls).toEqual([[5], [12]]);
});

test("who stays where it was leads nobody, not even one that has come since", () => {
  const hear = vi.fn();
  const first = clock("e", vi.fn());
  first.tell(0);
  first.tell(7);
  clock("e", hear).tell(0);
  first.tell(7);
  expect(hear).not.toHaveBeenCalled();
});

test("without a name everybody goes alone", () => {
  const hear = vi.fn();
  clock("", hear);
  const alone = clock("", vi.fn());
  alone.tell(0);
  alone.tell(5);
  expect(hear).not.toHaveBeenCalled();
});

test("who has ended hears nothing any more", () => {
  const [gone, hear] = [new AbortController(), vi.fn()];
  new Clock(document, () => "d", hear, gone.signal).tell(0);
  const other = clock("d", vi.fn());
  other.tell(0);
  other.tell(3);
  gone.abort();
  other.tell(4);
  expect(hear.mock.calls).toEqual([[3]]);
});
