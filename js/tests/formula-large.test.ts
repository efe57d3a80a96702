/** Formulas of a million values: bounded in size, and in time. */
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Expression } from "../src/expression.ts";
import { derive } from "../src/formula/derivation.ts";
import { latex, latexOf } from "../src/formula/latex.ts";
import { MOST_SYMBOLS, Notation } from "../src/formula/notation.ts";
import { pythonOf } from "../src/formula/python.ts";
import { chain, encodeTape } from "./tapes.ts";

describe("a million values", () => {
  const rows = chain(1_000_000).map((row) => (row.op === Op.add ? { ...row, op: Op.mul } : row));
  const longProduct = new Expression(encodeTape({ rows }));
  const expression = new Expression(encodeTape({ rows: chain(1_000_000) }));

  test("have formulas of bounded size", () => {
    const notation = new Notation(
      expression.tape,
      expression.consumers,
      (i) => expression.value(i),
      true,
    );
    for (const i of [0, 1, 500_000, expression.output]) {
      const about = derive(expression, notation, i);
      for (const formula of [about.operation, ...about.locals, about.total, ...about.where]) {
        expect(latex(formula).length).toBeLessThan(100 * MOST_SYMBOLS);
      }
    }
    expect(latexOf(expression).latex).toContain("\\text{1,000,001 terms}");
  });

  test("are told by their last steps where they are no sum", () => {
    const { latex: text, steps, isWhole } = latexOf(longProduct);
    expect([steps, isWhole]).toEqual([100, false]);
    expect(text.split("\n")).toHaveLength(103);
    expect(text).toContain("\\vdots");
  });

  test("are written as code whole", () => {
    const code = pythonOf(expression);
    expect(code.match(/\+ v1\b/g)).toHaveLength(1_000_000);
  });
});
