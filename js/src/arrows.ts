/** The arrows between what is drawn: those between the same two things are one. */
import type { Expression } from "./expression.ts";
import type { Fold } from "./fold.ts";
import type { Edge } from "./graph.ts";

export interface Arrow {
  /** Items: values or closed groups. */
  readonly from: number;
  readonly to: number;
  /** All the operands that it stands for; between two values a single one. */
  readonly edges: readonly Edge[];
}

/** A leaf that came along with what uses it points at no more closed groups than this. */
export const FEW_CLOSED = 3;
/** The other leaves, inputs for instance, have no more arrows into closed groups in all. */
export const MOST_LEAF_ARROWS = 64;

export function arrowsOf(fold: Fold): Arrow[] {
  const { contraction } = fold;
  const isDrawn = (item: number) => fold.has(item);
  const arrows: Arrow[] = [];
  for (const to of fold.shown) {
    const joined = new Map<number, Edge[]>();
    const isGroup = contraction.isGroup(to);
    for (const edge of contraction.edges(to, isDrawn)) {
      const from = contraction.itemOf(edge.from);
      const known = joined.get(from);
      // Both operands of a + a are seen, as they are two terms of the gradient.
      if (known !== undefined && (isGroup || contraction.isGroup(from))) known.push(edge);
      else {
        const edges = [edge];
        joined.set(from, edges);
        arrows.push({ from, to, edges });
      }
    }
  }
  return withoutTheMany(arrows, fold);
}

/** How often a leaf is used where no arrow of it is drawn, in an expression with groups. */
export function undrawnUses({ tape, names, groups, consumers }: Expression, fold: Fold, i: number) {
  if (groups.count === 0 || i >= tape.count || names.kind(i) === "operation") return 0;
  const drawn = arrowsOf(fold).filter(({ from }) => from === i);
  return consumers.count(i) - drawn.reduce((sum, { edges }) => sum + edges.length, 0);
}

function withoutTheMany(arrows: Arrow[], fold: Fold): Arrow[] {
  const { contraction } = fold;
  const isLeaf = (item: number) =>
    !contraction.isGroup(item) && contraction.operands(item).length === 0;
  const intoClosed = arrows.filter(({ from, to }) => contraction.isOpaque(to) && isLeaf(from));
  if (intoClosed.length === 0) return arrows;
  const targets = new Map<number, number>();
  for (const { from } of intoClosed) targets.set(from, (targets.get(from) ?? 0) + 1);
  const ofThePlace = intoClosed.filter(({ from }) => !fold.isBrought(from));
  const areMany = ofThePlace.length > MOST_LEAF_ARROWS;
  const left = new Map<number, number>();
  return arrows.filter(({ from, to }) => {
    if (!contraction.isOpaque(to) || !targets.has(from)) return true;
    // It stands with what it came along with; the panel tells of its other uses.
    if (fold.isBrought(from) && contraction.feedsValue(from)) return false;
    const many = targets.get(from)!;
    if (many <= FEW_CLOSED) return true;
    if (!areMany && !fold.isBrought(from)) return true;
    if (contraction.feedsValue(from)) return false;
    // With nothing else to hold on to it would float about: a few say where it belongs.
    const count = (left.get(from) ?? 0) + 1;
    left.set(from, count);
    return count <= FEW_CLOSED;
  });
}
