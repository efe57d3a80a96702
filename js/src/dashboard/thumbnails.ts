/** Small pictures of what every unit makes of the plane, all on one sheet. */
import { rampAt, type Scale, strength, type Theme } from "../diagram/colours.ts";
import { html } from "../diagram/dom.ts";
import type { Field } from "../training/session.ts";
import { FIELD_SCALE } from "./fieldcolours.ts";
import { Patterns } from "./patterns.ts";
import type { Activation, Wiring } from "./wiring.ts";

/** Pixels of a small picture on either side. */
export const PIXELS = 24;

/** Outputs of a tanh do not go farther than 1; all others are painted as the scores are. */
export const scaleFor = (activation: Activation): Scale =>
  activation === "tanh" ? { most: 1, zone: 1 } : FIELD_SCALE;

/** What a pixel shows, by the number there. */
export interface Palette {
  /** As four bytes; transparent where there is no number. */
  of(x: number, row: number, column: number): number;
}

/** So many shades from one end of a scale to the other. */
const SHADES = 255;

export class Thumbnails {
  readonly canvas = html("canvas");
  #image: ImageData | null = null;
  #palettes: { look: string; byActivation: Map<Activation, Palette> } | null = null;

  /**
   * Paints the sheet anew: the picture of node n stands at n · PIXELS. In forced colours, which
   * have no hues, by patterns.
   */
  paint({ nodes }: Wiring, field: Field, theme: Theme, isForced: boolean): void {
    const width = PIXELS * nodes.length;
    if (this.#image?.width !== width) {
      [this.canvas.width, this.canvas.height] = [width, PIXELS];
      this.#image = new ImageData(width, PIXELS);
    }
    const look = isForced ? "forced" : theme;
    // The few colours that are forced may be others by now, and are asked for anew.
    if (isForced || this.#palettes?.look !== look)
      this.#palettes = { look, byActivation: new Map() };
    const pixels = new Uint32Array(this.#image.data.buffer);
    const picks = picksOf(field);
    for (const [n, { column, place, activation }] of nodes.entries()) {
      const palette = this.#paletteFor(activation, theme, isForced);
      if (column === 0) paintInput(pixels, width, n * PIXELS, field, place, palette);
      else {
        const numbers = field.units[column - 1]![place]!;
        paintUnit(pixels, width, n * PIXELS, numbers, picks, palette);
      }
    }
    this.canvas.getContext("2d")?.putImageData(this.#image, 0, 0);
  }

  #paletteFor(activation: Activation, theme: Theme, isForced: boolean): Palette {
    const { byActivation } = this.#palettes!;
    const scale = scaleFor(activation);
    const make = () => (isForced ? new Patterns(scale) : new Shades(scale, theme));
    const palette = byActivation.get(activation) ?? make();
    byActivation.set(activation, palette);
    return palette;
  }
}

/** Colours by number, looked up: logarithms for twenty thousand pixels a frame would take long. */
class Shades implements Palette {
  readonly #most: number;
  readonly #shades = new Uint32Array(2 * SHADES + 1);

  constructor(scale: Scale, theme: Theme) {
    this.#most = scale.most;
    const bytes = new Uint8ClampedArray(this.#shades.buffer);
    for (let n = -SHADES; n <= SHADES; n++) {
      const colour = rampAt(strength((n / SHADES) * scale.most, scale), theme);
      bytes.set([...colour, 255], 4 * (n + SHADES));
    }
  }

  of(x: number): number {
    const t = x / this.#most;
    if (Number.isNaN(t)) return 0;
    return this.#shades[Math.round(SHADES * (Math.max(-1, Math.min(1, t)) + 1))]!;
  }
}

/** Which numbers of a field the pixels show, from the upper row on. */
function picksOf({ columns, rows }: Field): Int32Array {
  const picks = new Int32Array(PIXELS * PIXELS);
  for (let row = 0; row < PIXELS; row++) {
    const from = Math.round(((PIXELS - 1 - row) / (PIXELS - 1)) * (rows - 1)) * columns;
    for (let column = 0; column < PIXELS; column++) {
      picks[row * PIXELS + column] = from + Math.round((column / (PIXELS - 1)) * (columns - 1));
    }
  }
  return picks;
}

function paintUnit(
  pixels: Uint32Array,
  width: number,
  left: number,
  numbers: Float32Array,
  picks: Int32Array,
  palette: Palette,
): void {
  for (let row = 0, n = 0; row < PIXELS; row++) {
    const end = row * width + left + PIXELS;
    for (let to = end - PIXELS, column = 0; to < end; to++, n++, column++)
      pixels[to] = palette.of(numbers[picks[n]!]!, row, column);
  }
}

/** What comes in is the coordinate itself. */
function paintInput(
  pixels: Uint32Array,
  width: number,
  left: number,
  field: Field,
  side: number,
  palette: Palette,
): void {
  for (let row = 0; row < PIXELS; row++) {
    for (let column = 0; column < PIXELS; column++) {
      const across = field.left + (column / (PIXELS - 1)) * (field.right - field.left);
      const up = field.top - (row / (PIXELS - 1)) * (field.top - field.bottom);
      pixels[row * width + left + column] = palette.of(side === 0 ? across : up, row, column);
    }
  }
}
