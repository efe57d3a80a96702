/** When to work and how much: by the frames of the page, at the speed that was chosen. */

/** Steps in a second at speed 1. */
export const BASE_RATE = 20;
/** What a frame may take of its sixteen milliseconds. */
const SLICE_MS = 8;
const FAST_SLICE_MS = 11;
/** Where nobody looks, nothing has to be drawn. */
const UNSEEN_MS = 40;
/** The rate is measured over so long. */
const WINDOW_MS = 1000;

/** Of a long way to a step so much is done, in per cent: said every so often, not at every step. */
const STAGE = 5;
export const stageOf = (step: number, goal: number): number =>
  STAGE * Math.floor((100 / STAGE) * (step / goal));

export class Pace {
  speed = "1";
  readonly #work: (deadline: number) => boolean;
  readonly #signal: AbortSignal;
  #isPlaying = false;
  #isAwake = false;
  /** Steps that are due, with what is left over of one. */
  #due = 0;
  #before = 0;
  readonly #taken: { at: number; steps: number }[] = [];

  /** `work` goes on until a deadline, and says whether there is more to do. */
  constructor(work: (deadline: number) => boolean, signal: AbortSignal) {
    this.#work = work;
    this.#signal = signal;
    // A frame that was asked for does not come while the page is hidden.
    const hurry = () => this.#isAwake && this.#ask();
    document.addEventListener("visibilitychange", hurry, { signal });
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Whether steps are taken as fast as they can be. */
  get isHurried(): boolean {
    return this.#isPlaying && this.speed === "max";
  }

  /** Whole steps that should have been taken by now; what a slow page missed is left out. */
  get due(): number {
    return this.speed === "max" ? Number.POSITIVE_INFINITY : Math.floor(this.#due);
  }

  /** Steps in a second, of late. */
  get rate(): number {
    const [first] = this.#taken;
    const last = this.#taken.at(-1);
    if (!this.#isPlaying || first === undefined || last === undefined) return 0;
    const steps = this.#taken.reduce((sum, one) => sum + one.steps, -first.steps);
    return last.at > first.at ? (1000 * steps) / (last.at - first.at) : 0;
  }

  play(): void {
    this.#isPlaying = true;
    this.#before = performance.now();
    // The first one at once.
    this.#due = 1;
    this.#taken.length = 0;
    this.wake();
  }

  pause(): void {
    this.#isPlaying = false;
  }

  wake(): void {
    if (this.#isAwake || this.#signal.aborted) return;
    this.#isAwake = true;
    this.#ask();
  }

  took(steps: number): void {
    if (!this.#isPlaying) return;
    this.#due = Math.max(0, Math.min(this.#due - steps, 1));
    const now = performance.now();
    this.#taken.push({ at: now, steps });
    while (now - this.#taken[0]!.at > WINDOW_MS) this.#taken.shift();
  }

  #asked: { cancel(): void } | null = null;

  #ask(): void {
    this.#asked?.cancel();
    const tick = () => this.#tick();
    if (document.hidden) {
      const timer = setTimeout(tick);
      this.#asked = { cancel: () => clearTimeout(timer) };
    } else {
      const frame = requestAnimationFrame(tick);
      this.#asked = { cancel: () => cancelAnimationFrame(frame) };
    }
  }

  #tick(): void {
    if (this.#signal.aborted) return;
    const now = performance.now();
    if (this.#isPlaying && this.speed !== "max") {
      this.#due += ((now - this.#before) / 1000) * BASE_RATE * Number(this.speed);
    }
    this.#before = now;
    const slice = document.hidden ? UNSEEN_MS : this.speed === "max" ? FAST_SLICE_MS : SLICE_MS;
    this.#isAwake = this.#work(now + slice);
    if (this.#isAwake) this.#ask();
  }
}
