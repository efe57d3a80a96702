/** Something of the picture that one can walk to: a box, or the title of an open group. */
import type { Point } from "../layout/positions.ts";

export interface Placed {
  /** A value, or a group. */
  readonly index: number;
  /** The open group it stands in, −1 if none. */
  readonly place: number;
  /** The thing itself, without the room of the badge. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Middle of the box with its badge, which is what Graphviz lines up. */
  readonly middle: Point;
  readonly group: SVGGElement;
}

export const cornerOf = ({ left, top }: Placed): Point => ({ x: left, y: top });

export const areaOf = ({ left, top, width, height }: Placed) => ({
  x: left,
  y: top,
  width,
  height,
});

export const round = (x: number): number => Math.round(x * 100) / 100;
