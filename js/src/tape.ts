/**
 * A tape: a whole expression written down flat, one row per value, operands before results.
 *
 * The bytes come from Python. They are read here once and checked completely, so that everything
 * after this file may index without looking.
 */
import { unzlibSync } from "fflate";
import { isBinary, OP_COUNT, Op } from "./arithmetic.ts";

export interface Group {
  readonly name: string;
  /** Index of the surrounding group, −1 when there is none. */
  readonly parent: number;
  /** The value that the group works out. */
  readonly output: number;
  /** A chain of additions that was found in the graph: see `sums.ts`. */
  readonly isSum: boolean;
}

export interface Tape {
  readonly count: number;
  readonly ops: Uint8Array;
  /** Index of the first operand; −1 for a leaf. */
  readonly left: Int32Array;
  /** Index of the second operand; −1 where there is none. */
  readonly right: Int32Array;
  /** The number of a leaf, the exponent of a power; unused otherwise. */
  readonly constants: Float64Array;
  readonly names: ReadonlyMap<number, string>;
  readonly groups: readonly Group[];
  /** 0 = in no group, k = in `groups[k − 1]`; null when there are no groups. */
  readonly groupOf: Uint32Array | null;
}

const MAGIC = "MGWT";
const VERSION = 1;
const HEAD_BYTES = MAGIC.length + 1 + 5 * 4;
/** More would fill the memory before anything of it is seen. */
const MOST_VALUES = 5_000_000;
/** DEFLATE cannot expand further than this; a larger promise is a bomb or a mistake. */
const LARGEST_EXPANSION = 1040;
/** Of what is quoted in an error. */
const LONGEST = 200;

export function decodeTape(bytes: Uint8Array): Tape {
  const head = readHead(bytes);
  const body = inflate(bytes.subarray(HEAD_BYTES), head);
  const { names, groups } = readHeader(body.subarray(0, head.headerLength), head.count);
  const columns = new Columns(body, head.headerLength);
  const ops = columns.bytes(head.count);
  checkOps(ops, head);
  const left = new Int32Array(head.count).fill(-1);
  const right = new Int32Array(head.count).fill(-1);
  const constants = new Float64Array(head.count);
  readOperands(ops, columns.u32(head.count - head.leaves), left, (op) => op !== Op.leaf);
  readOperands(ops, columns.u32(head.binaries), right, isBinary);
  spread(ops, columns.f64(head.leaves), constants, Op.leaf);
  const exponents = columns.f64(head.powers);
  const bad = exponents.find((exponent) => !Number.isFinite(exponent));
  if (bad !== undefined) fail("finite exponents", bad);
  spread(ops, exponents, constants, Op.pow);
  const groupOf = groups.length > 0 ? columns.u32(head.count) : null;
  columns.end();
  const noGroup = groupOf?.find((group) => group > groups.length);
  if (noGroup !== undefined) fail(`group numbers up to ${groups.length}`, noGroup);
  checkAllUsed(left, right);
  return { count: head.count, ops, left, right, constants, names, groups, groupOf };
}

interface Head {
  count: number;
  leaves: number;
  binaries: number;
  powers: number;
  headerLength: number;
}

function fail(expected: string, got: unknown): never {
  throw new Error(`tape: expected ${expected}, got: ${String(got).slice(0, LONGEST)}`);
}

function readHead(bytes: Uint8Array): Head {
  if (bytes.length < HEAD_BYTES) fail(`at least ${HEAD_BYTES} bytes`, bytes.length);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) fail(`the mark "${MAGIC}"`, JSON.stringify(magic));
  if (bytes[MAGIC.length] !== VERSION) fail(`version ${VERSION}`, bytes[MAGIC.length]);
  const view = new DataView(bytes.buffer, bytes.byteOffset + MAGIC.length + 1);
  const field = (i: number) => view.getUint32(4 * i, true);
  const head = {
    count: field(0),
    leaves: field(1),
    binaries: field(2),
    powers: field(3),
    headerLength: field(4),
  };
  const { count, leaves, binaries, powers } = head;
  if (count < 1 || count > MOST_VALUES) fail(`1 to ${MOST_VALUES} values`, count);
  if (leaves < 1 || leaves > count) fail(`1 to ${count} leaves`, leaves);
  if (binaries + powers > count - leaves) {
    fail(`at most ${count - leaves} operations`, binaries + powers);
  }
  return head;
}

function inflate(packed: Uint8Array, head: Head): Uint8Array {
  const { count, leaves, binaries, powers, headerLength } = head;
  const without =
    headerLength + count + 4 * (count - leaves) + 4 * binaries + 8 * leaves + 8 * powers;
  const withGroups = without + 4 * count;
  if (without > packed.length * LARGEST_EXPANSION) {
    fail(`packed bytes that can hold ${without} bytes`, `${packed.length} packed bytes`);
  }
  // One byte more than allowed: a longer stream shows, yet can never fill the memory.
  const room = new Uint8Array(withGroups + 1);
  // The unpacker would overlook what follows the stream, or stands between it and its checksum:
  // without its last byte, none is whole.
  if (isStream(packed.subarray(0, -1), room)) fail("nothing after the stream", "more");
  let body: Uint8Array;
  try {
    body = unzlibSync(packed, { out: room });
  } catch (error) {
    fail("a zlib stream", error instanceof Error ? error.message : error);
  }
  if (body.length !== without && body.length !== withGroups) {
    fail(`${without} or ${withGroups} unpacked bytes`, body.length);
  }
  const written = new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0);
  if (adler32(body) !== written) fail("a matching checksum", "a damaged tape");
  return body;
}

