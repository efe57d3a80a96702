/** Writes tapes by hand, for the tests. */
import { zlibSync } from "fflate";
import { isBinary, Op } from "../src/arithmetic.ts";
import { Expression } from "../src/expression.ts";
import { decodeTape, type Tape } from "../src/tape.ts";

export interface Row {
  op: number;
  /** Indices of the operands. */
  of?: readonly number[];
  /** Number of a leaf, exponent of a power. */
  number?: number;
  name?: string;
}

export const leaf = (number: number, name?: string): Row => ({
  op: Op.leaf,
  number,
  ...(name === undefined ? {} : { name }),
});

export interface Parts {
  rows: readonly Row[];
  groups?: readonly (readonly [string, number, number])[];
  groupOf?: readonly number[];
}

/** `edit` may spoil the unpacked body, `head` the five counts. */
export function encodeTape(
  { rows, groups = [], groupOf = [] }: Parts,
  edit: (body: Uint8Array) => Uint8Array = (body) => body,
  head: (counts: number[]) => number[] = (counts) => counts,
): Uint8Array {
  const names = rows.flatMap((row, i) => (row.name === undefined ? [] : [[i, row.name]]));
  const header = new TextEncoder().encode(asciiJson({ names, groups }));
  const distance = (side: 0 | 1) => (row: Row, i: number) => i - (row.of?.[side] ?? 0);
  const withIndex = rows.map((row, i) => ({ row, i }));
  const left = withIndex.filter(({ row }) => row.op !== Op.leaf);
  const right = withIndex.filter(({ row }) => isBinary(row.op));
  const numbers = (op: number) => rows.filter((row) => row.op === op).map((row) => row.number ?? 0);
  const columns = [
    header,
    Uint8Array.from(rows, (row) => row.op),
    bytes(Uint32Array.from(left, ({ row, i }) => distance(0)(row, i))),
    bytes(Uint32Array.from(right, ({ row, i }) => distance(1)(row, i))),
    bytes(Float64Array.from(numbers(Op.leaf))),
    bytes(Float64Array.from(numbers(Op.pow))),
    bytes(Uint32Array.from(groupOf)),
  ];
  const counts = head([
    rows.length,
    numbers(Op.leaf).length,
    right.length,
    numbers(Op.pow).length,
    header.length,
  ]);
  const front = new Uint8Array(25);
  front.set([0x4d, 0x47, 0x57, 0x54, 1]);
  const view = new DataView(front.buffer);
  counts.forEach((count, i) => {
    view.setUint32(5 + 4 * i, count, true);
  });
  return join([front, zlibSync(edit(join(columns)))]);
}

export const tapeOf = (...rows: Row[]): Tape => decodeTape(encodeTape({ rows }));

export const expressionOf = (...rows: Row[]): Expression => new Expression(encodeTape({ rows }));

/** `end` of a chain `x + 1 + 1 …`. */
export function chain(length: number): Row[] {
  const rows = [leaf(1, "x"), leaf(1)];
  for (let i = 0; i < length; i++) rows.push({ op: Op.add, of: [i === 0 ? 0 : i + 1, 1] });
  return rows;
}

/** `-tanh(-tanh(x + 1))` and so on: long, and no sum of many terms. */
export function alternating(length: number): Row[] {
  const rows = [leaf(1, "x"), leaf(1)];
  for (let i = 0; i < length; i++) {
    if (i === 0) rows.push({ op: Op.add, of: [0, 1] });
    else rows.push({ op: i % 2 === 0 ? Op.neg : Op.tanh, of: [i + 1] });
  }
  return rows;
}

const bytes = (column: Uint32Array | Float64Array) =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
