/** From a key press to what it asks for. */
import type { Direction } from "../layout/dot.ts";
import { isForDeck } from "../presenting/deckkeys.ts";
import { type Step, stepOf } from "./walk.ts";

export type Trace = "up" | "down" | "both";

export type Action =
  | { do: "walk"; step: Step }
  | { do: "pan"; dx: number; dy: number }
  | { do: "zoom"; factor: number }
  | { do: "trace"; trace: Trace }
  | { do: "levels"; levels: number }
  | { do: "find"; step: 1 | -1 }
  | { do: "fit" | "open" | "more" | "toggle" | "read" | "search" | "full" | "help" | "leave" };

const PAN = 60;
const PANS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["ArrowLeft", [PAN, 0]],
  ["ArrowRight", [-PAN, 0]],
  ["ArrowUp", [0, PAN]],
  ["ArrowDown", [0, -PAN]],
]);

const PLAIN: ReadonlyMap<string, Action> = new Map<string, Action>([
  ["0", { do: "fit" }],
  ["+", { do: "zoom", factor: 1.25 }],
  ["=", { do: "zoom", factor: 1.25 }],
  ["-", { do: "zoom", factor: 0.8 }],
  ["1", { do: "levels", levels: 1 }],
  ["2", { do: "levels", levels: 2 }],
  ["3", { do: "levels", levels: 3 }],
  ["u", { do: "trace", trace: "up" }],
  ["d", { do: "trace", trace: "down" }],
  ["b", { do: "trace", trace: "both" }],
  ["g", { do: "read" }],
  ["f", { do: "full" }],
  ["Enter", { do: "open" }],
  ["m", { do: "more" }],
  [" ", { do: "toggle" }],
  ["/", { do: "search" }],
  ["?", { do: "help" }],
  ["Escape", { do: "leave" }],
]);

/** A key that is the deck's means nothing here; only Esc closes what is open as well. */
export function actionOf(event: KeyboardEvent, direction: Direction): Action | null {
  if (event.altKey || (isForDeck(event) && event.key !== "Escape")) return null;
  if (event.ctrlKey || event.metaKey)
    return event.key.toLowerCase() === "f" && !event.shiftKey ? { do: "search" } : null;
  if (event.key === "F3") return { do: "find", step: event.shiftKey ? -1 : 1 };
  if (event.shiftKey) {
    const pan = PANS.get(event.key);
    if (pan) return { do: "pan", dx: pan[0], dy: pan[1] };
  }
  const step = stepOf(event.key, direction);
  if (step) return { do: "walk", step };
  return PLAIN.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) ?? null;
}

/**
 * A plain letter or digit means nothing here or something here, but never what the notebook
 * around makes of it ("X" cuts the cell).
 */
export const isPlainCharacter = (event: KeyboardEvent): boolean =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
