/**
 * Which of several pages with one widget plays: two that did would each take the other along, and
 * stop at its step. The one that was played last leads, and the others follow it.
 */
import type { Traits } from "../diagram/traits.ts";
import { numberOf } from "./wishes.ts";

/** The trait with the claim of the page that leads: a count, and behind it a random number. */
export const LEADER = "_leader";

const RANDOM = 2 ** 32;

export class Leading {
  /** The claim of this page, or 0. Of two made at once the larger one holds, on both pages. */
  #claim = 0;

  /** What to tell with the news that this page plays. */
  begin(traits: Traits): Record<string, unknown> {
    const count = Math.floor(numberOf(traits, LEADER, 0) / RANDOM) + 1;
    this.#claim = count * RANDOM + crypto.getRandomValues(new Uint32Array(1))[0]!;
    return { [LEADER]: this.#claim };
  }

  /** What to tell with the news that this page plays no more. */
  end(): Record<string, unknown> {
    this.#claim = 0;
    return { [LEADER]: 0 };
  }

  /** Another page plays. */
  isLed(traits: Traits): boolean {
    const leader = numberOf(traits, LEADER, 0);
    return traits.get("playing") === true && leader > this.#claim;
  }

  /** A smaller claim than ours was heard, made at the same time: it is put right. */
  insist(traits: Traits): void {
    if (traits.get(LEADER) !== this.#claim) traits.set(LEADER, this.#claim);
  }
}
