import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { arrowsOf } from "../src/arrows.ts";
import type { Expression } from "../src/expression.ts";
import { Fold, OPENED_AT_ONCE } from "../src/fold.ts";
import { Consumers } from "../src/graph.ts";
import { itemName } from "../src/grouped.ts";
import { ROOT } from "../src/groups.ts";
import { FIRST_TERMS } from "../src/nearest.ts";
import { hiddenCount } from "../src/scene.ts";
import { FEWEST_ADDITIONS, MOST_UNDIVIDED } from "../src/sums.ts";
import { groupNamed, lossOf, Recorder, scoreOf, valueNamed } from "./networks.ts";
import { chain, expressionOf } from "./tapes.ts";

interface Making {
  from?: number | null;
  order?: "left" | "right";
  name?: (k: number) => string | undefined;
}

/** `0 + 1x + 2x + …`, in the order of addition. */
function sumOf(terms: number, { from = 0, order = "left", name = () => undefined }: Making = {}) {
  const tape = new Recorder();
  const x = tape.leaf(0.5, "x");
  const term = (k: number) => tape.value(Op.mul, [x, tape.leaf(k)], 0, `${k}x`);
  let total = from === null ? term(1) : tape.leaf(from);
  for (let k = from === null ? 2 : 1; k <= terms; k++) {
    const pair = order === "left" ? [total, term(k)] : [term(k), total];
    total = tape.value(Op.add, pair, 0, name(k));
  }
  return tape.expression;
}

const sumsIn = ({ tape }: Expression) =>
  tape.groups.filter(({ isSum }) => isSum).map(({ name }) => name);

const shownIn = (expression: Expression, fold: Fold) =>
  fold.shown.map((item) => itemName(expression, item));

const foldOf = (expression: Expression) => new Fold(expression.tape, expression.groups);

describe("a chain of additions", () => {
  test("is a sum of its terms, and the zero it begins from is none of them", () => {
    const expression = sumOf(10);
    expect(sumsIn(expression)).toEqual(["Σ of 10 terms"]);
    // Ten additions and the zero.
    expect(expression.groups.size(0)).toBe(11);
    expect(shownIn(expression, foldOf(expression))).toContain("Σ of 10 terms");
    expect(sumsIn(sumOf(10, { from: 0.5 }))).toEqual(["Σ of 11 terms"]);
    expect(sumsIn(sumOf(10, { from: null }))).toEqual(["Σ of 10 terms"]);
  });

  test("that is short stays as it is", () => {
    expect(sumsIn(sumOf(FEWEST_ADDITIONS - 1))).toEqual([]);
    expect(sumsIn(sumOf(FEWEST_ADDITIONS))).toEqual([`Σ of ${FEWEST_ADDITIONS} terms`]);
  });

  test("is the same read from the right", () => {
    const expression = sumOf(10, { order: "right" });
    expect(sumsIn(expression)).toEqual(["Σ of 10 terms"]);
    const item = expression.tape.count;
    const terms = foldOf(expression).contraction.operands(item);
    expect(terms.map((i) => expression.name(i))).toEqual(
      Array.from({ length: 10 }, (_, k) => `${k + 1}x`),
    );
  });

  test("ends where a sum on the way has a name, or is used once more", () => {
    const named = sumOf(20, { name: (k) => (k === 10 ? "half" : undefined) });
    expect(sumsIn(named)).toEqual(["half = Σ of 10 terms", "Σ of 11 terms"]);
    const tape = new Recorder();
    let total = tape.leaf(0);
    for (let k = 1; k <= 10; k++) total = tape.value(Op.add, [total, tape.leaf(k, `t${k}`)]);
    let end = tape.value(Op.mul, [total, total]);
    for (let k = 1; k <= 10; k++) end = tape.value(Op.add, [end, tape.leaf(k, `u${k}`)]);
    expect(sumsIn(tape.expression)).toEqual(["Σ of 10 terms", "Σ of 11 terms"]);
  });

  test("ends where another group begins", () => {
    const tape = new Recorder();
    let total = tape.leaf(0);
    for (const name of ["first", "second"]) {
      tape.inside(name, () => {
        for (let k = 0; k < 8; k++)
          total = tape.value(Op.add, [total, tape.leaf(k, `${name}${k}`)]);
      });
    }
    const expression = tape.expression;
    expect(sumsIn(expression)).toEqual(["Σ of 8 terms", "Σ of 9 terms"]);
    const [first, second] = [2, 3].map((g) => expression.groups.parent(g));
    expect([first, second]).toEqual([0, 1]);
  });

  test("goes on through one side only where two meet", () => {
    const tape = new Recorder();
    const half = (name: string) => {
      let total = tape.leaf(0);
      for (let k = 0; k < 8; k++) total = tape.value(Op.add, [total, tape.leaf(k, `${name}${k}`)]);
      return total;
    };
    tape.value(Op.add, [half("a"), half("b")]);
    expect(sumsIn(tape.expression)).toEqual(["Σ of 9 terms", "Σ of 8 terms"]);
  });

  test("leaves the numbers of the tape's own groups as they are", () => {
    const { tape } = scoreOf().expression;
    const own = tape.groups.filter(({ isSum }) => !isSum);
    expect(tape.groups.slice(0, own.length)).toEqual(own);
    expect(own[0]!.name).toBe("layer 1");
  });
});

