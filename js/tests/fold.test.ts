import { describe, expect, test } from "vitest";
import { arrowsOf, FEW_CLOSED, undrawnUses } from "../src/arrows.ts";
import { Fold, MOST_DRAWN, OPENED_AT_ONCE } from "../src/fold.ts";
import { Consumers } from "../src/graph.ts";
import { itemName } from "../src/grouped.ts";
import { FIRST_PICTURE } from "../src/levels.ts";
import { FIRST_TERMS } from "../src/nearest.ts";
import { countedBehind, hiddenCount } from "../src/scene.ts";
import { groupNamed, lossOf, Recorder, scoreOf, valueNamed } from "./networks.ts";

const namesOf = (expression: Recorder["expression"], fold: Fold) =>
  fold.shown.map((item) => itemName(expression, item));

describe("the first picture", () => {
  test("of a small network has everything open", () => {
    const expression = scoreOf([2, 1]).expression;
    const fold = new Fold(expression.tape, expression.groups);
    expect(fold.size).toBe(expression.tape.count);
    expect(fold.open).toHaveLength(expression.groups.count);
  });

  test("of a network is its layers: whole ones of them side by side would be 256 arrows", () => {
    const expression = scoreOf().expression;
    const fold = new Fold(expression.tape, expression.groups);
    expect(namesOf(expression, fold)).toEqual(["x1", "x2", "layer 1", "layer 2", "layer 3"]);
  });

  test("goes a whole level deeper where that fits", () => {
    const expression = scoreOf([4, 4, 4, 1]).expression;
    const fold = new Fold(expression.tape, expression.groups);
    expect(expression.tape.count).toBeGreaterThan(60);
    expect(fold.open.map((g) => expression.groups.name(g))).toContain("layer 2");
    expect(fold.size).toBeLessThanOrEqual(FIRST_PICTURE);
  });

  test("of the loss of a hundred examples is three boxes, its weights counted", () => {
    const expression = lossOf().expression;
    expect(expression.tape.count).toBe(65_818);
    const fold = new Fold(expression.tape, expression.groups);
    expect(namesOf(expression, fold)).toEqual(["data loss", "L2 loss", "total loss"]);
    const [data] = fold.shown;
    expect(fold.hasHiddenOperands(data!)).toBe(false);
    expect(fold.hiddenBehind(data!)).toBe(337);
  });
});

