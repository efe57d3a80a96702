/**
 * The one training of a widget, however many views it has: it follows the model's traits, and tells
 * the model how things stand.
 */
import type { Traits } from "../diagram/traits.ts";
import { bytesOf } from "../host.ts";
import { sameBytes } from "../same.ts";
import { dashboardText as said } from "../strings/dashboard.ts";
import { LiveSession } from "../training/live.ts";
import { readNetwork } from "../training/network.ts";
import { doubles, fail, messageOf } from "../training/packed.ts";
import { readPoints } from "../training/points.ts";
import { readPast } from "../training/result.ts";
import type { Session } from "../training/session.ts";
import { sameSettings } from "../training/settings.ts";
import { Clock } from "./clock.ts";
import { LEADER } from "./leading.ts";
import { Reporter } from "./reporter.ts";
import { isWatching, Watching } from "./watching.ts";
import { aimOf, numberOf, settingsOf, traitsOf, WISHES } from "./wishes.ts";

/** What a studio asks of a view. */
export interface Viewer {
  readonly traits: Traits;
  /** Something may have changed. */
  refresh(): void;
  /** Shows a sentence for a moment. */
  hint(words: string): void;
}

/** Traits that a studio follows. */
export const STUDIO_TRAITS = [
  "network",
  "points",
  "rates",
  "playing",
  LEADER,
  "step",
  "_resets",
  "watched",
  "watching",
  ...WISHES,
];

const RATES = "learning rates";

export class Studio {
  readonly #viewers = new Set<Viewer>();
  readonly #reporter = new Reporter();
  #session: LiveSession | null = null;
  #clock: Clock | null = null;
  #ended = new AbortController();
  #made: { network: Uint8Array; points: Uint8Array; rates: Uint8Array; share: number } | null =
    null;
  #watching: Watching | null = null;
  #resets = 0;
  #complaint = "";
  /** On the way to where it was: until it is there, nothing is told of it. */
  #isResuming = false;
  /** Traits are being set to what a run has, one after the other. */
  #isFollowing = false;

