// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { eventually } from "./model.ts";
import { Mounted } from "./mounted.ts";
import { lossOf } from "./networks.ts";
import { alternating, encodeTape } from "./tapes.ts";

const depthOf = (figure: Mounted) =>
  figure.get<HTMLSelectElement>("select[title^='How many levels']");

function choose(figure: Mounted, value: string): void {
  depthOf(figure).value = value;
  depthOf(figure).dispatchEvent(new Event("change"));
}

const frames = (figure: Mounted, count: number) =>
  eventually(() => expect(figure.all(".mgw-outline")).toHaveLength(count));

test("groups open level by level, by choice and by key", async () => {
  const figure = await new Mounted(lossOf(20, [3, 1]).bytes).drawn();
  expect(depthOf(figure).value).toBe("0");
  choose(figure, "1");
  expect(figure.said).toMatch(/^1 level of groups open, \d+ boxes shown$/);
  await frames(figure, 2);
  figure.press("2", figure.row("data loss = "));
  await frames(figure, 2 + 20);
  expect(depthOf(figure).value).toBe("2");
  figure.press("Enter", figure.row("example 1 = "));
  await frames(figure, 2 + 19);
  expect(depthOf(figure).value).toBe("mixed");
  choose(figure, "0");
  await frames(figure, 0);
  expect(figure.said).toBe("0 levels of groups open, 3 boxes shown");
});

test("a level for which there is no room stays closed, and a sentence says so", async () => {
  const figure = await new Mounted(lossOf(20).bytes).drawn();
  choose(figure, "3");
  const words = "2 levels of groups open: with one more there would be over 400 boxes";
  expect(figure.said).toBe(words);
  expect(figure.get(".mgw-notice").textContent).toBe(words);
  expect(depthOf(figure).value).toBe("2");
});

test("without groups there is no depth to choose", async () => {
  const figure = await new Mounted(encodeTape({ rows: alternating(10) })).drawn();
  expect(depthOf(figure).closest("label")!.hidden).toBe(true);
});

test("M adds the next terms of a sum", async () => {
  const figure = await new Mounted(lossOf().bytes).drawn();
  figure.press("Enter", figure.row("data loss = "));
  await frames(figure, 1);
  const sum = figure.row("Σ of 100 terms = ");
  expect(sum.getAttribute("aria-label")).toMatch(/88 more terms, M adds the next$/);
  figure.press("m", sum);
  await eventually(() => expect(figure.titles).toContain("example 32"));
  expect(figure.row("Σ of 100 terms = ").getAttribute("aria-label")).toMatch(/68 more terms/);
  expect(figure.said).toBe("20 boxes added, 37 boxes shown");
});
