/**
 * Bundles the front end into the Python package: a thin widget module, and one packed engine
 * that carries the layout script and the style sheet inside as text.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { build, context } from "esbuild";

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

/** Graphviz as one classic script: what a Blob worker can run in every host. */
async function layoutScript() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ["src/layout/graphviz.ts"],
    format: "iife",
    globalName: "MicrogradLayout",
    platform: "browser",
  });
  return outputFiles[0].text;
}

const embedLayout = {
  name: "embed-layout",
  setup(bundle) {
    bundle.onResolve({ filter: /^embedded:layout$/ }, ({ path }) => ({
      path,
      namespace: "embedded",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "embedded" }, async () => ({
      contents: await layoutScript(),
      loader: "text",
      watchFiles: [join(here, "src/layout/graphviz.ts")],
    }));
  },
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
  return {
    name: `write-${name}`,
    setup(bundle) {
      bundle.onEnd(async ({ outputFiles }) => {
        if (!outputFiles?.length) return;
        const bytes = encode(outputFiles[0].contents);
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

const engine = {
  ...common,
  entryPoints: ["src/engine.ts"],
  format: "esm",
  charset: "ascii",
  plugins: [
    embedLayout,
    minifiedCss,
    writeTo("engine.js.gz", (bytes) => gzipSync(bytes, { level: 9 })),
  ],
};

/** What is inside the bundle besides our own code, and under which terms. */
async function notices() {
  const read = (name) => readFile(join(here, "node_modules", name), "utf8");
  const versionOf = async (name) => JSON.parse(await read(`${name}/package.json`)).version;
  const wrapper = "@hpcc-js/wasm-graphviz";
  const graphviz = (await Graphviz.load()).version();
  const sections = [
    "microgradwidgets carries the following software inside views/static/engine.js.gz.",
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
    `fflate ${await versionOf("fflate")}
Source code: https://github.com/101arrowz/fflate

${await read("fflate/LICENSE")}`,
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
if (process.argv.includes("--watch")) {
  for (const options of [widget, engine]) await (await context(options)).watch({ delay: 50 });
  // `watch` ends with its standard input unless something else keeps the process alive.
  setInterval(() => {}, 2 ** 30);
} else {
  await Promise.all([widget, engine].map(build));
}
