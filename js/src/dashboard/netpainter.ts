/** Paints a network: its weights as lines, its units as small pictures, its biases as marks. */
import type { NetLayout } from "./netlayout.ts";
import type { Inks } from "./pointmarks.ts";
import { PIXELS } from "./thumbnails.ts";
import type { Wiring } from "./wiring.ts";

export interface NetLook {
  readonly parameters: Float64Array;
  /** The weight from which on lines are as wide as they get. */
  readonly most: number;
  readonly inks: Inks;
  /** Wires that stand out from all others; null where none does. */
  readonly lit: readonly number[] | null;
  /** A weight or a bias. */
  readonly selected: number | null;
  /** The sheet of small pictures. */
  readonly thumbnails: CanvasImageSource;
}

export const NEGATIVE_DASH = [6, 4];
/** More lines than that are neither seen nor painted in time: the largest weights get them. */
export const MOST_LINES = 800;
const WIDEST = 4;
const THINNEST = 0.6;
/** Lines of about the same strength are drawn at once, as setting a dash for each takes long. */
const LEVELS = 10;
const DIMMED = 0.14;
/** What is lit can be followed, however small it is. */
const FAINTEST_LIT = 0.75;
const HALO = 3;

export const widthOf = (t: number): number => THINNEST + (WIDEST - THINNEST) * Math.min(1, t);
/** What is small is faint: hundreds of lines would be one grey. */
const opacityOf = (t: number): number => 0.12 + 0.78 * Math.min(1, t);
/** Half the side of a bias. */
export const biasSizeOf = (t: number): number => 1.5 + 2.5 * Math.min(1, t);

export function paintNet(
  context: CanvasRenderingContext2D,
  wiring: Wiring,
  layout: NetLayout,
  look: NetLook,
): void {
  const { wires } = wiring;
  const { parameters, lit, inks, selected } = look;
  const all = largest(wiring, parameters);
  if (lit === null) strokeWires(context, all, wiring, layout, look, opacityOf);
  else {
    const faint = (t: number) => DIMMED * opacityOf(t) + 0.02;
    const clear = (t: number) => Math.max(FAINTEST_LIT, opacityOf(t));
    const isLit = new Set(lit);
    strokeWires(
      context,
      all.filter((n) => !isLit.has(n)),
      wiring,
      layout,
      look,
      faint,
    );
    strokeWires(context, lit, wiring, layout, look, clear);
  }
  const chosen = wires.findIndex(({ parameter }) => parameter === selected);
  if (chosen >= 0) {
    const t = Math.abs(parameters[selected!]!) / look.most;
    context.lineWidth = widthOf(t) + 2 * HALO;
    context.strokeStyle = inks.ink;
    context.globalAlpha = 0.25;
    traceLines(context, layout, [chosen]);
    context.globalAlpha = 1;
    strokeWires(context, [chosen], wiring, layout, look, () => 1);
  }
  paintUnits(context, wiring, layout, look);
}

function largest({ wires }: Wiring, parameters: Float64Array): number[] {
  const all = [...wires.keys()];
  if (all.length <= MOST_LINES) return all;
  const sizes = Float64Array.from(wires, ({ parameter }) => Math.abs(parameters[parameter]!));
  const least = sizes.slice().sort()[sizes.length - MOST_LINES]!;
  return all.filter((n) => sizes[n]! >= least);
}

function strokeWires(
  context: CanvasRenderingContext2D,
  chosen: readonly number[],
  { wires }: Wiring,
  layout: NetLayout,
  { parameters, most, inks }: NetLook,
  opacity: (t: number) => number,
): void {
  const groups: number[][] = Array.from({ length: 2 * LEVELS }, () => []);
  for (const n of chosen) {
    const weight = parameters[wires[n]!.parameter]!;
    if (Number.isNaN(weight)) continue;
    const level = Math.min(LEVELS - 1, Math.floor((LEVELS * Math.abs(weight)) / most));
    groups[2 * level + (weight < 0 ? 1 : 0)]!.push(n);
  }
  for (const [k, group] of groups.entries()) {
    if (group.length === 0) continue;
    const t = ((k >> 1) + 0.5) / LEVELS;
    const isNegative = k % 2 === 1;
    context.strokeStyle = isNegative ? inks.negative : inks.positive;
    context.setLineDash(isNegative ? NEGATIVE_DASH : []);
    context.lineWidth = widthOf(t);
    context.globalAlpha = opacity(t);
    traceLines(context, layout, group);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** One by one: a single line is painted far faster than a path of many. */
function traceLines(
  context: CanvasRenderingContext2D,
  { lines }: NetLayout,
  chosen: readonly number[],
): void {
  for (const n of chosen) {
    context.beginPath();
    context.moveTo(lines[4 * n]!, lines[4 * n + 1]!);
    context.lineTo(lines[4 * n + 2]!, lines[4 * n + 3]!);
    context.stroke();
  }
}

function paintUnits(
  context: CanvasRenderingContext2D,
  { nodes }: Wiring,
  { corners, side }: NetLayout,
  { parameters, most, inks, selected, thumbnails }: NetLook,
): void {
  context.lineWidth = 1;
  for (const [n, { bias }] of nodes.entries()) {
    const { x, y } = corners[n]!;
    context.fillStyle = inks.paper;
    context.fillRect(x, y, side, side);
    context.drawImage(thumbnails, n * PIXELS, 0, PIXELS, PIXELS, x, y, side, side);
    context.strokeStyle = inks.ink;
    context.globalAlpha = 0.6;
    context.strokeRect(x, y, side, side);
    context.globalAlpha = 1;
    if (bias === null) continue;
    const value = parameters[bias]!;
    paintBias(context, { x, y: y + side }, value, Math.abs(value) / most, inks);
    if (bias === selected) {
      context.lineWidth = 2;
      context.strokeStyle = inks.ink;
      context.strokeRect(x - 8, y + side - 8, 16, 16);
      context.lineWidth = 1;
    }
  }
}

/** Full above zero, hollow below. */
function paintBias(
  context: CanvasRenderingContext2D,
  { x, y }: { readonly x: number; readonly y: number },
  value: number,
  t: number,
  inks: Inks,
): void {
  if (Number.isNaN(value) || value === 0) return;
  const half = biasSizeOf(t);
  context.fillStyle = inks.paper;
  context.fillRect(x - half - 1, y - half - 1, 2 * half + 2, 2 * half + 2);
  context.fillStyle = context.strokeStyle = value > 0 ? inks.positive : inks.negative;
  if (value > 0) context.fillRect(x - half, y - half, 2 * half, 2 * half);
  else context.strokeRect(x - half + 0.5, y - half + 0.5, 2 * half - 1, 2 * half - 1);
}
