/** The still picture in the output beside the live one: for pages where nothing lives. */
import type { Host } from "../host.ts";

/** Hides the picture while this view is there; Python has put it in an element of this class. */
export function hideStill(model: Host, page: Document, signal: AbortSignal): void {
  const name = model.get("_still");
  if (typeof name !== "string" || !/^mgw-still-[0-9a-f]+$/.test(name)) return;
  const style = page.createElement("style");
  style.textContent = `.${name} { display: none }`;
  page.head.append(style);
  signal.addEventListener("abort", () => style.remove(), { once: true });
}
