/** A way back to what some sets held once. */
export interface Bookmark {
  /** Whether they hold the same now. */
  isHere(): boolean;
  goBack(): void;
}

/** Calls `also` on the way back. */
export function bookmark(sets: readonly Set<number>[], also: () => void): Bookmark {
  const kept = sets.map((set) => [set, new Set(set)] as const);
  return {
    isHere: () =>
      kept.every(([set, items]) => set.size === items.size && [...items].every((n) => set.has(n))),
    goBack() {
      for (const [set, items] of kept) {
        set.clear();
        for (const item of items) set.add(item);
      }
      also();
    },
  };
}
