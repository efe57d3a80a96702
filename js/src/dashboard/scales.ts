/** From numbers to places on an axis, and the round numbers that are written beside it. */

export interface Scale {
  /** 0 at the beginning of the axis, 1 at its end; not finite for what has no place on it. */
  at(x: number): number;
  /** Only larger numbers have a place. */
  readonly above: number;
  readonly ticks: readonly number[];
}

/** About `count` round numbers between two bounds, 1, 2 or 5 times a power of ten apart. */
export function roundNumbers(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [];
  const step = roundStep((high - low) / count);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  // Powers of ten are divided by, where they are not whole: 3 / 10 is 0.3, 3 * 0.1 is not.
  const inverse = Math.round(1 / step);
  const number = (k: number) =>
    step < 1 && Number.isSafeInteger(inverse) ? k / inverse : k * step;
  return Array.from({ length: last - first + 1 }, (_, k) => number(first + k) + 0);
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

export function linearScale(low: number, high: number, count: number): Scale {
  const size = high - low;
  return {
    at: (x) => (x - low) / size,
    above: Number.NEGATIVE_INFINITY,
    ticks: roundNumbers(low, high, count),
  };
}

/** Of steps, which are whole. */
export function stepScale(last: number, count: number): Scale {
  const scale = linearScale(0, Math.max(1, last), count);
  return { ...scale, ticks: scale.ticks.filter(Number.isInteger) };
}

/** From the smallest number above zero to the largest, with a little room on both sides. */
export function logScale(least: number, most: number, count: number): Scale {
  let [low, high] = [Math.log10(least), Math.log10(most)];
  const room = Math.max(0.05 * (high - low), 0.05);
  low -= room;
  high += room;
  return {
    at: (x) => (Math.log10(x) - low) / (high - low),
    above: 0,
    ticks: decades(low, high, count),
  };
}

/** Powers of ten; between few of them also twice and five times as much. */
function decades(low: number, high: number, count: number): number[] {
  const [first, last] = [Math.ceil(low), Math.floor(high)];
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const whole: number[] = [];
  for (let k = Math.ceil(first / every) * every; k <= last; k += every)
    whole.push(Number(`1e${k}`));
  if (whole.length > 2) return whole;
  const between: number[] = [];
  for (let k = Math.floor(low); k <= last; k++) {
    for (const digit of [1, 2, 5]) {
      const x = Number(`${digit}e${k}`);
      if (Math.log10(x) >= low && Math.log10(x) <= high) between.push(x);
    }
  }
  // Within less than that, the logarithm is nearly straight.
  return between.length > 1 ? between : roundNumbers(10 ** low, 10 ** high, count);
}
