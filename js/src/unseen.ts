/**
 * Says when the last view of a widget has left its cell: Python then takes the widget off the page,
 * so that no file keeps what nobody sees.
 */
import { type Host, quietly } from "./host.ts";

/** A cell that is run again and quick has its new output by then. */
export const GRACE_MS = 300;

/** By then a view stands in its cell. */
export const SETTLED_MS = 500;

const CELL = ".jp-Cell";

/** How many views there are of each widget that has any, by the name of its still picture. */
const views = new Map<unknown, number>();

/**
 * Counts one view. Where the cell goes with it, it was cut or the notebook closed, and both may
 * come back; where the cell stays, it was cleared or is run again.
 */
export function countView(model: Host, el: HTMLElement, signal: AbortSignal): void {
  const name = model.get("_still");
  views.set(name, (views.get(name) ?? 0) + 1);
  let cell: Element | null = null;
  const find = () => {
    cell ??= el.closest(CELL);
  };
  const timer = setTimeout(find, SETTLED_MS);
  const report = () => {
    if (!cell?.isConnected || views.has(name)) return;
    // Python looks at the number: a cell that is running may just have shown the widget again.
    quietly(() => model.send({ kind: "unseen", shown: model.get("_showings") }));
  };
  const leave = () => {
    clearTimeout(timer);
    find();
    const left = (views.get(name) ?? 1) - 1;
    if (left > 0) views.set(name, left);
    else views.delete(name);
    setTimeout(report, GRACE_MS);
  };
  signal.addEventListener("abort", leave, { once: true });
}
