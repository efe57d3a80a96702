// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { mountDiagram } from "../src/diagram/mount.ts";
import { layout } from "../src/layout/graphviz.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { visibleText } from "../src/text.ts";
import { hostileLabels } from "./hostile.ts";
import { eventually, FakeModel } from "./model.ts";
import { lossOf } from "./networks.ts";
import { alternating, encodeTape, leaf, type Row } from "./tapes.ts";

const neuron: Row[] = [
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1], name: "xw" },
  leaf(1),
  { op: Op.add, of: [2, 3] },
  { op: Op.tanh, of: [4], name: "o" },
];

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const modelOf = (rows: readonly Row[], traits: Record<string, unknown> = {}) =>
  new FakeModel({
    tape: view(encodeTape({ rows })),
    gradient_table: view(new Uint8Array()),
    selected: null,
    overlay: "gradient",
    direction: "LR",
    theme: "light",
    ...traits,
  });

let el: HTMLElement;
let end: (() => void) | undefined;

beforeEach(() => {
  el = document.createElement("div");
  document.body.append(el);
});
afterEach(() => {
  end?.();
  end = undefined;
  el.remove();
});

async function mount(model: FakeModel, run: (dot: string) => Promise<string> = layout) {
  const stop = vi.fn();
  const layouts = createLayoutService(async () => ({ run, stop }));
  end = mountDiagram({ model, el, layouts });
  await eventually(() =>
    expect(el.querySelector(".mgw-box, .mgw-instead, [role=alert]")).toBeTruthy(),
  );
  return { stop };
}

const box = (index: number) => el.querySelector<SVGGElement>(`.mgw-box[data-index="${index}"]`)!;
/** The same in words, where the focus and the keys are. */
const row = (index: number) =>
  el.querySelector<HTMLElement>(`[role=treeitem][data-index="${index}"]`)!;
const rowNamed = (start: string) =>
  [...el.querySelectorAll<HTMLElement>("[role=treeitem]")].find((item) =>
    item.getAttribute("aria-label")?.startsWith(start),
  )!;
/** What the picture has for a row. */
const drawn = (item: HTMLElement) =>
  el.querySelector<SVGGElement>(`.mgw-stage [data-index="${item.dataset.index}"]`)!;
const press = (key: string, target: Element = el.querySelector(".mgw")!) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};
const click = (target: Element) => target.dispatchEvent(new MouseEvent("click", { bubbles: true }));

describe("the picture", () => {
  test("shows names, numbers, gradients and local derivatives", async () => {
    await mount(modelOf(neuron));
    expect(box(0).textContent).toContain("x");
    expect(row(2).getAttribute("aria-label")).toBe(
      "xw = −6, gradient 1.816e−4, product of x and w, leads to sum",
    );
    expect(el.querySelectorAll(".mgw-arrow")).toHaveLength(5);
    expect(el.querySelectorAll(".mgw-arrow.mgw-negative")).toHaveLength(1);
    expect(el.querySelector(".mgw-summary")?.textContent).toBe(
      "o = −0.9999, 6 values, 2 leaves, 1 constant",
    );
  });

  test("new gradients change numbers in place", async () => {
    const model = modelOf(neuron);
    await mount(model);
    const before = box(0);
    const given = new Uint8Array(Float64Array.of(7, 6, 5, 4, 3, 1).buffer);
    model.set("gradient_table", view(given));
    expect(box(0)).toBe(before);
    expect(before.textContent).toContain("7");
  });

  test("a tape of another version is refused in words", async () => {
    const bytes = encodeTape({ rows: neuron });
    bytes[4] = 9;
    await mount(modelOf(neuron, { tape: view(bytes) }));
    expect(el.querySelector("[role=alert]")?.textContent).toMatch(/expected version 1, got: 9/);
  });

  test("a failed layout leaves a table of the values", async () => {
    await mount(modelOf(neuron), () => Promise.reject(new Error("no memory")));
    expect(el.querySelectorAll(".mgw-instead tbody tr")).toHaveLength(neuron.length);
  });

  test("a hundred thousand values open as forty, and more on request", async () => {
    await mount(modelOf(alternating(100_000)));
    expect(el.querySelectorAll(".mgw-box")).toHaveLength(40);
    expect(el.querySelector(".mgw-summary")?.textContent).toMatch(/100,002 values.*40 shown/);
    const more = el.querySelector(".mgw-more")!;
    expect(more.querySelector("title")?.textContent).toMatch(/values behind it$/);
    click(more);
    await eventually(() => expect(el.querySelectorAll(".mgw-box").length).toBeGreaterThan(40));
  });
});

