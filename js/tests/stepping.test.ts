import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { arrowsOf } from "../src/arrows.ts";
import { Expression } from "../src/expression.ts";
import { flowTo, receivers } from "../src/flows.ts";
import { Fold } from "../src/fold.ts";
import { accountsOf, momentAt } from "../src/moment.ts";
import { stepSentence } from "../src/sentence.ts";
import { groupNamed, lossOf, scoreOf } from "./networks.ts";
import { alternating, encodeTape, expressionOf, leaf } from "./tapes.ts";

/** o = relu(x · w + b), and x once more: x · w + b + x. */
const SHARED = [
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1], name: "xw" },
  leaf(0.5),
  { op: Op.sub, of: [2, 3], name: "n" },
  { op: Op.add, of: [4, 0], name: "o" },
];
const SQUARE = [leaf(3, "a"), { op: Op.mul, of: [0, 0], name: "b" }];

const foldOf = ({ tape, groups }: Expression) => new Fold(tape, groups);

function seen(expression: Expression, fold: Fold, position: number) {
  expression.numbers.moveTo(position, false);
  const stops = fold.stops(expression.numbers.passes);
  const moment = momentAt(expression, fold.contraction, (p) => stops.isStop(p));
  const arrows = arrowsOf(fold);
  if (moment === null) return { cards: [], sums: [] };
  const { cards, sums } = accountsOf(expression, fold.contraction, arrows, moment);
  return {
    cards: cards.map(({ arrow, lines }) => [arrow.from, lines.join(" ")]),
    sums: sums.map(({ item, words }) => [item, words]),
  };
}

/** A closed group, whose one output is used twice by what comes behind it. */
const twice = (name?: string) => {
  const inside = { op: Op.neg, of: [1], ...(name === undefined ? {} : { name }) };
  const rows = [leaf(3, "x"), { op: Op.relu, of: [0] }, inside, { op: Op.mul, of: [2, 2] }];
  const bytes = encodeTape({ rows, groups: [["g", -1, 2]], groupOf: [0, 0, 1, 0] });
  const expression = new Expression(bytes);
  const fold = foldOf(expression);
  const item = fold.contraction.itemOfGroup(0);
  if (!fold.has(item)) fold.closeGroup(0);
  return { expression, fold, item };
};

