/** Text to the clipboard, in pages that may use it and in pages that may not. */
import { html } from "../diagram/dom.ts";

/** Says whether the text is there now. `near` is where a helper may stand for a moment. */
export async function copy(text: string, near: Element): Promise<boolean> {
  try {
    // Missing where a page is not served securely, refused where it is framed.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, near);
  }
}

function copyBySelection(text: string, near: Element): boolean {
  const focused = (near.getRootNode() as Document | ShadowRoot).activeElement;
  const area = html("textarea", { class: "mgw-copying", "aria-hidden": "true", tabindex: -1 });
  area.value = text;
  near.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
