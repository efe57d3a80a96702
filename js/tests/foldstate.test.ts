import { describe, expect, test } from "vitest";
import { Fold, MOST_DRAWN } from "../src/fold.ts";
import { groupNamed, lossOf, scoreOf } from "./networks.ts";
import { alternating, expressionOf } from "./tapes.ts";

const expressions = {
  "a loss": lossOf(30, [8, 1]).expression,
  "a network": scoreOf().expression,
  "a small network": scoreOf([2, 1]).expression,
  "a long expression": expressionOf(...alternating(1000)),
};

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function wander(fold: Fold, seed: number, steps: number, { tape, consumers }: AnyExpression): void {
  const random = numbers(seed);
  const any = (from: readonly number[]) => from[random(from.length)]!;
  for (let step = 0; step < steps; step++) {
    const closed = fold.shown.filter((item) => fold.contraction.isGroup(item));
    const what = random(4);
    if (what === 0 && fold.open.length > 0) fold.closeGroup(any(fold.open));
    else if (what === 1 && closed.length > 0) fold.openGroup(fold.contraction.groupOf(any(closed)));
    else if (what === 2) fold.more(any(fold.shown));
    else fold.reveal(random(tape.count), consumers);
  }
}

type AnyExpression = (typeof expressions)["a loss"];

const picture = (fold: Fold) => ({ open: fold.open, shown: new Set(fold.shown) });

describe.each(Object.entries(expressions))("how far %s is unfolded", (_, expression) => {
  const { tape, groups } = expression;

  test("is nothing to tell at first", () => {
    const fold = new Fold(tape, groups);
    expect(fold.snapshot()).toBeNull();
    const before = picture(fold);
    fold.restore(null);
    expect(picture(fold)).toEqual(before);
    expect(fold.snapshot()).toBeNull();
  });

  test.each([1, 2, 3, 4, 5, 6])("comes back from its snapshot, wandering %d", (seed) => {
    const fold = new Fold(tape, groups);
    wander(fold, seed, 8, expression);
    const state = fold.snapshot();
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    const other = new Fold(tape, groups);
    wander(other, seed + 100, 5, expression);
    other.restore(state);
    expect(picture(other)).toEqual(picture(fold));
    expect(other.snapshot()).toEqual(state);
    other.restore(null);
    expect(other.snapshot()).toBeNull();
  });

  test.each([
    ["text", "open everything"],
    ["an object", { toggled: [1] }],
    ["no whole numbers", [0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, null, "3", [1], 2 ** 60]],
    ["everything", Array.from({ length: 5000 }, (_, n) => n)],
    ["everything missing", Array.from({ length: 5000 }, (_, n) => groups.count + n)],
    ["inner groups alone", Array.from({ length: 50 }, (_, n) => Math.max(0, groups.count - 1 - n))],
  ])("takes %s for what it is worth", (_, nonsense) => {
    const fold = new Fold(tape, groups);
    fold.restore(nonsense);
    expect(fold.size).toBeGreaterThan(0);
    expect(fold.size).toBeLessThanOrEqual(MOST_DRAWN);
    for (const g of fold.open) {
      const around = groups.parent(g);
      if (around >= 0) expect(fold.open).toContain(around);
    }
    for (const item of fold.shown) {
      const place = fold.contraction.placeOf(item);
      if (place >= 0) expect(fold.open).toContain(place);
      for (const i of fold.contraction.isGroup(item) ? [] : [item]) {
        expect(fold.contraction.itemOf(i)).toBe(item);
      }
    }
  });
});

test("an example, a layer and a neuron opened are a few numbers", () => {
  const expression = lossOf().expression;
  const { tape, groups } = expression;
  const fold = new Fold(tape, groups);
  let at = groupNamed(expression, "data loss");
  for (const name of ["example 1", "layer 2", "neuron 1"]) {
    fold.openGroup(at);
    at = groups.children(at).find((g) => groups.name(g) === name)!;
  }
  fold.openGroup(at);
  expect(fold.snapshot()).toHaveLength(4);
  fold.more(fold.shown.find((item) => fold.contraction.isSum(item))!);
  expect(fold.snapshot()!.length).toBeLessThanOrEqual(24);
});

describe("levels", () => {
  const expression = lossOf().expression;
  const { tape, groups } = expression;

  test("open from the outside in, whole ones alone", () => {
    const fold = new Fold(tape, groups);
    expect(fold.levels).toBe(0);
    expect(fold.openLevels(1)).toBe(true);
    expect(fold.open.map((g) => groups.name(g))).toEqual(["data loss", "L2 loss"]);
    expect(fold.levels).toBe(1);
    expect(fold.openLevels(2)).toBe(true);
    expect(fold.open.filter((g) => groups.name(g).startsWith("example"))).toHaveLength(12);
    expect(fold.levels).toBe(2);
    // The layers of twelve examples have too many neurons.
    expect(fold.openLevels(3)).toBe(false);
    expect(fold.levels).toBe(2);
    expect(fold.size).toBeLessThanOrEqual(MOST_DRAWN);
    expect(fold.openLevels(0)).toBe(true);
    expect(fold.size).toBe(3);
    expect(fold.snapshot()).toBeNull();
  });

  test("are no whole ones after a group was opened by itself", () => {
    const fold = new Fold(tape, groups);
    fold.openGroup(groupNamed(expression, "data loss"));
    expect(fold.levels).toBeNull();
  });

  test("all of them hold the sums too, where there is room", () => {
    const small = scoreOf([8, 1]).expression;
    const fold = new Fold(small.tape, small.groups);
    expect(fold.openLevels(Number.POSITIVE_INFINITY)).toBe(true);
    expect(fold.levels).toBe(Number.POSITIVE_INFINITY);
    expect(fold.shown.some((item) => fold.contraction.isGroup(item))).toBe(false);
    expect(fold.size).toBe(small.tape.count);
  });

  test("a picture too large is collapsed to a handful of boxes", () => {
    const fold = new Fold(tape, groups);
    fold.openLevels(2);
    expect(fold.collapse()).toBe(true);
    expect(fold.size).toBe(3);
    expect(fold.collapse()).toBe(false);
    const plain = expressionOf(...alternating(250));
    const all = new Fold(plain.tape, plain.groups);
    expect(all.size).toBe(252);
    expect(all.collapse()).toBe(true);
    expect(all.size).toBe(40);
  });
});
