/**
 * What hands are doing to settings. A slider tells of a hundred places a second; the model hears of
 * one in a frame, and always of the last.
 */
import type { Traits } from "../diagram/traits.ts";

type Values = Readonly<Record<string, unknown>>;

export class Writes {
  readonly #traits: Traits;
  readonly #completed: (values: Values) => Values;
  #pending: Values = {};
  #frame = 0;

  /** `completed` adds what follows from some settings just before they are written. */
  constructor(traits: Traits, completed: (values: Values) => Values, signal: AbortSignal) {
    this.#traits = traits;
    this.#completed = completed;
    signal.addEventListener("abort", () => this.settle(), { once: true });
  }

  /** The setting, as it is wished. */
  get(name: string): unknown {
    return name in this.#pending ? this.#pending[name] : this.#traits.get(name);
  }

  /** Written with the next frame; or held until the movement has ended, where Python has to work. */
  put(values: Values, isHeld: boolean): void {
    this.#pending = { ...this.#pending, ...values };
    if (isHeld || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.settle());
  }

  settle(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const values = this.#pending;
    this.#pending = {};
    if (Object.keys(values).length > 0) this.#traits.setAll(this.#completed(values));
  }
}
