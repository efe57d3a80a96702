/** Steps on by itself until somebody stops it. */

/** Long enough to read a sentence. */
const PACE_MS = 1800;

export class Player {
  readonly #step: () => boolean;
  readonly #changed: (isPlaying: boolean) => void;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** `step` says whether there is more to come. */
  constructor(step: () => boolean, changed: (isPlaying: boolean) => void, signal: AbortSignal) {
    this.#step = step;
    this.#changed = changed;
    signal.addEventListener("abort", () => this.stop(), { once: true });
  }

  get isPlaying(): boolean {
    return this.#timer !== null;
  }

  start(): void {
    if (this.isPlaying) return;
    this.#timer = setInterval(() => {
      if (!this.#step()) this.stop();
    }, PACE_MS);
    this.#changed(true);
  }

  stop(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#changed(false);
  }
}
