/** From a number to a colour: sign by hue, size by strength, on a symmetric logarithmic scale. */

export type Theme = "light" | "dark";
type Rgb = readonly [number, number, number];

/** The ends keep the theme's text readable (4.5 : 1), which is why they differ by theme. */
const RAMPS: Record<Theme, { negative: Rgb; zero: Rgb; positive: Rgb }> = {
  light: { negative: [247, 165, 76], zero: [241, 243, 245], positive: [105, 182, 230] },
  dark: { negative: [150, 82, 8], zero: [44, 49, 56], positive: [10, 96, 150] },
};

export interface Scale {
  /** Size of the largest number, at least the zone's. */
  readonly most: number;
  /** Inside ± this the scale is linear, so that it can pass through zero. */
  readonly zone: number;
}

/** The zone is a power of ten, one to two decades below the largest number. */
export function scaleOf(numbers: ArrayLike<number>): Scale {
  let most = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  if (most === 0) return { most: 1, zone: 0.1 };
  const zone = 10 ** (Math.floor(Math.log10(most)) - 1);
  // So close to the smallest double that its tenth is zero: all of it is linear then.
  return { most, zone: zone > 0 ? zone : most };
}

/** −1 … 1; infinities are the ends, and NaN stays NaN. */
export function strength(x: number, { most, zone }: Scale): number {
  if (x === 0) return 0;
  if (!Number.isFinite(x)) return x > 0 ? 1 : x < 0 ? -1 : Number.NaN;
  return (Math.sign(x) * Math.log1p(Math.abs(x) / zone)) / Math.log1p(most / zone);
}

export function colourOf(x: number, scale: Scale, theme: Theme): string {
  const t = strength(x, scale);
  return Number.isNaN(t) ? neutral(theme) : `rgb(${rampAt(t, theme).join(", ")})`;
}

/** The colour of a strength: what is beyond ±1 looks like ±1. */
export function rampAt(t: number, theme: Theme): number[] {
  const { negative, zero, positive } = RAMPS[theme];
  const end = t < 0 ? negative : positive;
  const amount = Math.min(1, Math.abs(t));
  return zero.map((from, i) => Math.round(from + amount * (end[i]! - from)));
}

export const neutral = (theme: Theme): string => `rgb(${RAMPS[theme].zero.join(", ")})`;
