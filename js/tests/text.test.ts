import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bracketed,
  countText,
  estimatedWidth,
  fullNumber,
  isCut,
  isNotFinite,
  isolatedText,
  oneLine,
  shortNumber,
  shownLabel,
  visibleText,
} from "../src/text.ts";
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

test("full numbers have no digits cut off, and the signs of short ones", () => {
  expect([1 / 3, -0, -1e-300, 0].map(fullNumber)).toEqual([
    ...["0.3333333333333333", "−0", "−1e−300", "0"],
  ]);
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(fullNumber)).toEqual([
    ...["nan", "inf", "−inf"],
  ]);
});

test("a number below zero stands in brackets, no other does", () => {
  expect(["−3", "3", "2−3", "−inf", ""].map(bracketed)).toEqual(["(−3)", "3", "2−3", "(−inf)", ""]);
});

test("what one cannot go on with is nan or inf, with either sign, and nothing more", () => {
  for (const written of ["nan", "inf", "−inf"]) expect(isNotFinite(written)).toBe(true);
  for (const written of ["1", "−1", "info", "xnan", "-inf", ""]) {
    expect(isNotFinite(written)).toBe(false);
  }
});

test("counts have their thousands set apart", () => {
  expect([7, 999, 12345, 1e6].map(countText)).toEqual(["7", "999", "12,345", "1,000,000"]);
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

test("of what no font shows, each character is written out, and its neighbours are not", () => {
  const written = (code: number) => visibleText(String.fromCodePoint(code));
  const hidden = (code: number) => `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const [first, last] of [
    [0x80, 0x9f],
    [0xd800, 0xdfff],
    [0xfdd0, 0xfdef],
    [0xfffe, 0xffff],
  ] as const) {
    for (const code of [first, last]) expect(written(code)).toBe(hidden(code));
  }
  for (const code of [
    0x20, 0x7e, 0xa0, 0xd7ff, 0xe000, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0x10ffff,
  ]) {
    expect(written(code)).toBe(String.fromCodePoint(code));
  }
  expect([0x00, 0x1f, 0x7f].map(written)).toEqual(["␀", "␟", "␡"]);
  expect(visibleText("\t")).toBe(" ");
});

test("a line end becomes a sign where there is one line, each of them", () => {
  expect(oneLine("a\nb\n")).toBe("a↵b↵");
});

describe("text that ends its own directions", () => {
  const [LRE, RLE, PDF, LRO, RLO] = [..."\u202a\u202b\u202c\u202d\u202e"];
  const [LRI, RLI, FSI, PDI] = [..."\u2066\u2067\u2068\u2069"];

  test("is as it is where it steers nothing", () => {
    for (const plain of ["", "w1", "שלום", "a\u200fb"]) expect(isolatedText(plain)).toBe(plain);
  });

  test.each([LRE, RLE, LRO, RLO])("closes an embedding, U+%#", (opening) => {
    expect(isolatedText(`a${opening}b`)).toBe(`${FSI}a${opening}b${PDF}${PDI}`);
    expect(isolatedText(`a${opening}b${PDF}`)).toBe(`${FSI}a${opening}b${PDF}${PDI}`);
  });

  test.each([LRI, RLI, FSI])("closes an isolate, U+%#", (opening) => {
    expect(isolatedText(`a${opening}b`)).toBe(`${FSI}a${opening}b${PDI}${PDI}`);
    expect(isolatedText(`a${opening}b${PDI}`)).toBe(`${FSI}a${opening}b${PDI}${PDI}`);
  });

  test("closes what is open from the inside out", () => {
    expect(isolatedText(`${RLO}${LRI}${LRE}x`)).toBe(
      `${FSI}${RLO}${LRI}${LRE}x${PDF}${PDI}${PDF}${PDI}`,
    );
    expect(isolatedText(`${LRI}${RLO}x`)).toBe(`${FSI}${LRI}${RLO}x${PDF}${PDI}${PDI}`);
    expect(isolatedText(`${RLO}${LRI}${PDI}x`)).toBe(`${FSI}${RLO}${LRI}${PDI}x${PDF}${PDI}`);
  });

  test("is not closed by an end too many in it", () => {
    expect(isolatedText(`a${PDI}b`)).toBe(`${FSI}${FSI}a${PDI}b${PDI}`);
    expect(isolatedText(`a${PDI}${PDI}b`)).toBe(`${FSI}${FSI}${FSI}a${PDI}${PDI}b${PDI}`);
    expect(isolatedText(`a${PDF}b`)).toBe(`${FSI}a${PDF}b${PDI}`);
  });
});

test("about as wide as it is: narrow letters, wide ones, signs, other scripts, marks", () => {
  const width = (text: string) => Number(estimatedWidth(text, 100).toFixed(6));
  for (const narrow of "il.,:;'|!jtfr()[]{} ") expect(width(narrow)).toBe(38);
  for (const wide of "mwMW@%—") expect(width(wide)).toBe(95);
  for (const capital of "AZ09_+=<>×−") expect(width(capital)).toBe(70);
  for (const letter of ["a", "é", "λ", "\u2e7f"]) expect(width(letter)).toBe(62);
  for (const full of ["漢", "😀", "\u2e80"]) expect(width(full)).toBe(110);
  for (const nothing of ["\u0301", "\u200d"]) expect(width(nothing)).toBe(0);
  expect(width("am\u0301")).toBe(157);
});

describe("what is cut", () => {
  test("is longer than 200 characters, a line end counted as one", () => {
    expect(isCut("x".repeat(201))).toBe(true);
    expect(shownLabel("x".repeat(200))).toBe("x".repeat(200));
    expect(isCut("\r\n".repeat(200))).toBe(false);
    expect(isCut("\r\n".repeat(201))).toBe(true);
    expect(shownLabel(`a${"\r\n".repeat(200)}`)).toBe(`a${"\n".repeat(199)}…`);
    expect(isCut(`${"\r\n".repeat(199)}x`)).toBe(false);
    expect(isCut("😀".repeat(200))).toBe(false);
    expect(isCut("😀".repeat(201))).toBe(true);
    expect(isCut(`${"\r\n".repeat(200)}\r`)).toBe(true);
  });

  test("shows nothing where there is nothing to see, however much of it", () => {
    expect(["", " ", "\n\t ", " ".repeat(500)].map(shownLabel)).toEqual(["", "", "", ""]);
  });
});

test("a cut never splits a character in two", () => {
  expect(shownLabel("😀".repeat(300))).toBe(`${"😀".repeat(200)}…`);
  expect(isCut("x".repeat(200))).toBe(false);
});
