/** Whether a Python that answers is behind the page: asked now and then, and said when it changes. */
import { html, write } from "../diagram/dom.ts";
import { type Host, quietly } from "../host.ts";
import { pythonText as said } from "../strings/python.ts";

/** All times are counted in ticks, so that a page that was asleep or blocked blames nobody. */
const TICK_MS = 500;
const BEAT_TICKS = 3;
const PATIENCE_TICKS = 8;
/** One who has not answered is asked again after so many. */
const AGAIN_TICKS = 10;
/** For so long a return is told. */
const BACK_TICKS = 10;

/** "absent": it has never answered. */
type State = "asking" | "here" | "busy" | "lost" | "absent";

/** What JupyterLab says of a kernel that is no more, sometimes for a moment only. */
const GONE = new Set(["dead", "restarting", "autorestarting", "terminating"]);

/** The kernel as JupyterLab knows it; other hosts tell nothing. */
interface Kernel {
  readonly status?: string;
  readonly statusChanged?: {
    connect(slot: (kernel: unknown, status: string) => void): void;
    disconnect(slot: (kernel: unknown, status: string) => void): void;
  };
}

export class Python {
  readonly element = html("p", { class: "mgw-python", role: "status", hidden: "" });
  readonly #host: Host;
  readonly #changed: () => void;
  #state: State = "asking";
  #beat = 0;
  #hasAnswered = false;
  #isAsked = false;
  #wasGone = false;
  /** Ticks since the last question; without an answer, while it seemed free and while it was busy. */
  #sinceAsked = 0;
  #silence = 0;
  #business = 0;
  #backFor = 0;

  /** `changed` is called when what needs Python can be had from now on, or no more. */
  constructor(host: Host, changed: () => void, signal: AbortSignal) {
    this.#host = host;
    this.#changed = changed;
    const receive = (message: unknown) => {
      if (Object(message).kind === "beat") this.#answered();
    };
    quietly(() => host.on("msg:custom", receive as never));
    const statuses = kernelOf(host)?.statusChanged;
    const follow = (_: unknown, status: string) => this.#hear(status);
    statuses?.connect(follow);
    const timer = setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener("visibilitychange", () => this.#seen(), { signal });
    const end = () => {
      clearInterval(timer);
      statuses?.disconnect(follow);
      quietly(() => host.off("msg:custom", receive as never));
    };
    signal.addEventListener("abort", end, { once: true });
    if (!document.hidden) this.#ask();
  }

  get hasPython(): boolean {
    return this.#state !== "lost" && this.#state !== "absent";
  }

  #ask(): void {
    this.#sinceAsked = 0;
    this.#isAsked = true;
    try {
      this.#host.send({ kind: "beat", n: ++this.#beat });
    } catch {
      // A page without a kernel says so at once.
      if (!this.#hasAnswered) this.#become("absent");
    }
  }

  #answered(): void {
    if (this.#state === "lost") this.#backFor = BACK_TICKS;
    this.#hasAnswered = true;
    this.#wasGone = false;
    this.#startWaiting();
    this.#become("here");
  }

  #startWaiting(): void {
    this.#isAsked = false;
    this.#silence = this.#business = 0;
  }

  /** Time during which nobody looked does not count. */
  #seen(): void {
    if (document.hidden) return;
    this.#startWaiting();
    this.#ask();
  }

  #tick(): void {
    if (document.hidden) return;
    const status = this.#status;
    this.#hear(status);
    this.#judge(status);
    this.#sinceAsked++;
    const isDue = this.#sinceAsked >= (this.#isAsked ? AGAIN_TICKS : BEAT_TICKS);
    // One who is busy answers in the end; more questions would only queue up.
    if (isDue && !(this.#isAsked && status === "busy")) this.#ask();
    if (this.#backFor > 0) this.#backFor--;
    this.#say(status);
  }

  get #status(): string {
    return kernelOf(this.#host)?.status ?? "";
  }

  #hear(status: string): void {
    if (!GONE.has(status) || !this.#hasAnswered) return;
    this.#wasGone = true;
    this.#become("lost");
  }

  #judge(status: string): void {
    // Once it is lost, only an answer changes that.
    if (!this.hasPython) return;
    if (status === "busy") {
      if (++this.#business >= PATIENCE_TICKS) this.#become("busy");
    } else if (++this.#silence >= PATIENCE_TICKS) {
      this.#become(this.#hasAnswered ? "lost" : "absent");
    }
  }

  #become(state: State): void {
    const had = this.hasPython;
    this.#state = state;
    this.#say(this.#status);
    if (had !== this.hasPython) this.#changed();
  }

  #say(status: string): void {
    const words = this.#words(status);
    write(this.element, words);
    this.element.hidden = words === "";
    this.element.classList.toggle("mgw-python-lost", this.#state === "lost");
  }

  #words(status: string): string {
    if (this.#state === "absent") return said.absent;
    if (this.#state === "busy") return said.busy;
    if (this.#state !== "lost") return this.#backFor > 0 ? said.back : "";
    if (status === "") return said.silent;
    return this.#wasGone && !GONE.has(status) ? said.restarted : said.lost;
  }
}

const kernelOf = (host: Host): Kernel | undefined =>
  (host as { widget_manager?: { kernel?: Kernel } }).widget_manager?.kernel;
