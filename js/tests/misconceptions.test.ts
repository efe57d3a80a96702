// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zlibSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { layout } from "../src/layout/graphviz.ts";
import { touches } from "../src/layout/label.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { mountMisconceptions } from "../src/misconceptions/mount.ts";
import { Setting } from "../src/misconceptions/setting.ts";
import { firstMistake, lastStep, readSimulations } from "../src/misconceptions/simulations.ts";
import { arrowKey, standingAt } from "../src/misconceptions/standing.ts";
import { stopsOf } from "../src/misconceptions/stops.ts";
import { hostileLabels } from "./hostile.ts";
import { eventually, FakeModel } from "./model.ts";
import { encodeTape, leaf } from "./tapes.ts";

const file = join(import.meta.dirname, "../../tests/data/simulation_vectors.json");
const written = readFileSync(file, "utf8");
const pack = (json: string) => zlibSync(new TextEncoder().encode(json));
const classics = readSimulations(pack(written));
const classic = (name: string) => new Setting(classics.find((one) => one.name === name)!);

const service = (run: (dot: string) => Promise<string> = layout) =>
  createLayoutService(async () => ({ run, stop: vi.fn() }));

describe("simulations", () => {
  test("numbers that are not finite arrive as words", () => {
    const json = JSON.stringify([{ tape: "", results: [{ right: "inf", mistake: "nan" }] }]);
    expect(readSimulations(pack(json))[0]?.results).toEqual([
      { right: Number.POSITIVE_INFINITY, mistake: Number.NaN },
    ]);
    const steps = JSON.stringify([{ steps: [{ sentence: "nan", grad: ["-inf", 1] }] }]);
    expect(readSimulations(pack(steps))[0]).toEqual({
      steps: [{ sentence: "nan", grad: [Number.NEGATIVE_INFINITY, 1] }],
    });
  });

  test("nonsense is refused in words", () => {
    expect(() => readSimulations(pack("{}"))).toThrow(/expected a list of cases, got: object/);
    expect(() => readSimulations(pack("[]"))).toThrow(/expected a list of cases/);
    expect(() => readSimulations(Uint8Array.of(1, 2, 3))).toThrow();
  });

  test("the longer walk is gone to its end", () => {
    const { simulation } = classic("recursion");
    expect(simulation.right.steps).toHaveLength(7);
    expect(lastStep(simulation)).toBe(9);
    expect(firstMistake(simulation)).toBe(4);
    expect(firstMistake({ ...simulation, mistake: simulation.right })).toBeNull();
  });
});

describe("how an engine stands", () => {
  const at = (name: string, which: "right" | "mistake", done: number) => {
    const { expression, simulation } = classic(name);
    return standingAt(expression.tape, simulation[which], done);
  };
  const x = 0;

  test("in the end as Python says", () => {
    expect(at("recursion", "right", 99).grad[x]).toBe(39);
    expect(at("recursion", "mistake", 99).grad[x]).toBe(60);
    expect(at("recursion, right first", "mistake", 99).grad[x]).toBe(78);
    for (const name of ["backward twice", "recursion", "= for +="]) {
      const { simulation, expression } = classic(name);
      for (const which of ["right", "mistake"] as const) {
        const { grad } = at(name, which, 99);
        for (const result of simulation.results) {
          const leaf = [...expression.tape.names].find(([, n]) => `${n}.grad` === result.what)![0];
          expect(grad[leaf]).toBe(result[which]);
        }
      }
    }
  });

  test("in between after every write", () => {
    const { expression, simulation } = classic("recursion");
    const { steps } = simulation.mistake;
    for (let done = 1; done <= steps.length; done++) {
      const { grad, now } = standingAt(expression.tape, simulation.mistake, done);
      expect(now).toBe(steps[done - 1]);
      expect(grad[now!.target!]).toBe(now!.after);
    }
    const start = at("recursion", "mistake", 0);
    expect(start.now).toBeNull();
    expect([...start.grad].every((gradient) => gradient === 0)).toBe(true);
    expect(start.data[start.data.length - 1]).toBe(42);
  });

  test("with the first wrong contribution told from those after it", () => {
    const { firstWrong, wrongArrows, wrongNodes } = at("recursion", "mistake", 99);
    expect(wrongArrows).toEqual(new Set([arrowKey(2, 0), arrowKey(2, 1)]));
    expect(firstWrong).toBe(arrowKey(2, 0));
    expect(wrongNodes).toEqual(new Set([0, 1]));
    expect(at("recursion", "mistake", 3).wrongArrows.size).toBe(0);
    expect(at("recursion", "right", 99).wrongNodes.size).toBe(0);
  });

  test("with both arrows of a + a", () => {
    const { along, wrongArrows, grad } = at("= for +=", "mistake", 99);
    expect([...along.keys()]).toEqual([arrowKey(1, 0), arrowKey(1, 1)]);
    expect(wrongArrows).toEqual(new Set([arrowKey(1, 1)]));
    expect(grad[0]).toBe(1);
  });

  test("with new numbers after a step of training", () => {
    const right = at("no zero_grad", "right", 99);
    const mistake = at("no zero_grad", "mistake", 99);
    expect(right.data[0]).toBeCloseTo(2.92, 12);
    expect(mistake.data[0]).toBeCloseTo(4.52, 12);
    expect(mistake.data.at(-1)).toBeCloseTo(9.2416, 12);
    expect(mistake.wrongNodes).toEqual(new Set([0]));
  });

  test("a fresh table is empty", () => {
    const { steps } = classic("backward twice").simulation.right;
    const cleared = steps.findIndex(({ kind }) => kind === "clear") + 1;
    expect([...at("backward twice", "right", cleared).grad].every((g) => g === 0)).toBe(true);
    expect([...at("backward twice", "mistake", cleared).grad].some((g) => g !== 0)).toBe(true);
    expect(at("backward twice", "right", cleared + 1).along.size).toBe(0);
  });
});

