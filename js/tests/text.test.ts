import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fullNumber, isCut, oneLine, shortNumber, shownLabel, visibleText } from "../src/text.ts";
import { hostileLabels } from "./hostile.ts";
import { type Encoded, numbers } from "./numbers.ts";

describe("short numbers", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [-4, "−4"],
    [24.70408163265306, "24.7041"],
    [0.5, "0.5"],
    [0.99999, "1.0000"],
    [99999, "99999"],
    [100000, "1e+5"],
    [123456789, "1.235e+8"],
    [-0.001, "−0.001"],
    [0.00099, "9.9e−4"],
    [5e-324, "4.941e−324"],
    [Number.NaN, "nan"],
    [Number.POSITIVE_INFINITY, "inf"],
    [Number.NEGATIVE_INFINITY, "−inf"],
  ])("%d is %s", (x, text) => {
    expect(shortNumber(x)).toBe(text);
  });
});

test("short numbers are those that Python writes", () => {
  const file = join(import.meta.dirname, "../../tests/data/short_numbers.json");
  const rows = JSON.parse(readFileSync(file, "utf8")) as [Encoded, string][];
  expect(numbers(rows.map(([x]) => x)).map(shortNumber)).toEqual(rows.map(([, text]) => text));
});

test("full numbers can be read back", () => {
  for (const x of [0.1, -1e-300, 1 / 3, 2 ** 53 + 2, -0, 5e-324]) {
    expect(Object.is(Number(fullNumber(x).replaceAll("−", "-")), x)).toBe(true);
  }
});

describe("hostile labels", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be left
  const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u;

  test.each(hostileLabels)("$id", ({ input, expect: promise }) => {
    const shown = visibleText(input);
    expect(shown).not.toMatch(forbidden);
    const kind = promise.split("+")[0];
    if (kind === "literal" || kind === "literal-isolated" || kind === "literal-clipped") {
      expect(shown).toBe(input);
    }
    if (kind === "literal-multiline") expect(shown).toBe(input.replaceAll("\r\n", "\n"));
    if (kind === "literal-ws") expect(shown).toBe(input.replaceAll("\t", " "));
    if (kind === "fallback-name") expect(shownLabel(input)).toBe("");
    if (kind === "truncated") {
      expect(isCut(input)).toBe(true);
      expect(Array.from(shownLabel(input))).toHaveLength(201);
    }
    expect(oneLine(shown)).not.toContain("\n");
  });

  test("every promise in the list is known here", () => {
    const known =
      /^(literal(-multiline|-ws|-isolated|-clipped)?|visible-escape|fallback-name|truncated)(\+|$)/;
    for (const { expect: promise } of hostileLabels) expect(promise).toMatch(known);
    expect(hostileLabels.length).toBeGreaterThan(80);
  });
});

test("what cannot be shown is written out", () => {
  expect(visibleText("a\0b\x7f\u0085\ud800\ufffe")).toBe("a␀b␡\\u0085\\uD800\\uFFFE");
  expect(visibleText("a\r\nb\rc")).toBe("a\nb\nc");
});

test("a cut never splits a character in two", () => {
  expect(shownLabel("😀".repeat(300))).toBe(`${"😀".repeat(200)}…`);
  expect(isCut("x".repeat(200))).toBe(false);
});
