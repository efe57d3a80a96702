import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast } from "./seeing.ts";

const css = readFileSync(new URL("../src/diagram/figure.css", import.meta.url), "utf8");

/** The colours that the style sheet names, by theme. */
function palette(theme: "light" | "dark"): Record<string, string> {
  const named = (block: string) =>
    Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]),
    );
  const blockOf = (selector: string) => css.split(`${selector} {`)[1]!.split("}")[0]!;
  const light = named(blockOf(".mgw"));
  return theme === "light" ? light : { ...light, ...named(blockOf('.mgw[data-theme="dark"]')) };
}

/** What is written and drawn, and on which papers that happens. */
const PAPERS = ["surface", "raised", "even", "odd"];
const TEXTS = ["text", "soft"];
const ON_PLAIN = ["accent", "warn"];
const MARKS = ["frame", "edge", "accent", "warn", "badge"];

describe.each(["light", "dark"] as const)("%s", (theme) => {
  const colours = palette(theme);
  const between = (ink: string, paper: string) => contrast(colours[ink]!, colours[paper]!);

  test.each(TEXTS)("%s can be read on every paper", (ink) => {
    for (const paper of PAPERS) expect(between(ink, paper), paper).toBeGreaterThan(4.5);
  });

  test.each(ON_PLAIN)("words in %s can be read, and words on it", (ink) => {
    for (const paper of ["surface", "raised"]) {
      expect(between(ink, paper), paper).toBeGreaterThan(4.5);
    }
  });

  test.each(MARKS)("lines and marks in %s are seen on every paper", (ink) => {
    for (const paper of PAPERS) expect(between(ink, paper), paper).toBeGreaterThan(3);
  });

  test("badges can be read", () => {
    expect(between("badge", "badge-text")).toBeGreaterThan(4.5);
  });
});
