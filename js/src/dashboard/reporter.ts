/** Tells the model how the training stands: often enough to follow, never more than it can take. */
import type { Traits } from "../diagram/traits.ts";
import type { LiveSession } from "../training/live.ts";
import { packResult } from "../training/result.ts";
import { Leading } from "./leading.ts";
import { numberOf } from "./wishes.ts";

/** While steps are being taken; after the last one at once. */
const STEP_MS = 100;
const RESULT_MS = 1000;
/** A long history is told less often: so many bytes a second. */
const BYTES_PER_MS = 200;

export class Reporter {
  /** What the model was told last. */
  #toldStep = -1;
  readonly #leading = new Leading();
  #toldPlaying = false;
  #heardStep = -1;
  /** Another page was told to stop: until it has heard of that, its steps are out of date. */
  #isStopping = false;
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
      if (!session.isPlaying) this.#report(session, traits);
      const leader = session.isPlaying ? this.#leading.begin(traits) : this.#leading.end();
      traits.setAll({ ...leader, playing: session.isPlaying });
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
    if (session.isUnderWay || this.#isFollowing(session, traits)) return;
    this.#timer = setTimeout(() => this.#report(session, traits), STEP_MS / 2);
  }

  /** A step was set elsewhere; says whether it is to be gone to. */
  hear(session: LiveSession, traits: Traits): boolean {
    const step = numberOf(traits, "step", 0);
    const wasMoved = this.isLed(traits) && session.goal !== this.#heardStep;
    if (step === this.#toldStep || wasMoved || this.#isStopping) return false;
    this.#toldStep = this.#heardStep = step;
    return true;
  }

  /** Another page plays. */
  isLed(traits: Traits): boolean {
    return this.#leading.isLed(traits);
  }

  /** From where it is. */
  beginToFollow(session: LiveSession): void {
    this.#heardStep = session.goal;
  }

  /** The last view goes: what was not yet told. */
  leave(session: LiveSession, traits: Traits): void {
    if (!this.#isFollowing(session, traits)) this.#report(session, traits);
  }

  /** It is where the page that plays has led it, and has nothing to tell. */
  #isFollowing(session: LiveSession, traits: Traits): boolean {
    return this.isLed(traits) && session.step === this.#heardStep;
  }

  /** Another page has begun to play, or has stopped as it was told to. */
  leaderChanged(session: LiveSession, traits: Traits): void {
    if (this.#isStopping) {
      this.#isStopping = false;
      this.#tellStep(session, traits, performance.now());
    } else if (session.isPlaying && this.isLed(traits)) {
      this.#heardStep = session.step;
      this.#stop();
      session.pause();
    } else if (session.isPlaying) {
      this.#leading.insist(traits);
    }
  }

  /** Another page has stopped this one, and goes to a step: where it stands is not told before. */
  stoppedElsewhere(traits: Traits): void {
    traits.setAll(this.#stop());
  }

  #stop(): Record<string, unknown> {
    this.#toldPlaying = false;
    return this.#leading.end();
  }

  /** Nothing more is to be told of this session. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #report(session: LiveSession, traits: Traits): void {
    const now = performance.now();
    this.#tellStep(session, traits, now);
    this.#tellResult(session, traits, now);
  }

  #tellStep(session: LiveSession, traits: Traits, now: number): void {
    this.#stepAt = now;
    this.#toldStep = session.step;
    if (traits.get("step") === session.step) return;
    // Whoever moves while another page plays wants that to end.
    this.#isStopping = this.isLed(traits);
    traits.setAll({ step: session.step, ...(this.#isStopping ? { playing: false } : {}) });
  }

  #tellResult(session: LiveSession, traits: Traits, now: number): void {
    this.#resultAt = now;
    this.#sequence++;
    const bytes = packResult(session, this.#sequence);
    this.#resultMs = Math.max(RESULT_MS, bytes.length / BYTES_PER_MS);
    traits.set("result", new DataView(bytes.buffer));
  }
}
