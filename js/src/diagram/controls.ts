/** Turns keys, pointer and focus into what the diagram can do. */
import type { Direction } from "../layout/dot.ts";
import { keepFromPage, take, wasTaken } from "../presenting/deckkeys.ts";
import type { Frame } from "./frame.ts";
import { listenToGestures } from "./gestures.ts";
import { type Action, actionOf, isPlainCharacter } from "./keys.ts";
import type { Grip } from "./part.ts";
import type { Viewport } from "./viewport.ts";

export interface Commands {
  act(action: Action): void;
  /** A key that none of the actions is bound to; says whether something else is. */
  key(event: KeyboardEvent): boolean;
  /** Gives the focus to what was clicked in the picture, so that the keys go on from there. */
  take(index: number): void;
  /** Brings what was clicked in the list into view. */
  show(index: number): void;
  direction(): Direction;
  clickedItem(index: number): void;
  clickedMore(index: number): void;
  /** The + or − of a group. */
  clickedToggle(index: number): void;
  clickedBackground(): void;
  fit(): void;
  /** Takes hold of the number of a value. */
  grip(index: number): Grip | null;
  /** Lets the number of a leaf be typed anew. */
  retype(index: number): void;
  hover(index: number | null, event: PointerEvent): void;
  focusedItem(index: number, byKeys: boolean): void;
  unfocusedItem(): void;
  wheelRefused(): void;
  moved(): void;
}

export function connectControls(
  frame: Frame,
  viewport: Viewport,
  commands: Commands,
  signal: AbortSignal,
): void {
  const { root, stage } = frame;
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => root.addEventListener(name, listener, { signal });
  const click = (index: number, target: Element) => {
    if (target.closest(".mgw-more")) commands.clickedMore(index);
    else if (target.closest(".mgw-toggle, .mgw-turns")) commands.clickedToggle(index);
    else commands.clickedItem(index);
  };
  on("keydown", (event) => onKey(event, root, commands));
  on("focusin", ({ target }) => {
    const row = rowAt(target as Element);
    if (row) commands.focusedItem(Number(row.dataset.index), row.matches(":focus-visible"));
  });
  on("focusout", ({ target }) => {
    if (rowAt(target as Element)) commands.unfocusedItem();
  });
  on("click", ({ target }) => {
    const row = rowAt(target as Element);
    if (!row) return;
    commands.show(Number(row.dataset.index));
    click(Number(row.dataset.index), target as Element);
  });
  const events = {
    wheelRefused: commands.wheelRefused,
    moved: commands.moved,
    clicked: (target: Element) => {
      const index = itemAt(target);
      if (index === null) {
        root.focus({ preventScroll: true });
        commands.clickedBackground();
      } else {
        commands.take(index);
        click(index, target);
      }
    },
    doubleClicked: (target: Element, event: MouseEvent) => {
      const index = itemAt(target);
      if (index === null) commands.fit();
      else if (isAtNumber(target, event)) commands.retype(index);
    },
    taken: (target: Element, event: PointerEvent) => {
      const index = isAtNumber(target, event) ? itemAt(target) : null;
      return index === null ? null : commands.grip(index);
    },
    hovered: (target: Element | null, event: PointerEvent) => {
      const box = target?.closest(".mgw-box");
      box?.classList.toggle("mgw-at-number", isAtNumber(box, event));
      commands.hover(itemAt(target), event);
    },
  };
  listenToGestures(root, stage, viewport, events, signal);
}

/**
 * Whether a pointer is at the number of a leaf that can be changed, or beside it in its line: the
 * number itself may be one thin digit.
 */
function isAtNumber(target: Element, { clientX, clientY }: MouseEvent): boolean {
  const box = target.closest(".mgw-editable");
  const number = box?.querySelector(".mgw-value")?.getBoundingClientRect();
  const frame = box?.querySelector(".mgw-frame")?.getBoundingClientRect();
  if (number === undefined || frame === undefined) return false;
  const isInLine = clientY >= number.top && clientY <= number.bottom;
  return isInLine && clientX > frame.left + frame.width / 3;
}

function itemAt(target: Element | null): number | null {
  const box = target?.closest<SVGElement>(".mgw-box, .mgw-outline");
  return box ? Number(box.dataset.index) : null;
}

const rowAt = (target: Element): HTMLElement | null =>
  target.closest<HTMLElement>("[role=treeitem]");

function onKey(event: KeyboardEvent, root: Element, commands: Commands): void {
  if (wasTaken(event)) return;
  const action = actionOf(event, commands.direction());
  const target = event.target as Element;
  // In a slide this key belongs to the deck.
  if (action?.do === "full" && root.closest(".reveal") !== null) return;
  // A button, a list of choices, a table that scrolls: each keeps its own keys.
  const inPicture = target === root || rowAt(target) !== null;
  const isOurs = action !== null && (inPicture || isForAll(action, event));
  if (isOurs) take(event);
  else if (isPlainCharacter(event)) keepFromPage(event);
  if (isOurs) commands.act(action);
  else if (action === null && inPicture && commands.key(event)) take(event);
}

/** What a key asks for wherever in the figure the focus is. */
const isForAll = ({ do: wish }: Action, event: KeyboardEvent): boolean =>
  wish === "leave" ||
  wish === "help" ||
  wish === "find" ||
  (wish === "search" && event.key !== "/");
