/** A button that opens a menu: arrow keys, Home, End, first letters; Esc, Tab or a click closes. */
import { isForDeck, take } from "../presenting/deckkeys.ts";
import { html } from "./dom.ts";

export interface MenuItem {
  readonly label: string;
  chosen(): void;
}

/** Items of one group stand together, a line between groups. */
export function makeMenu(label: string, groups: readonly (readonly MenuItem[])[]): HTMLElement {
  const rows = groups.map((items) => items.map((item) => menuItem(item)));
  const all = rows.flat();
  const line = () => html("div", { role: "separator" });
  const list = html(
    "div",
    { class: "mgw-menu", role: "menu", "aria-label": label, hidden: "" },
    ...rows.flatMap((items, n) => (n === 0 ? items : [line(), ...items])),
  );
  const opener = html(
    "button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false" },
    label,
  );
  const element = html("div", { class: "mgw-menu-box" }, opener, list);

  const show = (isOpen: boolean) => {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", `${isOpen}`);
  };
  const open = (first: HTMLElement | undefined) => {
    show(true);
    // It ends where its button ends, unless it would begin outside of the figure then.
    const isFree = element.offsetLeft + element.offsetWidth >= list.offsetWidth;
    list.dataset.side = isFree ? "end" : "start";
    first?.focus({ preventScroll: true });
  };
  const close = () => {
    opener.focus({ preventScroll: true });
    show(false);
  };

  function menuItem({ label, chosen }: MenuItem): HTMLElement {
    const row = html("button", { type: "button", role: "menuitem", tabindex: -1 }, label);
    row.addEventListener("click", () => {
      close();
      chosen();
    });
    return row;
  }

  opener.addEventListener("click", () => (list.hidden ? open(all[0]) : close()));
  opener.addEventListener("keydown", (event) => {
    const end = event.key === "ArrowDown" ? all[0] : event.key === "ArrowUp" ? all.at(-1) : null;
    if (!end) return;
    // The figure around has other plans with the arrows, and the notebook with letters.
    take(event);
    open(end);
  });
  list.addEventListener("keydown", (event) => {
    // A browser's own combination, such as Ctrl+C.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isForDeck(event) && event.key !== "Escape") return;
    const at = all.indexOf(event.target as HTMLButtonElement);
    const next = neighbour(all, at, event.key);
    if (event.key === "Escape") close();
    else if (next !== undefined) next.focus({ preventScroll: true });
    else if (event.key === "Tab" || event.key === "Enter" || event.key === " ") return;
    take(event);
  });
  // The page behind moves its focus wherever somebody clicks.
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) show(false);
  });
  return element;
}

function neighbour(all: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case "ArrowDown":
      return all[(at + 1) % all.length];
    case "ArrowUp":
      return all.at(at - 1);
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
  }
  if (key.length !== 1 || key === " ") return undefined;
  const begins = (one: HTMLElement) => one.textContent?.toLowerCase().startsWith(key.toLowerCase());
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(begins);
}
