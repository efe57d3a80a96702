/** The bytes between Python and the page: what is packed comes out again, and nothing else does. */
import { describe, expect, test } from "vitest";
import { doubles, messageOf, pack, unpack } from "../src/training/packed.ts";

const packed = () =>
  pack("TEST", { name: "né·\u{1f600}", n: 3 }, [Float64Array.of(1.5, -0), Uint8Array.of(7)]);

/** A header of one's own, between the mark and the sections. */
function withHeader(header: string | Uint8Array, rest: readonly number[] = []): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const length = new Uint8Array(Uint32Array.of(text.length).buffer);
  return Uint8Array.of(0x54, 0x45, 0x53, 0x54, ...length, ...text, ...rest);
}

test("header and sections come out as they went in", () => {
  const { header, sections } = unpack("TEST", packed());
  expect(header).toEqual({ name: "né·\u{1f600}", n: 3, sections: [16, 1] });
  expect(sections).toHaveLength(2);
  expect([...doubles("TEST", sections[0], 2)]).toEqual([1.5, -0]);
  expect([...sections[1]!]).toEqual([7]);
});

test("a section may be empty", () => {
  const { header, sections } = unpack("TEST", pack("TEST", {}, [new Float64Array(0)]));
  expect([header.sections, sections[0]!.length]).toEqual([[0], 0]);
});

test("the header is ASCII, whatever is in it", () => {
  const bytes = packed();
  const length = new DataView(bytes.buffer).getUint32(4, true);
  const text = bytes.subarray(8, 8 + length);
  expect(text.every((byte) => byte < 0x80)).toBe(true);
  expect(new TextDecoder().decode(text)).toContain('"n\\u00e9\\u00b7\\ud83d\\ude00"');
});

test("a part of a buffer is packed and unpacked alone", () => {
  const column = Float64Array.of(9, 1, 2, 9).subarray(1, 3);
  const bytes = pack("TEST", {}, [column]);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const { sections } = unpack("TEST", shifted.subarray(3));
  expect([...doubles("TEST", sections[0], 2)]).toEqual([1, 2]);
});

test("numbers are copied, so that changing them changes no bytes", () => {
  const bytes = packed();
  const [section] = unpack("TEST", bytes).sections;
  doubles("TEST", section, 2)[0] = 99;
  expect(doubles("TEST", section, 2)[0]).toBe(1.5);
});

describe("what is not so packed is refused in words", () => {
  const cases: [string, () => Uint8Array, RegExp][] = [
    ["nothing", () => new Uint8Array(7), /^TEST: expected at least 8 bytes, got: 7$/],
    ["the prefix alone", () => new Uint8Array(8), /the mark "TEST", got: "/],
    ["another mark", () => pack("ELSE", {}, []), /the mark "TEST", got: "ELSE"/],
    [
      "a header beyond the end",
      () => packed().slice(0, 20),
      /a header of at most 20 bytes, got: \d/,
    ],
    [
      "a header that is no JSON",
      () => withHeader("{"),
      /a JSON header, got: bytes that are not JSON/,
    ],
    [
      "a header that is no text",
      () => withHeader(Uint8Array.of(0x22, 0xff, 0x22)),
      /a JSON header/,
    ],
    ["a header that is a number", () => withHeader("3"), /a JSON object, got: 3/],
    ["a header that is null", () => withHeader("null"), /a JSON object, got: null/],
    ["no lengths", () => withHeader("{}"), /lengths of its sections, got: undefined/],
    ["a length that is no number", () => withHeader('{"sections":["1"]}', [1]), /lengths/],
    ["half a byte", () => withHeader('{"sections":[0.5]}'), /lengths/],
    ["less than nothing", () => withHeader('{"sections":[1,-1]}'), /lengths/],
    ["one wrong length of two", () => withHeader('{"sections":[0,null]}'), /lengths/],
    ["too many bytes", () => withHeader('{"sections":[1]}', [1, 2]), /bytes in all/],
    ["too few bytes", () => withHeader('{"sections":[2]}', [1]), /bytes in all/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => unpack("TEST", bytes())).toThrow(message);
  });

  test("a header that fills the bytes to the last is none of them", () => {
    expect(unpack("TEST", withHeader('{"sections":[]}')).sections).toEqual([]);
  });

  test("a section of another length, or none at all", () => {
    expect(() => doubles("TEST", new Uint8Array(15), 2)).toThrow(
      "expected 2 numbers, got: 15 bytes",
    );
    expect(() => doubles("TEST", undefined, 2)).toThrow("expected 2 numbers, got: none");
  });
});

test("what was thrown is said in its own words", () => {
  expect(messageOf(new Error("no room"))).toBe("no room");
  expect(messageOf("no room")).toBe("no room");
});
