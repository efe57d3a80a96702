import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromBase85 } from "../src/page/base85.ts";
import { isLzma, unpackLzma } from "../src/page/lzma.ts";

/** Written by Python's `lzma`: long matches, repeated ones, single bytes, far and near. */
const { sample, packed } = JSON.parse(
  readFileSync(new URL("../../tests/data/lzma_vectors.json", import.meta.url), "utf8"),
) as { sample: string; packed: string };

test("what Python has packed is unpacked to the very same bytes", () => {
  expect(isLzma(fromBase85(packed))).toBe(true);
  expect(new TextDecoder().decode(unpackLzma(fromBase85(packed)))).toBe(sample);
});

test("a damaged page is told of, and never unpacked for ever", () => {
  const bytes = fromBase85(packed);
  bytes.fill(0xff, 9);
  expect(() => unpackLzma(bytes)).toThrow(/^expected a page as it was written, got: /);
});

test("what is gzip is none of it", () => {
  expect(isLzma(Uint8Array.from([0x1f, 0x8b, 8, 0]))).toBe(false);
});
