/**
 * How far the arrows of a picture reach over others: what Graphviz takes its time for. A value used
 * at every step of a chain has to be led past all steps in between.
 */
interface Ends<Name> {
  readonly from: Name;
  readonly to: Name;
}

/** A picture that reaches further may take more than a second to lay out. */
export const LONG_REACH = 1250;

/** How many ranks all arrows together pass by; they stand in the order of what they lead to. */
export function reachOf<Name>(arrows: readonly Ends<Name>[]): number {
  const ranks = new Map<Name, number>();
  const nearest = new Map<Name, number>();
  for (const { from, to } of arrows) {
    const rank = Math.max(ranks.get(to) ?? 0, (ranks.get(from) ?? 0) + 1);
    ranks.set(to, rank);
  }
  for (const { from, to } of arrows) {
    nearest.set(from, Math.min(nearest.get(from) ?? Number.POSITIVE_INFINITY, ranks.get(to)!));
  }
  let reach = 0;
  for (const { from, to } of arrows) {
    // What is made from nothing stands right before what uses it first.
    reach += ranks.get(to)! - (ranks.get(from) ?? nearest.get(from)! - 1) - 1;
  }
  return reach;
}
