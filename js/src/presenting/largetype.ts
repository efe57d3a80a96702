/** How much larger everything in a figure is drawn for a hall. */

import { followPaper, isOnPaper } from "./paper.ts";

/** The smallest type of a figure, in pixels. */
const SMALLEST = 11;
/** As large as that has to be seen where the screen has so many lines. */
const WANTED = 18;
const SCREEN = { width: 1920, height: 1080 };
/** On small screens type is larger than usual, too. */
const LEAST = 1.3;
const MOST = 4;

export interface Surroundings {
  /** Of the window, or of the screen where the window is a frame in another one. */
  readonly width: number;
  readonly height: number;
  /** How much larger than its own pixels things around are seen: a slide is scaled. */
  readonly scale: number;
}

/** By so much is a figure to be zoomed. */
export function zoomFor({ width, height, scale }: Surroundings): number {
  const share = Math.min(width / SCREEN.width, height / SCREEN.height);
  // On a slide that is scaled down all is smaller alike, so that it looks as on other screens.
  const least = LEAST * Math.min(1, scale);
  const zoom = Math.max(least, (WANTED / SMALLEST) * share) / scale;
  // Never smaller than without presenter mode, and in no finer steps than can be seen.
  return Math.min(MOST, Math.max(1, Math.ceil(zoom * 100) / 100));
}

/** How much larger than its own pixels an element is seen; 1 where it is not. */
export function seenScale(element: HTMLElement): number {
  return element.getBoundingClientRect().width / element.offsetWidth || 1;
}

/** Zooms a figure in its surroundings; takes that back where it is not to be large. */
export function followType(root: HTMLElement, changed: () => void, signal: AbortSignal): void {
  const enlarge = () => {
    const around = root.parentElement;
    if (around === null) return;
    const { width, height } =
      window.parent === window ? { width: innerWidth, height: innerHeight } : screen;
    const zoom = isOnPaper() ? "" : `${zoomFor({ width, height, scale: seenScale(around) })}`;
    if (root.style.zoom === zoom) return;
    root.style.zoom = zoom;
    changed();
  };
  // A deck fits its slides to the window, once that has changed.
  const later = () =>
    requestAnimationFrame(() => {
      if (signal.aborted) return;
      enlarge();
      changed();
    });
  addEventListener("resize", later, { signal });
  followPaper(enlarge, signal);
  const observer = new ResizeObserver(enlarge);
  observer.observe(root);
  signal.addEventListener(
    "abort",
    () => {
      observer.disconnect();
      root.style.zoom = "";
    },
    { once: true },
  );
  enlarge();
}
