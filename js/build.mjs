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
import { build, context } from "esbuild";
import { minify as terser } from "terser";
import { billOfMaterials, expectCarried, noticesOf } from "./carried.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../microgradwidgets/views/static");
const FIGURES = ["figures.js.gz", "diagram.js.gz"];

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  write: false,
  metafile: true,
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
      bundle.onEnd(async ({ outputFiles, metafile }) => {
        if (!outputFiles?.length) return;
        expectCarried(name, inputsOf(metafile));
        const bytes = await encode(outputFiles[0].contents);
        await mkdir(out, { recursive: true });
        await writeFile(join(out, name), bytes);
        console.log(`${name}: ${bytes.length.toLocaleString("en-US")} bytes`);
      });
    },
  };
}

/** What has come into the output; of much that is read nothing is left. */
const inputsOf = ({ outputs }) =>
  Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));

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
  const notices = await noticesInPage(FIGURES);
  return framed("page.txt", { ...slots, policy: policy([script]), script, style, notices });
}

async function deckFrame() {
  const [script, deck] = [await inlined("src/page/page.ts"), await inlined("src/page/deck.ts")];
  const style = await inlined("src/page/deck.css");
  const unscripted = await inlined("src/page/unscripted.css");
  // The speaker's window has a script of its own, and the deck itself in frames.
  const may = policy([script, deck, await speakerScript()], "frame-src 'self' file:");
  const notices = await noticesInPage([...FIGURES, "deck.html"]);
  return framed("deck.txt", { policy: may, script, deck, style, unscripted, notices });
}

/** To be read in the source of a page, by a person; Graphviz brings its own. */
const noticesInPage = (files) => noticesOf(files, "The figures of this page carry:");

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
  banner: { js: `/*\n${await noticesOf(["graphviz.js.gz"], "This script carries:")}\n*/` },
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

async function writeWhatIsCarried() {
  await mkdir(out, { recursive: true });
  const all = [...FIGURES, "graphviz.js.gz", "deck.html"];
  const sentence = "microgradwidgets carries the following software inside views/static.";
  await writeFile(join(out, "THIRD_PARTY_NOTICES.txt"), `${await noticesOf(all, sentence)}\n`);
  await writeFile(join(out, "carried.cdx.json"), `${JSON.stringify(billOfMaterials(), null, 1)}\n`);
}

await writeWhatIsCarried();
if (isWatching) {
  for (const options of bundles) await (await context(options)).watch({ delay: 50 });
  // `watch` ends with its standard input unless something else keeps the process alive.
  setInterval(() => {}, 2 ** 30);
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
