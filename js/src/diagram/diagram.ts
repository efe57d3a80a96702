/** One view of one expression: keeps traits, picture, panel and keys in step with one another. */
import type { Bookmark } from "../bookmark.ts";
import { Expression } from "../expression.ts";
import { Fold, MOST_DRAWN } from "../fold.ts";
import { numbersAloud, spokenItem } from "../grouped.ts";
import { bytesOf, type Host } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import { text } from "../strings.ts";
import { perform } from "./actions.ts";
import { Choices } from "./choices.ts";
import { Colouring } from "./colouring.ts";
import type { Theme } from "./colours.ts";
import { connectControls } from "./controls.ts";
import { holdsFocus, leaveFocus, refill } from "./dom.ts";
import { Drawing } from "./drawing.ts";
import { makeExports } from "./exporting.ts";
import { Finder } from "./finder.ts";
import { type Frame, followWidth, makeFrame } from "./frame.ts";
import { FullScreen } from "./fullscreen.ts";
import { Help } from "./help.ts";
import type { Action, Trace } from "./keys.ts";
import { Lookout } from "./lookout.ts";
import { Notice } from "./notice.ts";
import { panelContent } from "./panel.ts";
import type { Desk, Grip, Part, Remark, Situation } from "./part.ts";
import { DECK, PANEL } from "./parts.ts";
import { NUMBER_TRAITS, readNumbers, readTrait } from "./reading.ts";
import { openLevels, type Refolding, refold } from "./refold.ts";
import { Selection } from "./selection.ts";
import { summaryOf } from "./summary.ts";
import { followTheme } from "./theme.ts";
import { button, makeToolbar } from "./toolbar.ts";
import { Tooltip } from "./tooltip.ts";
import { focusTrace } from "./tracing.ts";
import { Traits } from "./traits.ts";
import { Viewport } from "./viewport.ts";

