/** The row of controls above the picture. */
import type { Direction } from "../layout/dot.ts";
import { exportText } from "../strings/export.ts";
import { text } from "../strings.ts";
import type { Overlay } from "./choices.ts";
import { html } from "./dom.ts";

export interface ToolbarEvents {
  overlay(overlay: Overlay): void;
  direction(direction: Direction): void;
  levels(levels: number): void;
  zoom(factor: number): void;
  fit(): void;
  search(): void;
  list(): void;
  full(): void;
  help(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(overlay: Overlay, direction: Direction): void;
  /** How many levels of groups are open, null for no whole ones, and how many there are. */
  showLevels(open: number | null, most: number): void;
  searchIsOpen(isOpen: boolean): void;
  listIsOpen(isOpen: boolean): void;
  fullIsOn(isOn: boolean): void;
  helpIsOpen(isOpen: boolean): void;
}

export function makeToolbar(events: ToolbarEvents, exports: HTMLElement): Toolbar {
  const overlay = select(text.overlays, (value) => events.overlay(value as Overlay));
  const direction = select(text.directions, (value) => events.direction(value as Direction));
  const levels = makeLevels(events.levels);
  const help = button(text.help, "", events.help);
  const list = button(text.list, "", events.list);
  const search = button(text.search, text.searchTitle, events.search);
  const full = button(exportText.full, "", events.full);
  full.title = exportText.fullTitle;
  full.setAttribute("aria-pressed", "false");
  for (const opener of [search, list, help]) opener.setAttribute("aria-expanded", "false");
  const zoom = html(
    "div",
    { class: "mgw-buttons" },
    button("−", text.zoomOut, () => events.zoom(0.8)),
    button("+", text.zoomIn, () => events.zoom(1.25)),
    button(text.fit, text.fitTitle, events.fit),
    search,
    list,
    exports,
    full,
    help,
  );
  return {
    element: html(
      "div",
      { class: "mgw-toolbar" },
      html("label", {}, html("span", {}, text.overlay), overlay),
      html("label", {}, html("span", {}, text.direction), direction),
      levels.element,
      zoom,
    ),
    update(shownOverlay, shownDirection) {
      overlay.value = shownOverlay;
      direction.value = shownDirection;
    },
    showLevels: levels.show,
    searchIsOpen(isOpen) {
      search.setAttribute("aria-expanded", `${isOpen}`);
    },
    listIsOpen(isOpen) {
      list.setAttribute("aria-expanded", `${isOpen}`);
    },
    fullIsOn(isOn) {
      full.setAttribute("aria-pressed", `${isOn}`);
    },
    helpIsOpen(isOpen) {
      help.setAttribute("aria-expanded", `${isOpen}`);
    },
  };
}

/** There are keys for so many. */
const MOST_LEVELS = 3;

function makeLevels(chosen: (levels: number) => void) {
  const { mixed, none, all } = text.levelNames;
  const choice = select({ 0: none, 1: "1", 2: "2", 3: "3", all, mixed }, (value) =>
    chosen(value === "all" ? Number.POSITIVE_INFINITY : Number(value)),
  );
  choice.title = text.levelsTitle;
  const element = html("label", {}, html("span", {}, text.levels), choice);
  return {
    element,
    show(open: number | null, most: number) {
      element.hidden = most === 0;
      const nothing = open === null || (open > MOST_LEVELS && open !== Number.POSITIVE_INFINITY);
      choice.value = nothing ? "mixed" : open === Number.POSITIVE_INFINITY ? "all" : `${open}`;
      for (const option of choice.options) {
        // "mixed" is what there may be, and nothing to choose.
        option.hidden = option.value === "mixed" ? !nothing : Number(option.value) > most;
      }
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

/** Not by the attribute `disabled`: that would take the focus away, and the keys with it. */
export function disable(control: HTMLButtonElement, isDisabled: boolean): void {
  const value = `${isDisabled}`;
  if (control.getAttribute("aria-disabled") !== value) control.setAttribute("aria-disabled", value);
}
