/** All figures, as one module: what a notebook gets once per page. */
import pageFrame from "embedded:page";
import { mountDashboard } from "./dashboard/mount.ts";
import { restoreDashboard } from "./dashboard/restoring.ts";
import { Studios } from "./dashboard/studio.ts";
import { mountDiagram } from "./diagram/mount.ts";
import { restoreDiagram } from "./diagram/restoring.ts";
import { type Engine, type EngineParts, engineOf, type View, viewOf } from "./engine.ts";
import { mountLesson } from "./lesson/mount.ts";
import { restoreLesson } from "./lesson/restoring.ts";
import { mountMisconceptions } from "./misconceptions/mount.ts";

import type { ViewOptions } from "./mounted.ts";

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
  /** A figure inside another one, by what its own model says that it is. */
  const put = (options: ViewOptions) => viewOf(views, options.model.get("_figure")).mount(options);
  views.set("lesson", {
    mount: (options) =>
      mountLesson(options, (inner) => put({ ...inner, layouts: options.layouts })),
    restore: restoreLesson,
  });
  return engineOf(views, pageFrame, parts);
}