function isStream(packed: Uint8Array, room: Uint8Array): boolean {
  try {
    unzlibSync(packed, { out: room });
    return true;
  } catch {
    return false;
  }
}

/** The checksum that closes a zlib stream; the unpacker leaves it unread. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  // 5552 additions are the most that stay exact before the remainder must be taken.
  for (let start = 0; start < bytes.length; start += 5552) {
    const end = Math.min(start + 5552, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}

function readHeader(bytes: Uint8Array, count: number) {
  let header: unknown;
  try {
    if (bytes.some((byte) => byte > 0x7f)) throw new RangeError("expected ASCII");
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    fail("a header in JSON, all ASCII", "other bytes");
  }
  if (typeof header !== "object" || header === null) fail("a JSON object as header", header);
  const { names, groups, ...others } = header as { names?: unknown; groups?: unknown };
  if (Object.keys(others).length > 0) fail("names and groups alone", Object.keys(others)[0]);
  if (!Array.isArray(names)) fail("a list of names", names);
  if (!Array.isArray(groups)) fail("a list of groups", groups);
  return {
    names: new Map(names.map((row) => nameRow(row, count))),
    groups: groups.map((row, i) => groupRow(row, i, count)),
  };
}

const isIndex = (x: unknown, end: number): x is number =>
  typeof x === "number" && Number.isInteger(x) && x >= 0 && x < end;

function nameRow(row: unknown, count: number): [number, string] {
  if (!Array.isArray(row) || row.length !== 2) fail("a name as [index, text]", row);
  const [index, text] = row;
  if (!isIndex(index, count)) fail(`a named value below ${count}`, index);
  if (typeof text !== "string") fail("a name that is text", typeof text);
  return [index, text];
}

function groupRow(row: unknown, position: number, count: number): Group {
  if (!Array.isArray(row) || row.length !== 3) fail("a group as [name, parent, output]", row);
  const [name, parent, output] = row;
  if (typeof name !== "string") fail("a group name that is text", typeof name);
  // A parent stands before its child, so that walking outwards always ends.
  if (parent !== -1 && !isIndex(parent, position)) {
    fail(`a parent from −1 to ${position - 1}`, parent);
  }
  if (!isIndex(output, count)) fail(`a group output below ${count}`, output);
  return { name, parent, output, isSum: false };
}

/** Reads the columns one after the other; each is copied, as they are not aligned. */
class Columns {
  readonly #body: Uint8Array;
  #at: number;

  constructor(body: Uint8Array, start: number) {
    this.#body = body;
    this.#at = start;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const end = this.#at + length;
    if (end > this.#body.length) fail(`${end} bytes in all columns`, this.#body.length);
    const column = this.#body.slice(this.#at, end);
    this.#at = end;
    return column as Uint8Array<ArrayBuffer>;
  }

  u32 = (length: number) => new Uint32Array(this.bytes(4 * length).buffer);
  f64 = (length: number) => new Float64Array(this.bytes(8 * length).buffer);

  end(): void {
    const rest = this.#body.length - this.#at;
    if (rest !== 0) fail("no bytes after the last column", rest);
  }
}

function checkOps(ops: Uint8Array, head: Head): void {
  const seen = new Uint32Array(256);
  for (const op of ops) seen[op]!++;
  const unknown = ops.find((op) => op >= OP_COUNT);
  if (unknown !== undefined) fail(`operation codes below ${OP_COUNT}`, unknown);
  if (seen[Op.leaf] !== head.leaves) fail(`${head.leaves} leaves`, seen[Op.leaf]);
  if (seen[Op.pow] !== head.powers) fail(`${head.powers} powers`, seen[Op.pow]);
  const binaries = seen[Op.add]! + seen[Op.sub]! + seen[Op.mul]!;
  if (binaries !== head.binaries) fail(`${head.binaries} operations of two operands`, binaries);
}

/** Distances back become indices. */
function readOperands(
  ops: Uint8Array,
  distances: Uint32Array,
  into: Int32Array,
  has: (op: number) => boolean,
): void {
  let next = 0;
  for (let i = 0; i < ops.length; i++) {
    if (!has(ops[i]!)) continue;
    const distance = distances[next++]!;
    if (distance < 1 || distance > i) fail(`an operand 1 to ${i} before value ${i}`, distance);
    into[i] = i - distance;
  }
}

function spread(ops: Uint8Array, column: Float64Array, into: Float64Array, op: number): void {
  let next = 0;
  for (let i = 0; i < ops.length; i++) if (ops[i] === op) into[i] = column[next++]!;
}

/** The output is the last row; a row that leads nowhere would have no gradient to show. */
function checkAllUsed(left: Int32Array, right: Int32Array): void {
  const used = new Uint8Array(left.length);
  for (let i = 0; i < left.length; i++) {
    if (left[i]! >= 0) used[left[i]!] = 1;
    if (right[i]! >= 0) used[right[i]!] = 1;
  }
  const unused = used.indexOf(0);
  if (unused !== left.length - 1) fail("every value but the last to be used", `value ${unused}`);
}
