/** The layouts of a page: by Graphviz in a worker, else on the page, else by the small layout. */
import { isWhole } from "./kept.ts";
import { smallRunner, startOnPage, startWorker } from "./runner.ts";
import { createLayoutService, type LayoutService } from "./service.ts";

/** `graphviz` is the script that lays graphs out; null on a page that has none. */
export const pageLayouts = (graphviz: string | null): LayoutService =>
  createLayoutService(
    async () => {
      if (graphviz === null || typeof WebAssembly === "undefined") return smallRunner;
      return startWorker(graphviz).catch(() => startOnPage(graphviz));
    },
    smallRunner,
    isWhole,
  );
