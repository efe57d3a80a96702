import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import type { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { judgeNumber, judgeParents, judgeSign } from "../src/quiz/judge.ts";
import { isRight, typedNumber } from "../src/quiz/number.ts";
import { isQuestion, type Kind, nextQuestion, type Question } from "../src/quiz/question.ts";
import { ruleOf } from "../src/quiz/rule.ts";
import { readScore, withAnswer } from "../src/quiz/score.ts";
import { lossOf, scoreOf } from "./networks.ts";
import { expressionOf, leaf, type Row } from "./tapes.ts";

/** o = tanh(x · w + b) with x = 2, w = −3, so that 1 − o² is 0.5; x · w again: twice used. */
const NEURON: Row[] = [
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1], name: "xw" },
  leaf(6.8813735870195432, "b"),
  { op: Op.add, of: [2, 3], name: "n" },
  { op: Op.tanh, of: [4], name: "o" },
];
/** y = a · b + a at a = 2, b = 5. */
const SHARED: Row[] = [
  leaf(2, "a"),
  leaf(5, "b"),
  { op: Op.mul, of: [0, 1], name: "p" },
  { op: Op.add, of: [2, 0], name: "y" },
];

function asks(expression: Expression, position: number, kind: Kind = "number") {
  expression.numbers.moveTo(position, true);
  return nextQuestion(expression, new Fold(expression.tape, expression.groups), kind);
}

function question(expression: Expression, position: number, kind: Kind = "number"): Question {
  const asked = asks(expression, position, kind);
  if (!isQuestion(asked)) throw new Error("no question");
  return asked;
}

const said = (expression: Expression, position: number, answer: number, blank = 0) => {
  const asked = question(expression, position);
  return judgeNumber(expression, asked, asked.blanks[blank]!, answer).words;
};

test.each([
  ["0.5", 0.5],
  [" −1,5 ", -1.5],
  [".25", 0.25],
  ["3.", 3],
  ["2e-5", 2e-5],
  ["1/3", 1 / 3],
  ["-1/-4", 0.25],
  ["nan", Number.NaN],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["∞", Number.POSITIVE_INFINITY],
  ["", null],
  ["one", null],
  ["1,000.5", null],
  ["1/2/3", null],
  ["0x10", null],
  ["--1", null],
  ["1/", null],
])("%j is read as %d", (typed, number) => {
  expect(typedNumber(typed)).toEqual(number);
});

test.each([
  [0.5, 0.5, true],
  [0.495, 0.5, true],
  [0.505, 0.5, true],
  [0.49, 0.5, false],
  [-0.5, 0.5, false],
  [0, 0, true],
  [-0, 0, true],
  [0.0001, 0, false],
  [0, 5.6e-17, true],
  [0, 1e-5, false],
  [1.005e-5, 1e-5, true],
  [-0.0017, -1 / 576, true],
  [0.001, 0.00104, true],
  [0.0018, 1 / 576, false],
  [-0.0017, 1 / 576, false],
  [Number.NaN, Number.NaN, true],
  [1, Number.NaN, false],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
  [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false],
  [Number.POSITIVE_INFINITY, 3, false],
  [Number.POSITIVE_INFINITY, 1.7975e308, true],
  [Number.POSITIVE_INFINITY, 1e308, false],
])("%d for %d counts as right: %s", (answer, truth, verdict) => {
  expect(isRight(answer, truth)).toBe(verdict);
});

describe("a question", () => {
  test("is about the next step, and says nothing of the answer", () => {
    const expression = expressionOf(...NEURON);
    const prompts = [0, 1, 2, 3, 4, 6].map((p) => question(expression, p).prompt);
    expect(prompts).toEqual([
      "Forward 1 of 3. xw = x × w = 2 × (−3) = ?",
      "Forward 2 of 3. n = xw + b = (−6) + 6.8814 = ?",
      "Forward 3 of 3. o = tanh(n) = tanh(0.8814) = ?",
      "Output. What is the gradient of o by itself?",
      "Backward 1 of 3. tanh, at o, passes its gradient on: 1.",
      "Backward 3 of 3. times, at xw, passes its gradient on: 0.5000.",
    ]);
    expect(asks(expression, 7)).toBeNull();
  });

  test("asks for every operand, and says what it has had until then", () => {
    const expression = expressionOf(...SHARED);
    const { blanks } = question(expression, 4);
    expect(blanks.map(({ label, truth }) => [label, truth])).toEqual([
      ["of a (until now 1)", 6],
      ["of b", 2],
    ]);
  });

  test("which gradients change is a matter of the backward pass", () => {
    const expression = expressionOf(...SHARED);
    expect(asks(expression, 0, "parents")).toMatchObject({ isEarly: true, step: 1 });
    expect(question(expression, 3, "parents").blanks).toHaveLength(2);
  });

  test("has a sign only where there is a number", () => {
    const rows = [leaf(Number.NaN, "a"), leaf(1, "b"), { op: Op.mul, of: [0, 1] }];
    expect(question(expressionOf(...rows), 0, "sign").kind).toBe("number");
  });

  test("asks of a group what comes out of it, and no more than a person can say", () => {
    const expression = lossOf(20, [3, 1]).expression;
    expect(question(expression, 0).prompt).toMatch(/^Forward 1 of 3\. data loss, a group of .*\?$/);
    const outputs = scoreOf([16, 16, 1]).expression;
    expect(asks(outputs, 0)).toMatchObject({ isEarly: false });
    expect(isQuestion(asks(outputs, 0))).toBe(false);
  });
});