  get session(): Session | null {
    const session = this.#session;
    if (session === null || this.#traits === null) return session;
    this.#watching ??= new Watching(this.#traits);
    return this.#watching.session(session) ?? session;
  }

  /** What is wrong with what arrived, in words; empty when all is well. */
  get complaint(): string {
    const ofFrame = this.#watching?.complaint ?? "";
    return ofFrame === "" ? this.#complaint : said.unreadable(ofFrame);
  }

  get isLeft(): boolean {
    return this.#viewers.size === 0;
  }

  enter(viewer: Viewer, signal: AbortSignal): void {
    this.#viewers.add(viewer);
    if (this.#session === null) this.#begin();
    signal.addEventListener("abort", () => this.#leave(viewer), { once: true });
  }

  #leave(viewer: Viewer): void {
    const { traits } = viewer;
    const isLast = this.#viewers.size === 1;
    if (isLast && this.#session && !this.#isResuming && !isWatching(traits))
      this.#reporter.leave(this.#session, traits);
    this.#viewers.delete(viewer);
    this.#watching = null;
    if (this.isLeft) this.#end();
  }

  #end(): void {
    this.#reporter.stop();
    this.#ended.abort();
    this.#session = null;
    this.#made = null;
  }

  /** Any view's: they all see the same model. */
  get #traits(): Traits | null {
    const [viewer] = this.#viewers;
    return viewer?.traits ?? null;
  }

  /** A trait has changed, whoever changed it; every view says so, and only the first one matters. */
  changed(name: string): void {
    const session = this.#session;
    const traits = this.#traits;
    if (traits === null || this.#isFollowing) return;
    if (name === "watched" || name === "watching") {
      this.#watching?.frameCame();
      if (isWatching(traits)) session?.pause();
    } else if (isWatching(traits) && (name === "playing" || name === "step")) {
      // Python moves it.
    } else if (
      session === null ||
      name === "network" ||
      name === "points" ||
      name === "train_share"
    ) {
      this.#begin();
    } else if (name === "rates") {
      this.#takeRates(session, traits);
    } else if (name === "playing") {
      if (traits.get("playing") !== true) this.#paused(session, traits);
      else if (this.#reporter.isLed(traits)) this.#reporter.beginToFollow(session);
      else session.play();
    } else if (name === LEADER) {
      this.#reporter.leaderChanged(session, traits);
    } else if (name === "step") {
      // Who moves a page ends its playing as well: what comes while it plays is out of date.
      if (!session.isPlaying) this.#move(session, traits);
    } else if (name === "_resets") {
      if (numberOf(traits, "_resets", 0) === this.#resets) return;
      this.#resets = numberOf(traits, "_resets", 0);
      session.reset();
    } else {
      session.aim = aimOf(traits);
      session.speed = String(traits.get("speed") ?? "1");
      session.change(settingsOf(traits));
      for (const viewer of this.#viewers) viewer.refresh();
    }
  }

  /** Elsewhere, perhaps by going to a step: then where it stands is not to be told before. */
  #paused(session: LiveSession, traits: Traits): void {
    if (!session.isPlaying || !this.#reporter.hear(session, traits)) {
      session.pause();
      return;
    }
    this.#reporter.stoppedElsewhere(traits);
    session.seek(numberOf(traits, "step", 0));
  }

  #move(session: LiveSession, traits: Traits): void {
    if (this.#reporter.hear(session, traits)) session.seek(numberOf(traits, "step", 0));
  }

  #takeRates(session: LiveSession, traits: Traits): void {
    const bytes = bytesOf(traits.get("rates")).slice();
    try {
      const rates = readRates(bytes);
      this.#complaint = "";
      if (this.#made === null || sameBytes(bytes, this.#made.rates)) return;
      this.#made = { ...this.#made, rates: bytes };
      session.rates = rates;
    } catch (error) {
      this.#complaint = said.unreadable(messageOf(error));
    }
  }

  /** Starts anew, if there is something else to train. */
  #begin(): void {
    const traits = this.#traits!;
    const [network, points, rates] = ["network", "points", "rates"].map((name) =>
      bytesOf(traits.get(name)).slice(),
    ) as [Uint8Array, Uint8Array, Uint8Array];
    const share = numberOf(traits, "train_share", 1);
    const made = this.#made;
    if (network.length === 0 || points.length === 0) return;
    if (
      made !== null &&
      made.share === share &&
      sameBytes(network, made.network) &&
      sameBytes(points, made.points)
    ) {
      return;
    }
    const isFirst = made === null;
    const wasPlaying = this.#session?.isPlaying === true;
    const hadSteps = this.#session !== null && this.#session.last > 0;
    this.#reporter.stop();
    this.#ended.abort();
    this.#ended = new AbortController();
    this.#made = { network, points, rates, share };
    this.#resets = numberOf(traits, "_resets", 0);
    try {
      this.#session = new LiveSession(
        {
          network: readNetwork(network),
          points: readPoints(points),
          share,
          rates: readRates(rates),
          settings: settingsOf(traits),
          aim: aimOf(traits),
        },
        () => this.#sessionChanged(),
        this.#ended.signal,
      );
      this.#complaint = "";
    } catch (error) {
      this.#session = this.#made = null;
      this.#complaint = said.unreadable(messageOf(error));
      return;
    }
    const session = this.#session;
    const name = () => String(this.#traits?.get("clock") ?? "");
    const hear = (step: number) => session.seek(step);
    this.#clock = new Clock(document, name, hear, this.#ended.signal);
    session.speed = String(traits.get("speed") ?? "1");
    if (isFirst) this.#resume(session, traits);
    else if (wasPlaying) session.play();
    else if (hadSteps) for (const viewer of this.#viewers) viewer.hint(said.begunAnew);
    this.#sessionChanged();
  }

  /** Where an earlier view, or a saved page, had left off. */
  #resume(session: LiveSession, traits: Traits): void {
    const bytes = bytesOf(traits.get("result"));
    try {
      const past =
        bytes.length === 0
          ? null
          : readPast(bytes, session.network, session.points, session.trained);
      if (past !== null) session.restore(past);
    } catch (error) {
      this.#complaint = said.pastUnreadable(messageOf(error));
    }
    session.seek(numberOf(traits, "step", 0));
    this.#isResuming = true;
  }

  /** It is where it was, and goes on with what may have been wished in the meantime. */
  #resumed(session: LiveSession, traits: Traits): void {
    this.#isResuming = false;
    session.change(settingsOf(traits));
    if (traits.get("playing") === true) session.play();
  }

  #sessionChanged(): void {
    const session = this.#session;
    const traits = this.#traits;
    if (session === null || traits === null) return;
    if (this.#isResuming && !session.isUnderWay) this.#resumed(session, traits);
    for (const viewer of this.#viewers) viewer.refresh();
    if (this.#isResuming) return;
    this.#follow(session, traits);
    if (!isWatching(traits)) this.#reporter.follow(session, traits);
    this.#clock?.tell(session.step, session.status.kind === "diverged");
  }

  /** Another run may have come on screen, with settings of its own. */
  #follow(session: LiveSession, traits: Traits): void {
    if (sameSettings(session.settings, settingsOf(traits))) return;
    this.#isFollowing = true;
    for (const [name, value] of Object.entries(traitsOf(session.settings))) {
      if (traits.get(name) !== value) traits.set(name, value);
    }
    this.#isFollowing = false;
  }
}

function readRates(bytes: Uint8Array): Float64Array {
  const rates = doubles(RATES, bytes, Math.floor(bytes.length / 8));
  const bad = rates.find((rate) => !Number.isFinite(rate));
  return bad === undefined ? rates : fail(RATES, "finite numbers", bad);
}

/** The studios of a page, by widget: one is there as long as there is a view. */
export class Studios {
  readonly #studios = new Map<string, Studio>();

  /** A widget that does not say which one it is has a studio for each view. */
  enter(widget: unknown, viewer: Viewer, signal: AbortSignal): Studio {
    const key = typeof widget === "string" && widget !== "" ? widget : crypto.randomUUID();
    const studio = this.#studios.get(key) ?? new Studio();
    this.#studios.set(key, studio);
    studio.enter(viewer, signal);
    signal.addEventListener("abort", () => studio.isLeft && this.#studios.delete(key), {
      once: true,
    });
    return studio;
  }
}
