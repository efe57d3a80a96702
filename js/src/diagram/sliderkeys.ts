/** The keys of a slider: arrows go one step, page keys ten. */
import { isForDeck } from "../presenting/deckkeys.ts";

const PAGE = 10;

/** How many steps a key press goes, also by two other keys; null if it is none of a slider's. */
export function stepsOf(event: KeyboardEvent, up: string, down: string): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || isForDeck(event)) return null;
  const steps: Record<string, number> = {
    [up]: 1,
    [down]: -1,
    ArrowUp: 1,
    ArrowDown: -1,
    PageUp: PAGE,
    PageDown: -PAGE,
  };
  return steps[event.key] ?? null;
}
