/** What a person asks for when a picture is to show more or less, and the sentence that answers. */
import type { Expression } from "../expression.ts";
import { type Fold, MOST_DRAWN } from "../fold.ts";
import { groupName } from "../grouped.ts";
import { text } from "../strings.ts";

export type Refolding = "more" | "toggleGroup";

/** Changes the fold; null where the picture is full, so that nothing could change. */
export function refold(
  expression: Expression,
  fold: Fold,
  what: Refolding,
  item: number,
): string | null {
  const total = expression.tape.count;
  if (what === "more") {
    const added = fold.more(item).length;
    if (added === 0) return null;
    if (expression.groups.count === 0) return text.added(added, fold.size, total);
    return text.boxesAdded(added, text.boxesShown(fold.size));
  }
  const g = fold.contraction.groupOf(item);
  const name = groupName(expression, g);
  if (!fold.has(item)) {
    fold.closeGroup(g);
    return text.closed(name, text.boxesShown(fold.size));
  }
  return fold.openGroup(g) ? text.opened(name, text.boxesShown(fold.size)) : null;
}

/** Opens so many levels of groups; says how many are open now, and whether those are all. */
export function openLevels(fold: Fold, levels: number): { words: string; isAll: boolean } {
  const isAll = fold.openLevels(levels);
  const open = fold.levels ?? 0;
  const shown = text.boxesShown(fold.size);
  return { words: isAll ? text.levelsOpen(open, shown) : text.levelsFull(open, MOST_DRAWN), isAll };
}