/** What the model keeps of a figure: its expression, how it is shown, and which numbers. */
const TRAITS = [
  "tape",
  "theme",
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

export class Diagram implements Desk {
  readonly traits: Traits;
  readonly signal: AbortSignal;
  readonly drawing: Drawing;
  readonly #layouts: LayoutService;
  readonly #frame: Frame;
  readonly #viewport: Viewport;
  readonly #lookout: Lookout;
  readonly #notice: Notice;
  readonly #tooltip = new Tooltip();
  readonly #colouring = new Colouring();
  readonly #help = new Help(button(text.close, "", () => this.#toggleHelp()));
  readonly #back = button(text.backToPicture, "", () => this.#viewport.fit());
  readonly #toolbar = makeToolbar(
    {
      overlay: (overlay) => this.traits.set("overlay", overlay),
      direction: (direction) => this.traits.set("direction", direction),
      levels: (levels) => this.#openLevels(levels),
      zoom: (factor) => this.#act({ do: "zoom", factor }),
      fit: () => this.#act({ do: "fit" }),
      search: () => this.#finder.toggle(),
      list: () => this.#toolbar.listIsOpen(this.drawing.toggleList()),
      full: () => this.#act({ do: "full" }),
      help: () => this.#toggleHelp(),
    },
    makeExports(this),
  );
  readonly #finder: Finder;
  readonly #choices: Choices;
  readonly #selection: Selection;
  readonly #fullScreen: FullScreen;
  readonly #parts: readonly Part[];
  #expression: Expression | null = null;
  #fold: Fold | null = null;
  #trace: Trace = "both";
  #isFirst = true;
  /** How the expression was unfolded for the picture on the stage. */
  #drawn: Bookmark | null = null;
  #followTheme = () => {};

  constructor(model: Host, el: HTMLElement, layouts: LayoutService, signal: AbortSignal) {
    this.#layouts = layouts;
    this.signal = signal;
    this.traits = new Traits(model, TRAITS, (name) => this.#changed(name), signal);
    this.#choices = new Choices(this.traits, this.#toolbar);
    this.#selection = new Selection(this.traits);
    this.#finder = new Finder(this, (isOpen) => this.#toolbar.searchIsOpen(isOpen));
    const deck = DECK.map((make) => make(this));
    const panel = PANEL.map((make) => make(this));
    this.#parts = [this.#finder, ...deck, ...panel];
    this.#back.classList.add("mgw-back");
    this.#frame = makeFrame({
      toolbar: this.#toolbar.element,
      legend: this.#colouring.legend.element,
      help: this.#help.element,
      tooltip: this.#tooltip.element,
      back: this.#back,
      finder: this.#finder.element,
      deck: deck.map(({ element }) => element),
      panel: panel.map(({ element }) => element),
    });
    this.#notice = new Notice(this.#frame.notice, signal);
    this.#viewport = new Viewport(this.#frame.stage, () => this.#viewMoved());
    this.#lookout = new Lookout(this.traits, this.#viewport, signal);
    const resized = (isFull: boolean) => this.#roomChanged(isFull);
    this.#fullScreen = new FullScreen(this.#frame, this.#viewport, resized, signal);
    this.drawing = new Drawing(this.#frame, this.#viewport, layouts, this.#notice);
    el.append(this.#frame.root);
  }

  start(): void {
    const signal = this.signal;
    const { root } = this.#frame;
    this.#layouts.enter();
    signal.addEventListener("abort", () => this.#end(), { once: true });
    this.#choices.read();
    const theme = followTheme(
      root,
      () => this.traits.get("theme"),
      (name) => this.#wear(name),
      signal,
    );
    this.#followTheme = theme.refresh;
    followWidth(this.#frame, () => this.#resize(), signal);
    this.#connect();
    this.#read();
  }

  #end(): void {
    this.drawing.clear();
    this.#tooltip.hide();
    this.#layouts.leave();
    this.#frame.root.remove();
  }

  #connect(): void {
    const commands = {
      act: (action: Action) => this.#act(action),
      key: (event: KeyboardEvent) => this.#parts.some((part) => part.key?.(event)),
      take: (index: number) => this.drawing.focus(index),
      show: (index: number) => this.drawing.reveal(index),
      direction: () => this.#choices.direction,
      clickedItem: (index: number) => this.#toggle(index),
      clickedMore: (index: number) => this.#refold("more", index),
      clickedToggle: (index: number) => this.#refold("toggleGroup", index),
      clickedBackground: () => this.#select(null),
      fit: () => this.#act({ do: "fit" }),
      grip: (index: number) => this.#grip(index),
      retype: (index: number) => {
        for (const part of this.#parts) part.retype?.(index);
      },
      hover: (index: number | null, event: PointerEvent) => {
        if (this.#expression && this.#fold) {
          this.#tooltip.point(this.#expression, this.#fold, index, event);
        }
      },
      focusedItem: (index: number, byKeys: boolean) => this.drawing.focused(index, byKeys),
      unfocusedItem: () => this.drawing.unfocused(),
      wheelRefused: () => this.#notice.hintAtWheel(),
      moved: () => {
        this.drawing.untouched = false;
        this.#lookout.moved();
        this.#notice.hide(text.partly);
      },
    };
    connectControls(this.#frame, this.#viewport, commands, this.signal);
  }

  // What the model says

  #changed(name: string): void {
    if (name === "tape") this.#read();
    else if (name === "theme") this.#followTheme();
    else if (name === "selected") this.#selectedByModel();
    else if (name === "overlay" || name === "direction") this.#choicesChanged();
    else if (name === "unfolded") this.#unfoldedByModel();
    else this.#renumber(name);
  }

  #read(): void {
    const bytes = bytesOf(this.traits.get("tape"));
    if (bytes.length === 0) return;
    this.drawing.clear();
    this.drawing.untouched = true;
    this.#tooltip.hide();
    this.#notice.hide();
    try {
      this.#expression = new Expression(bytes);
      readNumbers(this.#expression, this.traits);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#fold = new Fold(this.#expression.tape, this.#expression.groups);
    this.#fold.restore(this.traits.get("unfolded"));
    this.#colouring.legend.explain(this.#expression.groups.count > 0);
    this.drawing.setCurrent(this.#expression.output);
    this.#selection.item = this.#selection.wanted(this.#expression);
    this.#revealSelected();
    this.#update();
    void this.#draw(null);
  }

  /** One of the traits that the numbers depend on has changed: the picture stays where it is. */
  #renumber(name: string): void {
    if (this.#expression === null) return;
    try {
      readTrait(this.#expression, this.traits, name);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#tooltip.renew();
    this.#paint();
    this.#update();
  }

  #fail(error: unknown): void {
    this.#expression = null;
    this.drawing.clear();
    this.#update();
    this.#frame.summary.textContent = "";
    const words = text.tapeFailed(error instanceof Error ? error.message : String(error));
    this.#frame.root.setAttribute("aria-label", text.figure(words));
    this.#notice.alert(words);
  }

  #choicesChanged(): void {
    if (this.#choices.read()) {
      this.drawing.untouched = true;
      this.#lookout.forget();
      void this.#draw(null);
    } else {
      this.#paint();
    }
    this.#update();
  }

  #selectedByModel(): void {
    if (this.#selection.agrees(this.#expression)) return;
    this.#select(this.#selection.wanted(this.#expression), false);
  }

  /** Another view, or a state that was kept, shows more or less. */
  #unfoldedByModel(): void {
    if (this.#fold === null || this.#isUnfoldedLikeModel(this.#fold)) return;
    this.#fold.restore(this.traits.get("unfolded"));
    this.drawing.untouched = false;
    this.#update();
    void this.#draw(this.drawing.current);
  }

  #isUnfoldedLikeModel(fold: Fold): boolean {
    const wanted = this.traits.get("unfolded") ?? null;
    return JSON.stringify(fold.snapshot()) === JSON.stringify(wanted);
  }

  // What is shown

  async #draw(held: number | null): Promise<void> {
    if (this.#expression === null || this.#fold === null) return;
    const [expression, fold, { direction }] = [this.#expression, this.#fold, this.#choices];
    const here = fold.bookmark();
    const outcome = await this.drawing.draw(expression, fold, direction, held);
    if (outcome === "replaced") return;
    if (outcome !== "drawn") return this.#undrawn(outcome, expression, fold);
    this.#drawn = here;
    if (!this.#isUnfoldedLikeModel(fold)) this.traits.set("unfolded", fold.snapshot());
    this.#resume();
    this.#tooltip.hide();
    this.#paint();
    this.drawing.light(this.#selection.item, this.#trace);
    // What is held in its place must not be moved away again.
    if (held === null) this.#showSelected();
  }

  /** Nothing came of a layout: back to the picture there is, else one of less, else a table. */
  #undrawn(outcome: "cancelled" | "failed", expression: Expression, fold: Fold): void {
    const former = this.drawing.isThere ? this.#drawn : null;
    if (former !== null && (outcome === "cancelled" || !former.isHere())) {
      former.goBack();
      this.#tell(outcome === "cancelled" ? text.cancelled : text.tooMuch);
    } else if (fold.collapse()) {
      void this.#draw(null);
      this.#tell(text.lessShown);
    } else {
      this.drawing.showTable(expression, fold);
    }
    this.#update();
  }

  #tell(words: string): void {
    this.say(words);
    this.hint(words);
  }

  /** A first picture is looked at from where a former view was; without room it waits. */
  #resume(): void {
    if (!this.#isFirst || !this.drawing.isThere || this.#viewport.size.width === 0) return;
    this.#isFirst = false;
    if (this.#lookout.resume()) this.drawing.untouched = false;
  }

  #showSelected(): void {
    if (this.#selection.item !== null) this.drawing.reveal(this.#selection.item);
  }

  #resize(): void {
    this.drawing.resize();
    this.#resume();
    this.#showSelected();
    this.#offerWayBack();
  }

  #roomChanged(isFull: boolean): void {
    this.#toolbar.fullIsOn(isFull);
    this.#resize();
  }

  #paint(): void {
    if (this.#expression === null || this.#fold === null) return;
    const paint = this.#colouring.paintOf(this.#expression, this.#choices.overlay);
    this.drawing.paint(paint, (item) => this.#remark(item));
    this.drawing.mark(this.#fold);
  }

  /** What the first part that has something to say of an item says. */
  #remark(item: number): Remark | null {
    for (const part of this.#parts) {
      const remark = part.remark?.(item) ?? null;
      if (remark !== null) return remark;
    }
    return null;
  }

  #grip(item: number): Grip | null {
    for (const part of this.#parts) {
      const grip = part.grip?.(item) ?? null;
      if (grip !== null) return grip;
    }
    return null;
  }

  repaint(): void {
    this.#paint();
  }

  #wear(theme: Theme): void {
    this.#colouring.theme = theme;
    this.#frame.root.dataset.theme = theme;
    this.#paint();
  }

  get root(): HTMLElement {
    return this.#frame.root;
  }

  get situation(): Situation | null {
    if (this.#expression === null || this.#fold === null) return null;
    return { expression: this.#expression, fold: this.#fold, item: this.#selection.item };
  }

  /** Everything around the picture. */
  #update(): void {
    const { situation } = this;
    if (situation !== null) {
      const summary = summaryOf(situation.expression, situation.fold);
      this.#frame.summary.textContent = summary;
      this.#frame.root.setAttribute("aria-label", text.figure(summary));
      this.#toolbar.showLevels(situation.fold.levels, situation.fold.groups.levels);
    }
    this.#showPanel();
    for (const part of this.#parts) part.update(situation);
  }

  #showPanel(): void {
    const { panel, facts } = this.#frame;
    const { situation } = this;
    panel.hidden = situation === null || situation.item === null;
    if (situation === null || situation.item === null) {
      facts.replaceChildren();
      return;
    }
    const close = () => this.#letGo();
    const go = (item: number) => this.go(item);
    const { item } = situation;
    const trace = (trace: Trace) => {
      this.#traceFrom(item, trace);
      focusTrace(facts);
    };
    const parts = { ...situation, go, close, trace, lit: this.#trace };
    refill(facts, panelContent(parts, item));
  }

  // Selecting and opening

  select(item: number | null): void {
    this.#select(item);
  }

  #select(index: number | null, tell = true): void {
    const expression = this.#expression;
    if (index === this.#selection.item) return;
    this.#selection.item = index;
    this.#trace = "both";
    if (tell) this.#selection.tell(expression);
    if (this.#revealSelected()) void this.#draw(null);
    this.drawing.light(index, this.#trace);
    this.#update();
    this.#frame.panel.scrollTop = 0;
    if (index === null || expression === null) {
      this.say(text.cleared);
    } else {
      this.drawing.setCurrent(index);
      this.say(text.selected(spokenItem(expression, index)));
    }
  }

  #toggle(index: number): void {
    this.#select(this.#selection.item === index ? null : index);
  }

  /** A value asked for may be one that is not drawn yet; says whether it has to be now. */
  #revealSelected(): boolean {
    const [expression, fold, { item }] = [this.#expression, this.#fold, this.#selection];
    if (expression === null || fold === null || item === null) return false;
    return fold.reveal(item, expression.consumers);
  }

  show(index: number): void {
    // It may be selected still, and in a group that was closed since.
    if (this.#selection.item !== index) this.#select(index);
    else if (this.#revealSelected()) void this.#draw(null);
    this.drawing.reveal(index);
  }

  /** From a name in the panel to that value, in the picture too. */
  go(index: number): void {
    this.#select(index);
    this.drawing.focus(index);
    this.drawing.reveal(index);
  }

  /** Shows more or less of the expression; what was asked stays where it is. */
  #refold(what: Refolding, index: number): void {
    if (this.#fold === null || this.#expression === null) return;
    const words = refold(this.#expression, this.#fold, what, index);
    this.say(words ?? text.full(MOST_DRAWN));
    if (words === null) {
      this.hint(text.full(MOST_DRAWN));
      return;
    }
    this.#update();
    this.drawing.untouched = false;
    this.drawing.setCurrent(index);
    void this.#draw(index);
  }

  #openLevels(levels: number): void {
    if (this.#fold === null || this.#fold.groups.count === 0) return;
    const { words, isAll } = openLevels(this.#fold, levels);
    if (isAll) this.say(words);
    else this.#tell(words);
    this.#lookout.forget();
    this.drawing.untouched = true;
    this.#update();
    void this.#draw(null);
  }

  #traceFrom(index: number, trace: Trace): void {
    this.#select(index);
    this.#trace = trace;
    this.drawing.light(index, trace);
    this.#update();
    this.say(text.traced[trace]);
  }

  #act(action: Action): void {
    this.#notice.hide(text.partly);
    if (action.do === "pan" || action.do === "zoom") this.#lookout.moved();
    else if (action.do === "fit") this.#lookout.forget();
    perform(action, this.drawing, this.#viewport, {
      isGroup: (index) => this.#expression?.isGroup(index) ?? false,
      more: (index) => this.#refold("more", index),
      toggleGroup: (index) => this.#refold("toggleGroup", index),
      toggle: (index) => this.#toggle(index),
      levels: (levels) => this.#openLevels(levels),
      trace: (index, trace) => this.#traceFrom(index, trace),
      read: (index) => this.#speak(index),
      full: () => this.#fullScreen.toggle(),
      search: () => this.#finder.open(),
      find: (step) => this.#finder.step(step),
      help: () => this.#toggleHelp(),
      leave: () => this.#leave(),
    });
  }

  #speak(index: number): void {
    if (this.#expression) this.say(numbersAloud(this.#expression, index));
  }

  /** Clears what is open, one thing at a time, then gives keys and wheel back to the page. */
  #leave(): void {
    this.#tooltip.hide();
    if (this.drawing.cancel() || this.#fullScreen.leave()) return;
    if (this.#help.isOpen) this.#toggleHelp();
    else if (this.#finder.isOpen) this.#finder.close();
    else if (this.#selection.item !== null) this.#letGo();
    else leaveFocus(this.#frame.root);
  }

  /** What had the focus in the panel is gone with it. */
  #letGo(): void {
    const wasInPanel = holdsFocus(this.#frame.panel);
    this.#select(null);
    if (wasInPanel) this.drawing.focus(this.drawing.current);
  }

  #toggleHelp(): void {
    this.#help.toggle();
    this.#toolbar.helpIsOpen(this.#help.isOpen);
  }

  #viewMoved(): void {
    // The first time these are still to be made.
    this.drawing?.followView();
    this.#fullScreen?.viewMoved();
    this.#offerWayBack();
  }

  #offerWayBack(): void {
    const hasRoom = this.#viewport.size.width > 0;
    this.#back.hidden = !hasRoom || !this.drawing?.isThere || this.#viewport.isAnythingInView();
  }

  /** The same words a second time would not be spoken; with a space that is not seen they are. */
  say(words: string): void {
    const { live } = this.#frame;
    live.textContent = live.textContent === words ? `${words}\u00a0` : words;
  }

  hint(words: string): void {
    this.#notice.hint(words);
  }
}
