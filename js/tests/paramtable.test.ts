/** The table of all parameters: which are listed, in which order, and how one is selected. */
// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { matching, NATURAL, nextOrder, sorted, spreadsheet } from "../src/dashboard/paramrows.ts";
import { makeParamtable } from "../src/dashboard/paramtable.ts";
import { LiveDesk, liveSession, vectorOf } from "./desks.ts";

const numbers = {
  value: Float64Array.of(0.5, -2, Number.NaN, 0.5, 3),
  gradient: Float64Array.of(1, 2, 3, 4, 5),
  update: Float64Array.of(-0.1, 0.25, 0, 0, 1e-300),
};

describe("rows", () => {
  test("match when their names have the words of the filter, one after the other", () => {
    const names = [
      ...["layer 1 · neuron 1 · w1", "layer 1 · neuron 2 · b", "layer 2 · neuron 1 · b"],
      "layer 2 · neuron 10 · w12",
    ];
    expect(matching(names, "")).toEqual([0, 1, 2, 3]);
    expect(matching(names, "  Layer 1 ")).toEqual([0, 1]);
    expect(matching(names, "neuron 1")).toEqual([0, 2]);
    expect(matching(names, "layer 2 b")).toEqual([2]);
    expect(matching(names, "neuron 2 · b")).toEqual([1]);
    expect(matching(names, "w1")).toEqual([0, 3]);
    expect(matching(names, "b layer")).toEqual([]);
    expect(matching(names, "nothing")).toEqual([]);
  });

  test("are sorted by number, equal ones as they are, and no number last", () => {
    const all = [0, 1, 2, 3, 4];
    const by = (isDescending: boolean) => sorted(all, { column: "value", isDescending }, numbers);
    expect(by(true)).toEqual([4, 0, 3, 1, 2]);
    expect(by(false)).toEqual([1, 0, 3, 4, 2]);
    expect(sorted(all, { column: "name", isDescending: true }, numbers)).toEqual([4, 3, 2, 1, 0]);
  });

  test("a second click on a column turns the order around", () => {
    expect(nextOrder(NATURAL, "name").isDescending).toBe(true);
    const byValue = nextOrder(NATURAL, "value");
    expect(byValue).toEqual({ column: "value", isDescending: true });
    expect(nextOrder(byValue, "value").isDescending).toBe(false);
    expect(nextOrder(byValue, "update")).toEqual({ column: "update", isDescending: true });
  });

  test("go to a spreadsheet with every digit", () => {
    const heads = ["Name", "Value", "Gradient", "Update"];
    expect(spreadsheet([1, 4], (p) => `p${p}`, heads, numbers)).toBe(
      "Name\tValue\tGradient\tUpdate\np1\t-2\t2\t0.25\np4\t3\t5\t1e-300",
    );
  });
});

describe("on the page", () => {
  const made = () => {
    const session = liveSession(vectorOf("relu"));
    const desk = new LiveDesk(session);
    const part = makeParamtable(desk.asDesk);
    const details = part.element as HTMLDetailsElement;
    details.open = true;
    desk.refresh = () => part.update(session);
    desk.root.append(details);
    part.update(session);
    const rows = () =>
      [...details.querySelectorAll<HTMLTableRowElement>("tbody tr")].filter((row) => !row.hidden);
    const names = () => rows().map((row) => row.querySelector("th")!.textContent);
    const values = () =>
      rows().map((row) => Number(row.cells[1]!.textContent!.replace("\u2212", "-")));
    return { session, desk, details, rows, names, values };
  };
  const press = (target: Element, key: string) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

  test("shows a page of rows, and says how many there are", () => {
    const { rows, details, session, names } = made();
    const all = session.network.names.length;
    expect(rows()).toHaveLength(Math.min(20, all));
    expect(details.querySelector("[role=status]")!.textContent).toBe(
      `1–${Math.min(20, all)} of ${all} parameters`,
    );
    expect(names()[0]).toBe("layer 1 · neuron 1 · w1");
  });

  test("is sorted by the buttons of its heads, and says so", () => {
    const { details, values } = made();
    const heads = [...details.querySelectorAll("thead th")];
    expect(heads.map((head) => head.getAttribute("aria-sort"))).toEqual([
      ...["ascending", "none", "none", "none"],
    ]);
    heads[1]!.querySelector("button")!.click();
    expect(heads.map((head) => head.getAttribute("aria-sort"))).toEqual([
      ...["none", "descending", "none", "none"],
    ]);
    expect(values()).toEqual([...values()].sort((a, b) => b - a));
    heads[1]!.querySelector("button")!.click();
    expect(heads[1]!.getAttribute("aria-sort")).toBe("ascending");
    expect(values()).toEqual([...values()].sort((a, b) => a - b));
  });

  test("lists what the filter finds, and says when it finds nothing", () => {
    const { details, names } = made();
    const filter = details.querySelector("input")!;
    const type = (text: string) => {
      filter.value = text;
      filter.dispatchEvent(new Event("input"));
    };
    type("neuron 2 · b");
    expect(names().every((name) => /neuron 2 · b$/.test(name!))).toBe(true);
    type("nobody");
    expect(names()).toEqual([]);
    expect(details.querySelector("[role=status]")!.textContent).toBe("no parameter with that name");
  });

  test("a row is selected by a click, and let go by another", () => {
    const { rows, desk } = made();
    rows()[2]!.cells[2]!.click();
    expect(desk.traits.get("selected_parameter")).toBe(2);
    expect(rows()[2]!.querySelector("button")!.getAttribute("aria-pressed")).toBe("true");
    expect(desk.said).toEqual(["layer 1 · neuron 1 · b selected"]);
    rows()[2]!.querySelector("button")!.click();
    expect(desk.traits.get("selected_parameter")).toBeNull();
  });

  test("rows are one stop for the tab key; arrow and page keys go through them", () => {
    const { details, rows, names } = made();
    const buttons = () => rows().map((row) => row.querySelector("button")!);
    const stops = () => buttons().flatMap((button, n) => (button.tabIndex === 0 ? [n] : []));
    expect(stops()).toEqual([0]);
    buttons()[0]!.focus();
    press(document.activeElement!, "ArrowDown");
    expect(document.activeElement).toBe(buttons()[1]);
    expect(stops()).toEqual([1]);
    press(document.activeElement!, "End");
    expect(document.activeElement).toBe(buttons().at(-1));
    const first = names()[0];
    press(document.activeElement!, "PageDown");
    expect(names()[0]).not.toBe(first);
    expect(details.contains(document.activeElement)).toBe(true);
    press(document.activeElement!, "PageUp");
    expect(names()[0]).toBe(first);
  });
});
