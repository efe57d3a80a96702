/** The pointer over the plane: looks, clicks, and drags points. */
import type { Points } from "../training/points.ts";
import type { Plane } from "./plane.ts";

export interface PointerEvents {
  /** What there is to point at. */
  view(): { readonly plane: Plane; readonly points: Points } | null;
  /** A place, and the point there if there is one; null when the pointer has left. */
  hovered(at: Spot | null): void;
  clicked(at: Spot, isShift: boolean): void;
  /** Whether points may be dragged now. */
  mayDrag(): boolean;
  dragged(point: number, x: number, y: number): void;
  dropped(point: number): void;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly point: number | null;
}

/** How near to a point is on it, in CSS pixels: a finger covers more than a mouse points at. */
const REACH = { fine: 10, coarse: 18 };
/** A pointer that moved less than this has clicked. */
const CLICK_SLACK = 4;

interface Drag {
  readonly id: number;
  readonly point: number;
  /** As it was: moving a point may change what part of the plane is in view. */
  readonly plane: Plane;
  readonly startX: number;
  readonly startY: number;
  hasMoved: boolean;
}

export function listenToPointer(
  area: HTMLElement,
  events: PointerEvents,
  signal: AbortSignal,
): void {
  let drag: Drag | null = null;
  let endedDrag = false;

  /** The box on screen, so that it is right however the page is scaled. */
  const part = ({ clientX, clientY }: MouseEvent) => {
    const box = area.getBoundingClientRect();
    return {
      across: (clientX - box.left) / box.width,
      down: (clientY - box.top) / box.height,
      unit: box.width / Math.max(1, area.clientWidth),
      box,
    };
  };

  const spotAt = (event: MouseEvent): Spot | null => {
    const view = events.view();
    if (view === null) return null;
    const { plane, points } = view;
    const { across, down, unit, box } = part(event);
    const isCoarse = event instanceof PointerEvent && event.pointerType === "touch";
    let nearest = (isCoarse ? REACH.coarse : REACH.fine) * unit;
    let point: number | null = null;
    for (let i = 0; i < points.count; i++) {
      const dx = (plane.across(points.x(i)) - across) * box.width;
      const dy = (plane.down(points.y(i)) - down) * box.height;
      const distance = Math.hypot(dx, dy);
      if (distance > nearest) continue;
      nearest = distance;
      point = i;
    }
    return { ...plane.placeAt(across, down), point };
  };

  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => area.addEventListener(name, listener, { signal });

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    endedDrag = false;
    const spot = events.mayDrag() ? spotAt(event) : null;
    if (spot === null || spot.point === null || drag !== null) return;
    const { plane } = events.view()!;
    const { clientX: startX, clientY: startY, pointerId: id } = event;
    drag = { id, point: spot.point, plane, startX, startY, hasMoved: false };
    area.setPointerCapture(id);
  });

  on("pointermove", (event) => {
    if (drag === null) {
      if (event.pointerType !== "touch") events.hovered(spotAt(event));
      return;
    }
    if (event.pointerId !== drag.id) return;
    const travelled = Math.hypot(event.clientX - drag.startX, event.clientY - drag.startY);
    if (!drag.hasMoved && travelled < CLICK_SLACK) return;
    drag.hasMoved = true;
    const { across, down } = part(event);
    const { x, y } = drag.plane.placeAt(across, down);
    events.dragged(drag.point, x, y);
  });

  const release = (event: PointerEvent) => {
    if (drag?.id !== event.pointerId) return;
    endedDrag = drag.hasMoved;
    if (drag.hasMoved) events.dropped(drag.point);
    drag = null;
  };
  on("pointerup", release);
  on("pointercancel", release);
  on("pointerleave", () => events.hovered(null));
  on("click", (event) => {
    const spot = endedDrag ? null : spotAt(event);
    endedDrag = false;
    if (spot !== null) events.clicked(spot, event.shiftKey);
  });
}