describe("an answer", () => {
  test("at the tanh node", () => {
    const expression = expressionOf(...NEURON);
    const answers = [0.5, 0.49, -0.5, 5, 0.05, 1, 0.7, 0.88, Number.NaN];
    expect(answers.map((answer) => said(expression, 4, answer))).toEqual([
      "",
      "Close, but not within 1 %.",
      "Right size, wrong sign.",
      "Ten times too large.",
      "Ten times too small.",
      "That is the upstream gradient; multiply it by the local derivative.",
      "Not yet.",
      "That is the value of n, not its gradient.",
      "It is an ordinary number.",
    ]);
  });

  test("at a product", () => {
    const expression = expressionOf(...NEURON);
    expect(said(expression, 6, -3)).toBe(
      "That is the local derivative; multiply it by the upstream gradient, 0.5000.",
    );
    expect(said(expression, 6, 1)).toMatch(/^The local derivative by a factor is the other factor/);
  });

  test("where something had arrived before", () => {
    const expression = expressionOf(...SHARED);
    expect(said(expression, 4, 5)).toBe("That is only what this step adds; add what was there, 1.");
    expect(said(expression, 4, 3)).toMatch(/^The local derivative by a factor/);
  });

  test("where a value was used twice", () => {
    const expression = expressionOf(leaf(3, "a"), { op: Op.mul, of: [0, 0], name: "b" });
    expect(said(expression, 2, 6)).toBe("");
    expect(said(expression, 2, 3)).toMatch(/^That is what one of the two places brings/);
  });

  test("of another operation", () => {
    const expression = expressionOf(...SHARED);
    expect(said(expression, 0, 7)).toBe("That is the sum.");
    expect(said(expression, 0, -10)).toBe("Right size, wrong sign.");
  });

  test("that is no ordinary number", () => {
    const rows = [leaf(-1, "a"), { op: Op.log, of: [0], name: "l" }];
    expect([Number.NaN, 0].map((x) => said(expressionOf(...rows), 0, x))).toEqual([
      "",
      "It is no ordinary number: nan, inf or -inf.",
    ]);
  });

  test("as a sign, and as what changes", () => {
    const expression = expressionOf(leaf(0, "x"), leaf(4, "w"), { op: Op.mul, of: [0, 1] });
    const { blanks } = question(expression, 2, "parents");
    const verdict = (...ticked: boolean[]) => judgeParents(blanks, ticked);
    expect(verdict(true, false).isRight).toBe(true);
    expect(verdict(true, true).words).toMatch(/^One of those does not change\./);
    expect(verdict(false, true).words).toMatch(/^One more changes\. One of those/);
    expect(judgeSign(blanks[0]!, "positive").isRight).toBe(true);
    expect(judgeSign(blanks[1]!, "zero").isRight).toBe(true);
    expect(judgeSign(blanks[1]!, "negative").isRight).toBe(false);
  });
});

test.each([
  ["tanh", Op.tanh, 0.5, "1 − o² = 1 − 0.4621²", "0.7864"],
  ["exp", Op.exp, 1, "is 2.7183", ""],
  ["log", Op.log, 4, "1 / x = 1 / 4", "0.25"],
  ["sigmoid", Op.sigmoid, 0, "0.5 × (1 − 0.5)", "0.25"],
  ["relu", Op.relu, -2, "the input is −2", ""],
  ["negation", Op.neg, 3, "is −1", ""],
  ["power", Op.pow, -2, "3 × (−2) ^ 2", "12"],
])(
  "the rule of %s is given with its numbers, and worked out afterwards",
  (_, op, x, rule, slope) => {
    const expression = expressionOf(leaf(x, "x"), { op, of: [0], number: 3, name: "o" });
    const asked = question(expression, 2);
    expect(ruleOf(expression, asked, false)).toContain(rule);
    expect(ruleOf(expression, asked, false).endsWith(`= ${slope}.`)).toBe(false);
    if (slope !== "") expect(ruleOf(expression, asked, true)).toMatch(new RegExp(`= ${slope}\\.$`));
  },
);

test("only the first try at a question counts", () => {
  const wrong = { step: 3, kind: "number", answer: "7", right: false } as const;
  let score = withAnswer(readScore(undefined), wrong);
  score = withAnswer(score, { ...wrong, right: true });
  score = withAnswer(score, { ...wrong, step: 4, answer: "x".repeat(99), right: true });
  score = withAnswer(score, { ...wrong, step: 5, answer: null });
  const { answers, ...counts } = score;
  expect(counts).toEqual({ asked: 3, right: 1, skipped: 1 });
  expect(answers.map(({ right }) => right)).toEqual([false, true, true, false]);
  expect(answers[2]!.answer).toHaveLength(40);
  for (let step = 0; step < 600; step++) score = withAnswer(score, { ...wrong, step });
  expect(score.answers).toHaveLength(500);
});
