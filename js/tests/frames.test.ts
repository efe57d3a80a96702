import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { Fold } from "../src/fold.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { touches } from "../src/layout/label.ts";
import { readPositions } from "../src/layout/positions.ts";
import { buildScene, titleArea } from "../src/scene.ts";
import { groupNamed, scoreOf, valueNamed } from "./networks.ts";
import { expressionOf, leaf } from "./tapes.ts";

const expression = scoreOf().expression;

function opened(...names: string[]) {
  const fold = new Fold(expression.tape, expression.groups);
  for (const name of names) fold.openGroup(groupNamed(expression, name));
  return { fold, scene: buildScene(expression, fold) };
}

test("frames nest in the DOT text, which holds no name of a group", () => {
  const { scene } = opened("layer 1", "neuron 1");
  const dot = dotText(scene, "LR");
  expect(dot).not.toMatch(/layer|neuron|w1/);
  expect(dot.match(/subgraph cluster_\d+ \{/g)).toHaveLength(2);
  const depths = [...dot.replaceAll(/\{n[\d n]*\}/g, "")].reduce(
    ({ now, most }, c) => {
      const next = now + (c === "{" ? 1 : c === "}" ? -1 : 0);
      return { now: next, most: Math.max(most, next) };
    },
    { now: 0, most: 0 },
  );
  expect(depths).toEqual({ now: 0, most: 3 });
});

test("an expression without groups gets no helpers", () => {
  const plain = expressionOf(leaf(1, "a"), { op: Op.neg, of: [0] });
  const dot = dotText(buildScene(plain, new Fold(plain.tape)), "LR");
  expect(dot).not.toMatch(/invis|newrank|weight|subgraph/);
});

describe.each(["LR", "TB"] as const)("laid out by Graphviz, %s", (direction) => {
  const place = async (...names: string[]) => {
    const { fold, scene } = opened(...names);
    const places = readPositions(await layout(dotText(scene, direction)), scene, direction);
    return { fold, scene, places };
  };
  const [along, across] = direction === "LR" ? (["x", "y"] as const) : (["y", "x"] as const);

  test("frames hold what is theirs, and their title keeps clear of it", async () => {
    const { scene, places } = await place("layer 1", "neuron 1");
    for (const frame of scene.frames) {
      const area = places.frames.get(frame.group)!;
      const title = titleArea(frame, area);
      const inside = scene.boxes.filter((box) => box.place === frame.group);
      expect(inside.length).toBeGreaterThan(1);
      for (const box of scene.boxes) {
        const { x, y } = places.boxes.get(box.index)!;
        const isInside =
          x > area.x && x < area.x + area.width && y > area.y && y < area.y + area.height;
        if (box.place === frame.group) expect(isInside).toBe(true);
        else if (box.place === -1) expect(isInside).toBe(false);
        const top = y - box.height / 2;
        const left = x - box.width / 2;
        const clear = top > title.y + title.height || left > title.x + title.width;
        if (isInside) expect(clear).toBe(true);
      }
      scene.arrows.forEach(({ labelWidth }, id) => {
        const { label } = places.routes[id]!;
        if (label) expect(touches(label, labelWidth, title)).toBe(false);
      });
    }
  });

  test("what leads into a frame stands before it", async () => {
    const { scene, places } = await place("layer 1", "neuron 1");
    const area = places.frames.get(groupNamed(expression, "layer 1"))!;
    const x1 = places.boxes.get(valueNamed(expression, "x1"))!;
    expect(x1[along]).toBeLessThan(area[along]);
    const last = scene.boxes.at(-1)!;
    const length = direction === "LR" ? area.width : area.height;
    expect(places.boxes.get(last.index)![along]).toBeGreaterThan(area[along] + length);
  });

  test("the neurons of a layer stand in their order, each with its own arrows", async () => {
    const { fold, scene, places } = await place("layer 1");
    const neurons = scene.boxes.filter(({ title }) => title.startsWith("neuron"));
    const at = neurons.map(({ index }) => places.boxes.get(index)![across]);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    scene.arrows.forEach(({ to }, id) => {
      if (!fold.contraction.isGroup(to) || !neurons.some(({ index }) => index === to)) return;
      const { tip } = places.routes[id]!;
      expect(Math.abs(tip[across] - places.boxes.get(to)![across])).toBeLessThan(45);
    });
  });

  test("two open layers stay within a picture's size, with 256 straight lines between", async () => {
    const { scene, places } = await place("layer 1", "layer 2");
    const bundled = scene.arrows.filter(({ isBundled }) => isBundled);
    expect(bundled).toHaveLength(256);
    const height = direction === "LR" ? places.height : places.width;
    const one = direction === "LR" ? 120 : 200;
    expect(height).toBeLessThan(16 * one + 200);
    for (const [id, arrow] of scene.arrows.entries()) {
      if (!arrow.isBundled) continue;
      const route = places.routes[id]!;
      expect(route.label).toBeUndefined();
      expect(route.curve[0]![along]).toBeLessThan(route.tip[along]);
    }
  });
});

test("names of different lengths do not break the order", async () => {
  const tape = scoreOf();
  tape.groups.forEach((row, g) => {
    if (row[1] === 0) row[0] = `neuron number ${"i".repeat(g % 7)} ${g}`;
  });
  const renamed = tape.expression;
  const fold = new Fold(renamed.tape, renamed.groups);
  fold.openGroup(groupNamed(renamed, "layer 1"));
  const scene = buildScene(renamed, fold);
  const neurons = scene.boxes.filter(({ title }) => title.startsWith("neuron number"));
  expect(new Set(neurons.map(({ width }) => width)).size).toBe(1);
  const places = readPositions(await layout(dotText(scene, "LR")), scene, "LR");
  const at = neurons.map(({ index }) => places.boxes.get(index)!.y);
  expect(at).toHaveLength(16);
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

test("a title leaves out what the frames around it say already", () => {
  const { scene } = opened("layer 1", "neuron 1");
  const titles = scene.boxes.map(({ title }) => title);
  expect(titles).toContain("w1");
  expect(titles).toContain("w2 × x2");
  expect(titles.some((title) => title.includes("layer 1 ·"))).toBe(false);
});
