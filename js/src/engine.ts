/** The heavy module, loaded once per page: everything but the few lines that ask for it. */
import layoutSource from "embedded:layout";
import { type MountOptions, mountDiagram as mount } from "./diagram/mount.ts";
import { startOnPage, startWorker } from "./layout/runner.ts";
import { createLayoutService } from "./layout/service.ts";

export { emptyMemory, update } from "./optimizers.ts";
export { createReplay, replay } from "./replay.ts";
export { decodeTape } from "./tape.ts";

/** Shared by all views of the page; its worker lives while there is a view. */
const layouts = createLayoutService(() =>
  startWorker(layoutSource).catch(() => startOnPage(layoutSource)),
);

export const mountDiagram = (options: MountOptions): (() => void) => mount({ ...options, layouts });
