/** The same expressions, written as DOT by Python: both sides must agree to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DOT_LIMIT, dotOf } from "../src/export/dot.ts";
import { exactText, numberText } from "../src/export/plain.ts";
import { Expression } from "../src/expression.ts";
import { type Encoded, numbers } from "./numbers.ts";
import { chain, encodeTape } from "./tapes.ts";

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

test("a large expression is written from its end, and says so", () => {
  const dot = dotOf(new Expression(encodeTape({ rows: chain(100_000) })));
  expect(dot.match(/^ {2}v\d+ \[/gm)).toHaveLength(DOT_LIMIT);
  expect(dot).toContain('label="100,002 values in all, the last 1,000 drawn"');
});
