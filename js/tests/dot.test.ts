/** The same expressions, written as DOT by Python: both sides must agree to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { DOT_LIMIT, dotOf } from "../src/export/dot.ts";
import { exactText, numberText } from "../src/export/plain.ts";
import { Expression } from "../src/expression.ts";
import { type Encoded, numbers } from "./numbers.ts";
import { chain, encodeTape, expressionOf, leaf } from "./tapes.ts";

interface Vectors {
  expressions: {
    name: string;
    tape: string;
    gradients: Encoded[];
    direction: "LR" | "TB";
    limit: number | null;
    dot: string;
  }[];
  numbers: [Encoded, string][];
  exponents: [Encoded, string][];
}

const file = join(import.meta.dirname, "../../tests/data/dot_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;

describe("DOT is Python's", () => {
  test.each(vectors.expressions)("$name", ({ tape, gradients, direction, limit, dot }) => {
    const expression = new Expression(Uint8Array.from(Buffer.from(tape, "base64")));
    expression.giveGradients(new Uint8Array(Float64Array.from(numbers(gradients)).buffer));
    expect(dotOf(expression, direction, limit ?? DOT_LIMIT)).toBe(dot);
  });
});

test("numbers are written as Python writes them", () => {
  const [ours, theirs] = [numbers(vectors.numbers.map(([x]) => x)), vectors.numbers];
  expect(ours.map(numberText)).toEqual(theirs.map(([, text]) => text));
  const exponents = numbers(vectors.exponents.map(([x]) => x));
  expect(exponents.map((n) => `**${exactText(n)}`)).toEqual(
    vectors.exponents.map(([, text]) => text),
  );
});

test("a step shows in nothing that is taken away, but what is to be guessed is left out", () => {
  const expression = expressionOf(leaf(2, "x"), leaf(-3, "w"), { op: Op.mul, of: [0, 1] });
  const whole = dotOf(expression);
  expression.numbers.moveTo(0, false);
  expect(dotOf(expression)).toBe(whole);
  expression.numbers.moveTo(0, true);
  const dot = dotOf(expression);
  expect(dot).toContain('v2 [label="data=?\\ngrad=?\\nop=*", fillcolor="#f0f0f0"]');
  expect(dot.match(/label="\?"\];/g)).toHaveLength(2);
  expect(dot).not.toContain("6.0000");
});

test("a large expression is written from its end, and says so", () => {
  const dot = dotOf(new Expression(encodeTape({ rows: chain(100_000) })));
  expect(dot.match(/^ {2}v\d+ \[/gm)).toHaveLength(DOT_LIMIT);
  expect(dot).toContain('label="100,002 values in all, the last 1,000 drawn"');
});