describe("the marks of a step", () => {
  test("upstream × local = contribution on each edge, before + contribution = after", () => {
    const expression = expressionOf(...SHARED);
    const fold = foldOf(expression);
    expect(seen(expression, fold, 1)).toEqual({ cards: [], sums: [] });
    expect(seen(expression, fold, 4).sums).toEqual([[5, "gradient 1"]]);
    expect(seen(expression, fold, 5)).toEqual({
      cards: [
        [4, "1 × 1 = 1"],
        [0, "1 × 1 = 1"],
      ],
      sums: [
        [4, "0 + 1 = 1"],
        [0, "0 + 1 = 1 so far"],
      ],
    });
    expect(seen(expression, fold, 6).cards).toEqual([
      [2, "1 × 1 = 1"],
      [3, "1 × (−1) = −1"],
    ]);
    expect(seen(expression, fold, 7)).toEqual({
      cards: [
        [0, "1 × (−3) = −3"],
        [1, "1 × 2 = 2"],
      ],
      sums: [
        [0, "1 + (−3) = −2"],
        [1, "0 + 2 = 2"],
      ],
    });
  });

  test("a product with itself has two cards and one sum of three", () => {
    const expression = expressionOf(...SQUARE);
    expect(seen(expression, foldOf(expression), 3)).toEqual({
      cards: [
        [0, "1 × 3 = 3"],
        [0, "1 × 3 = 3"],
      ],
      sums: [[0, "0 + 3 + 3 = 6"]],
    });
  });

  test("a closed group passes on through all that is inside", () => {
    const expression = scoreOf([2, 1]).expression;
    const fold = foldOf(expression);
    for (const name of ["layer 1", "layer 2"]) {
      const g = groupNamed(expression, name);
      if (!fold.has(fold.contraction.itemOfGroup(g))) fold.closeGroup(g);
    }
    const item = fold.contraction.itemOfGroup(groupNamed(expression, "layer 2"));
    const stops = fold.stops(expression.numbers.passes);
    const position = stops.position(4);
    expression.numbers.moveTo(position, false);
    for (const to of receivers(expression, fold.contraction, item)) {
      const flow = flowTo(expression, fold.contraction, item, to, position);
      expect(flow.terms).toHaveLength(1);
      expect(flow.terms[0]!.contribution).toBeCloseTo(flow.contribution, 12);
      expect(flow.after).toBe(expression.gradients[to]);
    }
  });

  test("one arrow into a closed group stands for several uses: their sum, without a product", () => {
    const expression = scoreOf([3, 1]).expression;
    const fold = foldOf(expression);
    const g = groupNamed(expression, "layer 1");
    if (!fold.has(fold.contraction.itemOfGroup(g))) fold.closeGroup(g);
    const { count } = expression.numbers.passes;
    expect(seen(expression, fold, count)).toEqual({
      cards: [
        [13, "+ (−0.0625)"],
        [14, "+ 0.125"],
      ],
      sums: [
        [13, "0 + (−0.0625) = −0.0625"],
        [14, "0 + 0.125 = 0.125"],
      ],
    });
    expect([13, 14].map((x) => expression.gradients[x])).toEqual([-0.0625, 0.125]);
  });

  test("two uses of what is in a closed group are one arrow, with both local derivatives", () => {
    const { expression, fold, item } = twice();
    expect(seen(expression, fold, 5)).toEqual({
      cards: [[item, "1 × (−6) = −6"]],
      sums: [[item, "0 + (−3) + (−3) = −6"]],
    });
    expect(seen(expression, fold, 6)).toEqual({
      cards: [[1, "−6 × (−1) = 6"]],
      sums: [[1, "0 + 6 = 6"]],
    });
  });

  test("an arrow that stands for several values has neither product nor sum", () => {
    const expression = scoreOf([3, 2, 1]).expression;
    const fold = foldOf(expression);
    for (const name of ["layer 1", "layer 2", "layer 3"]) {
      const g = groupNamed(expression, name);
      if (!fold.has(fold.contraction.itemOfGroup(g))) fold.closeGroup(g);
    }
    const stops = fold.stops(expression.numbers.passes);
    expect(seen(expression, fold, stops.position(5))).toEqual({ cards: [], sums: [] });
  });

  test("nothing has happened before the first step, nor where all numbers are shown", () => {
    const expression = expressionOf(...SQUARE);
    const { contraction } = foldOf(expression);
    for (const position of [0, null]) {
      expression.numbers.moveTo(position, false);
      expect(momentAt(expression, contraction, () => true)).toBeNull();
    }
    expression.numbers.moveTo(2, false);
    const moment = momentAt(expression, contraction, () => true)!;
    expect(moment).toEqual({ position: 2, phase: "seed", item: 1, isDone: true });
    // The output's own 1 is all it will have.
    expect(accountsOf(expression, contraction, [], moment).sums).toEqual([
      { item: 1, words: "gradient 1", isPartial: false },
    ]);
  });

  test("what flows keeps the sign of a zero, and the order in which a pass adds", () => {
    const zero = expressionOf(leaf(2), leaf(-0), { op: Op.mul, of: [0, 1] });
    const { after, contribution, before } = flowTo(zero, foldOf(zero).contraction, 2, 0, 3);
    for (const number of [after, contribution, before]) expect(number).toBe(-0);
    const large = expressionOf(
      ...[leaf(1), leaf(2 ** 53)],
      { op: Op.sub, of: [0, 0] },
      { op: Op.mul, of: [0, 1] },
      { op: Op.add, of: [2, 3] },
    );
    const { count } = large.numbers.passes;
    const flow = flowTo(large, foldOf(large).contraction, 2, 0, count);
    expect(flow.after).toBe(2 ** 53 - 1);
    expect(flow.after).toBe(large.gradients[0]);
  });

  test("between two stops the group at work is marked, without a number", () => {
    const expression = lossOf(20, [3, 1]).expression;
    const fold = foldOf(expression);
    expect(seen(expression, fold, expression.numbers.passes.count - 5)).toEqual({
      cards: [],
      sums: [],
    });
  });

  test.each([0, 1, 2, 3])("what every value receives is its gradient, fold %i", (depth) => {
    const expression = lossOf(3, [2, 1]).expression;
    const fold = foldOf(expression);
    for (let n = 0; n < depth; n++) {
      const item = fold.shown.find((i) => expression.isGroup(i));
      if (item !== undefined) fold.openGroup(fold.contraction.groupOf(item));
    }
    const { passes } = expression.numbers;
    const stops = fold.stops(passes);
    for (let n = 1; n <= stops.count; n++) {
      const position = stops.position(n);
      expression.numbers.moveTo(position, false);
      const { phase, at } = passes.step(position - 1);
      if (phase !== "backward") continue;
      const item = fold.contraction.itemOf(at);
      for (const to of receivers(expression, fold.contraction, item)) {
        const flow = flowTo(expression, fold.contraction, item, to, position);
        expect(flow.before + flow.contribution).toBeCloseTo(flow.after, 12);
        expect(flow.after).toBe(expression.gradients[to]);
      }
    }
  });
});

