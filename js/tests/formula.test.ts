/** The same expressions, written by Python as formulas, LaTeX and code: both agree to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Expression } from "../src/expression.ts";
import { derive } from "../src/formula/derivation.ts";
import { latex, latexOf } from "../src/formula/latex.ts";
import { floatCode, identifier, quoted } from "../src/formula/literals.ts";
import { Notation } from "../src/formula/notation.ts";
import { pythonOf } from "../src/formula/python.ts";
import { symbol } from "../src/formula/symbols.ts";
import { type Formula, number } from "../src/formula/tree.ts";
import { type Encoded, numbers } from "./numbers.ts";

interface Vectors {
  numbers: { number: Encoded; short: string; code: string }[];
  labels: {
    label: string;
    symbol: Formula | null;
    latex: string | null;
    quoted: string;
    identifier: string;
  }[];
  expressions: {
    name: string;
    tape: string;
    python: string;
    latex: { written: string; primitives: string };
    formulas: { index: number; written: boolean; more: number; latex: string[] }[];
  }[];
}

const file = join(import.meta.dirname, "../../tests/data/formula_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;

const expressionOf = (tape: string) => new Expression(Uint8Array.from(Buffer.from(tape, "base64")));

const notationOf = (expression: Expression, written = true) =>
  new Notation(expression.tape, expression.consumers, (i) => expression.value(i), written);

describe("formulas are Python's", () => {
  test.each(vectors.expressions)("$name", ({ tape, formulas }) => {
    const expression = expressionOf(tape);
    for (const { index, written, more, latex: lines } of formulas) {
      const about = derive(expression, notationOf(expression, written), index);
      const ours = [about.operation, ...about.locals, about.total, ...about.where].map(latex);
      expect(ours).toEqual(lines);
      expect(about.more).toBe(more);
    }
  });
});

describe("whole expressions are Python's", () => {
  test.each(vectors.expressions)("$name", ({ tape, python, latex: { written, primitives } }) => {
    const expression = expressionOf(tape);
    expect(pythonOf(expression)).toBe(python);
    expect(latexOf(expression).latex).toBe(written);
    expect(latexOf(expression, false).latex).toBe(primitives);
  });
});

test.each(vectors.labels)("the label $label", (row) => {
  const name = symbol(row.label);
  expect(name).toEqual(row.symbol);
  expect(name === null ? null : latex(name)).toBe(row.latex);
  expect(quoted(row.label)).toBe(row.quoted);
  expect(identifier(row.label)).toBe(row.identifier);
});

test("numbers", () => {
  const ours = numbers(vectors.numbers.map((row) => row.number));
  expect(ours.map(floatCode)).toEqual(vectors.numbers.map(({ code }) => code));
  expect(ours.map((x) => number(x)[1])).toEqual(vectors.numbers.map(({ short }) => short));
});

describe("numbers that are not to be seen", () => {
  const neuron = vectors.expressions.find(({ name }) => name === "lecture neuron")!;
  const told = (i: number, move: (expression: Expression) => void) => {
    const expression = expressionOf(neuron.tape);
    move(expression);
    const about = derive(expression, notationOf(expression), i);
    return [about.operation, ...about.locals, about.total].map(latex);
  };
  // x1 w1 x1·w1 x2 w2 x2·w2 + b + tanh
  const [n, o] = [8, 9];

  test("are question marks at a step", () => {
    expect(told(o, ({ numbers }) => numbers.moveTo(0, false))).toEqual([
      "o = \\tanh\\left(x_{1} \\cdot w_{1} + x_{2} \\cdot w_{2} + b\\right) = \\tanh\\left(?\\right) = ?",
      "\\frac{\\partial o}{\\partial v_{8}} = 1 - o^{2} = 1 - ?^{2} = ?",
      "\\frac{\\partial o}{\\partial o} = ?",
    ]);
  });

  test("come without their rule where the learner is to find them", () => {
    const atBackward = ({ numbers }: Expression) =>
      numbers.moveTo(numbers.passes.forward + 1, true);
    expect(told(o, atBackward).slice(1)).toEqual([
      "\\frac{\\partial o}{\\partial v_{8}} = ?",
      "\\frac{\\partial o}{\\partial o} = 1",
    ]);
    expect(told(n, atBackward).at(-1)).toBe("\\frac{\\partial o}{\\partial v_{8}} = ?");
  });

  test("follow the changes of a learner", () => {
    const [operation] = told(o, ({ numbers }) => numbers.change(new Map([[7, 6]])));
    expect(operation).toContain("= \\tanh\\left(0\\right) = 0");
  });
});
