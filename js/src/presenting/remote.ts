/**
 * PageDown and PageUp, as a lecturer's remote sends them, for the figures in presenter mode that
 * are seen: also where none of them has the focus. At its end a figure leaves the key to the slides.
 */

import { PAGE_KEYS } from "./deckkeys.ts";
import { isField } from "./fields.ts";
import { handOver, handOverDeckKey, mayHandOver } from "./handover.ts";

/** A figure whose steps can be walked. */
export interface Walker {
  readonly root: HTMLElement;
  /** Takes one step, if there is one left that way; says whether there was. */
  walk(by: 1 | -1): boolean;
}

const walkers = new Set<Walker>();
/** Who had the focus last. */
let favourite: Walker | null = null;
let listening = new AbortController();

/** Has a figure hear the remote until `signal` ends it. */
export function hearRemote(walker: Walker, signal: AbortSignal): void {
  const { root } = walker;
  const prefer = () => {
    favourite = walker;
  };
  root.addEventListener("focusin", prefer, { signal });
  root.addEventListener("pointerdown", prefer, { signal });
  if (walkers.size === 0) listen(root.ownerDocument);
  walkers.add(walker);
  signal.addEventListener("abort", () => leave(walker), { once: true });
}

function leave(walker: Walker): void {
  walkers.delete(walker);
  if (favourite === walker) favourite = null;
  if (walkers.size === 0) listening.abort();
}

function listen(page: Document): void {
  listening = new AbortController();
  const { signal } = listening;
  // Before whatever has the focus: a slider or a table has page keys of its own.
  page.addEventListener("keydown", onPageKey, { signal, capture: true });
  page.addEventListener("keydown", onDeckKey, { signal });
}

function onPageKey(event: KeyboardEvent): void {
  const by = PAGE_KEYS.get(event.key);
  if (by === undefined || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  // Somebody else's text, or one of ours to be scrolled through.
  const [target] = event.composedPath();
  const isOurs = target instanceof Node && [...walkers].some(({ root }) => root.contains(target));
  if (target instanceof Element && isField(target) && !isOurs) return;
  if (target instanceof HTMLTextAreaElement) return;
  if (walkOne(by)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (mayHandOver(walkers)) {
    handOver(by);
  }
}

function onDeckKey(event: KeyboardEvent): void {
  if (!event.defaultPrevented && mayHandOver(walkers)) handOverDeckKey(event);
}

function walkOne(by: 1 | -1): boolean {
  const seen = [...walkers].filter(({ root }) => isSeen(root));
  const inOrder = seen.sort((a, b) => by * readingOrder(a.root, b.root));
  if (favourite !== null && seen.includes(favourite)) inOrder.unshift(favourite);
  return inOrder.some((walker) => walker.walk(by));
}

function readingOrder(a: Element, b: Element): number {
  const [here, there] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return here.top - there.top || here.left - there.left;
}

/** On the slide that is on, and most of it in the window. */
function isSeen(root: HTMLElement): boolean {
  // A deck that shows all its slides at once, or none, is walked by nobody.
  if (root.closest(".reveal.overview, .reveal.paused") !== null) return false;
  if (root.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) === false)
    return false;
  const { top, bottom, left, right } = root.getBoundingClientRect();
  return isMostly(top, bottom, innerHeight) && isMostly(left, right, innerWidth);
}

/** Whether most of a stretch is in the room, or it fills most of that. */
function isMostly(start: number, end: number, room: number): boolean {
  const shown = Math.min(end, room) - Math.max(start, 0);
  return shown > 0 && shown >= Math.min(end - start, room) / 2;
}
