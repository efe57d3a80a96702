/**
 * Bundles the front end into the Python package: a thin widget module; packed, the figures and
 * the script that lays graphs out; and the frame of a page that holds all of it itself.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { build, context } from "esbuild";
import { minify as terser } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../microgradwidgets/views/static");

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  write: false,
  logLevel: "warning",
};

const minifiedCss = {
  name: "minified-css",
  setup(bundle) {
    bundle.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({ ...common, entryPoints: [path] });
      return { contents: outputFiles[0].text, loader: "text", watchFiles: [path] };
    });
  },
};

/** Written even in watch mode after every change, so that an open notebook can reload it. */
function writeTo(name, encode) {
  return writeWith(name, async (bytes) => encode(bytes));
}

function writeWith(name, encode) {
  return {
    name: `write-${name}`,
    setup(bundle) {
      bundle.onEnd(async ({ outputFiles }) => {
        if (!outputFiles?.length) return;
        const bytes = await encode(outputFiles[0].contents);
        await mkdir(out, { recursive: true });
        await writeFile(join(out, name), bytes);
        console.log(`${name}: ${bytes.length.toLocaleString("en-US")} bytes`);
      });
    },
  };
}

const widget = {
  ...common,
  entryPoints: ["src/widget.ts"],
  format: "esm",
  plugins: [writeTo("widget.js", (bytes) => bytes)],
};

const packed = (name) => writeTo(name, (bytes) => gzipSync(bytes, { level: 9 }));

const isWatching = process.argv.includes("--watch");

/** As small as it gets, since a page may carry little else; not while somebody waits for a reload. */
const packedTightly = (name) =>
  isWatching
    ? packed(name)
    : writeWith(name, async (bytes) => {
        const source = Buffer.from(bytes).toString("ascii");
        const options = { module: true, ecma: 2022, compress: { passes: 2 } };
        const { code } = await terser(source, { ...options, format: { ascii_only: true } });
        return gzipAsync(Buffer.from(code), { numiterations: 15 });
      });

/** What a page may do: run its own scripts and what they unpack, and ask for nothing elsewhere. */
const policy = (scripts, ...more) =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(hashed).join(" ")} blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    ...more,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

const hashed = (script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

/** Scripts that stand in a page are classic ones: an old browser is to say what is missing. */
const inPage = { ...common, format: "iife", charset: "ascii" };
const loader = { ...inPage, entryPoints: ["src/page/page.ts"] };

/** A script or a sheet of style as text that can stand in a page. */
async function inlined(entry) {
  const { outputFiles } = await build({ ...inPage, entryPoints: [entry] });
  // These would begin a comment of the page, in which its end is not seen.
  return outputFiles[0].text.trim().replace(/<(?=!--|script)/gi, "\\x3c");
}

/** A page with its scripts and its style inside; what stands in it comes later. */
async function framed(name, slots) {
  const frame = await readFile(join(here, "src/page", name), "utf8");
  return frame.replace(/\{\{(\w+)\}\}/g, (slot, name) => slots[name] ?? slot);
}

const pageFrame = () => pageWith("page.css", { language: "en" });

async function pageWith(sheet, slots) {
  const script = await inlined("src/page/page.ts");
  const style = await inlined(`src/page/${sheet}`);
  return framed("page.txt", { ...slots, policy: policy([script]), script, style });
}

async function deckFrame() {
  const [script, deck] = [await inlined("src/page/page.ts"), await inlined("src/page/deck.ts")];
  const style = await inlined("src/page/deck.css");
  const unscripted = await inlined("src/page/unscripted.css");
  // The speaker's window has a script of its own, and the deck itself in frames.
  const may = policy([script, deck, await speakerScript()], "frame-src 'self' file:");
  return framed("deck.txt", { policy: may, script, deck, style, unscripted });
}

/** What runs in the window that reveal.js opens for speakers. */
async function speakerScript() {
  const plugin = await readFile(join(here, "node_modules/reveal.js/dist/plugin/notes.mjs"), "utf8");
  const [literal] = plugin.match(/"<!--(?:[^"\\\n]|\\.)*<\/html>"/);
  return runInNewContext(literal).match(/<script>(.*)<\/script>/s)[1];
}

