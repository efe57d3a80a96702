// Runs a script of the tests in Pyodide, with its arguments: node tests/pyodide.mjs trained.py
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [script, ...args] = process.argv.slice(2);
const tests = dirname(fileURLToPath(import.meta.url));
const root = dirname(tests);
const folder = process.env.PYODIDE ?? join(root, "js", "node_modules", "pyodide");
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);

const home = "/home/pyodide";
const pyodide = await loadPyodide({ indexURL: folder });
const put = (from, name, to) =>
  pyodide.FS.writeFile(`${to}/${name}`, readFileSync(join(from, name)));
const source = join(root, "microgradwidgets");
for (const folder of ["", "/teaching", "/teaching/exercises"]) {
  pyodide.FS.mkdirTree(`${home}/microgradwidgets${folder}`);
  for (const name of readdirSync(source + folder)) {
    if (name.endsWith(".py")) put(source + folder, name, `${home}/microgradwidgets${folder}`);
  }
}
put(tests, script, home);
pyodide.globals.set("arguments", pyodide.toPy([script, ...args]));
pyodide.runPython(`
import runpy, sys
print("Python", sys.version.split()[0], sys.platform)
sys.argv = list(arguments)
sys.path.insert(0, "${home}")
runpy.run_path("${home}/${script}", run_name="__main__")
`);
