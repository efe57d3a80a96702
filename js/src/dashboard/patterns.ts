/** Numbers of a small picture where there are no hues: dots above zero, stripes below it. */
import { type Scale, strength } from "../diagram/colours.ts";
import { html } from "../diagram/dom.ts";
import { FORCED_INKS } from "./pointmarks.ts";
import type { Palette } from "./thumbnails.ts";

/** In which order the pixels of a square of four by four are filled. */
const DOTS = [
  [0, 8, 2, 10],
  [12, 4, 14, 6],
  [3, 11, 1, 9],
  [15, 7, 13, 5],
];
const PERIOD = 4;
/** Of a stripe and the gap beside it, so much is stripe at most: there must be a gap. */
const WIDEST = 3;

export class Patterns implements Palette {
  readonly #scale: Scale;
  readonly #ink: number;
  readonly #paper: number;

  constructor(scale: Scale) {
    this.#scale = scale;
    [this.#ink, this.#paper] = [pixelOf(FORCED_INKS.ink), pixelOf(FORCED_INKS.paper)];
  }

  of(x: number, row: number, column: number): number {
    if (Number.isNaN(x)) return 0;
    const t = strength(x, this.#scale);
    const isInk =
      t > 0
        ? DOTS[row % PERIOD]![column % PERIOD]! < t * PERIOD * PERIOD
        : (row + column) % PERIOD < Math.ceil(-t * WIDEST);
    return isInk ? this.#ink : this.#paper;
  }
}

/** A colour of the system as the four bytes of a pixel. */
function pixelOf(colour: string): number {
  const canvas = html("canvas");
  [canvas.width, canvas.height] = [1, 1];
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
}
