/** Pointer and wheel. Nothing is taken from the page before the figure has the focus. */
import { holdsFocus } from "./dom.ts";
import type { Grip } from "./part.ts";
import type { Viewport } from "./viewport.ts";

export interface GestureEvents {
  /** A plain wheel over the picture: the page scrolls, a hint may help. */
  wheelRefused(): void;
  clicked(target: Element): void;
  doubleClicked(target: Element, event: MouseEvent): void;
  /** What a pointer takes hold of here; null to move the picture. */
  taken(target: Element, event: PointerEvent): Grip | null;
  hovered(target: Element | null, event: PointerEvent): void;
  /** A person has chosen another part of the picture. */
  moved(): void;
}

/** A pointer that moved less than this has clicked. */
const CLICK_SLACK = 4;

export function listenToGestures(
  root: HTMLElement,
  stage: SVGSVGElement,
  viewport: Viewport,
  events: GestureEvents,
  signal: AbortSignal,
): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  let held: { grip: Grip; id: number; x: number } | null = null;
  const on = <K extends keyof SVGElementEventMap>(
    name: K,
    listener: (event: SVGElementEventMap[K]) => void,
    passive = true,
  ) => stage.addEventListener(name, listener, { signal, passive });

  on(
    "wheel",
    (event) => {
      const wantsZoom = event.ctrlKey || event.metaKey;
      if (!wantsZoom || !holdsFocus(root)) return events.wheelRefused();
      event.preventDefault();
      // Line-wise and page-wise wheels report small numbers, a mouse up to 120 a notch.
      const notch = event.deltaMode === 0 ? 100 : 3;
      const turns = Math.max(-1, Math.min(1, event.deltaY / notch));
      viewport.zoom(1.25 ** -turns, viewport.pointAt(event));
      events.moved();
    },
    false,
  );

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, viewport.pointAt(event));
    const grip = pointers.size === 1 ? events.taken(event.target as Element, event) : null;
    held = grip && { grip, id: event.pointerId, x: viewport.pointAt(event).x };
    events.hovered(null, event);
  });

  on("pointermove", (event) => {
    // Released outside of the picture, before it was captured.
    if (event.buttons === 0) pointers.delete(event.pointerId);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === "mouse") events.hovered(event.target as Element, event);
      return;
    }
    const now = viewport.pointAt(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    travelled += Math.hypot(dx, dy);
    if (travelled < CLICK_SLACK) return;
    // Captured only now: a capture from the start would turn the click away from its box.
    if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
    if (held !== null && other === undefined) return held.grip.move(now.x - held.x, event.shiftKey);
    events.moved();
    if (other === undefined) return viewport.pan(dx, dy);
    const gap = (point: { x: number; y: number }) =>
      Math.hypot(point.x - other.x, point.y - other.y);
    viewport.zoom(gap(now) / Math.max(1, gap(before)), other);
  });

  const release = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (held?.id !== event.pointerId) return;
    if (travelled >= CLICK_SLACK) held.grip.end();
    held = null;
  };
  on("pointerup", release);
  on("pointercancel", release);
  on("pointerleave", (event) => events.hovered(null, event));
  on("click", (event) => {
    const endsDrag = travelled >= CLICK_SLACK;
    // A click made by a key or a screen reader comes without a pointer, so none must stay counted.
    travelled = 0;
    if (!endsDrag) events.clicked(event.target as Element);
  });
  on("dblclick", (event) => events.doubleClicked(event.target as Element, event));
}