test("without a picture nothing is saved, and the figure says so", async () => {
  await mount(modelOf(neuron), () => Promise.reject(new Error("no memory")));
  const item = [...el.querySelectorAll("[role=menuitem]")].find(
    ({ textContent }) => textContent === "Save SVG",
  )!;
  click(item);
  const words = "There is no picture to save";
  await eventually(() => expect(el.querySelector(".mgw-notice")?.textContent).toBe(words));
  expect(el.querySelector(".mgw-live")?.textContent).toBe(words);
});

describe("hostile labels", () => {
  const skeleton = (root: Element) =>
    [...root.querySelectorAll("*")].map((element) => [
      element.localName,
      ...element.getAttributeNames().filter((name) => name !== "aria-selected"),
    ]);

  test.each(hostileLabels.filter(({ input }) => input.length < 30))(
    "$id makes no elements and no attributes",
    async ({ input }) => {
      const rows = (name: string): Row[] => [leaf(2, name), { op: Op.tanh, of: [0], name: "o" }];
      await mount(modelOf(rows("a")));
      const plain = skeleton(el).filter(([name]) => name !== "bdi");
      end?.();
      await mount(modelOf(rows(input)));
      expect(skeleton(el).filter(([name]) => name !== "bdi")).toHaveLength(
        plain.length + extra(input),
      );
      expect(el.querySelector("script, a, img, iframe, foreignObject, animate")).toBeNull();
      const shown = visibleText(input).replaceAll("\n", "↵");
      if (shown.trim() !== "") expect(box(0).textContent).toContain(shown);
    },
  );

  /** A clipped title gains its dots; a leaf without a name is a constant, in fewer pieces. */
  const extra = (input: string) => {
    if (input.trim() === "") return -4;
    return el.querySelectorAll(".mgw-title[aria-hidden]").length;
  };
});

describe("selecting", () => {
  test("a click lights what belongs to the value, tells the model, and opens the panel", async () => {
    const model = modelOf(neuron);
    await mount(model);
    const saves = model.saves;
    click(box(1));
    expect(model.get("selected")).toBe(1);
    expect(model.saves).toBe(saves + 1);
    expect(row(1).getAttribute("aria-selected")).toBe("true");
    expect(document.activeElement).toBe(row(1));
    expect(box(0).classList.contains("mgw-dim")).toBe(true);
    expect(box(2).classList.contains("mgw-dim")).toBe(false);
    const panel = el.querySelector<HTMLElement>(".mgw-panel")!;
    expect(panel.hidden).toBe(false);
    expect(panel.querySelector("strong")?.textContent).toBe("w");
    click(box(1));
    expect(model.get("selected")).toBeNull();
    expect(panel.hidden).toBe(true);
  });

  test("the model's choice is followed, nonsense is not", async () => {
    const model = modelOf(neuron, { selected: 2 });
    await mount(model);
    await eventually(() => expect(box(2).classList.contains("mgw-selected")).toBe(true));
    expect(el.querySelector(".mgw-equation")?.textContent).toBe("xw=x⋅w =2⋅(−3) =−6 ");
    model.set("selected", 99);
    expect(el.querySelector(".mgw-selected")).toBeNull();
  });
});