describe("a long sum", () => {
  test("is divided in tens and hundreds of terms, which hold all of it", () => {
    const expression = sumOf(337);
    const { groups } = expression;
    const [sum = -1] = groups.children(ROOT);
    expect(groups.children(sum).map((g) => groups.name(g))).toEqual([
      "terms 1–100",
      "terms 101–200",
      "terms 201–300",
      "terms 301–337",
    ]);
    const [hundred = -1] = groups.children(sum);
    expect(groups.children(hundred)).toHaveLength(10);
    expect(groups.size(sum)).toBe(338);
    for (let g = 0; g < groups.count; g++) {
      expect(groups.outputs(g)).toHaveLength(1);
      expect(groups.values(g).length).toBeLessThanOrEqual(MOST_UNDIVIDED + 1);
    }
  });

  test("counts its terms from one, wherever it begins", () => {
    const names = (expression: Expression) =>
      expression.groups.children(0).map((g) => expression.groups.name(g));
    const whole = ["terms 1–10", "terms 11–20", "terms 21–30"];
    expect(names(sumOf(30))).toEqual(whole);
    expect(names(sumOf(30, { from: null }))).toEqual(whole);
    // A single addition needs no box around it.
    expect(names(sumOf(31))).toEqual(whole);
  });

  test.each([21, 99, 100, 101, 1000, 1001, 4321])("of %d terms has them all, once", (count) => {
    const expression = sumOf(count);
    const { groups, tape } = expression;
    const ends = Array.from({ length: groups.count }, (_, g) => groups.name(g))
      .map((name) => /^terms ([\d,]+)–([\d,]+)$/.exec(name))
      .filter((found) => found !== null)
      .map(([, from, to]) => [from, to].map((n) => Number(n!.replaceAll(",", ""))));
    for (const [from, to] of ends) expect(to! - from!).toBeGreaterThan(0);
    const additions = [...groups.members(0)].filter((i) => tape.ops[i] === Op.add);
    expect(additions).toHaveLength(count);
    for (let g = 0; g < groups.count; g++) {
      const inside = groups.children(g).length + groups.values(g).length;
      expect(inside).toBeLessThanOrEqual(MOST_UNDIVIDED + 1);
    }
  });

  test("opens as its parts, and a part as its additions with their terms", () => {
    const expression = sumOf(100);
    const fold = foldOf(expression);
    const { groups } = expression;
    expect(fold.openGroup(0)).toBe(true);
    const parts = groups.children(0);
    expect(parts.every((g) => fold.has(fold.contraction.itemOfGroup(g)))).toBe(true);
    const last = parts.at(-1)!;
    expect(hiddenCount(fold, fold.contraction.itemOfGroup(last))).toBe(10);
    fold.openGroup(last);
    expect(groups.values(last)).toHaveLength(10);
    for (const i of groups.values(last)) {
      expect(fold.has(i)).toBe(true);
      expect(fold.hasHiddenOperands(i)).toBe(false);
    }
    fold.closeGroup(0);
    expect(shownIn(expression, fold)).toContain("Σ of 100 terms");
  });

  test("of a hundred thousand equal terms is three boxes", () => {
    const expression = expressionOf(...chain(100_000));
    const fold = foldOf(expression);
    expect(shownIn(expression, fold)).toEqual(["x", "1", "Σ of 100,001 terms"]);
    const [, ones] = arrowsOf(fold);
    expect(expression.slope(ones!)).toBe(100_000);
  });
});

