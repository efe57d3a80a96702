import { describe, expect, test } from "vitest";
import { fileName } from "../src/export/files.ts";
import { DENSITY, densityFor } from "../src/export/png.ts";
import { hostileLabels } from "./hostile.ts";

describe("names of files", () => {
  test.each([
    ["loss", "loss.svg"],
    ["total loss", "total-loss.svg"],
    ["layer 1 · neuron 3 · w2", "layer-1-neuron-3-w2.svg"],
    ["", "expression.svg"],
    ["../../..pwned", "pwned.svg"],
    ["CON", "expression-CON.svg"],
    ["com1", "expression-com1.svg"],
    ["lpt9", "expression-lpt9.svg"],
    ["falcon", "falcon.svg"],
    ["console", "console.svg"],
    ["comx", "comx.svg"],
    ["lptx", "lptx.svg"],
    ["-opwned", "opwned.svg"],
    [".htaccess", "htaccess.svg"],
    ["температура", "температура.svg"],
    ["x".repeat(500), `${"x".repeat(60)}.svg`],
    ["e\u0301", "\u00e9.svg"],
  ])("%s gives %s", (name, expected) => {
    expect(fileName(name, "svg")).toBe(expected);
  });

  test.each(hostileLabels)("$id", ({ input }) => {
    const name = fileName(input, "png");
    expect(name).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*\.png$/u);
    expect(new TextEncoder().encode(name).length).toBeLessThan(255);
  });
});

describe("how dense a PNG is", () => {
  test("is twice the page where that fits", () => {
    expect(densityFor(1000, 400)).toBe(DENSITY);
  });

  test.each([
    [30_000, 200],
    [200, 30_000],
    [4000, 4000],
    [100_000, 100_000],
  ])("is less for %d by %d", (width, height) => {
    const density = densityFor(width, height);
    expect(density).toBeLessThan(DENSITY);
    expect(Math.max(width, height) * density).toBeLessThanOrEqual(8192);
    expect(width * height * density ** 2).toBeLessThanOrEqual(2 ** 24 + 1);
  });
});
