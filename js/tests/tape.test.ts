import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { decodeTape } from "../src/tape.ts";
import { encodeTape, leaf, type Row } from "./tapes.ts";

const rows: Row[] = [
  leaf(2, "a"),
  leaf(-0),
  { op: Op.mul, of: [0, 1] },
  { op: Op.pow, of: [2], number: 3, name: "__proto__" },
  { op: Op.add, of: [3, 0], name: "né\n" },
];

describe("a good tape", () => {
  test("gives back every column", () => {
    const tape = decodeTape(encodeTape({ rows }));
    expect([...tape.ops]).toEqual([0, 0, 3, 5, 1]);
    expect([...tape.left]).toEqual([-1, -1, 0, 2, 3]);
    expect([...tape.right]).toEqual([-1, -1, 1, -1, 0]);
    expect([...tape.constants]).toEqual([2, -0, 0, 3, 0]);
    expect([...tape.names]).toEqual([
      [0, "a"],
      [3, "__proto__"],
      [4, "né\n"],
    ]);
    expect(tape.groupOf).toBeNull();
  });

  test("reads groups", () => {
    const groups = [
      ["outer", -1, 4],
      ["inner", 0, 2],
    ] as const;
    const tape = decodeTape(encodeTape({ rows, groups, groupOf: [0, 0, 2, 1, 1] }));
    expect(tape.groups[1]).toEqual({ name: "inner", parent: 0, output: 2, isSum: false });
    expect([...(tape.groupOf ?? [])]).toEqual([0, 0, 2, 1, 1]);
  });

  test("names, groups and operands may be the first and the last there are", () => {
    const groups = [
      ["all", -1, 4],
      ["first", 0, 0],
      ["inner", 1, 3],
    ] as const;
    const tape = decodeTape(encodeTape({ rows, groups, groupOf: [3, 3, 3, 3, 3] }));
    expect(tape.groups.map(({ parent, output }) => [parent, output])).toEqual([
      ...[
        [-1, 4],
        [0, 0],
        [1, 3],
      ],
    ]);
    expect(tape.names.get(0)).toBe("a");
    expect([...(tape.groupOf ?? [])]).toEqual([3, 3, 3, 3, 3]);
  });

  test("may have every operation there is", () => {
    const unary = [Op.neg, Op.pow, Op.relu, Op.tanh, Op.exp, Op.log, Op.sigmoid];
    const chained = unary.map((op, i) => ({ op, of: [i + 4], number: 2 }));
    const all = decodeTape(
      encodeTape({
        rows: [
          ...[leaf(1), leaf(2)],
          ...[Op.add, Op.sub, Op.mul].map((op, i) => ({ op, of: [i + 1, i] })),
          ...chained,
        ],
      }),
    );
    expect([...all.ops]).toEqual([0, 0, 1, 2, 3, ...unary]);
    expect([...all.left]).toEqual([-1, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...all.right]).toEqual([-1, -1, 0, 1, 2, -1, -1, -1, -1, -1, -1, -1]);
    expect(all.constants[6]).toBe(2);
  });

  test("may have any ASCII in a name", () => {
    const tape = decodeTape(encodeTape({ rows: [leaf(7, "a\u007f")] }));
    expect(tape.names.get(0)).toBe("a\u007f");
  });

  test("may use its first value once, on the left", () => {
    expect(decodeTape(encodeTape({ rows: [leaf(7), { op: Op.neg, of: [0] }] })).left[1]).toBe(0);
  });

  test("may be a single leaf, and may lie anywhere in a buffer", () => {
    const bytes = encodeTape({ rows: [leaf(7)] });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeTape(shifted.subarray(3)).constants[0]).toBe(7);
  });
});

