import { expect, test } from "vitest";
import { arrowsOf } from "../src/arrows.ts";
import { Fold } from "../src/fold.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { readPositions } from "../src/layout/positions.ts";
import { buildScene, type Scene } from "../src/scene.ts";
import { groupNamed, lossOf, scoreOf } from "./networks.ts";

const termsOf = ({ arrows, boxes }: Scene) => {
  const sum = boxes.find(({ isSum }) => isSum)!;
  return arrows.filter(({ to }) => to === sum.index).map(({ from }) => from);
};

test.each(["LR", "TB"] as const)("the terms of a sum stand in order, %s", async (direction) => {
  const expression = lossOf().expression;
  const fold = new Fold(expression.tape, expression.groups);
  fold.openGroup(groupNamed(expression, "L2 loss"));
  const scene = buildScene(expression, fold);
  const places = readPositions(await layout(dotText(scene, direction)), scene, direction);
  const across = direction === "LR" ? "y" : "x";
  const products = termsOf(scene).map((i) => places.boxes.get(i)![across]);
  expect(products).toHaveLength(12);
  expect(products).toEqual([...products].sort((a, b) => a - b));
  // Each weight went along with the product that it leads to, and so did the arrows between.
  scene.arrows.forEach(({ from, to }, id) => {
    const { curve, tip } = places.routes[id]!;
    expect(Math.abs(curve[0]![across] - places.boxes.get(from)![across])).toBeLessThan(33);
    expect(Math.abs(tip[across] - places.boxes.get(to)![across])).toBeLessThan(42);
  });
});

test("weights stand with the term that uses them, and lead nowhere else", () => {
  const expression = lossOf().expression;
  const fold = new Fold(expression.tape, expression.groups);
  const l2 = groupNamed(expression, "L2 loss");
  fold.openGroup(l2);
  const weights = fold.shown.filter((item) => fold.isBrought(item));
  expect(weights).toHaveLength(12);
  const targets = arrowsOf(fold).filter(({ from }) => weights.includes(from));
  expect(targets).toHaveLength(24);
  expect(targets.every(({ to }) => !fold.contraction.isGroup(to))).toBe(true);
  const scene = buildScene(expression, fold);
  for (const { index, place } of scene.boxes) if (weights.includes(index)) expect(place).toBe(l2);
});

test("arrows that would go around the weights of an open neuron are straight", async () => {
  const expression = scoreOf().expression;
  const fold = new Fold(expression.tape, expression.groups);
  const layer = groupNamed(expression, "layer 2");
  fold.openGroup(layer);
  fold.openGroup(expression.groups.children(layer)[0]!);
  const scene = buildScene(expression, fold);
  const straight = scene.arrows.filter(({ isBundled }) => isBundled);
  expect(straight).toHaveLength(16);
  const before = fold.contraction.itemOfGroup(groupNamed(expression, "layer 1"));
  expect(straight.every(({ from, to }) => from === before && to < expression.tape.count)).toBe(
    true,
  );
  const places = readPositions(await layout(dotText(scene, "LR")), scene, "LR");
  const [start, ...ends] = [before, ...straight.map(({ to }) => to)].map(
    (item) => places.boxes.get(item)!.x,
  );
  for (const end of ends) expect(end).toBeGreaterThan(start!);
});
