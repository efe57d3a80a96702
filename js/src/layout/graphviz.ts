/** Runs inside the worker: DOT in, positions out. Bundled alone, as one classic script. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";

/** Starts Graphviz; worth doing before the first graph is there. */
export async function warmUp(): Promise<void> {
  await Graphviz.load();
}

export async function layout(dot: string): Promise<string> {
  // "json0" is positions without drawing instructions; the package's types do not list it.
  return (await Graphviz.load()).layout(dot, "json0" as "json", "dot");
}
