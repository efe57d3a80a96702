/** A dashboard in an element. */
import { mounted, type ViewOptions } from "../mounted.ts";
import { Dashboard } from "./dashboard.ts";
import type { Studios } from "./studio.ts";

/** Trains the model's network in `el`; returns what takes it away again. */
export const mountDashboard = (options: ViewOptions, studios: Studios): (() => void) =>
  mounted(options, (signal) => {
    new Dashboard(options, studios, signal).start();
  });
