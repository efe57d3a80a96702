/** A curve that runs through points, always onwards, and leaves and arrives straight. */
import type { Point } from "./positions.ts";

/**
 * Bézier pieces along x: a start, then three points for each piece. The slope at each point is
 * never steeper than a curve without swings allows (Fritsch and Carlson), and level at both ends.
 */
export function smoothCurve(points: readonly Point[]): Point[] {
  const slopes = points.map((point, n) => {
    const [before, after] = [points[n - 1], points[n + 1]];
    return before && after ? calmSlope(slope(before, point), slope(point, after)) : 0;
  });
  const curve = [points[0]!];
  for (let n = 1; n < points.length; n++) {
    const [from, to] = [points[n - 1]!, points[n]!];
    const third = (to.x - from.x) / 3;
    curve.push(
      { x: from.x + third, y: from.y + slopes[n - 1]! * third },
      { x: to.x - third, y: to.y - slopes[n]! * third },
      to,
    );
  }
  return curve;
}

const slope = (from: Point, to: Point): number => (to.y - from.y) / (to.x - from.x);

/** Level where the curve turns around; else the harmonic mean. */
const calmSlope = (a: number, b: number): number => (a * b <= 0 ? 0 : (2 * a * b) / (a + b));
