/** What Python lists as the largest changes: both sides must agree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Quantity } from "../src/comparison.ts";
import { Expression } from "../src/expression.ts";
import { lossOf } from "./networks.ts";
import { type Encoded, numbers } from "./numbers.ts";

interface Vector {
  name: string;
  tape: string;
  leaves: [number, Encoded][];
  rows: { of: Quantity; at: number; before: Encoded; now: Encoded; difference: Encoded }[];
}

const file = join(import.meta.dirname, "../../tests/data/comparison_vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

const compared = ({ tape, leaves }: Vector): Expression => {
  const expression = new Expression(Uint8Array.from(Buffer.from(tape, "base64")));
  expression.numbers.compare(new Map(leaves.map(([leaf, x]) => [leaf, numbers([x])[0]!])));
  return expression;
};
const vectorOf = (name: string) => vectors.find((vector) => vector.name === name)!;

describe("the largest changes", () => {
  test.each(vectors)("$name", (vector) => {
    const { comparison } = compared(vector);
    for (const of of ["value", "gradient"] as const) {
      const rows = vector.rows.filter((row) => row.of === of);
      expect(comparison!.largest(of, 12)).toEqual(
        rows.map(({ at, ...row }) => {
          const [before, now, difference] = numbers([row.before, row.now, row.difference]);
          return { at, before, now, difference };
        }),
      );
    }
  });

  test("are cut where somebody wants fewer, and counted all the same", () => {
    const { comparison } = compared(vectorOf("README expression"));
    const all = comparison!.largest("value", 1000);
    expect(all).toHaveLength(comparison!.count("value"));
    expect(comparison!.largest("value", 3)).toEqual(all.slice(0, 3));
  });
});

test("nothing is compared until there are older numbers, and anew when they change", () => {
  const expression = compared(vectorOf("squares"));
  const first = expression.comparison;
  expect(expression.comparison).toBe(first);
  expression.numbers.compare(new Map());
  expect(expression.comparison!.count("value")).toBe(0);
  expression.numbers.compare(null);
  expect(expression.comparison).toBeNull();
});

test("at a step only what is known is compared", () => {
  const expression = compared(vectorOf("squares"));
  expect(expression.comparison!.count("value")).toBe(4);
  expression.numbers.moveTo(1, false);
  expect(expression.comparison!.count("value")).toBe(2);
  expect(expression.comparison!.count("gradient")).toBe(0);
});

test("a group is changed where anything inside is", () => {
  const expression = lossOf(4, [4, 4, 1]).expression;
  const { tape, groups, names } = expression;
  const bias = Array.from({ length: tape.count }, (_, i) => i).find(
    (i) => names.kind(i) === "leaf" && groups.home[i]! >= 0,
  )!;
  expression.numbers.compare(new Map([[bias, 0.75]]));
  const { comparison } = expression;
  for (let g = 0; g < groups.count; g++) {
    const isInside = [...groups.members(g)].some((i) => comparison!.isChanged(i));
    expect(comparison!.isChanged(tape.count + g)).toBe(isInside);
  }
  expect(comparison!.isChanged(tape.count + groups.home[bias]!)).toBe(true);
});
