/** The row of controls above the picture, and the list of keys. */
import type { Direction } from "../layout/dot.ts";
import { KEYS, text } from "../strings.ts";
import type { Overlay } from "./choices.ts";
import { html } from "./dom.ts";

export interface ToolbarEvents {
  overlay(overlay: Overlay): void;
  direction(direction: Direction): void;
  zoom(factor: number): void;
  fit(): void;
  help(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(overlay: Overlay, direction: Direction): void;
  helpIsOpen(isOpen: boolean): void;
}

export function makeToolbar(events: ToolbarEvents): Toolbar {
  const overlay = select(text.overlays, (value) => events.overlay(value as Overlay));
  const direction = select(text.directions, (value) => events.direction(value as Direction));
  const help = button(text.help, "", events.help);
  help.setAttribute("aria-expanded", "false");
  const zoom = html(
    "div",
    { class: "mgw-buttons" },
    button("−", text.zoomOut, () => events.zoom(0.8)),
    button("+", text.zoomIn, () => events.zoom(1.25)),
    button(text.fit, text.fitTitle, events.fit),
    help,
  );
  return {
    element: html(
      "div",
      { class: "mgw-toolbar" },
      html("label", {}, html("span", {}, text.overlay), overlay),
      html("label", {}, html("span", {}, text.direction), direction),
      zoom,
    ),
    update(shownOverlay, shownDirection) {
      overlay.value = shownOverlay;
      direction.value = shownDirection;
    },
    helpIsOpen(isOpen) {
      help.setAttribute("aria-expanded", `${isOpen}`);
    },
  };
}

function select(
  options: Readonly<Record<string, string>>,
  changed: (value: string) => void,
): HTMLSelectElement {
  const entries = Object.entries(options).map(([value, label]) => html("option", { value }, label));
  const element = html("select", {}, ...entries);
  element.addEventListener("change", () => changed(element.value));
  return element;
}

export function button(label: string, title: string, clicked: () => void): HTMLButtonElement {
  const element = html("button", { type: "button" }, label);
  if (title !== "") {
    element.title = title;
    element.setAttribute("aria-label", title);
  }
  element.addEventListener("click", clicked);
  return element;
}

/** The keys that work here. */
export function makeHelp(close: () => void): HTMLElement {
  const rows = KEYS.flatMap(([key, meaning]) => [html("dt", {}, key), html("dd", {}, meaning)]);
  return html(
    "div",
    { class: "mgw-help", role: "region", "aria-label": text.help, hidden: "" },
    html("dl", {}, ...rows),
    button(text.close, "", close),
  );
}
