/** The colours of a field of scores: pale where the score is near zero, the same at every step. */
import { rampAt, type Scale, strength, type Theme } from "../diagram/colours.ts";
import type { Grid } from "./contour.ts";

/** Pinned, so that one step can be compared with another; all beyond its end looks the same. */
export const FIELD_SCALE: Scale = { most: 5, zone: 1 };

/** Steps from neutral to either end. */
const SHADES = 127;

export class FieldColours {
  readonly #channels: Uint8ClampedArray;

  constructor(theme: Theme) {
    this.#channels = new Uint8ClampedArray(3 * (2 * SHADES + 1));
    for (let n = -SHADES; n <= SHADES; n++) {
      this.#channels.set(rampAt(n / SHADES, theme), 3 * (n + SHADES));
    }
  }

  /** Paints a grid from its upper row on, one pixel for each number; nan stays transparent. */
  paint({ columns, rows, scores }: Grid, pixels: Uint8ClampedArray): void {
    const channels = this.#channels;
    for (let row = 0; row < rows; row++) {
      let to = 4 * columns * (rows - 1 - row);
      const start = row * columns;
      for (let at = start; at < start + columns; at++, to += 4) {
        const from = 3 * (shadeOf(scores[at]!) + SHADES);
        pixels[to] = channels[from]!;
        pixels[to + 1] = channels[from + 1]!;
        pixels[to + 2] = channels[from + 2]!;
        pixels[to + 3] = Number.isNaN(scores[at]!) ? 0 : 255;
      }
    }
  }
}

/** Its shade: −127 … 127; nan is neutral. */
function shadeOf(score: number): number {
  const t = strength(score, FIELD_SCALE);
  return Math.round(SHADES * Math.max(-1, Math.min(1, t))) || 0;
}
