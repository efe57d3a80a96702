/** Where a host comes in: a diagram in an element, and the way to take it away again. */
import type { Host } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import { Diagram } from "./diagram.ts";
import { hideStill } from "./still.ts";

export interface MountOptions {
  model: Host;
  el: HTMLElement;
  signal?: AbortSignal | undefined;
}

/** Draws the model's expression into `el`; returns what takes it away again. */
export function mountDiagram(options: MountOptions & { layouts: LayoutService }): () => void {
  const ended = new AbortController();
  const end = () => ended.abort();
  if (options.signal?.aborted) return end;
  options.signal?.addEventListener("abort", end, { once: true, signal: ended.signal });
  hideStill(options.model, options.el.ownerDocument, ended.signal);
  new Diagram(options.model, options.el, options.layouts, ended.signal).start();
  return end;
}
