import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromBase85 as toBytes } from "../src/page/base85.ts";
import { readWidgets } from "../src/page/pagemodel.ts";
import { Pages } from "../src/page/pages.ts";

const FRAME = "<title>{{title}}</title><main>{{contents}}</main>{{data}}";
const delivered = { figures: Uint8Array.from([1, 2, 3]), graphviz: "var layout;" };

const written = (traits: Record<string, unknown>, title = "A title", still = "") =>
  new Pages(FRAME, delivered).write({
    figure: "dashboard",
    get: (name) => traits[name] ?? null,
    title,
    still,
  });

const block = (page: string, name: string): string =>
  page.split(`data-mgw="${name}">`)[1]!.split("</script>")[0]!;

test("bytes are kept, also deep inside a trait and as a view of more", () => {
  const network = Uint8Array.from([0, 255, 7]);
  const inside = new DataView(Uint8Array.from([9, 1, 2, 9]).buffer, 1, 2);
  const page = written({ network, variants: [{ settings: { hidden: [1] }, network: inside }] });
  const [widget] = readWidgets(block(page, "widgets"));
  expect(widget).toMatchObject({
    network,
    variants: [{ settings: { hidden: [1] }, network: Uint8Array.from([1, 2]) }],
    _figure: "dashboard",
  });
});

const links = join(import.meta.dirname, "../../tests/data/link_vectors.json");
const kept = JSON.parse(readFileSync(links, "utf8")) as Record<string, { of_a_page: string[] }>;

test.each(["diagram", "dashboard"] as const)(
  "a page keeps of a %s what Python's pages keep",
  (figure) => {
    const get = (name: string) => `of ${name}`;
    const page = new Pages(FRAME, delivered).write({ figure, get, title: "t", still: "" });
    const [widget] = readWidgets(block(page, "widgets"));
    const { _still, ...traits } = widget!;
    expect(Object.keys(traits).sort()).toEqual([...kept[figure]!.of_a_page].sort());
    for (const [name, value] of Object.entries(traits)) {
      if (name !== "_figure") expect(value).toBe(get(name));
    }
    expect(widget).toMatchObject({ _figure: figure, _still: "mgw-still-0" });
  },
);

test.each([
  ["light", "light"],
  ["dark", "dark"],
  ["auto", "auto"],
  ["<script>", "auto"],
  [null, "auto"],
])("of themes %s is %s", (theme, written) => {
  const page = new Pages("theme: {{theme}}", delivered).write({
    figure: "diagram",
    get: (name) => (name === "theme" ? theme : null),
    title: "t",
    still: "",
  });
  expect(page).toBe(`theme: ${written}`);
});

test("the blocks are what the loader looks for, each with its kind", () => {
  const page = written({});
  const blocks = [...page.matchAll(/<script type="([^"]+)" data-mgw="([^"]+)">(.*?)<\/script>/gs)];
  expect(blocks.map(([, kind, name]) => [name, kind])).toEqual([
    ["widgets", "application/json"],
    ["figures", "text/plain"],
    ["graphviz", "text/plain"],
  ]);
  expect(toBytes(blocks[1]![3]!)).toEqual(delivered.figures);
  expect(blocks[2]![3]).toBe("var layout;");
  expect(page.match(/<\/script>\n<script/g)).toHaveLength(2);
});

test("where Graphviz was not delivered, there is none in the page", () => {
  const small = new Pages(FRAME, { ...delivered, graphviz: null });
  const page = small.write({ figure: "diagram", get: () => null, title: "t", still: "" });
  expect(page).not.toContain("graphviz");
});

test("the figure's place holds its still picture, named by the title, and a note", () => {
  const place = (still: string) =>
    written({}, 'a "b" \0', still).split("<main>")[1]!.split("</main>")[0]!;
  expect(place("<svg/>")).toMatch(
    /^<div class="mgw-place" data-mgw-widget="0"><div class="mgw-still-0"><img src="data:[^"]+" alt="a &quot;b&quot; ␀"><p><small>[^<]+<\/small><\/p><\/div><\/div>$/,
  );
  expect(place("")).toMatch(/<div class="mgw-still-0"><p><small>/);
});

test("a large picture is written whole", () => {
  const still = `<svg>${"abcdefg".repeat(20_000)}</svg>`;
  expect(atob(/base64,([^"]+)/.exec(written({}, "t", still))![1]!)).toBe(still);
});

test("what a text says ends no block and becomes no markup", () => {
  const page = written({ dataset: "</script><script>alert(1)" }, `<b a="'">&`);
  expect(page).not.toContain("<script>alert");
  expect(page).toContain("<title>&lt;b a=&quot;'&quot;&gt;&amp;</title>");
  expect(readWidgets(block(page, "widgets"))[0]!.dataset).toBe("</script><script>alert(1)");
});

test("a slot's name in a text is no slot", () => {
  const page = written({}, "{{data}} $& $1");
  expect(page).toContain("<title>{{data}} $&amp; $1</title>");
});

test("a picture may hold any text", () => {
  const page = written({}, "t", "<svg>π</svg>");
  const address = /base64,([^"]+)/.exec(page)![1]!;
  expect(new TextDecoder().decode(Uint8Array.from(atob(address), (c) => c.charCodeAt(0)))).toBe(
    "<svg>π</svg>",
  );
});
