/** What Python finds wrong with expressions: both sides must agree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { diagnosed, type Finding } from "../src/diagnosis.ts";
import { replay } from "../src/replay.ts";
import { decodeTape } from "../src/tape.ts";
import { type Encoded, numbers } from "./numbers.ts";
import { encodeTape, leaf, type Row } from "./tapes.ts";

interface Vector {
  name: string;
  tape: string;
  found: (Omit<Finding, "number" | "local"> & { number: Encoded; local: Encoded | null }) | null;
}

const file = join(import.meta.dirname, "../../tests/data/diagnosis_vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

const decoded = (x: Encoded | null): number | null => (x === null ? null : numbers([x])[0]!);

describe("what Python finds", () => {
  test.each(vectors)("$name", ({ tape: bytes, found }) => {
    const tape = decodeTape(Uint8Array.from(Buffer.from(bytes, "base64")));
    const { data, gradients } = replay(tape);
    const own = diagnosed(tape, data, gradients);
    if (found === null || own === null) {
      expect(own).toBe(found);
      return;
    }
    const { number, local, ...rest } = found;
    expect(own).toMatchObject(rest);
    for (const [mine, theirs] of [
      [own.number, decoded(number)],
      [own.local, decoded(local)],
    ] as const) {
      if (theirs === null || !Number.isFinite(theirs)) expect(mine).toBe(theirs);
      else expect(Math.abs(mine! - theirs)).toBeLessThanOrEqual(1e-9 * Math.abs(theirs));
    }
  });
});

test("a chain of any length is one walk", () => {
  const rows: Row[] = [leaf(1, "x"), leaf(0.5)];
  for (let i = 0; i < 200_000; i++) rows.push({ op: Op.mul, of: [i === 0 ? 0 : i + 1, 1] });
  const tape = decodeTape(encodeTape({ rows }));
  const { data, gradients } = replay(tape);
  expect(diagnosed(tape, data, gradients)).toMatchObject({ kind: "vanished", by: 0, local: 0.5 });
});
