import { describe, expect, test } from "vitest";
import { addressOf, linkTo, readAddress } from "../src/page/address.ts";

const read = (hash: string, count = 3) => [...readAddress(hash, count)];

describe("an address", () => {
  test.each([
    ["", []],
    ["#", []],
    ["#mgw1", [[0, "mgw1"]]],
    ["#mgw1;step=4;edits=3:1.5", [[0, "mgw1;step=4;edits=3:1.5"]]],
    ["#2/mgw1;step=4", [[1, "mgw1;step=4"]]],
    [
      "#3/mgw1;step=4&1/mgw1",
      [
        [2, "mgw1;step=4"],
        [0, "mgw1"],
      ],
    ],
    [
      "#mgw1&amp;2/mgw1",
      [
        [0, "mgw1"],
        [1, "mgw1"],
      ],
    ],
  ])("%s", (hash, texts) => {
    expect(read(hash)).toEqual(texts);
  });

  test.each(["#intro", "#my-part_2.1", "#mg", "#4", "#/2/1", "#/"])(
    "%s is a place in the text",
    (hash) => {
      expect(read(hash)).toEqual([]);
    },
  );

  test.each([
    "#mgw1%3Bstep%3D4%3Bedits%3D3%3A1.5%2C4%3A2",
    "#%6Dgw1;step=4;edits=3:1.5,4:2",
    "#mgw1;step=4;edits=3:1.5,4:2).",
    "#mgw1;step=4;edits=3:1.5,4:2%20",
    "#%20mgw1;step=4;edits=3:1.5,4:2\u201d,",
    "#mgw1;step=4;edits=3:1.5%2c4:2%29%2E",
    "#mgw1;step=4;edits=3:1.5,4:2>",
  ])("%s was written anew on its way", (hash) => {
    expect(read(hash)).toEqual([[0, "mgw1;step=4;edits=3:1.5,4:2"]]);
  });

  test.each([
    ["#mgw1%253Bstep=4", "mgw1%3Bstep=4"],
    ["#mgw1;step=%E0%A4%A", "mgw1;step=%E0%A4%A"],
    ["#mgw1;step=%zz%", "mgw1;step=%zz%"],
    ["#javascript:alert(1)", "javascript:alert(1"],
    ["#%3Cimg src=x onerror=alert(1)%3E", "<img src=x onerror=alert(1"],
    ["#MGW1", "MGW1"],
    ["#mgw2", "mgw2"],
    ["mgw1#2", "mgw1#2"],
  ])("%s is left to be refused", (hash, text) => {
    expect(read(hash)).toEqual([[0, text]]);
  });

  test.each(["#4/mgw1", "#0/mgw1", "#99999999999999999999/mgw1", "#mgw1&7/mgw1"])(
    "%s names no figure",
    (hash) => {
      expect(() => read(hash)).toThrow(/^expected the number of a figure, 1 to 3, .*, got: \d+$/);
    },
  );

  test.each(["#1/mgw1&1/mgw1;step=2", "#mgw1&1/mgw1"])("%s says two things of one", (hash) => {
    expect(() => read(hash)).toThrow(/^expected one state for each figure, got: 1\/mgw1/);
  });

  test.each([")", ".", "%", "&", "1/", ";", " "])("100,000 times %s takes no time", (piece) => {
    expect(() => {
      try {
        read(`#mgw1${piece.repeat(100_000)}x`);
      } catch (error) {
        expect((error as Error).message).toMatch(/^expected /);
      }
    }).not.toThrow();
  });
});

const at = (address: string): Location => {
  const { href, protocol } = new URL(address);
  return { href, protocol } as Location;
};

const having = (there: string | null) =>
  ({ querySelector: (asked: string) => (asked === there ? {} : null) }) as unknown as ParentNode;
const page = having(null);
const slides = having(".reveal");

test("a page has an address, a frame with its text inside has none, nor have slides", () => {
  expect(addressOf(at("file:///a/b.html?x=1#mgw1;step=3#4"), page)).toBe("file:///a/b.html?x=1");
  expect(addressOf(at("https://example.org/b.html"), page)).toBe("https://example.org/b.html");
  expect(addressOf(at("http://localhost/b.html#\n"), page)).toBe("http://localhost/b.html");
  for (const none of ["about:srcdoc", "blob:null/17", "data:text/html,x", "x-file:///b.html"]) {
    expect(addressOf(at(none), page)).toBe(null);
  }
  expect(addressOf(at("file:///b.html#/3"), slides)).toBe(null);
});

test("what is linked to is read back", () => {
  for (const [place, count] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const link = linkTo("file:///b.html", "mgw1;step=4", place, count);
    expect(read(new URL(link).hash, count)).toEqual([[place, "mgw1;step=4"]]);
  }
});

test("a link names the figure only where there are several", () => {
  expect(linkTo("b.html", "mgw1;step=4", 0, 1)).toBe("b.html#mgw1;step=4");
  expect(linkTo("b.html", "mgw1;step=4", 0, 2)).toBe("b.html#1/mgw1;step=4");
  expect(linkTo("b.html", "mgw1", 1, 2)).toBe("b.html#2/mgw1");
});