test("steps of one visit belong together", () => {
  const { expression, simulation } = classic("recursion");
  const name = (node: number) => expression.name(node);
  const stops = stopsOf(simulation.mistake, name);
  expect(stops.map(({ label }) => label)).toEqual(["start", "w", "u", "v", "u"]);
  expect(stops[2]).toEqual({ label: "u", from: 3, to: 5, wrongAt: 4 });
  expect(stopsOf(simulation.right, name).map(({ label }) => label)).toEqual([
    "start",
    "w",
    "v",
    "u",
  ]);
  const training = classic("no zero_grad");
  const labels = stopsOf(training.simulation.mistake, (node) => training.expression.name(node));
  expect(labels.map(({ label }) => label).slice(4, 8)).toEqual([
    "w.data",
    "forward",
    "no clearing",
    "start",
  ]);
});

test.each(classics.map(({ name }) => name))("labels of %s are clear of boxes", async (name) => {
  const { scene, positions, bounds } = await classic(name).layOut(
    service(),
    new AbortController().signal,
  );
  positions.routes.forEach(({ label }, id) => {
    const { labelWidth } = scene.arrows[id]!;
    for (const { index, width, height } of scene.boxes) {
      const { x, y } = positions.boxes.get(index)!;
      const area = { x: x - width / 2, y: y - height / 2, width, height };
      expect(touches(label!, labelWidth, area)).toBe(false);
    }
    const left = label!.anchor === "end" ? label!.x - labelWidth : label!.x;
    expect(left).toBeGreaterThanOrEqual(bounds.x);
    expect(left + labelWidth).toBeLessThanOrEqual(bounds.x + bounds.width);
  });
});

