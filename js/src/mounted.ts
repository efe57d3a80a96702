/** Where a host comes in: a view in an element, and the way to take it away again. */
import { hideStill } from "./diagram/still.ts";
import type { Host } from "./host.ts";
import type { LayoutService } from "./layout/service.ts";
import type { Pages } from "./page/pages.ts";

export interface MountOptions {
  model: Host;
  el: HTMLElement;
  signal?: AbortSignal | undefined;
  /** To the page that the figure stands in; none where that has no address of its own. */
  link?: Link | null | undefined;
}

/** A way to lead others to a figure as it is now. */
export interface Link {
  to(trait: (name: string) => unknown): string;
  /** What the page was made with. */
  madeWith(name: string): unknown;
}

/** With what the views of a page share. */
export interface ViewOptions extends MountOptions {
  readonly layouts: LayoutService;
  /** Missing for a figure inside another one, which is saved with that. */
  readonly pages?: Pages | undefined;
}

/** Starts a view with a signal that ends it; returns what gives that signal. */
export function mounted(options: MountOptions, start: (signal: AbortSignal) => void): () => void {
  const ended = new AbortController();
  const end = () => ended.abort();
  if (options.signal?.aborted) return end;
  options.signal?.addEventListener("abort", end, { once: true, signal: ended.signal });
  hideStill(options.model, options.el.ownerDocument, ended.signal);
  start(ended.signal);
  return end;
}
