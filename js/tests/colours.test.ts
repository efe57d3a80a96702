import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { counted } from "../src/diagram/colouring.ts";
import { colourOf, neutral, scaleOf, strength } from "../src/diagram/colours.ts";
import { contrast, difference, luminance, SIGHTS } from "./seeing.ts";
import { expressionOf, leaf } from "./tapes.ts";

/** The text colours of the style sheet. */
const TEXT = { light: "rgb(22, 25, 29)", dark: "rgb(240, 243, 246)" } as const;

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test("text on every colour has a contrast of 4.5 or more", () => {
    const scale = scaleOf([-50, 0, 100]);
    for (let x = -100; x <= 100; x += 1) {
      expect(contrast(colourOf(x, scale, theme), TEXT[theme])).toBeGreaterThan(4.5);
    }
  });

  const scale = scaleOf([-1, 1]);
  const ends = [colourOf(-1, scale, theme), colourOf(1, scale, theme)] as const;

  test.each(SIGHTS)("signs differ to eyes with cones: %s", (sight) => {
    expect(difference(...ends, sight)).toBeGreaterThan(40);
    for (const end of ends) {
      expect(difference(end, neutral(theme), sight)).toBeGreaterThan(20);
    }
  });

  test("in grey the size of a number is left, which grows one way", () => {
    for (const sign of [-1, 1]) {
      const greys = [0, 0.05, 0.2, 0.5, 1].map((x) => luminance(colourOf(sign * x, scale, theme)));
      const steps = greys.slice(1).map((grey, n) => grey - greys[n]!);
      expect(new Set(steps.map(Math.sign)).size).toBe(1);
    }
    for (const end of ends) expect(contrast(end, neutral(theme))).toBeGreaterThan(1.5);
  });

  test("zero and nan are neutral, signs differ", () => {
    const scale = scaleOf([3]);
    expect(colourOf(0, scale, theme)).toBe(neutral(theme));
    expect(colourOf(Number.NaN, scale, theme)).toBe(neutral(theme));
    expect(colourOf(3, scale, theme)).not.toBe(colourOf(-3, scale, theme));
  });
});

test("the scale is odd, grows, and ends at the largest finite number", () => {
  const scale = scaleOf([-200, 5, Number.POSITIVE_INFINITY, Number.NaN]);
  expect(scale).toEqual({ most: 200, zone: 10 });
  expect(strength(200, scale)).toBe(1);
  expect(strength(-200, scale)).toBe(-1);
  expect(strength(Number.NEGATIVE_INFINITY, scale)).toBe(-1);
  expect(strength(10, scale)).toBeGreaterThan(strength(5, scale));
  expect(scaleOf([0, Number.NaN]).most).toBe(1);
  expect(strength(5e-324, scaleOf([5e-324]))).toBe(1);
});

test("a constant, however steep, does not make everything else pale", () => {
  const product = expressionOf(leaf(500, "x"), leaf(0.01), { op: Op.mul, of: [0, 1] });
  expect([...product.gradients]).toEqual([0.01, 500, 1]);
  expect(scaleOf(counted(product, "gradient")).most).toBe(1);
});
