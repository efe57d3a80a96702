/** What the formulas of a value say in words. */
import { countText } from "../text.ts";

export const formulaText = {
  formulas: "Formulas",
  notation: "Notation",
  notations: { written: "as written", primitives: "as primitives" },
  source: "in your code",
  operation: "operation",
  locals: "local derivatives",
  total: "total derivative",
  where: "where",
  more: (n: number) => `and ${countText(n)} more like these`,
  condition: "[a > 0] is 1 where a is above zero, else 0.",
  terms: (n: number) => `${countText(n)} terms`,
  copy: "Copy LaTeX",
  copyOf: (kind: string) => `Copy LaTeX: ${kind}`,
  latexOf: (kind: string) => `LaTeX of the ${kind}`,
} as const;
