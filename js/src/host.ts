/** The few things asked of whatever hosts the widget: a notebook, a page, a slide. */
export interface Host {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback: (...args: never[]) => void): void;
  save_changes(): void;
  send(content: unknown): void;
}

/** Calls back on every change of a trait until `signal` ends it. */
export function watch(host: Host, trait: string, callback: () => void, signal: AbortSignal): void {
  const event = `change:${trait}`;
  host.on(event, callback);
  // Some static hosts know no `off`, and throw; there is nothing left to undo then.
  signal.addEventListener("abort", () => quietly(() => host.off(event, callback)), { once: true });
}

/** Writes traits; a page without a kernel may refuse, and the view goes on without it. */
export function share(host: Host, values: Readonly<Record<string, unknown>>): void {
  quietly(() => {
    for (const [trait, value] of Object.entries(values)) host.set(trait, value);
    host.save_changes();
  });
}

export function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // The host has no such ability.
  }
}

/** Bytes arrive as a DataView, in some hosts as a typed array or a buffer, and as null when unset. */
export function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array();
}
