/** The part of the plane that is in view, and how its coordinates become places in the picture. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Coordinates are told, and set by hand, in so many parts of the width at least. */
const FINENESS = 500;

export class Plane {
  readonly bounds: Bounds;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
  }

  /** 0 at the left, 1 at the right. */
  across(x: number): number {
    const { left, right } = this.bounds;
    return (x - left) / (right - left);
  }

  /** 0 at the top, 1 at the bottom. */
  down(y: number): number {
    const { bottom, top } = this.bounds;
    return (top - y) / (top - bottom);
  }

  /** The place at these parts of the width and height; never outside, and with few digits. */
  placeAt(across: number, down: number): { x: number; y: number } {
    const { left, right, bottom, top } = this.bounds;
    const part = (t: number) => Math.max(0, Math.min(1, t));
    return {
      x: this.rounded(left + part(across) * (right - left)),
      y: this.rounded(top - part(down) * (top - bottom)),
    };
  }

  rounded(x: number): number {
    const { left, right } = this.bounds;
    const decimals = Math.ceil(Math.log10(FINENESS / (right - left)));
    return Number(x.toFixed(Math.max(0, Math.min(100, decimals))));
  }
}

/** Round numbers between two ends: at most `most` of them, 1, 2 or 5 · 10ⁿ apart. */
export function ticks(low: number, high: number, most: number): number[] {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 5, 10].find((n) => n * power >= least)!;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  const decimals = Math.max(0, Math.min(100, -Math.floor(Math.log10(step))));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(decimals)),
  );
}
