// @vitest-environment happy-dom
/** Other numbers for the leaves than recorded: everything is as if those had been recorded. */
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { pairsOf } from "../src/diagram/reading.ts";
import { dotOf } from "../src/export/dot.ts";
import type { Expression } from "../src/expression.ts";
import { latexOf } from "../src/formula/latex.ts";
import { pythonOf } from "../src/formula/python.ts";
import { readState } from "../src/state.ts";
import { eventually } from "./model.ts";
import { Mounted } from "./mounted.ts";
import { lossOf, type Recorder, valueNamed } from "./networks.ts";
import { encodeTape, expressionOf, leaf } from "./tapes.ts";

/** The loss of a small network at two points; `moved` has the same structure and other leaves. */
const recorded = lossOf(2, [3, 2, 1]);
const moved = lossOf(2, [3, 2, 1]);
for (const [i, row] of moved.rows.entries()) {
  if (row.op === Op.leaf && row.name !== undefined) row.number = row.number! * 0.5 + i / 50 - 0.3;
}
const leavesOf = ({ rows }: Recorder): Uint8Array =>
  new Uint8Array(
    Float64Array.from(rows.flatMap(({ op, number }) => (op === Op.leaf ? [number!] : []))).buffer,
  );
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer);
const weight = valueNamed(recorded.expression, "layer 1 · neuron 2 · w1");

function replaced(): Expression {
  const { expression } = recorded;
  expression.numbers.replaceLeaves(new Float64Array(leavesOf(moved).buffer));
  return expression;
}

describe("numbers", () => {
  test("are those of a tape that has these leaves, to the bit", () => {
    const { numbers } = replaced();
    expect(numbers.data).toEqual(moved.expression.data);
    expect(numbers.gradients).toEqual(moved.expression.gradients);
  });

  test("of a changed leaf stay on top, and are taken back to these leaves", () => {
    const expression = expressionOf(leaf(2, "a"), leaf(3, "b"), { op: Op.mul, of: [0, 1] });
    const { numbers } = expression;
    numbers.change(new Map([[0, 5]]));
    numbers.replaceLeaves(Float64Array.of(7, 11));
    expect([...numbers.data]).toEqual([5, 11, 55]);
    expect(numbers.unchanged(0)).toBe(7);
    numbers.change(new Map());
    expect([...numbers.data]).toEqual([7, 11, 77]);
    numbers.replaceLeaves(null);
    expect([...numbers.data]).toEqual([2, 3, 6]);
  });

  test("beside older ones: those of the leaves now without the change", () => {
    const expression = expressionOf(leaf(2, "a"), leaf(3, "b"), { op: Op.mul, of: [0, 1] });
    const { numbers } = expression;
    numbers.compare(new Map());
    numbers.change(new Map([[0, 5]]));
    numbers.replaceLeaves(Float64Array.of(7, 11));
    expect([...numbers.before!.data]).toEqual([7, 11, 77]);
    expect(expression.comparison!.largest("value", 9).map(({ at }) => at)).toEqual([2, 0]);
  });

  test("gradients that were given are for the recorded ones", () => {
    const { numbers } = expressionOf(leaf(2, "a"), { op: Op.mul, of: [0, 0] });
    numbers.give(Float64Array.of(100, 1));
    numbers.replaceLeaves(Float64Array.of(3));
    expect(numbers.gradients[0]).toBe(6);
    numbers.replaceLeaves(null);
    expect(numbers.gradients[0]).toBe(100);
  });

  test("at a step of the passes are as far as they have come", () => {
    const { numbers } = expressionOf(leaf(2, "a"), { op: Op.mul, of: [0, 0] });
    numbers.moveTo(3, false);
    numbers.replaceLeaves(Float64Array.of(3));
    expect([...numbers.gradients]).toEqual([6, 1]);
    numbers.moveTo(2, false);
    numbers.replaceLeaves(Float64Array.of(4));
    expect(numbers.data[1]).toBe(16);
    expect(numbers.gradients[0]).toBe(-0);
  });

  test("through a group are worked out anew", () => {
    const expression = replaced();
    const { groups } = moved.expression;
    const g = groups.count - 1;
    expression.inside(g);
    expression.numbers.replaceLeaves(null);
    expect(expression.inside(g)).toEqual(recorded.expression.inside(g));
  });

  test("leave for Python, Graphviz and LaTeX as they are", () => {
    const [now, fresh] = [replaced(), moved.expression];
    expect(pythonOf(now)).toBe(pythonOf(fresh));
    expect(dotOf(now, "LR")).toBe(dotOf(fresh, "LR"));
    expect(latexOf(now, true)).toEqual(latexOf(fresh, true));
  });

  test("that differ from the recorded ones are what a state has to tell", () => {
    const expression = replaced();
    expression.numbers.change(new Map([[weight, 0.25]]));
    const again = recorded.expression;
    again.numbers.change(new Map(pairsOf(expression.numbers.departures) as [number, number][]));
    expect(again.data).toEqual(expression.data);
    expect(recorded.expression.numbers.departures.size).toBe(0);
  });
});

