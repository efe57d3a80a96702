/** A loop of the learner's own, which runs in Python and sends frames: shown in place of the page's training. */
import type { Traits } from "../diagram/traits.ts";
import { bytesOf } from "../host.ts";
import { Asked } from "../training/asked.ts";
import { messageOf } from "../training/packed.ts";
import type { Session } from "../training/session.ts";
import { type Remote, readFrame, WatchedSession } from "../training/watched.ts";
import { numberOf } from "./wishes.ts";

export class Watching {
  readonly #traits: Traits;
  #asked: Asked | null = null;
  /** Whose network and points those of the questions are. */
  #of: Session | null = null;
  #session: WatchedSession | null = null;
  #isRead = false;
  /** Why the last frame cannot be shown; empty when it can. */
  #complaint = "";

  constructor(traits: Traits) {
    this.#traits = traits;
  }

  get complaint(): string {
    return this.#complaint;
  }

  /** What is watched now, if anything is; `live` knows the network and the points. */
  session(live: Session): WatchedSession | null {
    if (!isWatching(this.#traits)) return null;
    if (live !== this.#of) this.forget();
    if (this.#isRead) return this.#session;
    this.#isRead = true;
    try {
      this.#session = this.#read(live);
    } catch (error) {
      // The frame before stays on screen.
      this.#complaint = messageOf(error);
    }
    return this.#session;
  }

  #read(live: Session): WatchedSession | null {
    this.#of = live;
    const bytes = bytesOf(this.#traits.get("watched"));
    if (bytes.length === 0) return null;
    const frame = readFrame(bytes);
    if (frame.parameters.length === 0) return null; // it broke off before its first step
    this.#asked ??= new Asked(live.network, live.points, live.trained);
    return new WatchedSession(this.#asked, frame, this.#remote, live);
  }

  /** Another frame has come, or another word of how it goes. */
  frameCame(): void {
    this.#isRead = false;
    this.#complaint = "";
  }

  forget(): void {
    this.frameCame();
    this.#session = null;
    this.#asked = null;
    this.#of = null;
  }

  get #remote(): Remote {
    const traits = this.#traits;
    return {
      get isRunning() {
        return traits.get("watching") === "running";
      },
      run: (isRunning) => traits.set("watching", isRunning ? "running" : "paused"),
      seek: (step) => traits.set("step", step),
      reset: () => traits.set("_resets", numberOf(traits, "_resets", 0) + 1),
    };
  }
}

export const isWatching = (traits: Traits): boolean =>
  ["running", "paused", "finished", "stopped", "failed"].includes(String(traits.get("watching")));
