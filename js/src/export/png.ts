/** An SVG file painted by the browser, as a PNG. */
import { exportText } from "../strings/export.ts";
import type { SvgFile } from "./svg.ts";

/** Dots for each pixel of the page. */
export const DENSITY = 2;
/** What every browser grants a canvas. */
const MOST_DOTS = 2 ** 24;
const LONGEST_SIDE = 8192;

/** Twice as dense as the page; a picture too large for that is made coarser. */
export function densityFor(width: number, height: number): number {
  const longest = LONGEST_SIDE / Math.max(width, height);
  return Math.min(DENSITY, longest, Math.sqrt(MOST_DOTS / (width * height)));
}

export async function pngOf({ text, width, height }: SvgFile): Promise<Blob> {
  const density = densityFor(width, height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode().catch(() => {
    throw new Error(exportText.noPainting);
  });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(width * density);
  canvas.height = Math.floor(height * density);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("expected a canvas to paint on, got: none");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("expected a PNG from the canvas, got: nothing"));
    canvas.toBlob((png) => (png === null ? fail() : resolve(png)), "image/png");
  });
}