describe("a malformed tape says what was expected", () => {
  const good = () => encodeTape({ rows });
  const changed = (at: number, to: number) => {
    const bytes = good();
    bytes[at] = to;
    return bytes;
  };
  const counts = (at: number, by: number) =>
    encodeTape(
      { rows },
      (body) => body,
      (list) => list.map((n, i) => (i === at ? n + by : n)),
    );
  const body = (edit: (bytes: Uint8Array) => Uint8Array) => encodeTape({ rows }, edit);
  const groups = (row: readonly unknown[]) =>
    encodeTape({ rows, groups: [row as never], groupOf: [0, 0, 0, 0, 0] });
  const drawnOut = (bytes: Uint8Array, more: ArrayLike<number>) =>
    Uint8Array.of(...bytes, ...Array.from(more));
  /** One of its names with another last letter. */
  const renamed = (bytes: Uint8Array, name: string) =>
    bytes.with(Buffer.from(bytes).indexOf(name) + name.length - 1, 0x5f);
  /** Another header before the same columns. */
  const header = (value: unknown) => {
    const text = new TextEncoder().encode(JSON.stringify(value));
    let before = 0;
    return encodeTape(
      { rows },
      (body) => Uint8Array.of(...text, ...body.subarray(before)),
      (list) => {
        before = list[4]!;
        return list.with(4, text.length);
      },
    );
  };
  /** Another operation at a place, in the same columns. */
  const op = (at: number, code: number) => {
    let length = 0;
    return encodeTape(
      { rows },
      (body) => body.with(length + at, code),
      (list) => {
        length = list[4]!;
        return list;
      },
    );
  };
  const name = (...row: unknown[]) => header({ names: [row], groups: [] });
  const cases: [string, () => Uint8Array, RegExp][] = [
    ["nothing", () => new Uint8Array(), /^tape: expected at least 25 bytes, got: 0$/],
    ["a head cut short", () => good().slice(0, 24), /at least 25 bytes, got: 24/],
    ["another mark", () => changed(0, 0x58), /the mark "MGWT"/],
    ["another version", () => changed(4, 2), /version 1, got: 2/],
    ["no values", () => counts(0, -5), /values, got: 0/],
    ["more leaves than values", () => counts(1, 9), /leaves/],
    ["no leaves", () => counts(1, -2), /leaves, got: 0/],
    ["more operations than values", () => counts(2, 3), /operations/],
    ["a power too many", () => counts(3, 1), /at most 3 operations, got: 4$/],
    [
      "too many values",
      () => counts(0, 5_000_000),
      /^tape: expected 1 to 5000000 values, got: 5000/,
    ],
    ["as many values as can be", () => counts(0, 4_999_995), /packed bytes that can hold/],
    [
      "a promise beyond all compression",
      () => counts(0, 2 ** 22),
      /expected packed bytes that can hold \d+ bytes, got: \d+ packed bytes$/,
    ],
    [
      "groups in no column",
      () => encodeTape({ rows, groups: [["g", -1, 1]] }),
      /expected \d+ bytes in all columns, got: \d+$/,
    ],
    [
      "a column of no groups",
      () => encodeTape({ rows, groupOf: [0, 0, 0, 0, 0] }),
      /no bytes after the last column, got: 20$/,
    ],
    ["a body too long", () => body((b) => Uint8Array.of(...b, 0)), /unpacked bytes/],
    ["a body too short", () => body((b) => b.slice(0, -1)), /unpacked bytes/],
    ["a cut stream", () => good().slice(0, -9), /zlib stream|checksum|unpacked/],
    ["no stream", () => good().slice(0, 25), /packed|zlib/],
    ["a damaged checksum", () => changed(good().length - 1, 1 ^ (good().at(-1) ?? 0)), /checksum/],
    [
      "more between the stream and its checksum",
      () => Uint8Array.of(...good().slice(0, -4), 7, ...good().slice(-4)),
      /nothing after the stream, got: more$/,
    ],
    ["more after the stream", () => drawnOut(good(), [7]), /nothing after the stream, got: more$/],
    [
      "the checksum once more",
      () => drawnOut(good(), good().slice(-4)),
      /nothing after the stream/,
    ],
    [
      "a header that is not ASCII",
      () => body((b) => b.with(2, 0xc3).with(3, 0xa9)),
      /header in JSON, all ASCII/,
    ],
    ["a header that says more", () => body((b) => renamed(b, "names")), /names and groups alone/],
    ["more values than can be counted", () => counts(0, 2 ** 31 - 5), /1 to 5000000 values/],
    ["no mark but another's beginning", () => changed(3, 0x58), /the mark "MGWT", got: "MGWX"/],
    ["another number of leaves", () => op(0, Op.neg), /2 leaves, got: 1/],
    ["another number of powers", () => op(3, Op.neg), /1 powers, got: 0/],
    [
      "another number of sums and products",
      () => op(4, Op.neg),
      /2 operations of two operands, got: 1/,
    ],
    ["a header that is a number", () => header(3), /a JSON object as header, got: 3/],
    ["a header that is null", () => header(null), /a JSON object as header, got: null/],
    ["no list of names", () => header({ names: {}, groups: [] }), /a list of names, got: \[object/],
    [
      "a very long text for a list, of which the beginning is quoted",
      () => header({ names: "x".repeat(500), groups: [] }),
      /a list of names, got: x{200}$/,
    ],
    ["no list of groups", () => header({ names: [], groups: 3 }), /a list of groups, got: 3/],
    [
      "a name that is no row",
      () => header({ names: ["ab"], groups: [] }),
      /\[index, text\], got: ab/,
    ],
    ["a name with more to it", () => name(0, "a", 1), /\[index, text\], got: 0,a,1/],
    ["a name of no value", () => name(5, "a"), /a named value below 5, got: 5/],
    ["a name before the first value", () => name(-1, "a"), /a named value below 5, got: -1/],
    ["a name between two values", () => name(0.5, "a"), /a named value below 5, got: 0.5/],
    ["a name of a text", () => name("0", "a"), /a named value below 5, got: 0/],
    ["a name that is no text", () => name(0, 7), /a name that is text, got: number/],
    ["a group that is no row", () => header({ names: [], groups: ["abc"] }), /a group as \[name/],
    ["a group outside all", () => groups(["g", -2, 1]), /a parent from −1 to -1, got: -2/],
    [
      "a header that is no JSON",
      () => body((b) => b.with(0, 0x21)),
      /a header in JSON, all ASCII, got: other bytes/,
    ],
    ["a header that is no text", () => body((b) => b.with(2, 0xff)), /a header in JSON/],
    ["a group that is its own parent", () => groups(["g", 0, 1]), /a parent from −1/],
    ["a group with an output outside", () => groups(["g", -1, 5]), /group output/],
    ["a group without a name", () => groups([3, -1, 1]), /group name/],
    ["a short group", () => groups(["g"]), /\[name, parent, output\]/],
    [
      "a group number outside",
      () => encodeTape({ rows, groups: [["g", -1, 1]], groupOf: [0, 0, 2, 0, 0] }),
      /group numbers up to 1, got: 2/,
    ],
    [
      "an unknown operation",
      () => encodeTape({ rows: [leaf(1), { op: 11, of: [0] }] }),
      /codes below 11, got: 11/,
    ],
    [
      "an operand that is itself",
      () => encodeTape({ rows: [leaf(1), { op: Op.neg, of: [1] }] }),
      /operand/,
    ],
    [
      "an operand before the first",
      () => encodeTape({ rows: [leaf(1), { op: Op.neg, of: [-1] }] }),
      /operand/,
    ],
    [
      "an infinite exponent",
      () => encodeTape({ rows: [leaf(1), { op: Op.pow, of: [0], number: Infinity }] }),
      /finite exponents/,
    ],
    [
      "a value that leads nowhere",
      () => encodeTape({ rows: [leaf(1), leaf(2), { op: Op.neg, of: [1] }] }),
      /to be used, got: value 0/,
    ],
  ];
  test.each(cases)("%s", (_, make, message) => {
    expect(() => decodeTape(make())).toThrow(message);
  });

  test("of a stream that goes on and on no more is unpacked than shows that it is too long", () => {
    const endless = body((b) => Uint8Array.of(...b, ...new Uint8Array(50_000)));
    expect(() => decodeTape(endless)).toThrow(/unpacked bytes, got: \d+$/);
    try {
      decodeTape(endless);
    } catch (error) {
      const [, most, got] = /or (\d+) unpacked bytes, got: (\d+)/.exec((error as Error).message)!;
      expect(Number(got)).toBe(Number(most) + 1);
    }
  });

  test("what is damaged in the checksum alone is found, in a tape of many bytes too", () => {
    const rows = Array.from({ length: 1200 }, (_, i) => leaf(Math.sin(i)));
    const sums = rows.map((_, i) => ({ op: Op.add, of: [i, i === 0 ? 0 : 1199 + i] }));
    const bytes = encodeTape({ rows: [...rows, ...sums] });
    expect(decodeTape(bytes).count).toBe(2400);
    for (const back of [1, 2, 3, 4]) {
      const damaged = bytes.with(bytes.length - back, bytes.at(-back)! ^ 1);
      expect(() => decodeTape(damaged)).toThrow("a matching checksum, got: a damaged tape");
    }
  });

  test("no flipped byte hangs or gives a wrong tape unnoticed", () => {
    const bytes = good();
    for (let i = 25; i < bytes.length; i++) {
      const flipped = bytes.with(i, (bytes[i] ?? 0) ^ 0xff);
      try {
        expect(decodeTape(flipped)).toEqual(decodeTape(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });
});
