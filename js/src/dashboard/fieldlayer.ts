/** The lower canvas of the boundary: the field of scores and its lines. */
import type { Theme } from "../diagram/colours.ts";
import { html } from "../diagram/dom.ts";
import { prepared, type Size } from "./canvas.ts";
import { contour, type Grid } from "./contour.ts";
import { FieldColours } from "./fieldcolours.ts";
import type { Inks } from "./pointmarks.ts";

/** Solid where the class changes; dashed and dotted where the margin begins. */
export const LINES = [
  { level: 0, width: 2.25, dashes: [] },
  { level: 1, width: 1.25, dashes: [7, 4] },
  { level: -1, width: 1.25, dashes: [1.5, 3] },
] as const;

/** Where the class changes in another run. */
export const OTHER_LINE = { level: 0, width: 1.5, dashes: [9, 3, 2, 3] } as const;

/** About so far apart stand the signs that say on which side one is. */
const SIGN_GAP = 72;
const SIGN_SIZE = 3.5;
const HATCH_GAP = 8;

export class FieldLayer {
  readonly element = html("canvas", { class: "mgw-boundary-field" });
  readonly #small = html("canvas");
  #image: ImageData | null = null;
  #colours: { theme: Theme; colours: FieldColours } | null = null;

  /** In forced colours there is no hue to see, and signs alone tell the sides. */
  paint(
    { field, other }: { readonly field: Grid; readonly other: Grid | null },
    size: Size,
    theme: Theme,
    inks: Inks,
    isForced: boolean,
  ): void {
    const context = prepared(this.element, size);
    if (context === null) return;
    context.fillStyle = inks.paper;
    context.fillRect(0, 0, size.width, size.height);
    if (field.scores.some(Number.isNaN)) hatch(context, size, inks.ink);
    if (!isForced) this.#paintColours(context, field, size, theme);
    context.strokeStyle = inks.ink;
    context.globalAlpha = isForced ? 1 : 0.45;
    strokeSigns(context, field, size);
    context.globalAlpha = 1;
    for (const line of LINES) strokeLine(context, field, line, size);
    if (other !== null) strokeLine(context, other, OTHER_LINE, size);
    context.setLineDash([]);
  }

  #paintColours(
    context: CanvasRenderingContext2D,
    field: Grid,
    { width, height }: Size,
    theme: Theme,
  ): void {
    const { columns, rows } = field;
    const small = this.#small;
    if (small.width !== columns || small.height !== rows || this.#image === null) {
      [small.width, small.height] = [columns, rows];
      this.#image = new ImageData(columns, rows);
    }
    if (this.#colours?.theme !== theme) this.#colours = { theme, colours: new FieldColours(theme) };
    this.#colours.colours.paint(field, this.#image.data);
    small.getContext("2d")?.putImageData(this.#image, 0, 0);
    // The outermost grid points lie on the border, so half of their pixels lie beyond it.
    const [dx, dy] = [width / (columns - 1), height / (rows - 1)];
    context.imageSmoothingEnabled = true;
    context.drawImage(small, -dx / 2, -dy / 2, width + dx, height + dy);
  }
}

interface LineStyle {
  readonly level: number;
  readonly width: number;
  readonly dashes: readonly number[];
}

function strokeLine(
  context: CanvasRenderingContext2D,
  grid: Grid,
  style: LineStyle,
  { width, height }: Size,
): void {
  const [dx, dy] = [width / (grid.columns - 1), height / (grid.rows - 1)];
  context.lineWidth = style.width;
  context.setLineDash([...style.dashes]);
  context.beginPath();
  for (const line of contour(grid, style.level)) {
    for (let n = 0; n < line.length; n += 2) {
      const [x, y] = [line[n]! * dx, height - line[n + 1]! * dy];
      if (n === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.stroke();
}

/** A few + and − at places that stay the same. */
function strokeSigns(context: CanvasRenderingContext2D, field: Grid, size: Size): void {
  context.lineWidth = 1;
  context.beginPath();
  for (const { across, down, isPositive } of signs(field, size)) {
    const [x, y] = [across * size.width, down * size.height];
    context.moveTo(x - SIGN_SIZE, y);
    context.lineTo(x + SIGN_SIZE, y);
    if (!isPositive) continue;
    context.moveTo(x, y - SIGN_SIZE);
    context.lineTo(x, y + SIGN_SIZE);
  }
  context.stroke();
}

export interface Sign {
  readonly across: number;
  readonly down: number;
  readonly isPositive: boolean;
}

export function signs({ columns, rows, scores }: Grid, { width, height }: Omit<Size, "ratio">) {
  const many = (length: number) => Math.max(1, Math.round(length / SIGN_GAP));
  const [across, down] = [many(width), many(height)];
  const found: Sign[] = [];
  for (let j = 0; j < down; j++) {
    for (let i = 0; i < across; i++) {
      const [u, v] = [(i + 0.5) / across, (j + 0.5) / down];
      const column = Math.round(u * (columns - 1));
      const score = scores[Math.round((1 - v) * (rows - 1)) * columns + column]!;
      if (score !== 0 && !Number.isNaN(score)) {
        found.push({ across: u, down: v, isPositive: score > 0 });
      }
    }
  }
  return found;
}

/** Where there is no score there is no colour either. */
function hatch(context: CanvasRenderingContext2D, { width, height }: Size, ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (let x = -height; x < width; x += HATCH_GAP) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.globalAlpha = 1;
}
