import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Expression } from "../src/expression.ts";
import { itemName } from "../src/grouped.ts";
import { MOST_FOUND, search } from "../src/search.ts";
import { groupNamed, lossOf, Recorder, scoreOf } from "./networks.ts";
import { alternating, encodeTape, expressionOf, leaf } from "./tapes.ts";

function find(expression: Expression, query: string) {
  const running = search(expression, query);
  let step = running.next();
  let pauses = 0;
  for (; !step.done; step = running.next()) pauses++;
  const names = step.value.items.map((item) => itemName(expression, item));
  return { ...step.value, names, pauses };
}

const network = scoreOf().expression;

describe("words", () => {
  test("find names, whole ones first", () => {
    const expression = expressionOf(
      leaf(1, "max"),
      leaf(2, "x"),
      { op: Op.mul, of: [0, 1], name: "x max" },
      { op: Op.exp, of: [2], name: "end" },
    );
    expect(find(expression, "x").names).toEqual(["x", "max", "x max"]);
    expect(find(expression, "MAX").names).toEqual(["max", "x max"]);
    expect(find(expression, "  x max ").names).toEqual(["x max", "max"]);
    expect(find(expression, "exp").names).toEqual(["end"]);
    expect(find(expression, "nothing")).toMatchObject({ items: [], isCut: false });
    expect(find(expression, "").items).toEqual([]);
  });

  test("find what is deep in closed groups, together with the groups around it", () => {
    const weights = find(network, "layer 2 w").names;
    // A w2 of layer 1 fits too, but comes later.
    expect(weights.length).toBeGreaterThan(16 * 16);
    const best = weights.slice(0, 16 * 16);
    expect(best.every((name) => /^layer 2 · neuron \d+ · w\d+$/.test(name))).toBe(true);
    expect(find(network, "layer 2 neuron 5 w3").names[0]).toEqual("layer 2 · neuron 5 · w3");
    const { items } = find(network, "layer 3 neuron 1 product");
    const last = network.groups.children(groupNamed(network, "layer 3"))[0]!;
    expect(items.slice(0, 16).every((i) => network.groups.home[i] === last)).toBe(true);
  });

  test("find groups by their names", () => {
    expect(find(network, "layer 2").names[0]).toBe("layer 2");
    const neurons = find(network, "layer 1 neuron 16").names;
    expect(neurons[0]).toBe("neuron 16");
    const loss = lossOf(20, [3, 1]).expression;
    expect(find(loss, "example 7").names.slice(0, 2)).toEqual(["example 7", "example 17"]);
  });

  test("do not find everything in a group because it is called so", () => {
    const tape = new Recorder();
    tape.inside("attention", () => tape.value(Op.tanh, [tape.leaf(1, "x")], 0, "y"));
    expect(find(tape.expression, "attention").names).toEqual(["attention"]);
  });

  test("find operations by name or sign", () => {
    const loss = lossOf(2, [2, 1]).expression;
    expect(find(loss, "relu").items).toHaveLength(2 * 3);
    expect(find(loss, "×").items.length).toBeGreaterThan(10);
    expect(find(loss, "+").items.length).toBeGreaterThan(10);
    // Two letters are in too many.
    expect(find(loss, "re").items).toEqual([]);
  });

  test("find labels that are no patterns although they look like it", () => {
    const expression = expressionOf(leaf(1, "f(x)"), leaf(2, "fx"), { op: Op.add, of: [0, 1] });
    expect(find(expression, "f(x)").names).toEqual(["f(x)"]);
    expect(find(expression, "(").names).toEqual(["f(x)"]);
    expect(find(expression, "f(").names).toEqual(["f(x)"]);
  });
});

describe("patterns", () => {
  test("between slashes, or where the words are found nowhere", () => {
    const bias = /^layer [12] · neuron 3 · b$/;
    for (const query of ["/^layer [12] · neuron 3 · b$/", "^layer [12] · neuron 3 · b$"]) {
      const { names } = find(network, query);
      expect(names).toHaveLength(2);
      expect(names.every((name) => bias.test(name))).toBe(true);
    }
    expect(find(network, "/W1$/").names).toContain("layer 1 · neuron 1 · w1");
  });

  test.each(["/[/", "/(a+)+$/", "(a*)*b", "*", "a{2,1}"])("%s is taken for text", (query) => {
    expect(find(network, query)).toMatchObject({ items: [], isCut: false });
  });

  test("do not take long on a long label", () => {
    const expression = expressionOf(leaf(1, "a".repeat(1_000_000)), { op: Op.neg, of: [0] });
    expect(find(expression, "/a.*a.*b/").items).toEqual([]);
    expect(find(expression, "a".repeat(1000)).items).toEqual([0]);
  });
});

test("a million values are looked through in pieces, and no more are listed than one steps through", () => {
  const expression = new Expression(encodeTape({ rows: alternating(300_000) }));
  const { items, isCut, pauses } = find(expression, "tanh");
  expect(items).toHaveLength(MOST_FOUND);
  expect(isCut).toBe(true);
  expect(pauses).toBeGreaterThan(100);
  expect(find(expression, "x").names).toEqual(["x"]);
});
