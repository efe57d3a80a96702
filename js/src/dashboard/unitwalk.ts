/** Where the arrow keys lead in the picture of a network. */
import type { Wiring } from "./wiring.ts";

/** The unit that a key leads to; null where the key leads nowhere. */
export function unitAfter({ nodes, columns }: Wiring, at: number, key: string): number | null {
  const { column, place } = nodes[at]!;
  const own = columns[column]!;
  switch (key) {
    case "ArrowUp":
      return own[Math.max(0, place - 1)]!;
    case "ArrowDown":
      return own[Math.min(own.length - 1, place + 1)]!;
    case "Home":
      return own[0]!;
    case "End":
      return own.at(-1)!;
    case "ArrowLeft":
    case "ArrowRight": {
      const next = columns[column + (key === "ArrowLeft" ? -1 : 1)];
      if (next === undefined) return at;
      // To the one at about the same height: columns stand around the same middle.
      const height = place - (own.length - 1) / 2;
      const nearest = Math.round(height + (next.length - 1) / 2);
      return next[Math.max(0, Math.min(next.length - 1, nearest))]!;
    }
    default:
      return null;
  }
}
