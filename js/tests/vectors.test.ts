/** The same tapes, worked out by Python: both sides must agree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { replay } from "../src/replay.ts";
import { decodeTape, type Tape } from "../src/tape.ts";
import { type Encoded, numbers } from "./numbers.ts";

interface Vector {
  name: string;
  tape: string;
  data: Encoded[];
  gradients: Encoded[];
}

const file = join(import.meta.dirname, "../../tests/data/tape_vectors.json");
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

/** Only these are the same to the last bit on every platform. */
function isExact(tape: Tape): boolean {
  const exact: number[] = [Op.leaf, Op.add, Op.sub, Op.mul, Op.neg, Op.relu];
  return tape.ops.every((op, i) => {
    const n = tape.constants[i]!;
    return exact.includes(op) || (op === Op.pow && Number.isInteger(n) && Math.abs(n) <= 64);
  });
}

/** How many doubles lie between the two. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  const order = (x: number) => {
    const bits = new BigInt64Array(new Float64Array([x]).buffer)[0]!;
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

test("there are vectors", () => {
  expect(vectors.length).toBeGreaterThan(5);
});

test.each(vectors)("$name", ({ tape: packed, data, gradients }) => {
  const tape = decodeTape(Uint8Array.from(Buffer.from(packed, "base64")));
  const run = replay(tape);
  for (const [ours, theirs] of [
    [run.data, numbers(data)],
    [run.gradients, numbers(gradients)],
  ] as const) {
    expect(ours).toHaveLength(theirs.length);
    if (isExact(tape)) expect([...ours]).toEqual(theirs);
    else {
      const apart = theirs.map((x, i) => ulps(x, ours[i]!));
      expect(Math.max(...apart)).toBeLessThanOrEqual(4);
    }
  }
});
