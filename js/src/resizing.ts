/**
 * Calls back whenever the size of one of these elements has changed, with the next frame: what is
 * watched must not change while the browser tells of it, which it would report as an error of the
 * page ("ResizeObserver loop").
 */
export function followSize(
  elements: readonly Element[],
  changed: () => void,
  signal: AbortSignal,
): void {
  const follow = (): void => {
    if (!signal.aborted) changed();
  };
  const observer = new ResizeObserver(() => requestAnimationFrame(follow));
  for (const element of elements) observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
