/** The heavy module, loaded once per page: what all figures of the page share, and the way in. */
import { pageLayouts } from "./layout/pagelayouts.ts";
import type { MountOptions, ViewOptions } from "./mounted.ts";
import { OpenPage } from "./page/openpage.ts";
import { Pages } from "./page/pages.ts";
import type { Restore, StoredTraits } from "./page/restored.ts";

/** Puts the model's view into the element; returns what takes it away again. */
export interface Engine {
  mount(options: MountOptions): () => void;
  /** The figures of a page that holds everything itself. */
  open(stored: readonly StoredTraits[]): OpenPage;
}

/** What is delivered, as far as it is needed once more: for the pages that a figure can be saved as. */
export interface EngineParts {
  /** The module of the figures itself, packed as it was delivered. */
  readonly figures: Uint8Array;
  /** The script that lays graphs out; null on a page that has none. */
  readonly graphviz: string | null;
}

/** A kind of figure: how it is drawn, and how it is brought into a state that a link asks for. */
export interface View {
  mount(options: ViewOptions): () => void;
  readonly restore?: Restore;
}

/** What a widget can be drawn as, by its trait `_figure`. */
export type Views = ReadonlyMap<unknown, View>;

export function viewOf(views: Views, figure: unknown): View {
  const view = views.get(figure);
  if (view !== undefined) return view;
  throw new Error(`view: expected one of ${[...views.keys()].join(", ")}, got: ${figure}`);
}

export function engineOf(views: Views, frame: string, parts: EngineParts): Engine {
  const { graphviz } = parts;
  const pages = new Pages(frame, parts);
  /** Its worker lives while there is a view. */
  const layouts = pageLayouts(graphviz);
  const engine: Engine = {
    mount(options) {
      const view = viewOf(views, options.model.get("_figure"));
      return view.mount({ ...options, layouts, pages });
    },
    open(stored) {
      const restoreOf = (figure: unknown) => views.get(figure)?.restore;
      return new OpenPage({ mount: engine.mount, restoreOf }, stored);
    },
  };
  return engine;
}
