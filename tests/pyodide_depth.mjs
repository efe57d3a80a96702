// Runs tests/deep_chain.py in Pyodide: node tests/pyodide_depth.mjs 1000000
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const tests = dirname(fileURLToPath(import.meta.url));
const root = dirname(tests);
const folder = process.env.PYODIDE ?? join(root, "js", "node_modules", "pyodide");
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);

const pyodide = await loadPyodide({ indexURL: folder });
const put = (from, name, to) =>
  pyodide.FS.writeFile(`${to}/${name}`, readFileSync(join(from, name)));
const source = join(root, "microgradwidgets");
pyodide.FS.mkdirTree("/home/pyodide/microgradwidgets");
for (const name of readdirSync(source)) {
  if (name.endsWith(".py")) put(source, name, "/home/pyodide/microgradwidgets");
}
put(tests, "deep_chain.py", "/home/pyodide");
const length = Number(process.argv[2] ?? 1_000_000);
pyodide.runPython(`
import sys
print("Python", sys.version.split()[0], sys.platform)
sys.path.insert(0, "/home/pyodide")
import deep_chain
deep_chain.on_the_smallest_stack(deep_chain.check_all, ${length})
`);
