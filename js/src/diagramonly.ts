/** The diagram alone, as one module: for pages that show nothing else. */
import pageFrame from "embedded:page";
import { mountDiagram } from "./diagram/mount.ts";
import { restoreDiagram } from "./diagram/restoring.ts";
import { type Engine, type EngineParts, engineOf } from "./engine.ts";

export function createEngine(parts: EngineParts): Engine {
  return engineOf(
    new Map([["diagram", { mount: mountDiagram, restore: restoreDiagram }]]),
    pageFrame,
    parts,
  );
}
