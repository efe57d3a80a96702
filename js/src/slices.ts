/** Long work a little at a time, so that the page goes on living in between. */

/** Half a frame. */
const SLICE_MS = 8;

/** Does `work` for each thing; ends early, and quietly, once `signal` says so. Calls `between`
 * whenever the page gets its turn. */
export async function inSlices<T>(
  things: Iterable<T>,
  work: (thing: T) => void,
  signal: AbortSignal,
  between = () => {},
): Promise<void> {
  let end = performance.now() + SLICE_MS;
  for (const thing of things) {
    if (performance.now() > end) {
      between();
      await new Promise((resolve) => setTimeout(resolve));
      end = performance.now() + SLICE_MS;
    }
    if (signal.aborted) return;
    work(thing);
  }
}
