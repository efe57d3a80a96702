/** The few shapes that a chart consists of, to be painted on a screen or written to a file. */
import type { Theme } from "../diagram/colours.ts";
import type { Trace } from "./buckets.ts";

export type Ink = keyof (typeof INKS)["light"];
export type Inks = Readonly<Record<Ink, string>>;

/** On these papers, what is written has a contrast of 4.5 : 1, and what is drawn one of 3 : 1. */
const INKS = {
  light: {
    paper: "#ffffff",
    text: "#16191d",
    soft: "#4f5863",
    grid: "#e3e7ec",
    frame: "#77818d",
    total: "#16191d",
    data: "#00757d",
    penalty: "#7d4bb8",
    test: "#b32268",
    ghost: "#77818d",
    now: "#0864a0",
    warn: "#a33b00",
  },
  dark: {
    paper: "#16191d",
    text: "#f0f3f6",
    soft: "#a9b3be",
    grid: "#2c333b",
    frame: "#8793a0",
    total: "#f0f3f6",
    data: "#3fc3cb",
    penalty: "#b894ea",
    test: "#f27fb2",
    ghost: "#8793a0",
    now: "#6cb8ee",
    warn: "#ffa35c",
  },
} as const;

/** Where a person's own colours replace all others, dashes tell the lines apart. */
const FORCED: Inks = {
  paper: "Canvas",
  text: "CanvasText",
  soft: "CanvasText",
  grid: "GrayText",
  frame: "CanvasText",
  total: "CanvasText",
  data: "CanvasText",
  penalty: "CanvasText",
  test: "CanvasText",
  ghost: "GrayText",
  now: "Highlight",
  warn: "CanvasText",
};

export const inksOf = (theme: Theme, isForced = false): Inks => (isForced ? FORCED : INKS[theme]);

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Stroke {
  readonly ink: Ink;
  readonly width: number;
  readonly dash: readonly number[];
}

export type Shape =
  | { readonly kind: "line"; readonly points: Trace; readonly stroke: Stroke }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly words: string;
      readonly ink: Ink;
      readonly anchor: "start" | "middle" | "end";
      readonly isBold?: boolean;
      /** Legible over lines. */
      readonly hasHalo?: boolean;
    }
  | {
      readonly kind: "dot";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly ink: Ink;
      readonly isHollow?: boolean;
    }
  /** What is seen of them within a box. */
  | { readonly kind: "within"; readonly box: Box; readonly shapes: readonly Shape[] };

export const TEXT_SIZE = 11;
export const HALO = 3;

export const segment = (x1: number, y1: number, x2: number, y2: number, stroke: Stroke): Shape => ({
  kind: "line",
  points: Float64Array.of(x1, y1, x2, y2),
  stroke,
});
