import { expect, test } from "vitest";
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