describe("the figure", () => {
  let el: HTMLElement;
  let end: (() => void) | undefined;

  beforeEach(() => {
    el = document.createElement("div");
    document.body.append(el);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    end?.();
    end = undefined;
    el.remove();
  });

  const modelOf = (traits: Record<string, unknown> = {}) =>
    new FakeModel({
      simulations: pack(written),
      case: "recursion",
      step: null,
      theme: "light",
      ...traits,
    });
  async function mount(model: FakeModel, run: (dot: string) => Promise<string> = layout) {
    end = mountMisconceptions({ model, el, layouts: service(run) });
    await eventually(() =>
      expect(el.querySelector(".mgw-box, [role=alert]:not([hidden])")).toBeTruthy(),
    );
    return model;
  }
  const button = (name: string) =>
    [...el.querySelectorAll("button")].find((one) => one.textContent === name)!;
  const pane = (which: "right" | "mistake") => el.querySelector(`.mgw-pane-${which}`)!;
  const box = (which: "right" | "mistake", item: number) =>
    pane(which).querySelector(`.mgw-box[data-index="${item}"]`)!;
  const visits = (which: "right" | "mistake") =>
    [...pane(which).querySelectorAll(".mgw-visits bdi")].map((label) => label.textContent);
  const live = () => el.querySelector(".mgw-live")!.textContent;

  test("shows 39 beside 60, the order of visits, and the first mistake", async () => {
    await mount(modelOf());
    expect(box("right", 0).textContent).toContain("39");
    expect(box("mistake", 0).textContent).toContain("60");
    expect(visits("right")).toEqual(["start", "w", "v", "u"]);
    expect(visits("mistake")).toEqual(["start", "w", "u", "v", "u"]);
    expect(pane("mistake").querySelectorAll(".mgw-first-astray")).toHaveLength(1);
    expect(pane("mistake").querySelectorAll(".mgw-astray")).toHaveLength(2);
    expect(pane("right").querySelector(".mgw-astray, .mgw-wrong")).toBeNull();
    expect(box("mistake", 0).querySelector(".mgw-cross:not([hidden])")).toBeTruthy();
    expect(el.querySelector("td.mgw-wrong")?.textContent).toBe("\u2717 60 (wrong)");
    expect(pane("mistake").querySelector("pre")?.textContent).toContain("backward(operand)");
  });

  test("goes to the first mistake and says what is wrong with it", async () => {
    const model = await mount(modelOf());
    button("First mistake").click();
    expect(model.get("step")).toBe(4);
    expect(box("mistake", 0).textContent).toContain("21");
    expect(box("mistake", 2).classList.contains("mgw-selected")).toBe(true);
    expect(pane("mistake").querySelector(".mgw-sentence")?.textContent).toBe(
      "u hands on 7 \u00d7 3 = 21, so x.grad is now 0 + 21 = 21. " +
        "Wrong: u.grad is 7 here, and should be 13.",
    );
    expect(live()).toMatch(/^Step 4 of 9\. The right way: v hands on .* The mistake: u hands on /);
    const current = pane("mistake").querySelectorAll("[aria-current=step]");
    expect([...current].map((chip) => chip.textContent)).toEqual(["u \u2717 first"]);
  });

  test("steps by buttons and by keys, and stops at both ends", async () => {
    const model = await mount(modelOf());
    const press = (key: string) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      button("Next").dispatchEvent(event);
      return event.defaultPrevented;
    };
    button("Next").click();
    expect(model.get("step")).toBeNull();
    button("Previous").click();
    expect(model.get("step")).toBe(8);
    expect(press("ArrowLeft")).toBe(true);
    expect(model.get("step")).toBe(7);
    press("ArrowRight");
    expect(model.get("step")).toBe(8);
    press("Home");
    expect(model.get("step")).toBe(0);
    expect(button("Previous").getAttribute("aria-disabled")).toBe("true");
    expect(pane("right").querySelector(".mgw-sentence")?.textContent).toMatch(/^Nothing is done/);
    press("ArrowLeft");
    expect(model.get("step")).toBe(0);
    press("End");
    expect(model.get("step")).toBeNull();
    expect(press("x")).toBe(false);
  });

  test("back at a step, all is as it was", async () => {
    const model = await mount(modelOf({ step: 3 }));
    const before = el.querySelector(".mgw-panes")!.innerHTML;
    for (const step of [4, 9, 0, null, 3]) model.set("step", step);
    expect(el.querySelector(".mgw-panes")!.innerHTML).toBe(before);
  });

  test("many views of one model agree", async () => {
    const model = await mount(modelOf());
    const other = document.createElement("div");
    document.body.append(other);
    const endOther = mountMisconceptions({ model, el: other, layouts: service() });
    await eventually(() => expect(other.querySelector(".mgw-box")).toBeTruthy());
    const seen = (root: Element) => root.querySelector(".mgw-panes")!.textContent;
    button("First mistake").click();
    expect(seen(other)).toBe(seen(el));
    button("Backward twice").click();
    await eventually(() => expect(seen(other)).toBe(seen(el)));
    expect(other.querySelector("[aria-pressed=true]")?.textContent).toBe("Backward twice");
    endOther();
    other.remove();
  });

  test("plays from the start to the end, or until it is stopped", async () => {
    const model = await mount(modelOf());
    vi.useFakeTimers();
    vi.spyOn(Element.prototype, "getClientRects").mockReturnValue([1] as never);
    button("Play").click();
    vi.advanceTimersByTime(20);
    expect(model.get("step")).toBe(0);
    vi.advanceTimersByTime(4000);
    expect(model.get("step")).toBe(2);
    button("Pause").click();
    vi.advanceTimersByTime(60_000);
    expect(model.get("step")).toBe(2);
    button("Play").click();
    vi.advanceTimersByTime(20);
    expect(model.get("step")).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(model.get("step")).toBeNull();
    expect(button("Play")).toBeTruthy();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("another mistake is chosen by a button, and shown as it ends", async () => {
    const model = await mount(modelOf({ step: 2 }));
    button("= in place of +=").click();
    expect(model.get("case")).toBe("= for +=");
    expect(model.get("step")).toBeNull();
    expect(button("= in place of +=").getAttribute("aria-pressed")).toBe("true");
    expect(button("Recursion, left first").getAttribute("aria-pressed")).toBe("false");
    await eventually(() => expect(pane("right").querySelectorAll(".mgw-arrow")).toHaveLength(2));
    expect(el.querySelector(".mgw")?.getAttribute("aria-label")).toBe(
      "What goes wrong: = in place of +=",
    );
    expect(live()).toMatch(/^= in place of \+=\. Step 3 of 3/);
  });

  test("lists all numbers on request", async () => {
    await mount(modelOf());
    const details = pane("mistake").querySelector("details")!;
    expect(details.querySelectorAll("tbody tr")).toHaveLength(0);
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    const rows = [...details.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows.at(-1)).toEqual(["x", "2", "\u2717 60 (wrong)"]);
    expect(rows[0]).toEqual(["w", "42", "1"]);
  });

  test("a mistake that does no harm is said to do none", async () => {
    const [one] = JSON.parse(written) as Record<string, unknown>[];
    const harmless = { ...one, mistake: one!.right, results: [] };
    await mount(modelOf({ simulations: pack(JSON.stringify([harmless])) }));
    expect(el.querySelector(".mgw-lesson")?.textContent).toContain("does no harm");
    expect(button("First mistake").hidden).toBe(true);
  });

  test("a walk that was cut short says so", async () => {
    const cases = JSON.parse(written) as { name: string; mistake: object; results: object[] }[];
    const endless = {
      ...cases[2]!,
      mistake: { ...cases[2]!.mistake, count: 40_001, is_finished: false },
      results: [{ what: "x.grad", right: 39, mistake: null, is_wrong: true }],
    };
    await mount(modelOf({ simulations: pack(JSON.stringify([endless])) }));
    expect(pane("mistake").querySelector(".mgw-note")?.textContent).toBe(
      "the first 9 of 40,001 steps; it was stopped after very many visits",
    );
    expect(el.querySelector("td.mgw-wrong")?.textContent).toBe("\u2717 no end (wrong)");
  });

  test("a layout that fails leaves everything else", async () => {
    await mount(modelOf(), () => Promise.reject(new Error("no memory")));
    expect(el.querySelector("[role=alert]")?.textContent).toMatch(/could not be laid out/);
    expect(el.querySelector("td.mgw-wrong")?.textContent).toBe("\u2717 60 (wrong)");
    button("First mistake").click();
    expect(pane("mistake").querySelector(".mgw-sentence")?.textContent).toMatch(/Wrong: /);
  });

  test("what cannot be read is said", async () => {
    await mount(modelOf({ simulations: pack("[]") }));
    expect(el.querySelector("[role=alert]")?.textContent).toMatch(/expected a list of cases/);
  });

  test("Escape gives the keys back, and other plain keys stay inside", async () => {
    await mount(modelOf());
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    const press = (key: string, options = {}) =>
      button("Play").dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, ...options }),
      );
    button("Play").focus();
    for (const key of ["d", "d", "0", "0", "ArrowUp", "Enter"]) press(key);
    expect(outside).not.toHaveBeenCalled();
    press("PageDown");
    press("s", { ctrlKey: true });
    expect(outside).toHaveBeenCalledTimes(2);
    press("Escape");
    expect(el.contains(document.activeElement)).toBe(false);
    document.body.removeEventListener("keydown", outside);
  });

  test.each(hostileLabels.filter(({ input }) => input.length < 30))(
    "$id as a label makes no elements",
    async ({ input }) => {
      const bytes = encodeTape({ rows: [leaf(2, input), { op: 7, of: [0], name: input }] });
      const step = { kind: "pass", visit: 1, node: 1, slot: 0, target: 0 };
      const numbers = { upstream: 1, local: 2, contribution: 2, before: 0, after: 2 };
      const walk = {
        code: input,
        count: 1,
        is_finished: true,
        steps: [{ ...step, ...numbers, is_wrong: true, sentence: input }],
      };
      const results = [{ what: input, right: 1, mistake: 2, is_wrong: true }];
      const simulation = {
        name: "recursion",
        title: input,
        rule: input,
        tape: btoa(String.fromCharCode(...bytes)),
        results,
        right: walk,
        mistake: walk,
      };
      await mount(modelOf({ simulations: pack(JSON.stringify([simulation])) }));
      expect(el.querySelector("script, a, img, iframe, foreignObject, animate")).toBeNull();
    },
  );

  test("the last one out leaves nothing behind", async () => {
    const model = await mount(modelOf());
    expect(model.listeners).toBeGreaterThan(0);
    button("Play").click();
    end?.();
    expect(el.childElementCount).toBe(0);
    expect(model.listeners).toBe(0);
  });
});
