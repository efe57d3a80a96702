/** A host in a few lines, for the tests. */
import { vi } from "vitest";
import type { Host } from "../src/host.ts";

type Callback = (...args: never[]) => void;

export class FakeModel implements Host {
  readonly sent: unknown[] = [];
  saves = 0;
  readonly #traits: Map<string, unknown>;
  readonly #callbacks = new Map<string, Set<Callback>>();

  constructor(traits: Record<string, unknown>) {
    this.#traits = new Map(Object.entries(traits));
  }

  get(name: string): unknown {
    return this.#traits.get(name);
  }

  set(name: string, value: unknown): void {
    if (this.#traits.get(name) === value) return;
    this.#traits.set(name, value);
    this.emit(`change:${name}`);
  }

  on(event: string, callback: Callback): void {
    const callbacks = this.#callbacks.get(event) ?? new Set();
    this.#callbacks.set(event, callbacks.add(callback));
  }

  off(event: string, callback: Callback): void {
    this.#callbacks.get(event)?.delete(callback);
  }

  save_changes(): void {
    this.saves++;
  }

  send(content: unknown): void {
    this.sent.push(content);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const callback of [...(this.#callbacks.get(event) ?? [])]) callback(...(args as never[]));
  }

  get listeners(): number {
    return [...this.#callbacks.values()].reduce((sum, set) => sum + set.size, 0);
  }
}

/** Waits for a condition, also on a machine that is busy with other tests. */
export const eventually = (check: () => unknown): Promise<unknown> =>
  vi.waitFor(check, { timeout: 15_000 });
