/** Where a person looks: kept by the model, so that a view which comes later begins there. */
import type { Traits } from "./traits.ts";
import type { Viewport } from "./viewport.ts";

/** A drag is a hundred moves; the model hears of its end. */
const REST_MS = 250;

export class Lookout {
  readonly #traits: Traits;
  readonly #viewport: Viewport;
  readonly #signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(traits: Traits, viewport: Viewport, signal: AbortSignal) {
    this.#traits = traits;
    this.#viewport = viewport;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  /** A person has chosen another part of the picture. */
  moved(): void {
    clearTimeout(this.#timer);
    if (this.#signal.aborted) return;
    this.#timer = setTimeout(() => this.#traits.set("_view", this.#viewport.place), REST_MS);
  }

  /** The picture is to be looked at as a whole again. */
  forget(): void {
    clearTimeout(this.#timer);
    if (this.#traits.get("_view") !== null) this.#traits.set("_view", null);
  }

  /** Goes back to where a former view was; says whether there was one. */
  resume(): boolean {
    const place = this.#traits.get("_view");
    if (!isPlace(place)) return false;
    this.#viewport.place = place;
    return true;
  }
}

const isPlace = (place: unknown): place is readonly [number, number, number] =>
  Array.isArray(place) &&
  place.length === 3 &&
  place.every((x) => Number.isFinite(x)) &&
  place[2] > 0;
