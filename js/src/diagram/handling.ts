/** What keys, clicks and gestures have a figure do, and the way out of it by Escape. */
import { numbersAloud } from "../grouped.ts";
import { text } from "../strings.ts";
import { perform } from "./actions.ts";
import { connectControls } from "./controls.ts";
import { leaveFocus } from "./dom.ts";
import type { Figure } from "./figure.ts";
import type { Finder } from "./finder.ts";
import type { FullScreen } from "./fullscreen.ts";
import type { Help } from "./help.ts";
import type { Action } from "./keys.ts";
import type { Grip } from "./part.ts";
import type { Showing } from "./showing.ts";
import type { Spotlight } from "./spotlight.ts";

/** What is opened over a figure or beside it, and closed again. */
interface Extras {
  readonly finder: Finder;
  readonly fullScreen: FullScreen;
  readonly help: Help;
  toggleHelp(): void;
}

export class Handling {
  readonly #figure: Figure;
  readonly #showing: Showing;
  readonly #spotlight: Spotlight;
  readonly #extras: Extras;

  constructor(figure: Figure, showing: Showing, spotlight: Spotlight, extras: Extras) {
    this.#figure = figure;
    this.#showing = showing;
    this.#spotlight = spotlight;
    this.#extras = extras;
  }

  connect(): void {
    const { frame, viewport, signal, drawing, parts, choices, notice, lookout } = this.#figure;
    const commands = {
      act: (action: Action) => this.act(action),
      key: (event: KeyboardEvent) => parts.some((part) => part.key?.(event)),
      take: (index: number) => drawing.focus(index),
      show: (index: number) => drawing.reveal(index),
      direction: () => choices.direction,
      clickedItem: (index: number) => this.#spotlight.toggle(index),
      clickedMore: (index: number) => this.#showing.refold("more", index),
      clickedToggle: (index: number) => this.#showing.refold("toggleGroup", index),
      clickedBackground: () => this.#spotlight.select(null),
      fit: () => this.act({ do: "fit" }),
      grip: (index: number) => this.#grip(index),
      retype: (index: number) => {
        for (const part of parts) part.retype?.(index);
      },
      hover: (index: number | null, event: PointerEvent) => this.#hover(index, event),
      focusedItem: (index: number, byKeys: boolean) => drawing.focused(index, byKeys),
      unfocusedItem: () => drawing.unfocused(),
      wheelRefused: () => notice.hintAtWheel(),
      moved: () => {
        drawing.untouched = false;
        lookout.moved();
        notice.hide(text.partly);
      },
    };
    connectControls(frame, viewport, commands, signal);
  }

  act(action: Action): void {
    const { notice, lookout, drawing, viewport } = this.#figure;
    notice.hide(text.partly);
    if (action.do === "pan" || action.do === "zoom") lookout.moved();
    else if (action.do === "fit") lookout.forget();
    perform(action, drawing, viewport, {
      isGroup: (index) => this.#figure.situation?.expression.isGroup(index) ?? false,
      more: (index) => this.#showing.refold("more", index),
      toggleGroup: (index) => this.#showing.refold("toggleGroup", index),
      toggle: (index) => this.#spotlight.toggle(index),
      levels: (levels) => this.#showing.openLevels(levels),
      trace: (index, trace) => this.#spotlight.traceFrom(index, trace),
      read: (index) => this.#speak(index),
      full: () => this.#extras.fullScreen.toggle(),
      search: () => this.#extras.finder.open(),
      find: (step) => this.#extras.finder.step(step),
      help: () => this.#extras.toggleHelp(),
      leave: () => this.#leave(),
    });
  }

  #grip(item: number): Grip | null {
    for (const part of this.#figure.parts) {
      const grip = part.grip?.(item) ?? null;
      if (grip !== null) return grip;
    }
    return null;
  }

  #hover(index: number | null, event: PointerEvent): void {
    const { situation, tooltip } = this.#figure;
    if (situation !== null) tooltip.point(situation.expression, situation.fold, index, event);
  }

  #speak(index: number): void {
    const { situation } = this.#figure;
    if (situation !== null) this.#figure.say(numbersAloud(situation.expression, index));
  }

  /** Clears what is open, one thing at a time, then gives keys and wheel back to the page. */
  #leave(): void {
    const { tooltip, drawing, subject, root } = this.#figure;
    const { fullScreen, help, finder, toggleHelp } = this.#extras;
    tooltip.hide();
    if (drawing.cancel() || fullScreen.leave()) return;
    if (help.isOpen) toggleHelp();
    else if (finder.isOpen) finder.close();
    else if (subject.selection.item !== null) this.#spotlight.letGo();
    else leaveFocus(root);
  }
}