describe("keys", () => {
  test("walk, trace, clear; and do not reach the page while they mean something here", async () => {
    const model = modelOf(neuron);
    await mount(model);
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    row(5).focus();
    expect(el.querySelectorAll('[role=treeitem][tabindex="0"]')).toHaveLength(1);
    press("ArrowLeft", row(5));
    expect(document.activeElement).toBe(row(4));
    press("ArrowLeft", row(4));
    expect(document.activeElement).toBe(row(2));
    press("u", row(2));
    expect(model.get("selected")).toBe(2);
    expect(box(5).classList.contains("mgw-dim")).toBe(true);
    press("d", row(2));
    expect(box(5).classList.contains("mgw-dim")).toBe(false);
    for (const key of ["d", "d", "0", "0", "b", "x"]) press(key, row(2));
    expect(outside).not.toHaveBeenCalled();
    press("Escape", row(2));
    expect(model.get("selected")).toBeNull();
    expect(document.activeElement).toBe(row(2));
    press("Escape", row(2));
    expect(el.contains(document.activeElement)).toBe(false);
    press("PageDown", row(2));
    expect(outside).toHaveBeenCalledOnce();
    document.body.removeEventListener("keydown", outside);
  });
});

describe("groups", () => {
  const network = (names: readonly string[] = []) => {
    const tape = lossOf(20, [3, 1]);
    names.forEach((name, g) => {
      tape.groups[g]![0] = name;
    });
    return modelOf([], { tape: view(tape.bytes) });
  };
  const said = () => el.querySelector(".mgw-live")?.textContent;

  test("open by a click on +, and close by one on −", async () => {
    await mount(network());
    expect(el.querySelector(".mgw-summary")?.textContent).toMatch(/values.*3 boxes shown/);
    const closed = rowNamed("data loss = ");
    expect(closed.getAttribute("aria-label")).toMatch(
      /group of [\d,]+ values, leads to total loss, with 13 leaves behind it, Enter opens it/,
    );
    expect(closed.getAttribute("aria-expanded")).toBe("false");
    click(drawn(closed).querySelector(".mgw-toggle")!);
    expect(said()).toMatch(/^data loss opened, \d+ boxes shown$/);
    await eventually(() => expect(el.querySelector(".mgw-outline")).toBeTruthy());
    expect(rowNamed("example 20 = ").getAttribute("aria-level")).toBe("2");
    expect(el.querySelectorAll('[tabindex="0"][role=treeitem]')).toHaveLength(1);
    const open = rowNamed("data loss = ");
    expect(open.getAttribute("aria-expanded")).toBe("true");
    expect(document.activeElement).toBe(open);
    click(drawn(open).querySelector(".mgw-toggle")!);
    await eventually(() => expect(el.querySelector(".mgw-outline")).toBeNull());
    expect(said()).toBe("data loss closed, 3 boxes shown");
  });

  test("open and close by Enter; the focus stays", async () => {
    await mount(network());
    const closed = rowNamed("L2 loss = ");
    closed.focus();
    press("Enter", closed);
    await eventually(() => expect(el.querySelector(".mgw-outline")).toBeTruthy());
    const title = rowNamed("L2 loss = ");
    expect(drawn(title).classList.contains("mgw-outline")).toBe(true);
    expect(document.activeElement).toBe(title);
    press("ArrowDown", title);
    const inside = document.activeElement!;
    expect(inside).not.toBe(title);
    for (let step = 0; step < 40 && document.activeElement !== title; step++) {
      press("ArrowUp", document.activeElement!);
    }
    expect(document.activeElement).toBe(title);
    press("Enter", title);
    await eventually(() => expect(el.querySelector(".mgw-outline")).toBeNull());
    expect(document.activeElement).toBe(rowNamed("L2 loss = "));
  });

  test("a selected group tells what is inside, and stands for its output", async () => {
    const model = network();
    await mount(model);
    const group = rowNamed("data loss = ");
    click(group);
    expect(group.getAttribute("aria-selected")).toBe("true");
    const panel = el.querySelector<HTMLElement>(".mgw-panel")!;
    expect(panel.querySelector("strong")?.textContent).toBe("data loss");
    expect(panel.textContent).toMatch(/group of [\d,]+ values/);
    expect([...panel.querySelectorAll("caption")].map((c) => c.textContent)).toEqual([
      "Made from",
      "Used by",
    ]);
    expect(typeof model.get("selected")).toBe("number");
    expect(el.querySelector(".mgw-outline")).toBeNull();
    expect(drawn(rowNamed("total loss = ")).classList.contains("mgw-dim")).toBe(false);
    expect(drawn(rowNamed("L2 loss = ")).classList.contains("mgw-dim")).toBe(true);
  });

  test("a value that Python selects opens what is around it", async () => {
    const tape = lossOf(20, [3, 1]);
    const target = tape.groupOf.findIndex((g) => g > 0 && tape.groups[g - 1]![0] === "neuron 2");
    const model = modelOf([], { tape: view(tape.bytes) });
    await mount(model);
    model.set("selected", target);
    await eventually(() => expect(box(target)).toBeTruthy());
    expect(el.querySelectorAll(".mgw-outline").length).toBe(4);
    expect(row(target).getAttribute("aria-selected")).toBe("true");
  });

  test("a failed layout leaves a table with the groups in it", async () => {
    await mount(network(), () => Promise.reject(new Error("no memory")));
    const rows = [...el.querySelectorAll(".mgw-instead tbody tr")].map((row) => row.textContent);
    expect(rows).toHaveLength(3);
    expect(rows.some((row) => row?.startsWith("data loss") && row.includes("group of"))).toBe(true);
  });

  test.each(hostileLabels.filter(({ input }) => input.length < 30))(
    "$id as a name makes no elements",
    async ({ input }) => {
      await mount(network([input]));
      expect(el.querySelector("script, a, img, iframe, foreignObject, animate, b")).toBeNull();
      const closed = el.querySelector(".mgw-box.mgw-group")!;
      const shown = visibleText(input).replaceAll("\n", "↵");
      expect(closed.querySelector(".mgw-title")?.textContent).toBe(
        shown.trim() === "" ? "group" : shown,
      );
      click(closed.querySelector(".mgw-toggle")!);
      await eventually(() => expect(el.querySelector(".mgw-outline")).toBeTruthy());
      expect(el.querySelector("script, a, img, iframe, foreignObject, animate, b")).toBeNull();
    },
  );
});

