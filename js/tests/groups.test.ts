import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Groups, ROOT } from "../src/groups.ts";
import { groupNamed, lossOf, Recorder, scoreOf, valueNamed } from "./networks.ts";
import { leaf, tapeOf } from "./tapes.ts";

describe("a network", () => {
  const expression = scoreOf().expression;
  const { groups, tape } = expression;
  const layer = (n: number) => groupNamed(expression, `layer ${n}`);

  test("has layers that hold their neurons, and neurons that hold their weights", () => {
    expect(tape.count).toBe(979);
    expect(groups.children(ROOT).map((g) => groups.name(g))).toEqual([
      "layer 1",
      "layer 2",
      "layer 3",
    ]);
    expect(groups.children(layer(1))).toHaveLength(16);
    const w2 = valueNamed(expression, "layer 2 · neuron 5 · w2");
    expect(groups.chain(groups.home[w2]!).map((g) => groups.name(g))).toEqual([
      "layer 2",
      "neuron 5",
    ]);
    // Two products, two sums, relu, two weights, a bias.
    expect(groups.size(groups.children(layer(1))[0]!)).toBe(8);
    expect(groups.size(layer(1))).toBe(128);
    expect(groups.members(layer(1))).toHaveLength(128);
  });

  test("has inputs that stand outside, as they are used by many neurons", () => {
    expect(groups.home[valueNamed(expression, "x1")]).toBe(ROOT);
    expect([...groups.values(ROOT)]).toEqual([
      valueNamed(expression, "x1"),
      valueNamed(expression, "x2"),
    ]);
  });

  test("lets out of a layer what each neuron ends with", () => {
    expect(groups.outputs(layer(1))).toHaveLength(16);
    expect(groups.outputs(layer(3))).toEqual([tape.count - 1]);
    const [first] = groups.children(layer(1));
    expect(groups.outputs(first!)).toEqual([groups.outputs(layer(1))[0]]);
    expect(groups.outputs(layer(1)).every((i) => tape.ops[i] === Op.relu)).toBe(true);
  });

  test("holds exactly its members, whatever the order", () => {
    const inside = new Set(groups.members(layer(2)));
    for (let i = 0; i < tape.count; i++) expect(groups.holds(layer(2), i)).toBe(inside.has(i));
    expect([...inside]).toEqual([...inside].sort((a, b) => a - b));
  });
});

describe("a loss", () => {
  const expression = lossOf(3, [2, 1]).expression;
  const { groups } = expression;

  test("shares its parameters, which are at home nowhere", () => {
    expect(groups.home[valueNamed(expression, "layer 1 · neuron 1 · w1")]).toBe(ROOT);
  });

  test("has labels that are at home in the one example that uses them", () => {
    const tape = new Recorder();
    tape.inside("data loss", () => {
      const [y1, y2] = [tape.leaf(1, "y1"), tape.leaf(-1, "y2")];
      const losses = [y1, y2].map((y) => tape.inside("example", () => tape.value(Op.relu, [y])));
      return tape.value(Op.mul, [tape.value(Op.add, losses), y2]);
    });
    const { groups } = tape.expression;
    expect([...groups.home.slice(0, 2)]).toEqual([1, 0]);
  });

  test("closes a hinge and its example with the same value", () => {
    const hinge = groupNamed(expression, "hinge");
    expect(groups.outputs(hinge)).toEqual(groups.outputs(groupNamed(expression, "example 1")));
    expect(groups.depth(hinge)).toBe(2);
  });
});

test("an expression without groups has none", () => {
  const groups = new Groups(tapeOf(leaf(1, "a"), { op: Op.neg, of: [0] }));
  expect(groups.count).toBe(0);
  expect([...groups.home]).toEqual([ROOT, ROOT]);
  expect(groups.size(ROOT)).toBe(2);
});

test("a group that lost all its values to others is left out", () => {
  const tape = new Recorder();
  const a = tape.inside("empty", () => tape.inside("full", () => tape.leaf(1, "a")));
  tape.value(Op.neg, [a]);
  tape.groups.push(["nobody", ROOT, 0]);
  const { groups } = tape.expression;
  expect(groups.children(ROOT)).toEqual([0]);
  expect(groups.size(2)).toBe(0);
});

test("groups may nest as deep as a tape likes", () => {
  const tape = new Recorder();
  const deep = 20_000;
  for (let n = 0; n < deep; n++) tape.groups.push(["g", n - 1, 0]);
  const a = tape.leaf(1, "a");
  tape.groupOf[a] = deep;
  tape.value(Op.neg, [a]);
  const { groups } = tape.expression;
  expect(groups.depth(deep - 1)).toBe(deep - 1);
  expect(groups.outputs(0)).toEqual([a]);
});
