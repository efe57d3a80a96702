/** Making elements. Text goes in as text, never as markup. */
const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

const TAKES_FOCUS = new Set(["a", "button", "input", "select", "summary"]);

/**
 * Jupyter's one-letter shortcuts (D D deletes a cell) stay away from an element that says so. Some
 * versions ask the element with the focus alone, so each that can have it must say so itself.
 */
function keepShortcutsAway(element: Element): void {
  if (TAKES_FOCUS.has(element.localName) || element.hasAttribute("tabindex")) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  keepShortcutsAway(element);
  element.append(...children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  keepShortcutsAway(element);
  element.append(...children);
  return element;
}

/** Replaces the words of an element that holds nothing else: a text that stays is quicker to lay out. */
export function write(element: Element, words: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = words;
  else if (firstChild.data !== words) firstChild.data = words;
}

/** A label may run right to left; isolated, it cannot turn its neighbours around. */
export const isolated = (label: string): HTMLElement => html("bdi", {}, label);

/** The element with the focus, also inside a shadow root. */
export const focusedIn = (element: Element): Element | null =>
  (element.getRootNode() as Document | ShadowRoot).activeElement;

/** Gives the focus to what is around the element: to a notebook's cell, whose keys then work. */
export function leaveFocus(element: Element): void {
  const around = element.parentElement?.closest<HTMLElement>("[tabindex]");
  if (around) around.focus({ preventScroll: true });
  else (focusedIn(element) as HTMLElement | null)?.blur();
}

export const holdsFocus = (element: Element): boolean => element.contains(focusedIn(element));

/** Fills an element anew; a button that had the focus hands it to the one in its place. */
export function refill(element: HTMLElement, content: readonly Node[]): void {
  const buttons = () => [...element.querySelectorAll("button")];
  const focused = holdsFocus(element) ? buttons().findIndex(holdsFocus) : -1;
  element.replaceChildren(...content);
  if (focused >= 0) buttons().at(focused)?.focus({ preventScroll: true });
}