describe("drawn", () => {
  test("a large sum shows its first terms with what they are made of", () => {
    const tape = new Recorder();
    let total = tape.leaf(0);
    for (let k = 1; k <= 2000; k++) {
      const v = tape.leaf(k, `v${k}`);
      total = tape.value(Op.add, [total, tape.value(Op.mul, [v, v], 0, `square ${k}`)]);
    }
    const expression = tape.expression;
    const fold = foldOf(expression);
    const shown = shownIn(expression, fold);
    for (let k = 1; k <= FIRST_TERMS; k++) {
      expect(shown).toContain(`square ${k}`);
      expect(shown).toContain(`v${k}`);
    }
    expect(fold.size).toBe(2 * FIRST_TERMS + 1);
    expect(fold.shown.filter((item) => hiddenCount(fold, item) > 0)).toHaveLength(1);
    const sum = fold.shown.at(-1)!;
    expect(fold.more(sum)).toHaveLength(2 * OPENED_AT_ONCE);
  });

  test("leaves that are summed stand in the open", () => {
    const tape = new Recorder();
    let total = tape.leaf(0);
    for (let k = 1; k <= 20; k++) total = tape.value(Op.add, [total, tape.leaf(k, `v${k}`)]);
    const expression = tape.expression;
    expect(foldOf(expression).size).toBe(21);
  });

  test("a neuron of many inputs is products, a sum and its activation", () => {
    const expression = scoreOf().expression;
    const { groups } = expression;
    const fold = foldOf(expression);
    fold.openGroup(groupNamed(expression, "layer 2"));
    const [neuron = -1] = groups.children(groupNamed(expression, "layer 2"));
    fold.openGroup(neuron);
    const inside = fold.shown.filter((item) => fold.contraction.placeOf(item) === neuron);
    // 16 weights and their products, the bias, the sum, relu.
    expect(inside).toHaveLength(35);
    const sum = inside.find((item) => fold.contraction.isSum(item))!;
    const bias = valueNamed(expression, "layer 2 · neuron 1 · b");
    expect(fold.contraction.operands(sum)[0]).toBe(bias);
    const into = arrowsOf(fold).filter(({ to }) => to === sum);
    expect(into).toHaveLength(17);
    expect(into.map((arrow) => expression.slope(arrow))).toEqual(Array(17).fill(1));
  });

  test("a shared bias comes along with the sum that it begins", () => {
    const expression = lossOf(3).expression;
    const { groups } = expression;
    const fold = foldOf(expression);
    const within = (around: number, name: string) =>
      groups.children(around).find((g) => groups.name(g) === name)!;
    let at = groupNamed(expression, "data loss");
    fold.openGroup(at);
    for (const name of ["example 2", "layer 2", "neuron 3"]) {
      at = within(at, name);
      fold.openGroup(at);
    }
    const bias = valueNamed(expression, "layer 2 · neuron 3 · b");
    expect(fold.has(bias)).toBe(true);
    fold.closeGroup(at);
    expect(fold.has(bias)).toBe(false);
  });

  test("a sum that is asked for is its closed box; a sum on the way opens it", () => {
    const expression = sumOf(100);
    const { groups, output, tape } = expression;
    const fold = foldOf(expression);
    expect(fold.reveal(output, new Consumers(tape))).toBe(false);
    expect(fold.open).toEqual([]);
    const early = groups.members(0)[3]!;
    expect(fold.reveal(early, new Consumers(tape))).toBe(true);
    expect(fold.has(early)).toBe(true);
    expect(fold.open.map((g) => groups.name(g))).toEqual(["Σ of 100 terms", "terms 1–10"]);
  });

  test("the chain rule goes through it as through the additions", () => {
    const expression = sumOf(50);
    const fold = foldOf(expression);
    const into = arrowsOf(fold).filter(({ to }) => fold.contraction.isSum(to));
    expect(into).toHaveLength(FIRST_TERMS);
    for (const arrow of into) expect(expression.slope(arrow)).toBe(1);
  });
});