describe("opening and closing", () => {
  const expression = lossOf().expression;
  const { groups, tape } = expression;
  const find = (name: string) => groupNamed(expression, name);
  const within = (g: number, name: string) =>
    groups.children(g).find((child) => groups.name(child) === name)!;

  test("an open group of many members shows the first of them, and more on request", () => {
    const fold = new Fold(tape, groups);
    expect(fold.openGroup(find("data loss"))).toBe(true);
    const examples = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, k) => `example ${from + k}`);
    expect(namesOf(expression, fold)).toEqual([
      ...examples(1, FIRST_TERMS),
      "Σ of 100 terms",
      "0.01",
      "product",
      "L2 loss",
      "total loss",
    ]);
    const sum = fold.shown.find((item) => fold.contraction.isSum(item))!;
    expect(hiddenCount(fold, sum)).toBe(100 - FIRST_TERMS);
    expect(fold.more(sum).map((item) => itemName(expression, item))).toEqual(
      examples(FIRST_TERMS + 1, FIRST_TERMS + OPENED_AT_ONCE),
    );
    expect(hiddenCount(fold, sum)).toBe(100 - FIRST_TERMS - OPENED_AT_ONCE);
  });

  test("a weight comes along with the neuron that uses it, and goes with it", () => {
    const fold = new Fold(tape, groups);
    fold.openGroup(find("data loss"));
    const [example = -1] = groups.children(find("data loss"));
    fold.openGroup(example);
    expect(namesOf(expression, fold)).toContain("x1");
    fold.openGroup(within(example, "layer 1"));
    const neuron = within(within(example, "layer 1"), "neuron 3");
    const w1 = valueNamed(expression, "layer 1 · neuron 3 · w1");
    expect(fold.has(w1)).toBe(false);
    fold.openGroup(neuron);
    expect(fold.has(w1)).toBe(true);
    const arrows = arrowsOf(fold).filter(({ from }) => from === w1);
    expect(arrows.map(({ to }) => fold.contraction.isGroup(to))).toEqual([false]);
    expect(undrawnUses(expression, fold, w1)).toBe(expression.consumers.count(w1) - 1);
    const before = fold.size;
    fold.closeGroup(neuron);
    expect(fold.has(w1)).toBe(false);
    expect(fold.size).toBeLessThan(before);
    fold.closeGroup(find("data loss"));
    expect(fold.size).toBe(3);
    expect(fold.open).toEqual([]);
  });

  test("the count of leaves stays a count, also when a few of them are drawn", () => {
    const small = lossOf(4, [3, 1]).expression;
    const fold = new Fold(small.tape, small.groups);
    const inside = (name: string, around: number) =>
      small.groups.children(around).find((g) => small.groups.name(g) === name)!;
    fold.openGroup(groupNamed(small, "data loss"));
    const example = inside("example 4", groupNamed(small, "data loss"));
    const layer = inside("layer 1", example);
    fold.openGroup(example);
    fold.openGroup(layer);
    fold.openGroup(small.groups.children(layer)[0]!);
    const closed = fold.shown.filter((item) => fold.contraction.isGroup(item));
    expect(closed.length).toBeGreaterThan(4);
    for (const item of closed) expect(fold.hasHiddenOperands(item)).toBe(false);
    const l2 = fold.contraction.itemOfGroup(groupNamed(small, "L2 loss"));
    expect(countedBehind(fold, l2)).toBe(13 - 3);
  });

  test("a value deep inside is reached by opening what is around it", () => {
    const fold = new Fold(tape, groups);
    const example = groups.children(find("data loss"))[95]!;
    const neuron = within(within(example, "layer 2"), "neuron 5");
    const target = groups.values(neuron)[7]!;
    expect(fold.reveal(target, new Consumers(tape))).toBe(true);
    expect(fold.has(target)).toBe(true);
    expect(groups.chain(neuron).every((g) => fold.open.includes(g))).toBe(true);
    expect(fold.reveal(target, new Consumers(tape))).toBe(false);
    expect(fold.size).toBeLessThanOrEqual(MOST_DRAWN);
  });

  test("a group deep inside is reached too, and stays closed", () => {
    const fold = new Fold(tape, groups);
    const example = groups.children(find("data loss"))[57]!;
    const layer = within(example, "layer 2");
    const item = fold.contraction.itemOfGroup(layer);
    expect(fold.reveal(item, expression.consumers)).toBe(true);
    expect(fold.has(item)).toBe(true);
    expect(fold.open).toContain(example);
    expect(fold.reveal(item, expression.consumers)).toBe(false);
    fold.openGroup(layer);
    expect(fold.reveal(item, expression.consumers)).toBe(false);
  });

  test("in a full picture what is asked for takes the place of what was opened before", () => {
    const fold = new Fold(tape, groups);
    fold.openLevels(2);
    for (let n = 0; n < 40 && !fold.isFull(); n++) {
      fold.more(fold.shown.find((item) => hiddenCount(fold, item) > 0)!);
    }
    expect(fold.isFull()).toBe(true);
    const example = groups
      .children(find("data loss"))
      .find((g) => groups.name(g) === "example 99")!;
    const target = groups.values(within(within(example, "layer 2"), "neuron 5"))[7]!;
    expect(fold.reveal(target, expression.consumers)).toBe(true);
    expect(fold.has(target)).toBe(true);
  });

  test("a shared weight that is asked for draws few arrows", () => {
    const fold = new Fold(tape, groups);
    fold.openGroup(find("data loss"));
    const w1 = valueNamed(expression, "layer 1 · neuron 3 · w1");
    expect(fold.reveal(w1, new Consumers(tape))).toBe(true);
    const arrows = arrowsOf(fold).filter(({ from }) => from === w1);
    expect(arrows.length).toBeGreaterThan(0);
    expect(arrows.length).toBeLessThanOrEqual(FEW_CLOSED);
  });

  test("a full picture refuses, and stays as it is", () => {
    const fold = new Fold(tape, groups);
    fold.openGroup(find("data loss"));
    for (let n = 0; n < 100 && !fold.isFull(); n++) {
      const item = fold.shown.find((other) => fold.hasHiddenOperands(other));
      if (item !== undefined) fold.more(item);
      else
        fold.openGroup(
          fold.contraction.groupOf(fold.shown.find(fold.contraction.isGroup, fold.contraction)!),
        );
    }
    const closed = fold.shown.find((item) => fold.contraction.isGroup(item))!;
    expect(fold.isFull()).toBe(true);
    expect(fold.openGroup(fold.contraction.groupOf(closed))).toBe(false);
    expect(fold.has(closed)).toBe(true);
  });
});

test("a group of leaves alone is no empty frame", () => {
  const tape = new Recorder();
  const points = tape.inside("points", () =>
    Array.from({ length: 20 }, (_, k) => tape.leaf(k, `p${k}`)),
  );
  tape.inside("sum", () => {
    let sum = points[0]!;
    for (let round = 0; round < 5; round++) {
      for (const p of points) sum = tape.value(1, [sum, p]);
    }
    return sum;
  });
  const expression = tape.expression;
  const fold = new Fold(expression.tape, expression.groups);
  const group = groupNamed(expression, "points");
  if (!fold.open.includes(group)) fold.openGroup(group);
  expect(fold.isEmpty(group)).toBe(false);
});