const embedPage = {
  name: "embed-page",
  setup(bundle) {
    bundle.onResolve({ filter: /^embedded:page$/ }, ({ path }) => ({
      path,
      namespace: "embedded",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "embedded" }, async () => ({
      contents: await pageFrame(),
      loader: "text",
      watchFiles: ["page.ts", "page.css", "palette.css", "page.txt"].map((name) =>
        join(here, "src/page", name),
      ),
    }));
  },
};

const page = {
  ...loader,
  plugins: [
    writeTo("page.js", (bytes) => bytes),
    writeWith("page.html", async () => Buffer.from(await pageFrame())),
    writeWith("notebook.html", async () => Buffer.from(await pageWith("notebook.css", {}))),
  ],
};

const deck = {
  ...inPage,
  entryPoints: ["src/page/deck.ts"],
  plugins: [writeWith("deck.html", async () => Buffer.from(await deckFrame()))],
};

/** A module of figures; a page that shows diagrams alone need not carry the others. */
const figures = (entry, name) => ({
  ...common,
  entryPoints: [entry],
  format: "esm",
  charset: "ascii",
  plugins: [minifiedCss, embedPage, packedTightly(name)],
});

/** Graphviz as one classic script: what a Blob worker can run in every host. */
const graphviz = {
  ...common,
  entryPoints: ["src/layout/graphviz.ts"],
  format: "iife",
  globalName: "MicrogradLayout",
  platform: "browser",
  plugins: [packed("graphviz.js.gz")],
};

const bundles = [
  widget,
  figures("src/figures.ts", "figures.js.gz"),
  figures("src/diagramonly.ts", "diagram.js.gz"),
  graphviz,
  page,
  deck,
];

/** What is inside the bundle besides our own code, and under which terms. */
async function notices() {
  const read = (name) => readFile(join(here, "node_modules", name), "utf8");
  const versionOf = async (name) => JSON.parse(await read(`${name}/package.json`)).version;
  const wrapper = "@hpcc-js/wasm-graphviz";
  const graphviz = (await Graphviz.load()).version();
  const sections = [
    "microgradwidgets carries the following software inside views/static.",
    `Graphviz ${graphviz}, compiled to WebAssembly
Copyright (c) AT&T Intellectual Property and the Graphviz authors.
Licensed under the Eclipse Public License 2.0, https://www.eclipse.org/legal/epl-2.0/
Its source code is available at https://gitlab.com/graphviz/graphviz (tag ${graphviz}), the build that
compiles it to WebAssembly at https://github.com/hpcc-systems/hpcc-js-wasm. It is distributed
without warranties or conditions of any kind, and without liability of its contributors.`,
    `Expat, the XML parser inside that Graphviz
Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper
Copyright (c) 2001 and later, the Expat maintainers
Licensed under the MIT License. Source code: https://github.com/libexpat/libexpat

${MIT}`,
    `${wrapper} ${await versionOf(wrapper)}, the WebAssembly wrapper
Source code: https://github.com/hpcc-systems/hpcc-js-wasm

${await read(`${wrapper}/LICENSE`)}`,
    `dagre ${await versionOf("@dagrejs/dagre")} and graphlib ${await versionOf("@dagrejs/graphlib")}, the small layout
Source code: https://github.com/dagrejs/dagre, https://github.com/dagrejs/graphlib

${await read("@dagrejs/dagre/LICENSE")}`,
    `fflate ${await versionOf("fflate")}
Source code: https://github.com/101arrowz/fflate

${await read("fflate/LICENSE")}`,
    `reveal.js ${await versionOf("reveal.js")}, the slides of a deck
Source code: https://github.com/hakimel/reveal.js

${await read("reveal.js/LICENSE")}`,
    `marked, inside the plugin of reveal.js for speaker notes
Copyright (c) 2018 and later, MarkedJS
Copyright (c) 2011-2018, Christopher Jeffrey
Licensed under the MIT License. Source code: https://github.com/markedjs/marked

${MIT}`,
  ];
  await mkdir(out, { recursive: true });
  const rule = `\n\n${"=".repeat(80)}\n\n`;
  await writeFile(
    join(out, "THIRD_PARTY_NOTICES.txt"),
    `${sections.map((s) => s.trim()).join(rule)}\n`,
  );
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

await notices();
if (isWatching) {
  for (const options of bundles) await (await context(options)).watch({ delay: 50 });
  // `watch` ends with its standard input unless something else keeps the process alive.
  setInterval(() => {}, 2 ** 30);
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
