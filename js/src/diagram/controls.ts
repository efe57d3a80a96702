/** Turns keys, pointer and focus into what the diagram can do. */
import type { Direction } from "../layout/dot.ts";
import type { Frame } from "./frame.ts";
import { listenToGestures } from "./gestures.ts";
import { type Action, actionOf, isPlainCharacter } from "./keys.ts";
import type { Viewport } from "./viewport.ts";

export interface Commands {
  act(action: Action): void;
  direction(): Direction;
  clickedItem(index: number): void;
  clickedMore(index: number): void;
  /** The + or − of a group. */
  clickedToggle(index: number): void;
  clickedBackground(): void;
  fit(): void;
  hover(index: number | null, event: PointerEvent): void;
  focusedItem(index: number): void;
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
  root.addEventListener("keydown", (event) => onKey(event, commands), { signal });
  root.addEventListener(
    "focusin",
    (event) => {
      const index = itemAt(event.target as Element);
      if (index !== null) commands.focusedItem(index);
    },
    { signal },
  );
  const events = {
    wheelRefused: commands.wheelRefused,
    moved: commands.moved,
    clicked: (target: Element) => {
      const index = itemAt(target);
      if (index === null) {
        root.focus({ preventScroll: true });
        commands.clickedBackground();
      } else if (target.closest(".mgw-more")) commands.clickedMore(index);
      else if (target.closest(".mgw-toggle")) commands.clickedToggle(index);
      else commands.clickedItem(index);
    },
    doubleClicked: (target: Element) => {
      if (itemAt(target) === null) commands.fit();
    },
    hovered: (target: Element | null, event: PointerEvent) => commands.hover(itemAt(target), event),
  };
  listenToGestures(root, stage, viewport, events, signal);
}

function itemAt(target: Element | null): number | null {
  const box = target?.closest<SVGElement>(".mgw-box, .mgw-outline");
  return box ? Number(box.dataset.index) : null;
}

function onKey(event: KeyboardEvent, commands: Commands): void {
  const action = actionOf(event, commands.direction());
  // A button or a list of choices keeps its own keys.
  const inControl = (event.target as Element).closest("button, select, summary") !== null;
  const isOurs = action !== null && (!inControl || action.do === "leave" || action.do === "help");
  if (isOurs || isPlainCharacter(event)) event.stopPropagation();
  if (!isOurs) return;
  event.preventDefault();
  commands.act(action);
}
