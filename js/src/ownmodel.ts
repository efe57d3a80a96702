/** A model that lives in the page alone: for a figure inside another one, of which no kernel knows. */
import type { Host } from "./host.ts";

type Callback = (...args: never[]) => void;

export class OwnModel implements Host {
  readonly #traits = new Map<string, unknown>();
  readonly #callbacks = new Map<string, Set<Callback>>();

  get(name: string): unknown {
    return this.#traits.get(name);
  }

  set(name: string, value: unknown): void {
    this.setAll({ [name]: value });
  }

  /** Who hears of the first change finds all of them made. */
  setAll(values: Readonly<Record<string, unknown>>): void {
    const changed = Object.entries(values).filter(
      ([name, value]) => !Object.is(this.#traits.get(name), value),
    );
    for (const [name, value] of changed) this.#traits.set(name, value);
    for (const [name] of changed) {
      for (const callback of [...(this.#callbacks.get(`change:${name}`) ?? [])]) callback();
    }
  }

  on(event: string, callback: Callback): void {
    const callbacks = this.#callbacks.get(event) ?? new Set();
    this.#callbacks.set(event, callbacks.add(callback));
  }

  off(event: string, callback: Callback): void {
    this.#callbacks.get(event)?.delete(callback);
  }

  save_changes(): void {}

  send(): void {}
}
