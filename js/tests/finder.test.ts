// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { eventually } from "./model.ts";
import { Mounted } from "./mounted.ts";
import { lossOf } from "./networks.ts";
import { alternating, encodeTape } from "./tapes.ts";

const finderOf = (figure: Mounted) => figure.get(".mgw-finder");
const inputOf = (figure: Mounted) => figure.get<HTMLInputElement>(".mgw-finder input");

function type(figure: Mounted, query: string): void {
  inputOf(figure).value = query;
  inputOf(figure).dispatchEvent(new Event("input", { bubbles: true }));
}

const says = (figure: Mounted, words: string | RegExp) =>
  eventually(() => expect(figure.said).toMatch(words));

const loss = () => new Mounted(lossOf(20, [3, 1]).bytes).drawn();

describe("opens", () => {
  test.each([
    ["a slash", "/", {}],
    ["Ctrl + F", "f", { ctrlKey: true }],
    ["⌘ + F", "f", { metaKey: true }],
  ])("by %s, and gives the focus back", async (_, key, options) => {
    const figure = await loss();
    const row = figure.row("L2 loss = ");
    const event = figure.press(key, row, options);
    expect(event.defaultPrevented).toBe(true);
    expect(finderOf(figure).hidden).toBe(false);
    expect(document.activeElement).toBe(inputOf(figure));
    expect(figure.button("Search values and groups (/)").getAttribute("aria-expanded")).toBe(
      "true",
    );
    figure.press("Escape", inputOf(figure));
    expect(finderOf(figure).hidden).toBe(true);
    expect(document.activeElement).toBe(row);
  });

  test("by its button, which closes it too", async () => {
    const figure = await loss();
    const search = figure.button("Search values and groups (/)");
    search.click();
    expect(document.activeElement).toBe(inputOf(figure));
    search.click();
    expect(finderOf(figure).hidden).toBe(true);
  });
});

test("what is typed is counted, and gone through by Enter", async () => {
  const figure = await loss();
  figure.press("/");
  type(figure, "layer 1 neuron 2 w1");
  await says(figure, /^\d+ found$/);
  expect(figure.get(".mgw-count").textContent).toMatch(/^\d+ found$/);
  figure.press("Enter", inputOf(figure));
  await says(figure, /^1 of \d+: layer 1 · neuron 2 · w1 = /);
  expect(document.activeElement).toBe(inputOf(figure));
  await eventually(() =>
    expect(figure.row("layer 1 · neuron 2 · w1 = ").getAttribute("aria-selected")).toBe("true"),
  );
  expect(figure.get(".mgw-panel strong").textContent).toBe("layer 1 · neuron 2 · w1");
});

test("matches in closed groups are opened, forwards, backwards and around the end", async () => {
  const figure = await loss();
  figure.press("/");
  type(figure, "example 7");
  // The Enter of someone who does not wait for the count.
  figure.press("Enter", inputOf(figure));
  await says(figure, /^1 of \d+: example 7 = /);
  await eventually(() =>
    expect(figure.row("example 7 = ").getAttribute("aria-selected")).toBe("true"),
  );
  type(figure, "hinge");
  await says(figure, "20 found");
  figure.press("Enter", inputOf(figure), { shiftKey: true });
  await says(figure, /^20 of 20: hinge = /);
  figure.press("F3", inputOf(figure));
  await says(figure, /^1 of 20: hinge = /);
  figure.button("Next (Enter)").click();
  await says(figure, /^2 of 20: hinge = /);
  figure.button("Previous (Shift + Enter)").click();
  await says(figure, /^1 of 20: hinge = /);
  await eventually(() =>
    expect(figure.all(".mgw-outline .mgw-title").map(({ textContent }) => textContent)).toContain(
      "example 1",
    ),
  );
  // F3 goes on from the picture too.
  figure.press("F3", figure.row("L2 loss = "));
  await says(figure, /^2 of 20: hinge = /);
});

test("nothing found is said, and there is nothing to step to", async () => {
  const figure = await loss();
  figure.press("/");
  type(figure, "quux");
  await says(figure, "nothing found");
  expect(figure.button("Next (Enter)").disabled).toBe(true);
  figure.press("Enter", inputOf(figure));
  expect(figure.said).toBe("nothing found");
  type(figure, "");
  expect(figure.get(".mgw-count").textContent).toBe("");
});

test("what is typed reaches neither the figure nor the page", async () => {
  const figure = await loss();
  figure.press("/");
  const heard: string[] = [];
  const listen = (event: KeyboardEvent) => heard.push(event.key);
  document.body.addEventListener("keydown", listen);
  for (const key of ["x", "?", "0", "1", "d", "Enter", "Escape"]) {
    figure.press(key, inputOf(figure));
  }
  document.body.removeEventListener("keydown", listen);
  expect(heard).toEqual([]);
  expect(figure.get(".mgw-help").hidden).toBe(true);
});

test("a new expression is looked through anew", async () => {
  const figure = await loss();
  figure.press("/");
  type(figure, "tanh");
  await says(figure, "nothing found");
  const bytes = encodeTape({ rows: alternating(10) });
  figure.model.set("tape", new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  await says(figure, "5 found");
});
