/** What goes wrong, in an element. */
import { mounted, type ViewOptions } from "../mounted.ts";
import { Misconceptions } from "./misconceptions.ts";

/** Shows the model's simulations in `el`; returns what takes them away again. */
export const mountMisconceptions = (options: ViewOptions): (() => void) =>
  mounted(options, (signal) => {
    new Misconceptions(options.model, options.el, options.layouts, signal).start();
  });
