/**
 * What the built files carry besides our own code: under which terms, where its source is, and in
 * which file it ends up. Notices and bill of materials are written from this one table, and the
 * build fails where the bundler has put something else into a file.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Graphviz } from "@hpcc-js/wasm-graphviz";

const here = dirname(fileURLToPath(import.meta.url));
const { packages: lock } = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));

const FIGURES = ["figures.js.gz", "diagram.js.gz"];
const ENGINE = ["graphviz.js.gz"];
const DECK = ["deck.html"];

/** `inside`: the package that brings it along; what the lock file names is described there. */
const TABLE = [
  {
    name: "Graphviz",
    title: "compiled to WebAssembly",
    version: (await Graphviz.load()).version(),
    licence: "EPL-2.0",
    purl: "pkg:generic/graphviz",
    source: "https://gitlab.com/graphviz/graphviz",
    copyright: ["Copyright (c) AT&T Intellectual Property and the Graphviz authors."],
    more: `It is used as it is, without changes, and distributed without warranties or conditions of any
kind, and without liability of its contributors. The source is at the tag of that version; the
build that compiles it to WebAssembly is at https://github.com/hpcc-systems/hpcc-js-wasm.`,
    inside: "@hpcc-js/wasm-graphviz",
    files: ENGINE,
  },
  {
    name: "Expat",
    title: "the XML parser inside that Graphviz",
    // The WebAssembly does not say which: its account of allocations came with this one.
    atLeast: "2.7.2",
    licence: "MIT",
    purl: "pkg:github/libexpat/libexpat",
    source: "https://github.com/libexpat/libexpat",
    copyright: [
      "Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper",
      "Copyright (c) 2001 and later, the Expat maintainers",
    ],
    inside: "Graphviz",
    files: ENGINE,
  },
  {
    name: "Emscripten",
    title: "the runtime of that WebAssembly, with musl, its C library",
    licence: "MIT",
    purl: "pkg:github/emscripten-core/emscripten",
    source: "https://github.com/emscripten-core/emscripten",
    copyright: [
      "Copyright (c) 2010 and later, the Emscripten authors",
      "Copyright (c) 2005-2020 Rich Felker, et al.",
    ],
    inside: "@hpcc-js/wasm-graphviz",
    files: ENGINE,
  },
  {
    name: "fzstd",
    title: "unpacks that WebAssembly",
    version: "0.1.1",
    licence: "MIT",
    purl: "pkg:npm/fzstd",
    source: "https://github.com/101arrowz/fzstd",
    copyright: ["Copyright (c) 2020 Arjun Barrett"],
    inside: "@hpcc-js/wasm-graphviz",
    files: ENGINE,
  },
  {
    name: "@hpcc-js/wasm-graphviz",
    title: "the WebAssembly wrapper",
    source: "https://github.com/hpcc-systems/hpcc-js-wasm",
    copyright: ["By HPCC Systems"],
    files: ENGINE,
  },
  {
    name: "@dagrejs/dagre",
    title: "the small layout",
    source: "https://github.com/dagrejs/dagre",
    files: FIGURES,
  },
  {
    name: "@dagrejs/graphlib",
    title: "the graphs of the small layout",
    source: "https://github.com/dagrejs/graphlib",
    inside: "@dagrejs/dagre",
    files: FIGURES,
  },
  {
    name: "fflate",
    title: "packs and unpacks",
    source: "https://github.com/101arrowz/fflate",
    files: FIGURES,
  },
  {
    name: "reveal.js",
    title: "the slides of a deck",
    source: "https://github.com/hakimel/reveal.js",
    files: DECK,
  },
  {
    name: "marked",
    title: "inside the plugin of reveal.js for speaker notes",
    // reveal.js is built with a release from this one on, and does not say with which.
    atLeast: "17.0.5",
    licence: "MIT",
    purl: "pkg:npm/marked",
    source: "https://github.com/markedjs/marked",
    copyright: [
      "Copyright (c) 2018 and later, MarkedJS",
      "Copyright (c) 2011-2018, Christopher Jeffrey",
    ],
    inside: "reveal.js",
    files: DECK,
  },
];

