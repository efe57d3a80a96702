/** One view of one expression: puts its pieces together, and follows what the model says. */
import { bytesOf } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import type { Link, ViewOptions } from "../mounted.ts";
import type { Pages } from "../page/pages.ts";
import { followPaper, isOnPaper } from "../presenting/paper.ts";
import { Presenter } from "../presenting/presenter.ts";
import { keysOf, text } from "../strings.ts";
import { Choices } from "./choices.ts";
import { Colouring } from "./colouring.ts";
import type { Theme } from "./colours.ts";
import { Drawing } from "./drawing.ts";
import { makeExports } from "./exporting.ts";
import type { Figure } from "./figure.ts";
import { Finder } from "./finder.ts";
import { type Frame, followWidth, makeFrame } from "./frame.ts";
import { FullScreen } from "./fullscreen.ts";
import { Handling } from "./handling.ts";
import { Help } from "./help.ts";
import { Lookout } from "./lookout.ts";
import { Notice } from "./notice.ts";
import type { Part, Situation } from "./part.ts";
import { DECK, PANEL } from "./parts.ts";
import { NUMBER_TRAITS, readTrait } from "./reading.ts";
import { roomFor } from "./room.ts";
import { Showing } from "./showing.ts";
import { Spotlight } from "./spotlight.ts";
import { Subject } from "./subject.ts";
import { summaryOf } from "./summary.ts";
import { followTheme } from "./theme.ts";
import { button, makeToolbar, type Toolbar } from "./toolbar.ts";
import { Tooltip } from "./tooltip.ts";
import { Traits } from "./traits.ts";
import { Viewport } from "./viewport.ts";

/** What the model keeps of a figure: its expression, how it is shown, and which numbers. */
const TRAITS = [
  "tape",
  "theme",
  "presenter",
  "selected",
  "overlay",
  "direction",
  "check_step",
  "notation",
  "sources",
  "unfolded",
  "score",
  ...NUMBER_TRAITS,
];

export class Diagram implements Figure {
  readonly traits: Traits;
  readonly signal: AbortSignal;
  readonly pages: Pages | null;
  readonly link: Link | null;
  readonly subject: Subject;
  readonly choices: Choices;
  readonly parts: readonly Part[];
  readonly frame: Frame;
  readonly viewport: Viewport;
  readonly lookout: Lookout;
  readonly notice: Notice;
  readonly drawing: Drawing;
  readonly tooltip = new Tooltip();
  readonly colouring = new Colouring();
  readonly #layouts: LayoutService;
  readonly #showing = new Showing(this);
  readonly #spotlight = new Spotlight(this, this.#showing);
  readonly #handling: Handling;
  readonly #fullScreen: FullScreen;
  readonly #presenter: Presenter;
  readonly #finder: Finder;
  readonly #help = new Help(button(text.close, "", () => this.#toggleHelp()));
  readonly #back = button(text.backToPicture, "", () => this.viewport.fit());
  readonly #toolbar: Toolbar;
  #followTheme = () => {};

  constructor({ model, el, layouts, pages, link }: ViewOptions, signal: AbortSignal) {
    this.#layouts = layouts;
    this.pages = pages ?? null;
    this.link = link ?? null;
    this.signal = signal;
    this.traits = new Traits(model, TRAITS, (name) => this.#changed(name), signal);
    this.#toolbar = makeToolbar(
      {
        overlay: (overlay) => this.traits.set("overlay", overlay),
        direction: (direction) => this.traits.set("direction", direction),
        levels: (levels) => this.#showing.openLevels(levels),
        zoom: (factor) => this.#handling.act({ do: "zoom", factor }),
        fit: () => this.#handling.act({ do: "fit" }),
        search: () => this.#finder.toggle(),
        list: () => this.#toolbar.listIsOpen(this.drawing.toggleList()),
        full: () => this.#handling.act({ do: "full" }),
        help: () => this.#toggleHelp(),
      },
      makeExports(this),
    );
    this.choices = new Choices(this.traits, this.#toolbar);
    this.subject = new Subject(this.traits);
    this.#finder = new Finder(this, (isOpen) => this.#toolbar.searchIsOpen(isOpen));
    const deck = DECK.map((make) => make(this));
    const panel = PANEL.map((make) => make(this));
    this.parts = [this.#finder, ...deck, ...panel];
    this.#back.classList.add("mgw-back");
    this.frame = makeFrame({
      toolbar: this.#toolbar.element,
      legend: this.colouring.legend.element,
      help: this.#help.element,
      tooltip: this.tooltip.element,
      back: this.#back,
      finder: this.#finder.element,
      deck: deck.map(({ element }) => element),
      panel: panel.map(({ element }) => element),
    });
    this.notice = new Notice(this.frame.notice, signal);
    this.viewport = new Viewport(
      this.frame.stage,
      () => roomFor(this.frame, this.#fullScreen.isFull, this.#presenter.isOn),
      () => this.#viewMoved(),
    );
    this.lookout = new Lookout(this.traits, this.viewport, signal);
    const resized = () => this.#roomChanged();
    this.#fullScreen = new FullScreen(this.frame, this.viewport, resized, signal);
    this.#presenter = new Presenter(this.traits, this, () => this.#presented(), signal);
    this.drawing = new Drawing(this.frame, this.viewport, layouts, this.notice);
    this.#handling = new Handling(this, this.#showing, this.#spotlight, {
      finder: this.#finder,
      fullScreen: this.#fullScreen,
      help: this.#help,
      toggleHelp: () => this.#toggleHelp(),
    });
    el.append(this.frame.root);
  }

  /** Says when there is something to see: a picture, or what stands for it. */
  start(): Promise<void> {
    const { signal, root } = this;
    this.#layouts.enter();
    signal.addEventListener("abort", () => this.#end(), { once: true });
    this.choices.read();
    const theme = followTheme(
      root,
      () => this.traits.get("theme"),
      (name) => this.#wear(name),
      signal,
    );
    this.#followTheme = theme.refresh;
    followWidth(this.frame, () => this.#resize(), signal);
    followPaper(() => {
      this.viewport.isOnPaper = isOnPaper();
    }, signal);
    this.#handling.connect();
    this.#presenter.follow();
    return this.#read();
  }

  /** By its parts, as a lecturer's remote has it. */
  walk(by: 1 | -1): boolean {
    return this.parts.some((part) => part.walk?.(by));
  }

  #end(): void {
    this.drawing.clear();
    this.tooltip.hide();
    this.#layouts.leave();
    this.root.remove();
  }

  // What the model says

  #changed(name: string): void {
    if (name === "tape") void this.#read();
    else if (name === "theme") this.#followTheme();
    else if (name === "presenter") this.#presenter.follow();
    else if (name === "selected") this.#spotlight.follow();
    else if (name === "overlay" || name === "direction") this.#choicesChanged();
    else if (name === "unfolded") this.#unfoldedByModel();
    else this.#renumber(name);
  }

  #read(): Promise<void> {
    const bytes = bytesOf(this.traits.get("tape"));
    if (bytes.length === 0) return Promise.resolve();
    this.drawing.clear();
    this.drawing.untouched = true;
    this.tooltip.hide();
    this.notice.hide();
    try {
      this.subject.read(bytes);
    } catch (error) {
      this.#fail(error);
      return Promise.resolve();
    }
    const { expression } = this.situation!;
    this.colouring.legend.explain(expression.groups.count > 0);
    this.drawing.setCurrent(expression.output);
    this.subject.revealSelected();
    this.update();
    return this.#showing.draw(null);
  }

