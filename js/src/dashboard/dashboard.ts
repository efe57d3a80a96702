/** One view of a training: puts its parts in their places and keeps them up to date. */
import type { Theme } from "../diagram/colours.ts";
import { html, leaveFocus, write } from "../diagram/dom.ts";
import { isPlainCharacter } from "../diagram/keys.ts";
import { followTheme } from "../diagram/theme.ts";
import { Traits } from "../diagram/traits.ts";
import type { Host } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import type { Link, ViewOptions } from "../mounted.ts";
import type { Pages } from "../page/pages.ts";
import { keepFromPage, take, wasTaken } from "../presenting/deckkeys.ts";
import { followPaper, isOnPaper } from "../presenting/paper.ts";
import { Presenter } from "../presenting/presenter.ts";
import { dashboardText as said } from "../strings/dashboard.ts";
import type { Session } from "../training/session.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { HEAD, MORE, SIDE, VIEWS } from "./parts.ts";
import { Python } from "./python.ts";
import { STUDIO_TRAITS, type Studio, type Studios, type Viewer } from "./studio.ts";
import { STYLES } from "./styles.ts";
import { summaryOf } from "./summary.ts";

const TRAITS = [
  ...STUDIO_TRAITS,
  "dataset",
  "n_samples",
  "noise",
  "data_seed",
  "hidden",
  "activation",
  "model_seed",
  "clock",
  "controls",
  "locked",
  "selected_point",
  "selected_parameter",
  "variants",
  "complaint",
  "theme",
  "presenter",
];

/** A word is there so long at least, and a sentence until it is read. */
const HINT_MS = 3000;
const READING_MS = 70;
/** Of the window, from its end: where a notebook has a line of its own. */
const CLEAR = 40;

/** Of a sheet, in pixels: as wide as A4 and Letter are between margins of an inch or less. */
const PAPER = 600;

const OUR_KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

export class Dashboard implements Desk, Viewer {
  readonly traits: Traits;
  readonly signal: AbortSignal;
  readonly layouts: LayoutService;
  readonly pages: Pages | null;
  readonly link: Link | null;
  readonly root: HTMLElement;
  readonly host: Host;
  theme: Theme = "light";
  readonly #alert = html("p", { class: "mgw-alert", role: "alert", hidden: "" });
  readonly #live = html("div", { class: "mgw-live", role: "status", "aria-live": "polite" });
  readonly #hint = html("div", { class: "mgw-dashboard-hint", hidden: "" });
  readonly #parts: Part[] = [];
  readonly #studio: Studio | null = null;
  readonly #python: Python;
  readonly #presenter: Presenter;
  #followTheme = () => {};
  #frame = 0;
  #hintTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ViewOptions, studios: Studios, signal: AbortSignal) {
    const { model: host, el, layouts, pages, link } = options;
    this.host = host;
    this.layouts = layouts;
    this.pages = pages ?? null;
    this.link = link ?? null;
    this.signal = signal;
    this.traits = new Traits(host, TRAITS, (name) => this.#changed(name), signal);
    this.root = html("div", { class: "mgw mgw-dashboard", role: "group", tabindex: -1 });
    this.#presenter = new Presenter(this.traits, this, () => this.refresh(), signal);
    this.#python = new Python(host, () => this.refresh(), signal);
    this.#studio = studios.enter(host.get("_still"), this, signal);
    const place = (className: string, makes: readonly MakePart[]) => {
      const parts = makes.map((make) => make(this));
      this.#parts.push(...parts);
      return html("div", { class: className }, ...parts.map(({ element }) => element));
    };
    this.root.append(
      html("style", {}, ...STYLES),
      place("mgw-head", HEAD),
      this.#python.element,
      this.#alert,
      html(
        "div",
        { class: "mgw-dashboard-grid" },
        place("mgw-dashboard-side", SIDE),
        place("mgw-dashboard-views", VIEWS),
        place("mgw-dashboard-more", MORE),
      ),
      this.#hint,
      this.#live,
    );
    el.append(this.root);
  }

  start(): void {
    const { signal, root } = this;
    this.layouts.enter();
    signal.addEventListener("abort", () => this.#end(), { once: true });
    const wish = () => this.traits.get("theme");
    this.#followTheme = followTheme(root, wish, (theme) => this.#wear(theme), signal).refresh;
    const observer = new ResizeObserver(() => this.refresh());
    observer.observe(root);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    root.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.#presenter.follow();
    followPaper(() => this.#toPaper(), signal);
    this.#update();
  }

  /** By what moves its time, as a lecturer's remote has it. */
  walk(by: 1 | -1): boolean {
    return this.#parts.some((part) => part.walk?.(by));
  }

  #end(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#hintTimer);
    this.layouts.leave();
    this.root.remove();
  }

  get session(): Session | null {
    return this.#studio?.session ?? null;
  }

  get hasPython(): boolean {
    return this.#python.hasPython;
  }

  has(control: string): boolean {
    const controls = this.traits.get("controls");
    return !Array.isArray(controls) || controls.includes(control);
  }

  mayMove(control: string): boolean {
    const locked = this.traits.get("locked");
    return this.has(control) && !(Array.isArray(locked) && locked.includes(control));
  }

  refresh(): void {
    if (this.#frame !== 0 || this.signal.aborted) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#update();
    });
  }

  say(words: string): void {
    this.#live.textContent = words;
  }

  hint(words: string): void {
    this.#hint.textContent = words;
    this.#hint.style.bottom = this.#bottomInSight;
    this.#hint.hidden = false;
    clearTimeout(this.#hintTimer);
    this.#hintTimer = setTimeout(
      () => {
        this.#hint.hidden = true;
      },
      Math.max(HINT_MS, READING_MS * words.length),
    );
  }

  /** A dashboard is taller than most windows: not below their end, where nobody would read it. */
  get #bottomInSight(): string {
    const { bottom, height } = this.root.getBoundingClientRect();
    const hidden = bottom - innerHeight;
    // Slides are scaled, and large type is.
    const scale = height / this.root.offsetHeight || 1;
    return hidden > 0 ? `${(hidden + CLEAR) / scale}px` : "";
  }

  #changed(name: string): void {
    if (name === "theme") this.#followTheme();
    else if (name === "presenter") this.#presenter.follow();
    this.#studio?.changed(name);
    this.refresh();
  }

  #wear(theme: Theme): void {
    this.theme = theme;
    this.root.dataset.theme = theme;
    this.refresh();
  }

  /** No frame of the page comes before it is printed, and nobody tells how wide a sheet is. */
  #toPaper(): void {
    const { root } = this;
    root.style.width = isOnPaper() ? `${Math.min(root.offsetWidth, PAPER)}px` : "";
    for (const part of this.#parts) part.resize?.();
    this.#update();
  }

  #update(): void {
    const { session } = this;
    for (const part of this.#parts) part.update(session);
    const complaint = this.#studio?.complaint ?? "";
    write(this.#alert, complaint);
    this.#alert.hidden = complaint === "";
    const label = said.figure(session === null ? said.waiting : summaryOf(session));
    // While it moves, a name that changes sixty times a second helps nobody.
    if (!session?.isPlaying) this.root.setAttribute("aria-label", label);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || wasTaken(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The notebook around would make something else of what is kept from it.
    if (this.#parts.some((part) => part.key?.(event))) take(event);
    else if (event.key === "Escape") {
      take(event);
      leaveFocus(this.root);
    } else if (OUR_KEYS.has(event.key)) event.stopPropagation();
    else if (isPlainCharacter(event)) keepFromPage(event);
  }
}
