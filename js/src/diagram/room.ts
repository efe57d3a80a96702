/** How large a picture gets on its stage, and the stage on the page: on paper, in a hall, all over. */
import { seenScale } from "../presenting/largetype.ts";
import type { Frame } from "./frame.ts";

export interface Room {
  /** How large things get where there is room for more than all of them. */
  readonly largest: number;
  /** Below this the text of a box cannot be read; the first view never goes there. */
  readonly readable: number;
  /** The scale of a first view that cannot hold everything. */
  readonly comfortable: number;
  /** Of the stage, in pixels of its own. */
  readonly highest: number;
}

export const USUAL: Room = { largest: 1, readable: 0.6, comfortable: 0.75, highest: 560 };

/** In a hall a stage is as high as the window leaves it, but no lower than this. */
const LOWEST = 220;
/** Around a figure there is mostly a little. */
const BESIDE = 16;

export function roomFor(frame: Frame, isFull: boolean, isPresented: boolean): Room {
  // On a whole screen a small expression is drawn larger than life.
  const all = isFull ? { ...USUAL, largest: 2.5 } : USUAL;
  if (!isPresented) return all;
  const { root, stageBox, panel } = frame;
  const around = root.offsetHeight - stageBox.offsetHeight - panel.offsetHeight;
  const highest = Math.max(LOWEST, innerHeight / seenScale(root) - around - BESIDE);
  return { largest: isFull ? 2.5 : 1.6, readable: 0.75, comfortable: 1, highest };
}
