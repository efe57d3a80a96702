import { describe, expect, test, vi } from "vitest";
import { Fold } from "../src/fold.ts";
import { layout as small } from "../src/layout/dagre.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { keptLayouts } from "../src/layout/kept.ts";
import { readPositions } from "../src/layout/positions.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { buildScene } from "../src/scene.ts";
import { FakeModel } from "./model.ts";
import { groupNamed, scoreOf } from "./networks.ts";
import { chain, expressionOf } from "./tapes.ts";

const never = new AbortController().signal;
const expression = scoreOf().expression;

function sceneOf(...open: string[]) {
  const fold = new Fold(expression.tape, expression.groups);
  for (const name of open) fold.openGroup(groupNamed(expression, name));
  return buildScene(expression, fold);
}

/** A page with a model; `run` counts what is really laid out. */
function pageOf(model: FakeModel, lay: (dot: string) => string | Promise<string> = layout) {
  const run = vi.fn(async (dot: string) => lay(dot));
  const start = vi.fn(async () => ({ run, stop: () => {} }));
  return { run, start, layouts: keptLayouts(createLayoutService(start), model) };
}

const modelOf = (kept: unknown = "") => new FakeModel({ _layout: kept });

describe.each([[[]], [["layer 1"]], [["layer 1", "neuron 1", "layer 2"]]])("%j", (open) => {
  test.each(["LR", "TB"] as const)("is kept, and comes again just so: %s", async (direction) => {
    const scene = sceneOf(...open);
    const dot = dotText(scene, direction);
    const model = modelOf();
    const first = await pageOf(model).layouts.layout(dot, never);
    const later = pageOf(model);
    later.layouts.enter();
    expect(await later.layouts.layout(dot, never)).toBe(first);
    expect(later.start).not.toHaveBeenCalled();
    const exact = readPositions(await layout(dot), scene, direction);
    const kept = readPositions(first, scene, direction);
    for (const [index, { x, y }] of exact.boxes) {
      expect(Math.abs(kept.boxes.get(index)!.x - x)).toBeLessThan(0.11);
      expect(Math.abs(kept.boxes.get(index)!.y - y)).toBeLessThan(0.11);
    }
    expect(kept.routes.map(({ curve }) => curve.length)).toEqual(
      exact.routes.map(({ curve }) => curve.length),
    );
  });
});

describe("what is kept", () => {
  const dot = dotText(sceneOf(), "LR");

  async function kept(): Promise<string> {
    const model = modelOf();
    await pageOf(model).layouts.layout(dot, never);
    return model.get("_layout") as string;
  }

  test("is of the last picture, and of no other", async () => {
    const model = modelOf(await kept());
    const { layouts, run } = pageOf(model);
    await layouts.layout(dotText(sceneOf("layer 1"), "LR"), never);
    expect(run).toHaveBeenCalledOnce();
    await layouts.layout(dot, never);
    expect(run).toHaveBeenCalledTimes(2);
    expect(model.get("_layout")).toBe(await kept());
  });

  test("is ignored where it is damaged, whatever it is", async () => {
    const text = await kept();
    const digit = text.search(/,\d/) + 1;
    const other = `${text.slice(0, digit)}${9 - Number(text[digit])}${text.slice(digit + 1)}`;
    const wrong = [
      ...["x", "[]", text.slice(0, -1), text.slice(1), other, `${text} `, "9".repeat(60_001)],
      ...[null, undefined, 7, {}, [text]],
    ];
    for (const one of wrong) {
      const { layouts, run } = pageOf(modelOf(one));
      readPositions(await layouts.layout(dot, never), sceneOf(), "LR");
      expect(run, String(one).slice(0, 40)).toHaveBeenCalledOnce();
    }
  });

  test("is nothing that is too large", async () => {
    const long = expressionOf(...chain(4));
    const scene = buildScene(long, new Fold(long.tape));
    const model = modelOf("old");
    const many = JSON.parse(await layout(dotText(scene, "LR")));
    const piece = " 1,1 2,2 3,3".repeat(12_000);
    many.edges[0].pos += piece;
    const { layouts } = pageOf(model, () => JSON.stringify(many));
    await layouts.layout(dotText(scene, "LR"), never);
    expect(model.get("_layout")).toBe("");
  });

  test("is not what the small layout has drawn", async () => {
    const model = modelOf();
    await pageOf(model, small).layouts.layout(dot, never);
    expect(model.get("_layout")).toBe("");
    expect(model.saves).toBe(0);
  });

  test("is told once, and not again by a second view", async () => {
    const model = modelOf();
    await pageOf(model).layouts.layout(dot, never);
    await pageOf(model).layouts.layout(dot, never);
    expect(model.saves).toBe(1);
  });

  test("is taken from a host that keeps nothing as nothing", async () => {
    const model = new FakeModel({});
    model.set = () => {
      throw new Error("a page that stands still");
    };
    readPositions(await pageOf(model).layouts.layout(dot, never), sceneOf(), "LR");
  });
});
