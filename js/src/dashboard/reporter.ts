/** Tells the model how the training stands: often enough to follow, never more than it can take. */
import type { Traits } from "../diagram/traits.ts";
import type { LiveSession } from "../training/live.ts";
import { packResult } from "../training/result.ts";

/** While steps are being taken; after the last one at once. */
const STEP_MS = 100;
const RESULT_MS = 1000;
/** A long history is told less often: so many bytes a second. */
const BYTES_PER_MS = 200;

export class Reporter {
  /** What the model was told last. */
  toldStep = -1;
  #toldPlaying = false;
  #sequence = 0;
  #stepAt = Number.NEGATIVE_INFINITY;
  #resultAt = Number.NEGATIVE_INFINITY;
  #resultMs = RESULT_MS;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** After every change of the session. */
  follow(session: LiveSession, traits: Traits): void {
    if (session.isPlaying !== this.#toldPlaying) {
      this.#toldPlaying = session.isPlaying;
      // Who hears that it has ended shall find where.
      if (!session.isPlaying) this.report(session, traits);
      if (traits.get("playing") !== session.isPlaying) traits.set("playing", session.isPlaying);
    }
    const now = performance.now();
    if (session.isPlaying) {
      if (now - this.#stepAt >= STEP_MS) this.#tellStep(session, traits, now);
      if (now - this.#resultAt >= this.#resultMs) this.#tellResult(session, traits, now);
      return;
    }
    // Whoever drags the scrubber comes by many steps: the last one counts. To tell one on the way
    // would take back the wish to go there.
    this.stop();
    if (session.isUnderWay) return;
    this.#timer = setTimeout(() => this.report(session, traits), STEP_MS / 2);
  }

  /** Nothing more is to be told of this session. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  report(session: LiveSession, traits: Traits): void {
    const now = performance.now();
    this.#tellStep(session, traits, now);
    this.#tellResult(session, traits, now);
  }

  #tellStep(session: LiveSession, traits: Traits, now: number): void {
    this.#stepAt = now;
    this.toldStep = session.step;
    if (traits.get("step") !== session.step) traits.set("step", session.step);
  }

  #tellResult(session: LiveSession, traits: Traits, now: number): void {
    this.#resultAt = now;
    this.#sequence++;
    const bytes = packResult(session, this.#sequence);
    this.#resultMs = Math.max(RESULT_MS, bytes.length / BYTES_PER_MS);
    traits.set("result", new DataView(bytes.buffer));
  }
}
