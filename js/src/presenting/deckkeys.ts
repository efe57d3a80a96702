/**
 * The keys of a slide deck that a figure in presenter mode leaves alone, as reveal.js has them:
 * nothing prevents them, nothing stops them. Elsewhere a figure does with them what it likes.
 */

/** By what they are called in an event, with the codes by which reveal.js knows them. */
export const DECK_KEYS: ReadonlyMap<string, number> = new Map([
  ["Escape", 27],
  ["b", 66],
  ["f", 70],
  ["o", 79],
  ["s", 83],
  ["v", 86],
  [".", 190],
  ["/", 191],
  ["?", 191],
]);

/** What a lecturer's remote sends: which way each leads. */
export const PAGE_KEYS: ReadonlyMap<string, 1 | -1> = new Map([
  ["PageDown", 1],
  ["PageUp", -1],
]);

/** The class of a figure in presenter mode. */
export const PRESENTER = "mgw-presenter";

export const deckKeyOf = (event: KeyboardEvent): string | null => {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return DECK_KEYS.has(key) ? key : null;
};

/** Whether whoever listens stands in a figure in presenter mode. */
export const isPresented = ({ currentTarget }: Event): boolean =>
  currentTarget instanceof Element && currentTarget.closest(`.${PRESENTER}`) !== null;

/** Whether a key press is the deck's, or the remote's: then nothing in the figure may want it. */
export const isForDeck = (event: KeyboardEvent): boolean =>
  (deckKeyOf(event) !== null || PAGE_KEYS.has(event.key)) && isPresented(event);

const taken = new WeakSet<KeyboardEvent>();

/** Keeps a key press from the browser and from all that is around, unless it is the deck's. */
export function take(event: KeyboardEvent): void {
  taken.add(event);
  if (isForDeck(event)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Of a key that is on its way to the deck: whether something in the figure was closed by it. */
export const wasTaken = (event: KeyboardEvent): boolean => taken.has(event);

/** Keeps a key press from all that is around, unless it is the deck's. */
export function keepInside(event: KeyboardEvent): void {
  if (!isForDeck(event)) event.stopPropagation();
}

/** Keeps it from the page around: in presenter mode that is a deck, with letters of its own. */
export function keepFromPage(event: KeyboardEvent): void {
  if (!isPresented(event)) event.stopPropagation();
}
