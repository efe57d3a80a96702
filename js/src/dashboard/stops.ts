/**
 * The numbers that a slider stops at, in order. A slider goes from stop to stop, however far apart
 * they are; what is typed may lie between them.
 */
export type Stops = readonly number[];

/** Evenly from `low` to `high`. */
export function evenStops(low: number, high: number, step: number): Stops {
  const count = Math.round((high - low) / step);
  return Array.from({ length: count + 1 }, (_, i) => rounded(low + i * step, 12));
}

/** So many to each power of ten. */
const PER_POWER = 20;

/** By the same factor again and again, as two digits allow; ends with `high` itself. */
export function logStops(low: number, high: number): Stops {
  return risingTo(high, low, (x) => rounded(x, 2));
}

/** The same for counts. */
export function countStops(high: number): Stops {
  return risingTo(high, 1, (x) => Math.round(rounded(x, 2)));
}

function risingTo(high: number, low: number, written: (x: number) => number): Stops {
  const stops: number[] = [];
  for (let i = 0; ; i++) {
    const stop = written(low * 10 ** (i / PER_POWER));
    if (stop >= high) return [...stops, high];
    if (stop !== stops.at(-1)) stops.push(stop);
  }
}

const rounded = (x: number, digits: number): number => Number(x.toPrecision(digits));

/** The place of the stop next to a number. */
export function placeOf(x: number, stops: Stops): number {
  const above = stops.findIndex((stop) => stop >= x);
  if (above === -1) return stops.length - 1;
  if (above === 0) return 0;
  return stops[above]! - x <= x - stops[above - 1]! ? above : above - 1;
}

/** So many stops further, from wherever a number lies; never beyond the first and the last. */
export function moved(x: number, by: number, stops: Stops): number {
  const next = by > 0 ? stops.findIndex((stop) => stop > x) : stops.findLastIndex((s) => s < x);
  // Already beyond what the slider reaches.
  if (next === -1) return x;
  const place = next + by - Math.sign(by);
  return stops[Math.min(stops.length - 1, Math.max(0, place))]!;
}
