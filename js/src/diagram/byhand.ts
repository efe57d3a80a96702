/** The last resort, such as where no script may reach the clipboard: the text, ready to be copied. */

import { keepInside } from "../presenting/deckkeys.ts";
import { exportText } from "../strings/export.ts";
import { text } from "../strings.ts";
import { html } from "./dom.ts";
import { button } from "./toolbar.ts";

export function offerByHand(content: string, near: Element, why: string = exportText.byHand): void {
  const area = html("textarea", {
    readonly: "",
    rows: 8,
    tabindex: 0,
    "aria-label": exportText.byHandName,
  });
  area.value = content;
  const dialog = html(
    "dialog",
    { class: "mgw-dialog", "aria-label": exportText.byHandName },
    html("p", {}, why),
    area,
    button(text.close, "", () => dialog.close()),
  );
  // Keys in here are for the text and the button; Esc closes by itself.
  dialog.addEventListener("keydown", keepInside);
  dialog.addEventListener("close", () => dialog.remove());
  near.append(dialog);
  dialog.showModal();
  area.select();
}
