import { expect, test } from "vitest";
import { fromBase85, toBase85 } from "../src/page/base85.ts";

const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 151 + 7) % 256);

test.each([0, 1, 2, 3, 4, 5, 8, 1001])("%i bytes come back", (count) => {
  expect(fromBase85(toBase85(bytes(count)))).toEqual(bytes(count));
});

test("the largest group comes back", () => {
  expect(fromBase85(toBase85(new Uint8Array(8).fill(255)))).toEqual(new Uint8Array(8).fill(255));
});

test("no character needs another way of writing in a page", () => {
  expect(toBase85(bytes(4000))).not.toMatch(/[<>&"'/\\]/);
});

test.each(["<<<<<", "~~~~~", "é1234"])("what is none is refused: %s", (text) => {
  expect(() => fromBase85(text)).toThrow(/^base 85: expected digits/);
});
