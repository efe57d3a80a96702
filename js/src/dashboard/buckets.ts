/**
 * A curve of any number of steps as no more points than can be seen: of the steps that share a
 * pixel the lowest and the highest, so that no peak is lost.
 */

/** Points in pairs, x and y; a y that is not a number lifts the pen. */
export type Trace = Float64Array;

const STEPS_PER_PIXEL = 2;

/**
 * The trace of `numbers`, one for each step from 0 on, which take `width` pixels. Only finite ones
 * `above` a bound can be drawn.
 */
export function traceOf(
  numbers: Float64Array,
  width: number,
  xOf: (step: number) => number,
  yOf: (number: number) => number,
  above: number = Number.NEGATIVE_INFINITY,
): Trace {
  const count = numbers.length;
  const buckets = Math.max(1, Math.ceil(width));
  if (count <= STEPS_PER_PIXEL * buckets) return everyStep(numbers, xOf, yOf);
  const points = new Float64Array(4 * buckets + 2);
  let size = 0;
  const put = (step: number) => {
    points[size++] = xOf(step);
    points[size++] = yOf(numbers[step]!);
  };
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * count) / buckets);
    const to = Math.floor(((bucket + 1) * count) / buckets);
    const [least, most] = extremes(numbers, from, to, above);
    put(Math.min(least, most));
    if (least !== most) put(Math.max(least, most));
  }
  put(count - 1);
  return points.subarray(0, size);
}

function everyStep(
  numbers: Float64Array,
  xOf: (step: number) => number,
  yOf: (number: number) => number,
): Trace {
  const points = new Float64Array(2 * numbers.length);
  for (let step = 0; step < numbers.length; step++) {
    points[2 * step] = xOf(step);
    points[2 * step + 1] = yOf(numbers[step]!);
  }
  return points;
}

/** Where the least and the greatest that can be drawn stand; the first step where there is none. */
function extremes(
  numbers: Float64Array,
  from: number,
  to: number,
  above: number,
): [number, number] {
  let [least, most] = [from, from];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let step = from; step < to; step++) {
    const x = numbers[step]!;
    if (x < low && x > above) {
      low = x;
      least = step;
    }
    if (x > high && x > above && x < Number.POSITIVE_INFINITY) {
      high = x;
      most = step;
    }
  }
  return [least, most];
}
