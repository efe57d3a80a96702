import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Contraction } from "../src/contraction.ts";
import { lightAlong } from "../src/diagram/lighting.ts";
import { factorsOf, stationsOf } from "../src/diagram/stations.ts";
import type { Expression } from "../src/expression.ts";
import { type Path, Paths } from "../src/paths.ts";
import { pathCount } from "../src/strings/why.ts";
import { groupNamed, lossOf, valueNamed } from "./networks.ts";
import { chain, expressionOf, leaf, type Row } from "./tapes.ts";

const bestOf = ({ tape, data }: Expression, start: number, most = 1): Path[] =>
  new Paths(tape, data, start).best(most);

const closed = ({ tape, groups }: Expression, open: readonly string[] = []) =>
  new Contraction(
    tape,
    groups,
    new Set(tape.groups.flatMap((g, at) => (open.includes(g.name) ? [at] : []))),
  );

const neuron = expressionOf(
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1] },
  leaf(6.5),
  { op: Op.add, of: [2, 3], name: "n" },
  { op: Op.neg, of: [4], name: "o" },
);

describe("what a path passes through", () => {
  test("values go by their names, as in the picture", () => {
    const [path] = bestOf(neuron, 1);
    expect(stationsOf(neuron, closed(neuron), path!)).toEqual(["w", "x × w", "n", "o"]);
    expect(factorsOf(path!)).toBe("2 × 1 × (−1)");
  });

  test("of a long path both ends are named, and factors of 1 are counted", () => {
    const named = (row: Row, i: number) => (i < 2 ? row : { ...row, name: `s${i}` });
    const expression = expressionOf(...chain(100).map(named));
    const [path] = bestOf(expression, 0);
    const stations = stationsOf(expression, closed(expression), path!);
    expect(stations).toHaveLength(10);
    expect(stations[0]).toBe("x");
    expect(stations[5]).toBe("… 92 more …");
    expect(factorsOf(path!)).toBe("1 (100 factors of 1 left out)");
  });

  test("many factors are written as long as they can be read", () => {
    const factors = (...locals: number[]) => factorsOf({ locals } as unknown as Path);
    const twos = (count: number) => Array<number>(count).fill(2);
    const written = (count: number) => twos(count).join(" × ");
    expect(factors(...twos(9), 1)).toBe(`${written(9)} × 1`);
    expect(factors(...twos(11))).toBe(written(11));
    expect(factors(...twos(11), 1)).toBe(written(11));
    expect(factors(...twos(10), 1, 1)).toBe(`${written(10)} (2 factors of 1 left out)`);
    expect(factors(3, ...twos(11), 5)).toBe(`3 × ${written(4)} × … × ${written(4)} × 5`);
  });

  test("a closed sum of many terms is one station, however it is divided", () => {
    const expression = expressionOf(...chain(100));
    const [path] = bestOf(expression, 0);
    expect(stationsOf(expression, closed(expression), path!)).toEqual([
      "x",
      "Σ of 101 terms",
      "sum",
    ]);
  });

  test("closed boxes are told apart by the groups in them", () => {
    const expression = lossOf(3, [2, 1]).expression;
    const [path] = bestOf(expression, valueNamed(expression, "layer 1 · neuron 2 · w1"));
    expect(stationsOf(expression, closed(expression), path!)).toEqual([
      "layer 1 · neuron 2 · w1",
      "data loss › example 1 › layer 1 › neuron 2",
      "layer 2 › neuron 1",
      "hinge",
      "data loss",
      "total loss",
    ]);
    const open = closed(expression, ["data loss"]);
    const [, , , ...ends] = stationsOf(expression, open, path!);
    expect(ends).toEqual(["hinge", "sum", "sum", "sum", "product", "total loss"]);
  });
});

describe("what is lit along a path", () => {
  test("boxes and arrows of closed groups", () => {
    const expression = lossOf(3, [2, 1]).expression;
    const start = valueNamed(expression, "layer 1 · neuron 2 · w1");
    const [path] = bestOf(expression, start);
    const contraction = closed(expression);
    const data = contraction.itemOfGroup(groupNamed(expression, "data loss"));
    const decay = contraction.itemOfGroup(groupNamed(expression, "L2 loss"));
    const { output } = expression;
    const { items, isLit } = lightAlong(contraction, path!);
    expect(items).toEqual(new Set([start, data, output]));
    const arrow = (from: number, to: number) => ({
      from,
      to,
      edges: contraction.edges(to, (other) => other === from),
    });
    expect(isLit(arrow(start, data))).toBe(true);
    expect(isLit(arrow(data, output))).toBe(true);
    expect(isLit(arrow(start, decay))).toBe(false);
    expect(isLit(arrow(decay, output))).toBe(false);
  });

  test("one of the two arrows of a sum with itself", () => {
    const expression = expressionOf(leaf(1, "x"), { op: Op.add, of: [0, 0] });
    const [first, second] = bestOf(expression, 0, 2);
    const arrows = ([0, 1] as const).map((slot) => ({
      from: 0,
      to: 1,
      edges: [{ from: 0, to: 1, slot }],
    }));
    const contraction = closed(expression);
    expect(arrows.map(lightAlong(contraction, first!).isLit)).toEqual([true, false]);
    expect(arrows.map(lightAlong(contraction, second!).isLit)).toEqual([false, true]);
  });
});

test("counts are written out while they can be read", () => {
  expect(pathCount(2n ** 50n)).toBe("1,125,899,906,842,624");
  expect(pathCount(2n ** 1000n)).toBe("about 1.07 × 10³⁰¹");
  expect(pathCount(null)).toBe("more than 10³⁰⁸");
});
