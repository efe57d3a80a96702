/** The heavy module, loaded once per page: what all figures of the page share, and the way in. */
import { smallRunner, startOnPage, startWorker } from "./layout/runner.ts";
import { createLayoutService } from "./layout/service.ts";
import type { MountOptions, ViewOptions } from "./mounted.ts";
import { Pages } from "./page/pages.ts";

/** Puts the model's view into the element; returns what takes it away again. */
export interface Engine {
  mount(options: MountOptions): () => void;
}

/** What is delivered, as far as it is needed once more: for the pages that a figure can be saved as. */
export interface EngineParts {
  /** The module of the figures itself, gzipped. */
  readonly figures: Uint8Array;
  /** The script that lays graphs out; null on a page that has none. */
  readonly graphviz: string | null;
}

/** What a widget can be drawn as, by its trait `_figure`. */
export type Views = ReadonlyMap<unknown, (options: ViewOptions) => () => void>;

export function engineOf(views: Views, frame: string, parts: EngineParts): Engine {
  const { graphviz } = parts;
  const pages = new Pages(frame, parts);
  /** Its worker lives while there is a view. */
  const layouts = createLayoutService(async () => {
    if (graphviz === null) return smallRunner;
    return startWorker(graphviz).catch(() => startOnPage(graphviz));
  }, smallRunner);
  return {
    mount(options) {
      const name = options.model.get("_figure");
      const view = views.get(name);
      if (view === undefined) {
        throw new Error(`view: expected one of ${[...views.keys()].join(", ")}, got: ${name}`);
      }
      return view({ ...options, layouts, pages });
    },
  };
}
