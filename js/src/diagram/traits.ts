/** What the model keeps for all its views. A page may have no kernel, so nothing here waits for one. */
import { type Host, share, watch } from "../host.ts";

export class Traits {
  readonly #model: Host;
  readonly #changed: (name: string) => void;
  /** What was set here and what no host has confirmed: some keep nothing, some announce nothing. */
  readonly #own = new Map<string, unknown>();
  #heard = false;

  /** Calls back after every change of one of these traits, whoever made it. */
  constructor(
    model: Host,
    names: readonly string[],
    changed: (name: string) => void,
    signal: AbortSignal,
  ) {
    this.#model = model;
    this.#changed = changed;
    for (const name of names) {
      const follow = () => {
        this.#heard = true;
        this.#own.delete(name);
        changed(name);
      };
      watch(model, name, follow, signal);
    }
  }

  get(name: string): unknown {
    return this.#own.has(name) ? this.#own.get(name) : this.#model.get(name);
  }

  set(name: string, value: unknown): void {
    this.setAll({ [name]: value });
  }

  /** Several that belong together: whoever hears of the first one finds all of them changed. */
  setAll(values: Readonly<Record<string, unknown>>): void {
    const names = Object.keys(values);
    this.#heard = false;
    for (const name of names) this.#own.set(name, values[name]);
    share(this.#model, values);
    if (!this.#heard) for (const name of names) this.#changed(name);
  }
}
