/** Canvases that are sharp on every screen, and in a slide that is larger than life. */
import { seenScale } from "../presenting/largetype.ts";
import { isOnPaper } from "../presenting/paper.ts";

/** A printer has more dots than most screens. At 3 what Chromium prints is a little too small. */
const ON_PAPER = 2;

/** How many device pixels a CSS pixel of an element is to have. */
export function sharpness(element: HTMLElement): number {
  if (isOnPaper()) return ON_PAPER;
  return devicePixelRatio * Math.max(1, Math.round(100 * seenScale(element)) / 100);
}

/** In CSS pixels, and how many device pixels one of them has. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** A canvas of that size, empty, to be drawn on in CSS pixels; null where there is none to be had. */
export function prepared(canvas: HTMLCanvasElement, size: Size): CanvasRenderingContext2D | null {
  const width = Math.max(1, Math.round(size.width * size.ratio));
  const height = Math.max(1, Math.round(size.height * size.ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  context?.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  return context;
}
