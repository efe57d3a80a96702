/** Numerical checks, worked out by Python: both sides must agree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Checker, STEP } from "../src/check.ts";
import { Checks } from "../src/checks.ts";
import { replay } from "../src/replay.ts";
import { inSlices } from "../src/slices.ts";
import { decodeTape } from "../src/tape.ts";
import { lossOf } from "./networks.ts";
import { type Encoded, numbers } from "./numbers.ts";
import { expressionOf, leaf, tapeOf } from "./tapes.ts";

interface Vector {
  name: string;
  step: number;
  tape: string;
  grad: Encoded[];
  numerical: Encoded[];
  ok: boolean[];
}

const file = join(import.meta.dirname, "../../tests/data/check_vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

describe("the checks that Python makes", () => {
  test.each(vectors)("$name, step $step", (vector) => {
    const tape = decodeTape(Uint8Array.from(Buffer.from(vector.tape, "base64")));
    const checker = new Checker(tape, replay(tape).data);
    const gradients = numbers(vector.grad);
    numbers(vector.numerical).forEach((theirs, i) => {
      const { numerical, error, ok } = checker.judge(
        i,
        gradients[i]!,
        checker.difference(i, vector.step),
      );
      if (Number.isFinite(theirs)) {
        // `tanh` may differ in its last place, which the division by the step magnifies.
        expect(Math.abs(numerical - theirs)).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(theirs)),
        );
        expect(error).toBe(Math.abs(numerical - gradients[i]!));
      } else expect(numerical).toBe(theirs);
      expect(ok).toBe(vector.ok[i]);
    });
  });
});

test("what was moved is moved back", () => {
  const tape = tapeOf(leaf(3, "x"), { op: Op.mul, of: [0, 0] }, { op: Op.exp, of: [1] });
  const { data } = replay(tape);
  const checker = new Checker(tape, data);
  const first = [0, 1, 2].map((i) => checker.difference(i, STEP));
  expect([2, 1, 0].map((i) => checker.difference(i, STEP)).reverse()).toEqual(first);
  expect(first[2]).toBe(1);
});

test("work in slices is done in order, and ends when it is no longer wanted", async () => {
  const { tape, data } = lossOf(100).expression;
  const checker = new Checker(tape, data);
  const stop = new AbortController();
  const done: number[] = [];
  const all = Array.from({ length: 60 }, (_, i) => i);
  const work = (i: number) => {
    checker.difference(i, STEP);
    done.push(i);
  };
  let turns = 0;
  const timer = setInterval(() => turns++);
  await inSlices(all, work, stop.signal);
  clearInterval(timer);
  expect(done).toEqual(all);
  expect(turns).toBeGreaterThan(0);
  stop.abort();
  await inSlices(all, work, stop.signal);
  expect(done).toEqual(all);
});

describe("checks that are kept", () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
  const stop = new AbortController();

  test("are there at once where there are few, and new with new numbers or another step", () => {
    const expression = expressionOf(leaf(3, "x"), { op: Op.mul, of: [0, 0] });
    const changed = vi.fn();
    const checks = new Checks(changed, stop.signal);
    checks.want([0], expression, 1e-3);
    expect(checks.of(0)?.numerical).toBeCloseTo(6, 8);
    expect(checks.of(1)).toBeNull();
    expect(checks.suit(expression, 1e-3)).toBe(true);
    expect(checks.suit(expression, 1e-4)).toBe(false);
    expression.numbers.change(new Map([[0, 5]]));
    expect(checks.suit(expression, 1e-3)).toBe(false);
    checks.want([0, 1], expression, 1e-3);
    expect(checks.of(0)?.numerical).toBeCloseTo(10, 8);
    expect(checks.of(1)).toEqual({ numerical: 1, error: 0, ok: true });
    expect(changed).not.toHaveBeenCalled();
  });

  test("judge the gradients that are shown, also those that were given", () => {
    const expression = expressionOf(leaf(3, "x"), { op: Op.mul, of: [0, 0] });
    const checks = new Checks(() => {}, stop.signal);
    checks.want([0, 1], expression, STEP);
    expect(checks.of(0)?.ok).toBe(true);
    expression.giveGradients(new Uint8Array(Float64Array.of(7, 1).buffer));
    expect(checks.of(0)).toMatchObject({ ok: false });
    expect(checks.of(0)?.error).toBeCloseTo(1, 8);
  });

  test("of a whole loss come in slices, and none after the view has ended", async () => {
    const { expression } = lossOf(100);
    const ended = new AbortController();
    const changed = vi.fn();
    const checks = new Checks(changed, ended.signal);
    const values = Array.from({ length: 100 }, (_, i) => i);
    checks.want(values, expression, STEP);
    expect(checks.of(99)).toBeNull();
    expect(checks.isWorking).toBe(true);
    await vi.waitFor(() => expect(checks.isWorking).toBe(false), { timeout: 15_000 });
    expect(checks.of(99)?.ok).toBe(true);
    await settle();
    expect(changed.mock.calls.length).toBeGreaterThan(0);
    changed.mockClear();
    checks.want(values, expression, 1e-3);
    ended.abort();
    await settle();
    expect(checks.isWorking).toBe(true);
    expect(changed.mock.calls.length).toBeLessThanOrEqual(1);
  });
});
