/** All figures, as one module: what a notebook gets once per page. */
import pageFrame from "embedded:page";
import { mountDashboard } from "./dashboard/mount.ts";
import { restoreDashboard } from "./dashboard/restoring.ts";
import { Studios } from "./dashboard/studio.ts";
import { mountDiagram } from "./diagram/mount.ts";
import { restoreDiagram } from "./diagram/restoring.ts";
import { type Engine, type EngineParts, engineOf, type View } from "./engine.ts";
import { mountMisconceptions } from "./misconceptions/mount.ts";

export { emptyMemory, update } from "./optimizers.ts";
export { createReplay, replay } from "./replay.ts";
export { decodeTape } from "./tape.ts";

export function createEngine(parts: EngineParts): Engine {
  /** The trainings that views of the page show; each lives while there is a view of it. */
  const studios = new Studios();
  const views = new Map<string, View>([
    ["diagram", { mount: mountDiagram, restore: restoreDiagram }],
    [
      "dashboard",
      { mount: (options) => mountDashboard(options, studios), restore: restoreDashboard },
    ],
    ["misconceptions", { mount: mountMisconceptions }],
  ]);
  return engineOf(views, pageFrame, parts);
}
