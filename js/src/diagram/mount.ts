/** A diagram in an element. */
import { keptLayouts } from "../layout/kept.ts";
import { mounted, type ViewOptions } from "../mounted.ts";
import { Diagram } from "./diagram.ts";

/** Draws the model's expression into `el`; returns what takes it away again. */
export const mountDiagram = (options: ViewOptions): (() => void) =>
  mounted(options, (signal) => {
    const layouts = keptLayouts(options.layouts, options.model);
    return new Diagram({ ...options, layouts }, signal).start();
  });
