/** Brings the place that an address speaks of before the reader's eyes. */

/** Above it, in pixels. */
const MARGIN = 12;
/** Whatever somebody does, they have begun to read. */
const TAKING_OVER = ["wheel", "pointerdown", "keydown", "touchstart"] as const;

let before = new AbortController();

/**
 * Scrolls this window alone, also where it is a frame; not at all where the place is in sight.
 * Figures are drawn one after another and push on what is below them: until the reader takes over,
 * the place is followed.
 */
export function leadTo(place: HTMLElement): void {
  before.abort();
  const reading = new AbortController();
  const { signal } = reading;
  before = reading;
  for (const name of TAKING_OVER) {
    addEventListener(name, () => reading.abort(), { signal, capture: true, passive: true });
  }
  const observer = new ResizeObserver(() => bringUp(place));
  signal.addEventListener("abort", () => observer.disconnect());
  observer.observe(document.body);
}

function bringUp(place: HTMLElement): void {
  const { top } = place.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) scrollBy({ top: top - MARGIN, behavior: "instant" });
}