/** All of a figure, whatever the order in which classes came to its elements. */
const pieces = ({ el }: Mounted): string[] =>
  el.innerHTML
    .replaceAll(/class="([^"]*)"/g, (_, names: string) => names.split(" ").sort().join(" "))
    .split("<");

describe("a figure", () => {
  const looks: readonly [string, Record<string, unknown>][] = [
    ["as it opens", {}],
    ["with a value selected", { selected: weight }],
    ["coloured by value", { overlay: "value" }],
    ["at a step", { step: 30, selected: weight }],
    ["after a change", { edits: [[weight, 0.25]], ghosts: [], selected: weight }],
    ["in steps as calculated", { notation: "primitives", selected: weight }],
  ];

  test.each(looks)("%s is the one of a tape with these leaves", async (_, traits) => {
    const fresh = await new Mounted(moved.bytes, undefined, traits).drawn();
    const live = await new Mounted(recorded.bytes, undefined, traits).drawn();
    for (const { el } of [fresh, live]) {
      for (const fold of el.querySelectorAll("details")) {
        fold.open = true;
        fold.dispatchEvent(new Event("toggle"));
      }
    }
    expect(pieces(live)).not.toEqual(pieces(fresh));
    live.model.set("leaves", viewOf(leavesOf(moved)));
    expect(pieces(live)).toEqual(pieces(fresh));
  });

  test("keeps its boxes, and is checked anew", async () => {
    const figure = await new Mounted(recorded.bytes, undefined, { overlay: "check" }).drawn();
    const boxes = figure.all(".mgw-box");
    figure.model.set("leaves", viewOf(leavesOf(moved)));
    expect(figure.all(".mgw-box")).toEqual(boxes);
    await eventually(() =>
      expect(figure.get(".mgw-verdict").textContent).toMatch(
        /^(\d+) of \1 gradients in the picture agree$/,
      ),
    );
  });

  test("leaves the focus in the panel where it is, and the tooltip open", async () => {
    const rows = [leaf(2, "a"), { op: Op.mul, of: [0, 0], name: "c" }];
    const figure = await new Mounted(encodeTape({ rows }), undefined, { selected: 0 }).drawn();
    figure.button("leads to").focus();
    const tooltip = figure.get(".mgw-tooltip");
    // Nothing has a place here.
    Object.defineProperty(tooltip, "offsetParent", { value: null });
    const place = { bubbles: true, pointerType: "mouse" };
    figure.get(".mgw-box").dispatchEvent(new PointerEvent("pointermove", place));
    await eventually(() => expect(tooltip.textContent).toContain("value2"));
    figure.model.set("leaves", viewOf(new Uint8Array(Float64Array.of(3).buffer)));
    expect(tooltip.textContent).toContain("value3");
    expect(document.activeElement).toBe(figure.button("leads to"));
  });

  test("takes back a change to the leaf as it is now", async () => {
    const rows = [leaf(2, "a"), { op: Op.mul, of: [0, 0], name: "c" }];
    const traits = { selected: 0, edits: [[0, 5]] };
    const figure = await new Mounted(encodeTape({ rows }), undefined, traits).drawn();
    figure.model.set("leaves", viewOf(new Uint8Array(Float64Array.of(3).buffer)));
    figure.button("Reset a").click();
    expect(figure.summary).toMatch(/^c = 9,/);
    expect(figure.model.get("edits")).toEqual([]);
  });

  test("says what is wrong with leaves that are too few", async () => {
    const figure = await new Mounted(recorded.bytes).drawn();
    figure.model.set("leaves", viewOf(new Uint8Array(8)));
    const { length } = leavesOf(recorded);
    const words = `leaves: expected ${length} bytes, got: 8`;
    expect(figure.get("[role=alert]").textContent).toContain(words);
  });

  test("is described by a state of the recorded expression", async () => {
    const rows = [leaf(2, "a"), leaf(3, "b"), { op: Op.mul, of: [0, 1] }];
    const figure = await new Mounted(encodeTape({ rows })).drawn();
    figure.model.set("leaves", viewOf(new Uint8Array(Float64Array.of(2, 7).buffer)));
    let copied = "";
    const clipboard = {
      writeText: async (words: string) => {
        copied = words;
      },
    };
    Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
    figure
      .all("[role=menuitem]")
      .find(({ textContent }) => textContent === "Copy state")!
      .click();
    await eventually(() => expect(copied).not.toBe(""));
    expect(readState(copied).get("edits")).toEqual([[1, 7]]);
  });
});
