/** Scrolling inside a part of the figure, without moving the page around it. */

/** Around what is scrolled to. */
const MARGIN = 12;

/** Where to scroll to, no further than needed, so that a stretch is in view. */
export function into(scrolled: number, room: number, start: number, length: number): number {
  if (start - MARGIN < scrolled) return start - MARGIN;
  const over = start + length + MARGIN - room;
  return over > scrolled ? over : scrolled;
}
