/** What is said where gradients are checked by numbers. */
import { countText } from "../text.ts";

export const checkText = {
  name: "Numerical check",
  word: "slope",
  right: "\u2713",
  wrong: "\u2717",
  spoken: (slope: string, isRight: boolean, error: string) =>
    `measured slope ${slope}, ${isRight ? "agrees" : "differs"}, error ${error}`,
  agree: (right: number, all: number) =>
    `${countText(right)} of ${countText(all)} gradients in the picture agree`,
  working: "measuring\u2026",
  step: "Step h",
  small: "← rounding",
  large: "curvature →",
  best: "Best step",
  bestTitle: "The cube root of the machine epsilon: where both errors are about the same",
  rule:
    "slope = (f(x + h) \u2212 f(x \u2212 h)) / 2h, where f works the expression out anew with x moved " +
    "by h (by h\u00b7|x| where |x| is above 1). \u2713: it differs from the gradient by at most 10\u207b\u2077 " +
    "+ 10\u207b\u2075 of the larger of the two, and what rounding the output does at the best step. " +
    "At a kink such as relu\u2019s at 0 they may honestly disagree.",
  selected: (name: string, gradient: string, slope: string, error: string, mark: string) =>
    `${name}: gradient ${gradient}, slope ${slope}, error ${error} ${mark}`,
  stepSpoken: (step: string, agree: string) => `Step ${step}: ${agree}.`,
} as const;
