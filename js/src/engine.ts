/** The heavy module, loaded once per page: everything but the few lines that ask for it. */
import layoutSource from "embedded:layout";
import { mountDashboard } from "./dashboard/mount.ts";
import { Studios } from "./dashboard/studio.ts";
import { mountDiagram } from "./diagram/mount.ts";
import { startOnPage, startWorker } from "./layout/runner.ts";
import { createLayoutService } from "./layout/service.ts";
import { mountMisconceptions } from "./misconceptions/mount.ts";
import type { MountOptions, ViewOptions } from "./mounted.ts";

export { emptyMemory, update } from "./optimizers.ts";
export { createReplay, replay } from "./replay.ts";
export { decodeTape } from "./tape.ts";

/** Shared by all views of the page; its worker lives while there is a view. */
const layouts = createLayoutService(() =>
  startWorker(layoutSource).catch(() => startOnPage(layoutSource)),
);

/** The trainings that views of the page show; each lives while there is a view of it. */
const studios = new Studios();

/** What a widget can be drawn as, by its trait `_figure`. */
const VIEWS: ReadonlyMap<unknown, (options: ViewOptions) => () => void> = new Map([
  ["diagram", mountDiagram],
  ["dashboard", (options) => mountDashboard(options, studios)],
  ["misconceptions", mountMisconceptions],
]);

/** Puts the model's view into the element; returns what takes it away again. */
export function mount(options: MountOptions): () => void {
  const name = options.model.get("_figure");
  const view = VIEWS.get(name);
  if (view === undefined) {
    throw new Error(`view: expected one of ${[...VIEWS.keys()].join(", ")}, got: ${name}`);
  }
  return view({ ...options, layouts });
}
