// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { layout } from "../src/layout/graphviz.ts";
import { createLayoutService, LONGEST_MS } from "../src/layout/service.ts";
import { eventually } from "./model.ts";
import { Mounted } from "./mounted.ts";
import { lossOf } from "./networks.ts";
import { alternating, encodeTape } from "./tapes.ts";

/** A runner that lays out the first graph, and is then told what to do with the next ones. */
function runnerOf(next: (dot: string) => Promise<string>) {
  let isFirst = true;
  return (dot: string) => {
    if (!isFirst) return next(dot);
    isFirst = false;
    return layout(dot);
  };
}

const never = () => new Promise<string>(() => {});
const refuse = () => Promise.reject(new Error("memory"));
const boxesIn = (dot: string) => dot.match(/^n\d+ \[/gm)?.length ?? 0;

const loss = (run: (dot: string) => Promise<string>) =>
  new Mounted(lossOf(20, [3, 1]).bytes, run).drawn();

describe("a layout that takes its time", () => {
  test("says so, and can be cancelled: the picture stays", async () => {
    const figure = await loss(runnerOf(never));
    const before = figure.get(".mgw-world");
    const summary = figure.summary;
    figure.press("Enter", figure.row("data loss = "));
    expect(figure.summary).not.toBe(summary);
    expect(figure.get(".mgw-notice").hidden).toBe(true);
    await eventually(() =>
      expect(figure.get(".mgw-notice").textContent).toBe("Laying out the picture… Cancel"),
    );
    figure.button("Cancel").click();
    await eventually(() => expect(figure.said).toBe("Cancelled: the picture stays as it was"));
    expect(figure.get(".mgw-world")).toBe(before);
    expect(figure.summary).toBe(summary);
    expect(figure.all("button").map(({ textContent }) => textContent)).not.toContain("Cancel");
  });

  test("is cancelled by Esc too, and the next one works", async () => {
    let isSlow = true;
    const figure = await loss(runnerOf((dot) => (isSlow ? never() : layout(dot))));
    figure.press("Enter", figure.row("data loss = "));
    await eventually(() => expect(figure.button("Cancel")).toBeTruthy());
    figure.press("Escape");
    await eventually(() => expect(figure.said).toMatch(/^Cancelled/));
    isSlow = false;
    figure.press("Enter", figure.row("L2 loss = "));
    await eventually(() => expect(figure.titles).toContain("Σ of 13 terms"));
    expect(figure.titles).not.toContain("example 1");
  });

  test("does not overwrite a newer one, however late it comes", async () => {
    const answers: ((json: string) => void)[] = [];
    const dots: string[] = [];
    const figure = await loss(
      runnerOf((dot) => {
        dots.push(dot);
        return dots.length > 1 ? layout(dot) : new Promise((done) => answers.push(done));
      }),
    );
    figure.press("Enter", figure.row("data loss = "));
    await eventually(() => expect(dots).toHaveLength(1));
    figure.press("Enter", figure.row("L2 loss = "));
    answers[0]!(await layout(dots[0]!));
    await eventually(() => expect(figure.titles).toContain("Σ of 13 terms"));
    expect(dots).toHaveLength(2);
    expect(boxesIn(dots[1]!)).toBeGreaterThan(boxesIn(dots[0]!));
    expect(figure.all(".mgw-box")).toHaveLength(boxesIn(dots[1]!));
  });
});

describe("what cannot be laid out", () => {
  test("stays closed, with a sentence", async () => {
    const figure = await loss(runnerOf(refuse));
    const { summary } = figure;
    figure.press("Enter", figure.row("data loss = "));
    const words = "That is too much to lay out: the picture stays as it was";
    await eventually(() => expect(figure.said).toBe(words));
    expect(figure.get(".mgw-notice").textContent).toBe(words);
    expect(figure.summary).toBe(summary);
    expect(figure.all(".mgw-box")).toHaveLength(3);
  });

  test("at first is collapsed further, with a sentence", async () => {
    const bytes = encodeTape({ rows: alternating(250) });
    const figure = new Mounted(bytes, (dot) => (boxesIn(dot) > 40 ? refuse() : layout(dot)));
    await figure.drawn();
    expect(figure.all(".mgw-box")).toHaveLength(40);
    expect(figure.said).toMatch(/^That is too much to lay out: less of it is shown/);
    expect(figure.summary).toMatch(/252 values/);
  });

  test("in another direction is collapsed further too", async () => {
    const figure = await loss((dot) =>
      dot.includes("rankdir=TB") && boxesIn(dot) > 5 ? refuse() : layout(dot),
    );
    figure.press("Enter", figure.row("L2 loss = "));
    await eventually(() => expect(figure.titles).toContain("Σ of 13 terms"));
    figure.model.set("direction", "TB");
    await eventually(() => expect(figure.said).toMatch(/^That is too much to lay out: less/));
    await eventually(() => expect(figure.titles).toEqual(["data loss", "L2 loss", "total loss"]));
  });

  test("at all is a table", async () => {
    const bytes = encodeTape({ rows: alternating(250) });
    const figure = await new Mounted(bytes, refuse).drawn();
    expect(figure.all(".mgw-instead tbody tr")).toHaveLength(40);
  });
});

test("a layout is given ten seconds, and its worker is ended", async () => {
  vi.useFakeTimers();
  const runner = { run: never, stop: vi.fn() };
  const service = createLayoutService(async () => runner);
  service.enter();
  let failure: unknown;
  service.layout("dot", new AbortController().signal).catch((reason) => {
    failure = reason;
  });
  await vi.advanceTimersByTimeAsync(LONGEST_MS - 1);
  expect(failure).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(String(failure)).toMatch("too long");
  expect(runner.stop).toHaveBeenCalledOnce();
  expect(LONGEST_MS).toBe(10_000);
  vi.useRealTimers();
});