describe("the sentence of a step", () => {
  const said = (expression: Expression, position: number | null, fold = foldOf(expression)) => {
    expression.numbers.moveTo(position, false);
    return stepSentence(expression, fold);
  };

  test("says what is done, with its numbers", () => {
    const expression = expressionOf(...SHARED);
    expect([0, 1, 2, 4, 5, 7].map((p) => said(expression, p))).toEqual([
      "Start: the leaves have their numbers, and nothing else has.",
      "Forward 1 of 3: xw = x × w = 2 × (−3) = −6.",
      "Forward 2 of 3: n = xw − 0.5 = (−6) − 0.5 = −6.5.",
      "Output: the gradient of o by itself is 1.",
      "Backward 1 of 3: plus, at o. Upstream 1 by local 1 adds 1 to n; the gradient of n is now 1." +
        " Upstream 1 by local 1 adds 1 to x; the gradient of x is now 1 so far.",
      "Backward 3 of 3: times, at xw. Upstream 1 by local −3 adds −3 to x; the gradient of x is " +
        "now −2. Upstream 1 by local 2 adds 2 to w; the gradient of w is now 2.",
    ]);
    expect(said(expression, 6)).toContain("adds −1 to constant 0.5; the gradient of constant 0.5");
    expect(said(expression, null)).toMatch(/^All numbers are shown/);
  });

  test("says both ways in which a value was used", () => {
    expect(said(expressionOf(...SQUARE), 3)).toBe(
      "Backward 1 of 1: times, at b. Upstream 1 by local 3 adds 3 to a. " +
        "Upstream 1 by local 3 adds 3 to a; the gradient of a is now 6.",
    );
  });

  test("speaks of a group as a whole, and of a place inside it", () => {
    const expression = lossOf(20, [3, 1]).expression;
    const fold = foldOf(expression);
    const stops = fold.stops(expression.numbers.passes);
    const sentences = Array.from({ length: stops.count }, (_, n) =>
      said(expression, stops.position(n + 1), fold),
    );
    expect(sentences[0]).toMatch(
      /^Forward 1 of 3: data loss, a group of [\d,]+ values, is worked out: 0/,
    );
    expect(sentences.at(-1)).toMatch(
      /^Backward 3 of 3: through data loss, .* \d+ more operands receive something\.$/,
    );
    expect(sentences[4]).toContain("adds 1 to data loss; the gradient of data loss is now 1.");
    expect(said(expression, 5, fold)).toMatch(/^Step 5 of [\d,]+, inside data loss\.$/);
  });

  test("of a group with several outputs says how many, and what goes into it in all", () => {
    const expression = scoreOf([3, 2, 1]).expression;
    const fold = foldOf(expression);
    for (const name of ["layer 1", "layer 2", "layer 3"]) {
      const g = groupNamed(expression, name);
      if (!fold.has(fold.contraction.itemOfGroup(g))) fold.closeGroup(g);
    }
    const stops = fold.stops(expression.numbers.passes);
    const sentences = [1, 2, 3, 4, 5, 6, 7].map((n) => said(expression, stops.position(n), fold));
    expect(sentences).toEqual([
      "Forward 1 of 3: layer 1, a group of 24 values, is worked out: 3 outputs.",
      "Forward 2 of 3: layer 2, a group of 22 values, is worked out: 2 outputs.",
      "Forward 3 of 3: layer 3, a group of 7 values, is worked out: 0.125.",
      "Output: the gradient of sum by itself is 1.",
      "Backward 1 of 3: through layer 3, a group of 7 values. Upstream 1 by local −0.625 adds " +
        "−0.625 to relu in neuron 1, layer 2; the gradient of relu in neuron 1, layer 2 is now " +
        "−0.625. Upstream 1 by local −0.25 adds −0.25 to relu in neuron 2, layer 2; the gradient " +
        "of relu in neuron 2, layer 2 is now −0.25.",
      "Backward 2 of 3: through layer 2, a group of 22 values. It adds 0 to relu in neuron 1, " +
        "layer 1; the gradient of relu in neuron 1, layer 1 is now 0. It adds 0 to relu in neuron " +
        "2, layer 1; the gradient of relu in neuron 2, layer 1 is now 0. One more operand receives " +
        "something.",
      "Backward 3 of 3: through layer 1, a group of 24 values. It adds 0 to x1; the gradient of " +
        "x1 is now 0. It adds 0 to x2; the gradient of x2 is now 0.",
    ]);
  });

  test("of values that are not drawn says that they are not", () => {
    const expression = expressionOf(...alternating(1000));
    const fold = foldOf(expression);
    const { count } = expression.numbers.passes;
    expect(said(expression, 1, fold)).toBe("Step 1 of 2,001, at a value that is not drawn.");
    expect(said(expression, count, fold)).toMatch(
      /^Backward (\d+) of \1: all that is not drawn passes its gradient on\.$/,
    );
  });

  test("calls a value in a closed group by its name, where it has one, else by the group's", () => {
    const said = ({ expression, fold }: ReturnType<typeof twice>) => {
      expression.numbers.moveTo(5, false);
      return stepSentence(expression, fold);
    };
    expect(said(twice("n"))).toContain("adds −3 to n; the gradient of n is now −6.");
    expect(said(twice())).toContain("adds −3 to g; the gradient of g is now −6.");
  });

  test("names an operation without a name by what it does alone", () => {
    const expression = expressionOf(...alternating(12));
    const { forward } = expression.numbers.passes;
    expect(said(expression, forward + 2)).toMatch(/^Backward 1 of 12: tanh\. Upstream 1 by local /);
    expect(said(expression, forward + 3)).toMatch(/^Backward 2 of 12: negation\. Upstream /);
    const sum = expressionOf(...alternating(12), { op: Op.add, of: [13, 13] });
    expect(said(sum, sum.numbers.passes.forward + 2)).toMatch(
      /^Backward 1 of 13: plus\. Upstream 1/,
    );
  });
});
