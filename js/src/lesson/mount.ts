/** A lesson in an element. */
import { mounted, type ViewOptions } from "../mounted.ts";
import { Lesson } from "./lesson.ts";
import type { Put } from "./stage.ts";

/** Shows the model's scenes in `el`, with figures that are put there by `put`. */
export const mountLesson = (options: ViewOptions, put: Put): (() => void) =>
  mounted(options, (signal) => {
    new Lesson(options.model, options.el, put, signal).start();
  });