  /** One of the traits that the numbers depend on has changed: the picture stays where it is. */
  #renumber(name: string): void {
    if (this.situation === null) return;
    try {
      readTrait(this.situation.expression, this.traits, name);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.tooltip.renew();
    this.#showing.paint();
    this.update();
  }

  #fail(error: unknown): void {
    this.subject.forget();
    this.drawing.clear();
    this.update();
    this.frame.summary.textContent = "";
    const words = text.tapeFailed(error instanceof Error ? error.message : String(error));
    this.root.setAttribute("aria-label", text.figure(words));
    this.notice.alert(words);
  }

  #choicesChanged(): void {
    if (this.choices.read()) {
      this.drawing.untouched = true;
      this.lookout.forget();
      void this.#showing.draw(null);
    } else {
      this.#showing.paint();
    }
    this.update();
  }

  /** Another view, or a state that was kept, shows more or less. */
  #unfoldedByModel(): void {
    if (this.situation === null || this.subject.isUnfoldedLikeModel) return;
    this.situation.fold.restore(this.traits.get("unfolded"));
    this.drawing.untouched = false;
    this.update();
    void this.#showing.draw(this.drawing.current);
  }

  #wear(theme: Theme): void {
    this.colouring.theme = theme;
    this.root.dataset.theme = theme;
    this.#showing.paint();
  }

  // What its parts and pieces ask of it

  get root(): HTMLElement {
    return this.frame.root;
  }

  get situation(): Situation | null {
    return this.subject.situation;
  }

  update(): void {
    const { situation } = this;
    if (situation !== null) {
      const summary = summaryOf(situation.expression, situation.fold);
      this.frame.summary.textContent = summary;
      this.root.setAttribute("aria-label", text.figure(summary));
      this.#toolbar.showLevels(situation.fold.levels, situation.fold.groups.levels);
    }
    this.#spotlight.showPanel();
    for (const part of this.parts) part.update(situation);
  }

  select(item: number | null): void {
    this.#spotlight.select(item);
  }

  show(item: number): void {
    this.#spotlight.show(item);
  }

  go(item: number): void {
    this.#spotlight.go(item);
  }

  repaint(): void {
    this.#showing.paint();
  }

  /** The same words a second time would not be spoken; with a space that is not seen they are. */
  say(words: string): void {
    const { live } = this.frame;
    live.textContent = live.textContent === words ? `${words}\u00a0` : words;
  }

  hint(words: string): void {
    this.notice.hint(words);
  }

  // Room and view

  #toggleHelp(): void {
    this.#help.toggle();
    this.#toolbar.helpIsOpen(this.#help.isOpen);
  }

  #resize(): void {
    // The page of a printer is no other window.
    if (this.viewport.isOnPaper) return;
    this.#showing.resize();
    this.#offerWayBack();
  }

  #roomChanged(): void {
    this.#toolbar.fullIsOn(this.#fullScreen.isFull);
    this.#resize();
  }

  #presented(): void {
    this.#help.list(keysOf(this.#presenter.isOn));
    this.#resize();
  }

  #viewMoved(): void {
    // The first time these are still to be made.
    this.drawing?.followView();
    this.#fullScreen?.viewMoved();
    this.#offerWayBack();
  }

  #offerWayBack(): void {
    const hasRoom = this.viewport.size.width > 0;
    this.#back.hidden = !hasRoom || !this.drawing?.isThere || this.viewport.isAnythingInView();
  }
}
