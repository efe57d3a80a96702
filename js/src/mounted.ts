/** Where a host comes in: a view in an element, and the way to take it away again. */
import { Still } from "./diagram/still.ts";
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

/**
 * Starts a view with a signal that ends it; returns what gives that signal. A view that tells when
 * there is something to see waits unseen until then, with the still picture in its place; one that
 * cannot be started leaves nothing behind but the error.
 */
export function mounted(
  options: MountOptions,
  start: (signal: AbortSignal) => Promise<void> | void,
): () => void {
  const { model, el, signal } = options;
  const ended = new AbortController();
  const end = () => ended.abort();
  if (signal?.aborted) return end;
  signal?.addEventListener("abort", end, { once: true, signal: ended.signal });
  const there = new Set(el.childNodes);
  const own = () => [...el.childNodes].filter((node) => !there.has(node));
  try {
    const still = new Still(model, el.ownerDocument, ended.signal);
    const ready = start(ended.signal);
    if (ready === undefined || !still.isThere) still.hide();
    else {
      const uncover = cover(own());
      void ready.finally(() => {
        uncover();
        still.hide();
      });
    }
  } catch (error) {
    end();
    for (const node of own()) node.remove();
    throw error;
  }
  return end;
}

const UNSEEN = { visibility: "hidden", height: "0", overflow: "hidden" } as const;

/** A view that has its width, but takes no room yet. */
function cover(nodes: readonly Node[]): () => void {
  const covered = nodes.filter((node) => node instanceof HTMLElement);
  const names = Object.keys(UNSEEN) as (keyof typeof UNSEEN)[];
  for (const { style } of covered) for (const name of names) style[name] = UNSEEN[name];
  return () => {
    for (const { style } of covered) for (const name of names) style[name] = "";
  };
}
