/** How deep the first picture of an expression with groups is opened. */
import { Contraction } from "./contraction.ts";
import type { Groups } from "./groups.ts";
import type { Tape } from "./tape.ts";

/** Up to here all groups are open, and an opened group shows all it holds. */
export const OPEN_ALL_UP_TO = 60;
/** Of a larger expression the first picture shows about this many boxes. */
export const FIRST_PICTURE = 40;
/** Two full layers side by side have hundreds of arrows: few boxes, and still nothing to be seen. */
const MOST_ARROWS = 80;
/** Frames within frames within frames: nobody reads more. */
const DEEPEST = 12;

/**
 * The groups that are open at first: all of a small expression, else whole levels while they fit.
 * A sum is closed at first, as one operation.
 */
export function deepestFirstPicture(tape: Tape, groups: Groups): Set<number> {
  const upTo = (level: number) => {
    const open = new Set<number>();
    for (let g = 0; g < groups.count; g++) {
      if (groups.depth(g) < level && !groups.isSum(g)) open.add(g);
    }
    return open;
  };
  if (tape.count <= OPEN_ALL_UP_TO) return upTo(DEEPEST);
  let open = new Set<number>();
  for (let level = 1; level <= DEEPEST; level++) {
    const deeper = upTo(level);
    if (deeper.size === open.size || !fits(tape, groups, deeper)) break;
    open = deeper;
  }
  return open;
}

/** How many levels are open, if whole ones are; sums are no level. */
export function levelsOf(groups: Groups, open: ReadonlySet<number>): number | null {
  let levels = 0;
  for (const g of open) if (!groups.isSum(g)) levels = Math.max(levels, groups.depth(g) + 1);
  for (let g = 0; g < groups.count; g++) {
    const belongs = !groups.isSum(g) && groups.depth(g) < levels;
    if (open.has(g) !== belongs) return null;
  }
  return levels;
}

function fits(tape: Tape, groups: Groups, open: ReadonlySet<number>): boolean {
  const contraction = new Contraction(tape, groups, open);
  const items = new Set<number>();
  for (let i = 0; i < tape.count; i++) {
    const item = contraction.itemOf(i);
    if (!contraction.isQuiet(item)) items.add(item);
    if (items.size > FIRST_PICTURE) return false;
  }
  let arrows = 0;
  for (const item of items) {
    arrows += contraction.operands(item).filter((operand) => items.has(operand)).length;
  }
  return arrows <= MOST_ARROWS;
}
