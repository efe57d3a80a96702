/** Takes steps by the clock. What a slow page has missed is left out, never made up for. */
export class Player {
  /** Between two steps, in milliseconds; at 0 every frame of the page takes one. */
  interval: number;
  readonly #step: () => boolean;
  readonly #isSeen: () => boolean;
  readonly #changed: () => void;
  #frame: number | null = null;
  #due = 0;

  /**
   * `step` takes one and says whether there is another one; `isSeen` says whether anybody could
   * be watching; `changed` hears of every start and end.
   */
  constructor(
    interval: number,
    parts: { step(): boolean; isSeen(): boolean; changed(): void },
    signal: AbortSignal,
  ) {
    this.interval = interval;
    this.#step = parts.step;
    this.#isSeen = parts.isSeen;
    this.#changed = parts.changed;
    const pauseUnseen = () => {
      if (document.hidden) this.pause();
    };
    document.addEventListener("visibilitychange", pauseUnseen, { signal });
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  get isPlaying(): boolean {
    return this.#frame !== null;
  }

  play(): void {
    if (this.isPlaying) return;
    this.#due = performance.now();
    this.#wait();
    this.#changed();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#stop();
    this.#changed();
  }

  #stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #wait(): void {
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now: number): void {
    if (!this.#isSeen()) {
      this.pause();
      return;
    }
    if (now >= this.#due) {
      const next = this.#due + this.interval;
      this.#due = next > now ? next : now + this.interval;
      if (!this.#step()) this.pause();
    }
    // Whoever hears of the step may have paused as well.
    if (this.isPlaying) this.#wait();
  }
}
