/** Explained gradients, worked out by Python: both sides must agree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Paths } from "../src/paths.ts";
import { replay } from "../src/replay.ts";
import { decodeTape } from "../src/tape.ts";
import { lossOf, valueNamed } from "./networks.ts";
import { type Encoded, numbers } from "./numbers.ts";
import { leaf, type Row, tapeOf } from "./tapes.ts";

interface Vector {
  name: string;
  tape: string;
  start: number;
  most: number;
  count: string;
  paths: { indices: number[]; locals: Encoded[]; product: Encoded }[];
  rest: Encoded;
}

const file = join(import.meta.dirname, "../../tests/data/path_vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

/** The same but for the last places, in which `tanh` may differ. */
const expectClose = (ours: readonly number[], theirs: readonly number[]) => {
  expect(ours).toHaveLength(theirs.length);
  theirs.forEach((x, i) => {
    if (!Number.isFinite(x) || x === 0) expect(ours[i]).toBe(x);
    else expect(Math.abs(ours[i]! / x - 1)).toBeLessThan(1e-12);
  });
};

describe("the paths that Python finds", () => {
  test.each(vectors)("$name", (vector) => {
    const tape = decodeTape(Uint8Array.from(Buffer.from(vector.tape, "base64")));
    const { data, gradients } = replay(tape);
    const paths = new Paths(tape, data, vector.start);
    const best = paths.best(vector.most);
    expect(`${paths.count()}`).toBe(vector.count);
    expect(best.map(({ indices }) => indices)).toEqual(vector.paths.map((path) => path.indices));
    for (const [at, { locals }] of best.entries()) {
      expectClose(locals, numbers(vector.paths[at]!.locals));
    }
    expectClose(
      best.map(({ product }) => product),
      numbers(vector.paths.map(({ product }) => product)),
    );
    expectClose([paths.rest(best.length, gradients)], numbers([vector.rest]));
  });
});

function doublings(times: number): Row[] {
  return [
    leaf(1, "x"),
    ...Array.from({ length: times }, (_, i) => ({ op: Op.add, of: [i, i] as const })),
  ];
}

test("the two operands of a sum with itself are told apart", () => {
  const tape = tapeOf(...doublings(1));
  const best = new Paths(tape, replay(tape).data, 0).best(5);
  expect(best.map(({ slots }) => slots)).toEqual([[0], [1]]);
});

test("a chain of 100,000 values has a number of 100,000 bits", () => {
  const tape = tapeOf(...doublings(99_999));
  const paths = new Paths(tape, replay(tape).data, 0);
  expect(paths.best(3).map(({ indices }) => indices.length)).toEqual([100_000, 100_000, 100_000]);
  expect(paths.count()).toBe(1n << 99_999n);
});

test("more than 10^308 paths in a larger graph are not counted", () => {
  const tape = tapeOf(...doublings(120_000));
  expect(new Paths(tape, replay(tape).data, 0).count()).toBeNull();
});

test("a weight of a whole loss is explained, and the parts add up", () => {
  const expression = lossOf(100).expression;
  const { tape, data, gradients } = expression;
  const start = valueNamed(expression, "layer 1 · neuron 2 · w1");
  const paths = new Paths(tape, data, start, expression.consumers);
  const best = paths.best(10);
  const sum = best.reduce((all, { product }) => all + product, 0);
  const rest = paths.rest(best.length, gradients);
  expect(Math.abs(sum + rest - gradients[start]!)).toBeLessThan(1e-9);
  // Through the 16 neurons of layer 2 in each example, and two from the weight decay.
  expect(paths.count()).toBe(1602n);
});