test("the last one out leaves nothing behind", async () => {
  const model = modelOf(neuron);
  const { stop } = await mount(model);
  expect(model.listeners).toBeGreaterThan(0);
  end?.();
  expect(el.childElementCount).toBe(0);
  expect(model.listeners).toBe(0);
  await eventually(() => expect(stop).toHaveBeenCalled());
});

describe("the still picture", () => {
  const name = `mgw-still-${"0a".repeat(16)}`;
  const rules = () => [...document.head.querySelectorAll("style")].map((s) => s.textContent);

  test("is hidden while a view lives, and by each view for itself", async () => {
    await mount(modelOf(neuron, { _still: name }));
    expect(rules().filter((rule) => rule?.includes(name))).toHaveLength(1);
    end?.();
    expect(rules().filter((rule) => rule?.includes(name))).toHaveLength(0);
  });

  test("is taken out of the page while its numbers are to be guessed", async () => {
    const still = document.createElement("div");
    still.className = name;
    still.innerHTML = '<img alt="o = 0.7071">';
    document.body.append(still);
    const model = modelOf(neuron, { _still: name, predict: true });
    await mount(model);
    expect(still.childElementCount).toBe(0);
    model.set("predict", false);
    expect(still.querySelector("img")?.alt).toBe("o = 0.7071");
    model.set("predict", true);
    expect(document.documentElement.outerHTML).not.toContain("0.7071");
    end?.();
    expect(still.childElementCount).toBe(1);
    still.remove();
  });

  test("has a name of ours, or no rule is made", async () => {
    await mount(modelOf(neuron, { _still: "x { } body" }));
    expect(rules().filter((rule) => rule?.includes("body"))).toHaveLength(0);
  });
});