const CARRIED = await Promise.all(TABLE.map(described));

/** With what the lock file knows of a package, and the lines of its licence that name its authors. */
async function described(one) {
  const locked = lock[`node_modules/${one.name}`];
  if (locked === undefined || one.licence !== undefined) return one;
  const text = await licenceOf(one.name);
  return {
    copyright: text.match(/^Copyright .*$/gm),
    ...one,
    version: locked.version,
    licence: locked.license,
    purl: `pkg:npm/${one.name.replace("@", "%40")}`,
    tarball: { url: locked.resolved, integrity: locked.integrity },
  };
}

/** As it comes with a package, whatever its ends of lines. */
async function licenceOf(name) {
  const text = await readFile(join(here, "node_modules", name, "LICENSE"), "utf8");
  return text.replace(/\r\n?/g, "\n").trim();
}

/** Fails where a file holds other packages of npm than the table says. */
export function expectCarried(file, inputs) {
  const found = inputs.flatMap(
    (path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [],
  );
  const isBundled = ({ tarball, inside }) => tarball !== undefined && inside === undefined;
  const named = CARRIED.filter((one) => isBundled(one) && one.files.includes(file));
  const [got, expected] = [found, named.map(({ name }) => name)].map((all) =>
    [...new Set(all)].sort().join(", "),
  );
  if (got !== expected) throw new Error(`${file}: expected ${expected || "nothing"}, got: ${got}`);
}

/** The notices of what is in these files, with the licences that have to go along. */
export async function noticesOf(files, sentence) {
  const inThem = CARRIED.filter((one) => one.files.some((file) => files.includes(file)));
  const licences = new Set(inThem.map(({ licence }) => licence));
  const texts = await Promise.all([...licences].map((licence) => LICENCES[licence].text?.() ?? ""));
  return [sentence, ...inThem.map(notice), ...texts].filter(Boolean).join("\n\n");
}

function notice({ name, version, title, copyright, licence, source, more }) {
  return [
    `${name}${version ? ` ${version}` : ""}, ${title}`,
    ...copyright,
    `Licensed under the ${LICENCES[licence].name}. Source code: ${source}`,
    ...(more ? [more] : []),
  ].join("\n");
}

const LICENCES = {
  "EPL-2.0": { name: "Eclipse Public License 2.0 (https://www.eclipse.org/legal/epl-2.0/)" },
  "Apache-2.0": {
    name: "Apache License 2.0",
    text: () => licenceOf("@hpcc-js/wasm-graphviz"),
  },
  MIT: {
    name: "MIT License",
    text: async () => `MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
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
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  },
};

/** The bill of materials of the built files, as CycloneDX; the wheel adds itself to it. */
export function billOfMaterials() {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    components: CARRIED.map((one) => component(one)),
    dependencies: CARRIED.map((one) => ({
      ref: referenceOf(one),
      dependsOn: CARRIED.filter(({ inside }) => inside === one.name).map(referenceOf),
    })),
  };
}

const referenceOf = ({ purl, version }) => (version ? `${purl}@${version}` : purl);

function component({ name, title, version, atLeast, licence, source, tarball, files, ...one }) {
  const [, group, plain] = name.match(/^(?:(@[^/]+)\/)?(.*)$/);
  const hashes = tarball && [{ alg: "SHA-512", content: hexOf(tarball.integrity) }];
  const properties = [
    ...files.map((file) => ({ name: "microgradwidgets:file", value: `views/static/${file}` })),
    ...(atLeast ? [{ name: "microgradwidgets:at-least-version", value: atLeast }] : []),
  ];
  return {
    type: "library",
    "bom-ref": referenceOf({ ...one, version }),
    ...(group && { group }),
    name: plain,
    ...(version && { version }),
    description: title,
    ...(hashes && { hashes }),
    licenses: [{ license: { id: licence } }],
    copyright: one.copyright.join("\n"),
    purl: referenceOf({ ...one, version }),
    externalReferences: [
      { type: "vcs", url: source },
      ...(tarball ? [{ type: "distribution", url: tarball.url, hashes }] : []),
    ],
    properties,
  };
}

const hexOf = (integrity) =>
  Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
