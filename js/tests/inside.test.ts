import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { arrowsOf } from "../src/arrows.ts";
import { Fold } from "../src/fold.ts";
import { createReplay } from "../src/replay.ts";
import { groupNamed, lossOf, Recorder, scoreOf, valueNamed } from "./networks.ts";

/** A group of every kind of operation, in the midst of others. */
function mixture(): Recorder {
  const tape = new Recorder();
  const a = tape.leaf(0.7, "a");
  const b = tape.leaf(-1.3, "b");
  const before = tape.value(Op.mul, [a, b], 0, "before");
  const inner = tape.inside("inner", () => {
    const t = tape.value(Op.tanh, [before]);
    const s = tape.value(Op.sub, [tape.value(Op.exp, [t]), a]);
    return tape.value(Op.add, [tape.value(Op.mul, [s, s]), tape.value(Op.pow, [b], 3)]);
  });
  tape.value(Op.mul, [inner, a], 0, "end");
  return tape;
}

test("a derivative through a group is what a small change shows", () => {
  const expression = mixture().expression;
  const { groups, tape, data } = expression;
  const g = groupNamed(expression, "inner");
  const [output] = groups.outputs(g);
  const slopes = expression.inside(g);
  expect([...slopes.keys()].map((i) => tape.names.get(i))).toEqual(["a", "b", "before"]);
  for (const [i, slope] of slopes) {
    const at = (x: number) => {
      // Everything that enters is held, only the one value moves.
      const run = createReplay(frozenBefore(expression, g));
      run.data.set(data);
      run.data[i] = x;
      run.forward();
      return run.data[output!]!;
    };
    const h = 1e-6;
    expect(slope).toBeCloseTo((at(data[i]! + h) - at(data[i]! - h)) / (2 * h), 7);
  }
});

/** The same tape, with everything outside of a group made a leaf. */
function frozenBefore({ groups, tape }: ReturnType<() => Recorder["expression"]>, g: number) {
  const ops = tape.ops.slice();
  for (let i = 0; i < tape.count; i++) if (!groups.holds(g, i)) ops[i] = Op.leaf;
  return { ...tape, ops };
}

test("upstream times the number of each arrow is the gradient, with all groups closed", () => {
  const expression = lossOf(3, [2, 1]).expression;
  const { tape, gradients } = expression;
  const fold = new Fold(tape, expression.groups);
  fold.closeGroup(groupNamed(expression, "data loss"));
  const arrows = arrowsOf(fold);
  for (const name of ["layer 1 · neuron 1 · w1", "layer 2 · neuron 1 · b"]) {
    const p = valueNamed(expression, name);
    const shares = arrows
      .filter(({ from }) => from === p)
      .map((arrow) => {
        const end = arrow.to < tape.count ? arrow.to : fold.contraction.outputs(arrow.to)[0]!;
        return gradients[end]! * expression.slope(arrow);
      });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(gradients[p]!, 14);
  }
});

test("a neuron of a closed layer gets the weight as its number; a layer of many outputs none", () => {
  const expression = scoreOf([3, 1]).expression;
  const { tape, groups } = expression;
  const fold = new Fold(tape, groups);
  fold.closeGroup(groupNamed(expression, "layer 1"));
  const x1 = valueNamed(expression, "x1");
  const into = arrowsOf(fold).find(({ from }) => from === x1)!;
  expect(into.edges).toHaveLength(3);
  expect(expression.hasSlope(into)).toBe(false);
  expect(expression.slope(into)).toBeNaN();
  fold.openGroup(groupNamed(expression, "layer 1"));
  const neurons = arrowsOf(fold).filter(({ from }) => from === x1);
  expect(neurons).toHaveLength(3);
  for (const arrow of neurons) {
    const g = fold.contraction.groupOf(arrow.to);
    const [w1] = groups.members(g);
    const isOn = expression.data[groups.outputs(g)[0]!]! > 0;
    expect(expression.slope(arrow)).toBeCloseTo(isOn ? expression.data[w1!]! : 0, 15);
  }
});

test("both operands from one closed group add up", () => {
  const tape = new Recorder();
  const a = tape.leaf(3, "a");
  const s = tape.inside("g", () => tape.value(Op.tanh, [a]));
  tape.value(Op.mul, [s, s], 0, "square");
  const expression = tape.expression;
  const fold = new Fold(expression.tape, expression.groups);
  fold.closeGroup(0);
  // The leaf is used there alone, so it is inside too.
  const [arrow] = arrowsOf(fold);
  expect(arrow!.edges).toHaveLength(2);
  expect(expression.slope(arrow!)).toBe(2 * Math.tanh(3));
});
