/** The figure over the whole screen, or over the whole window where that is all it may have. */
import { followSize } from "../resizing.ts";
import type { Frame } from "./frame.ts";
import type { Viewport } from "./viewport.ts";

export class FullScreen {
  readonly #frame: Frame;
  readonly #viewport: Viewport;
  readonly #changed: () => void;
  readonly #signal: AbortSignal;
  #isFull = false;
  /** What stood in the middle when the view was last moved: of a new size one hears too late. */
  #place: Viewport["place"];
  /** Ends what follows the size of the stage. */
  #left = new AbortController();

  /** Calls back whenever there is more or less room; the view keeps its middle meanwhile. */
  constructor(frame: Frame, viewport: Viewport, changed: () => void, signal: AbortSignal) {
    this.#frame = frame;
    this.#viewport = viewport;
    this.#place = viewport.place;
    this.#changed = changed;
    this.#signal = signal;
    const follow = () => this.#become(this.#hasScreen);
    frame.root.addEventListener("fullscreenchange", follow, { signal });
    signal.addEventListener("abort", () => this.#left.abort(), { once: true });
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  viewMoved(): void {
    this.#place = this.#viewport.place;
  }

  toggle(): void {
    if (!this.leave()) void this.#enter();
  }

  /** Says whether there was anything to leave. */
  leave(): boolean {
    if (!this.#isFull) return false;
    if (this.#hasScreen) this.#frame.root.ownerDocument.exitFullscreen().catch(() => {});
    else this.#become(false);
    return true;
  }

  async #enter(): Promise<void> {
    try {
      await this.#frame.root.requestFullscreen();
    } catch {
      // Not there, or not allowed: in a frame, for instance.
      if (!this.#signal.aborted) this.#become(true);
    }
  }

  get #hasScreen(): boolean {
    const { root } = this.#frame;
    return (root.getRootNode() as Document | ShadowRoot).fullscreenElement === root;
  }

  #become(isFull: boolean): void {
    if (isFull === this.#isFull) return;
    const { root, stageBox } = this.#frame;
    this.#isFull = isFull;
    root.classList.toggle("mgw-full", isFull);
    this.#coverPage(isFull && !this.#hasScreen);
    this.#settle();
    this.#left.abort();
    if (!isFull) return;
    this.#left = new AbortController();
    // The screen may grant its size only a little later, and the window may still change.
    followSize([stageBox], () => this.#settle(), this.#left.signal);
  }

  #settle(): void {
    this.#viewport.place = this.#place;
    this.#changed();
  }

  /** Above everything, whatever clips or moves what is around the figure. */
  #coverPage(isOn: boolean): void {
    const { root } = this.#frame;
    root.classList.toggle("mgw-covers", isOn);
    if (isOn && "showPopover" in root) {
      root.setAttribute("popover", "manual");
      root.showPopover();
    } else {
      root.removeAttribute("popover");
    }
  }
}
