/** Presenter mode of a figure, on and off by its trait: large type, the remote, the deck's keys. */
import type { Traits } from "../diagram/traits.ts";
import { deckKeyOf, PAGE_KEYS, PRESENTER } from "./deckkeys.ts";
import { isTextField } from "./fields.ts";
import { followType } from "./largetype.ts";
import { hearRemote, type Walker } from "./remote.ts";

export class Presenter {
  readonly #traits: Traits;
  readonly #walker: Walker;
  readonly #changed: (isOn: boolean) => void;
  readonly #signal: AbortSignal;
  #left: AbortController | null = null;

  /** Calls back when the mode, or with it the room, has changed. */
  constructor(
    traits: Traits,
    walker: Walker,
    changed: (isOn: boolean) => void,
    signal: AbortSignal,
  ) {
    this.#traits = traits;
    this.#walker = walker;
    this.#changed = changed;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#left?.abort(), { once: true });
  }

  get isOn(): boolean {
    return this.#left !== null;
  }

  /** Does what the trait says. */
  follow(): void {
    const isOn = this.#traits.get("presenter") === true && !this.#signal.aborted;
    if (isOn === this.isOn) return;
    const { root } = this.#walker;
    root.classList.toggle(PRESENTER, isOn);
    this.#left?.abort();
    this.#left = isOn ? new AbortController() : null;
    if (this.#left !== null) {
      const { signal } = this.#left;
      followType(root, () => this.#changed(true), signal);
      hearRemote(this.#walker, signal);
      root.addEventListener("keydown", (event) => giveUpField(event, root), {
        signal,
        capture: true,
      });
    }
    this.#changed(isOn);
  }
}

/**
 * A deck takes no keys while something that can be typed into has the focus, and asks no further
 * than that it is an input: so a slider or a field gives it up where the key is meant for the deck.
 */
function giveUpField(event: KeyboardEvent, root: HTMLElement): void {
  const { target } = event;
  if (!(target instanceof HTMLInputElement)) return;
  const isPageKey = PAGE_KEYS.has(event.key);
  const isDeckKey = deckKeyOf(event) !== null && !isTextField(target);
  if (isPageKey || isDeckKey) root.focus({ preventScroll: true });
}
