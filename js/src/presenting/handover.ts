/**
 * From a frame in a slide to the deck around it, by the messages that reveal.js takes: a frame that
 * has the focus has all the keys, and the deck hears none of them.
 */
import { DECK_KEYS, deckKeyOf } from "./deckkeys.ts";
import { isTextField } from "./fields.ts";

/** In a frame, unless the deck itself is in there. */
export const mayHandOver = (figures: Iterable<{ readonly root: Element }>): boolean =>
  window.parent !== window && [...figures].every(({ root }) => root.closest(".reveal") === null);

/** To the next slide or the one before; from there on the keys are the deck's. */
export function handOver(by: 1 | -1): void {
  tellDeck(by === 1 ? "next" : "prev");
  window.parent.focus();
}

/** A key of the deck that was pressed in here, unless it was typed into a field. */
export function handOverDeckKey(event: KeyboardEvent): void {
  const key = deckKeyOf(event);
  const [target] = event.composedPath();
  if (key === null || (target instanceof Element && isTextField(target))) return;
  if (key === "?") tellDeck("toggleHelp");
  else tellDeck("triggerKey", DECK_KEYS.get(key));
  // Esc gives everything back, and the overview is walked by keys.
  if (key === "Escape" || key === "o") window.parent.focus();
}

function tellDeck(method: string, ...args: unknown[]): void {
  window.parent.postMessage(JSON.stringify({ method, args }), "*");
}
