import { expect, test } from "vitest";

// Part of the build, which is plain JavaScript.
const { expectCarried } = await import("../carried.mjs" as string);

const dagre = "node_modules/@dagrejs/dagre/dist/dagre.esm.js";
const fflate = "node_modules/fflate/esm/browser.js";

test("what the bundler puts into a file is what the table of notices says", () => {
  expectCarried("figures.js.gz", ["src/figures.ts", dagre, fflate, fflate]);
  expectCarried("widget.js", ["src/widget.ts"]);
});

test("a package without a notice stops the build", () => {
  expect(() => expectCarried("widget.js", [fflate])).toThrow(
    "widget.js: expected nothing, got: fflate",
  );
  expect(() => expectCarried("figures.js.gz", [dagre, fflate, "node_modules/@a/b/c.js"])).toThrow(
    "figures.js.gz: expected @dagrejs/dagre, fflate, got: @a/b, @dagrejs/dagre, fflate",
  );
});

test("and so does a notice of what is not there", () => {
  expect(() => expectCarried("figures.js.gz", [dagre])).toThrow("got: @dagrejs/dagre");
});
