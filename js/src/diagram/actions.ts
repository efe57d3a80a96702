/** What each action does to the picture; what it does to the selection is the diagram's. */
import type { Drawing } from "./drawing.ts";
import type { Action, Trace } from "./keys.ts";
import type { Viewport } from "./viewport.ts";

export interface Selecting {
  isGroup(index: number): boolean;
  /** Adds what is behind an item. */
  more(index: number): void;
  /** Opens a closed group, closes an open one. */
  toggleGroup(index: number): void;
  toggle(index: number): void;
  /** Opens so many levels of groups. */
  levels(levels: number): void;
  trace(index: number, trace: Trace): void;
  /** Says its value and gradient aloud. */
  read(index: number): void;
  full(): void;
  search(): void;
  /** To the next match of a search, or to the one before. */
  find(step: 1 | -1): void;
  help(): void;
  leave(): void;
}

export function perform(
  action: Action,
  drawing: Drawing,
  viewport: Viewport,
  selecting: Selecting,
): void {
  const { current } = drawing;
  switch (action.do) {
    case "walk":
      drawing.walk(action.step);
      break;
    case "pan":
      drawing.untouched = false;
      viewport.pan(action.dx, action.dy);
      break;
    case "zoom":
      drawing.untouched = false;
      viewport.zoom(action.factor);
      break;
    case "fit":
      drawing.untouched = false;
      viewport.fit();
      break;
    case "levels":
      selecting.levels(action.levels);
      break;
    case "trace":
      selecting.trace(current, action.trace);
      break;
    case "open":
      if (selecting.isGroup(current)) selecting.toggleGroup(current);
      else if (drawing.hiddenBehind(current) > 0) selecting.more(current);
      else selecting.toggle(current);
      break;
    case "more":
      if (drawing.hiddenBehind(current) > 0) selecting.more(current);
      break;
    case "toggle":
      selecting.toggle(current);
      break;
    case "read":
      selecting.read(current);
      break;
    case "full":
      selecting.full();
      break;
    case "search":
      selecting.search();
      break;
    case "find":
      selecting.find(action.step);
      break;
    case "help":
      selecting.help();
      break;
    case "leave":
      selecting.leave();
  }
}
