import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { type Branch, branchesOf, isFrame } from "../src/diagram/tree.ts";
import { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { buildScene } from "../src/scene.ts";
import { lossOf } from "./networks.ts";
import { expressionOf, leaf } from "./tapes.ts";

const treeOf = (expression: Expression, change: (fold: Fold) => void = () => {}) => {
  const fold = new Fold(expression.tape, expression.groups);
  change(fold);
  const scene = buildScene(expression, fold);
  return { scene, branches: branchesOf(scene) };
};
const titles = (branches: readonly Branch[]) => branches.map(({ thing }) => thing.title);

test("without groups it is a list, operands before results", () => {
  const expression = expressionOf(leaf(2, "x"), leaf(3, "y"), {
    op: Op.mul,
    of: [0, 1],
    name: "z",
  });
  const { branches } = treeOf(expression);
  expect(titles(branches)).toEqual(["x", "y", "z"]);
  expect(branches.map(({ level, position, siblings }) => [level, position, siblings])).toEqual([
    [1, 1, 3],
    [1, 2, 3],
    [1, 3, 3],
  ]);
});

describe("groups", () => {
  const network = () => {
    const { bytes } = lossOf(20, [3, 1]);
    return new Expression(bytes);
  };
  const opened = (names: readonly string[]) => (fold: Fold) => {
    for (const name of names) {
      const { groups, contraction } = fold;
      const isDrawn = (g: number) => fold.has(contraction.itemOfGroup(g));
      const g = Array.from({ length: groups.count }, (_, n) => n).find(
        (n) => groups.name(n) === name && isDrawn(n),
      );
      fold.openGroup(g!);
    }
  };

  test("an open one comes before what it holds, and where its box would stand", () => {
    const closed = titles(treeOf(network()).branches);
    const { branches } = treeOf(network(), opened(["data loss"]));
    const top = branches.filter(({ level }) => level === 1);
    expect(titles(top)).toEqual(closed);
    const at = titles(branches).indexOf("data loss");
    expect(isFrame(branches[at]!.thing)).toBe(true);
    expect(branches[at + 1]!.level).toBe(2);
    expect(branches[at + 1]!.position).toBe(1);
  });

  test("everything drawn is in the tree once, each in the group it stands in", () => {
    const { scene, branches } = treeOf(network(), opened(["data loss", "example 1", "layer 1"]));
    const drawn = [...scene.boxes, ...scene.frames].map(({ index }) => index);
    const numerically = (a: number, b: number) => a - b;
    expect(branches.map(({ thing }) => thing.index).sort(numerically)).toEqual(
      drawn.sort(numerically),
    );
    const around: number[] = [];
    for (const { thing, level, position, siblings } of branches) {
      around.length = level - 1;
      expect(thing.place).toBe(around.at(-1) ?? -1);
      expect(position).toBeLessThanOrEqual(siblings);
      if (isFrame(thing)) around.push(thing.group);
    }
  });
});
