/** One view of one expression: keeps traits, picture, panel and keys in step with one another. */
import { Expression } from "../expression.ts";
import { Fold, MOST_DRAWN } from "../fold.ts";
import { spokenItem } from "../grouped.ts";
import { bytesOf, type Host, watch } from "../host.ts";
import type { LayoutService } from "../layout/service.ts";
import { text } from "../strings.ts";
import { perform } from "./actions.ts";
import { Choices } from "./choices.ts";
import { Colouring } from "./colouring.ts";
import type { Theme } from "./colours.ts";
import { connectControls } from "./controls.ts";
import { leaveFocus } from "./dom.ts";
import { Drawing } from "./drawing.ts";
import { type Frame, followWidth, makeFrame } from "./frame.ts";
import type { Action, Trace } from "./keys.ts";
import { Notice } from "./notice.ts";
import { panelContent } from "./panel.ts";
import { type Refolding, refold } from "./refold.ts";
import { Selection } from "./selection.ts";
import { summaryOf } from "./summary.ts";
import { followTheme } from "./theme.ts";
import { button, makeHelp, makeToolbar } from "./toolbar.ts";
import { Tooltip } from "./tooltip.ts";
import { Viewport } from "./viewport.ts";

export class Diagram {
  readonly #model: Host;
  readonly #layouts: LayoutService;
  readonly #signal: AbortSignal;
  readonly #frame: Frame;
  readonly #viewport: Viewport;
  readonly #drawing: Drawing;
  readonly #notice: Notice;
  readonly #tooltip = new Tooltip();
  readonly #colouring = new Colouring();
  readonly #help = makeHelp(() => this.#toggleHelp());
  readonly #back = button(text.backToPicture, "", () => this.#viewport.fit());
  readonly #toolbar = makeToolbar({
    overlay: (overlay) => this.#choose("overlay", overlay),
    direction: (direction) => this.#choose("direction", direction),
    zoom: (factor) => this.#act({ do: "zoom", factor }),
    fit: () => this.#act({ do: "fit" }),
    help: () => this.#toggleHelp(),
  });
  readonly #choices: Choices;
  readonly #selection: Selection;
  #expression: Expression | null = null;
  #fold: Fold | null = null;
  #trace: Trace = "both";

  constructor(model: Host, el: HTMLElement, layouts: LayoutService, signal: AbortSignal) {
    this.#model = model;
    this.#layouts = layouts;
    this.#signal = signal;
    this.#choices = new Choices(model, this.#toolbar);
    this.#selection = new Selection(model);
    this.#back.classList.add("mgw-back");
    this.#frame = makeFrame({
      toolbar: this.#toolbar.element,
      legend: this.#colouring.legend.element,
      help: this.#help,
      tooltip: this.#tooltip.element,
      back: this.#back,
    });
    this.#notice = new Notice(this.#frame.notice, signal);
    this.#viewport = new Viewport(this.#frame.stage, () => this.#offerWayBack());
    this.#drawing = new Drawing(this.#frame, this.#viewport, layouts, this.#notice);
    el.append(this.#frame.root);
  }

  start(): void {
    const signal = this.#signal;
    const { root } = this.#frame;
    this.#layouts.enter();
    signal.addEventListener("abort", () => this.#end(), { once: true });
    this.#choices.read();
    const theme = followTheme(
      root,
      () => this.#model.get("theme"),
      (name) => this.#wear(name),
      signal,
    );
    watch(this.#model, "theme", theme.refresh, signal);
    watch(this.#model, "tape", () => this.#read(), signal);
    watch(this.#model, "gradient_table", () => this.#readGradients(), signal);
    watch(this.#model, "selected", () => this.#selectedByModel(), signal);
    watch(this.#model, "overlay", () => this.#choicesChanged(), signal);
    watch(this.#model, "direction", () => this.#choicesChanged(), signal);
    followWidth(this.#frame, () => this.#resize(), signal);
    this.#connect();
    this.#read();
  }

  #end(): void {
    this.#drawing.clear();
    this.#tooltip.hide();
    this.#layouts.leave();
    this.#frame.root.remove();
  }

  #connect(): void {
    const commands = {
      act: (action: Action) => this.#act(action),
      direction: () => this.#choices.direction,
      clickedItem: (index: number) => this.#toggle(index),
      clickedMore: (index: number) => this.#refold("more", index),
      clickedToggle: (index: number) => this.#refold("toggleGroup", index),
      clickedBackground: () => this.#select(null),
      fit: () => this.#act({ do: "fit" }),
      hover: (index: number | null, event: PointerEvent) => {
        if (this.#expression && this.#fold) {
          this.#tooltip.point(this.#expression, this.#fold, index, event);
        }
      },
      focusedItem: (index: number) => this.#drawing.setCurrent(index),
      wheelRefused: () => this.#notice.hintAtWheel(),
      moved: () => {
        this.#drawing.untouched = false;
        this.#notice.hide(text.partly);
      },
    };
    connectControls(this.#frame, this.#viewport, commands, this.#signal);
  }

  // What the model says

  #read(): void {
    const bytes = bytesOf(this.#model.get("tape"));
    if (bytes.length === 0) return;
    this.#drawing.clear();
    this.#drawing.untouched = true;
    this.#tooltip.hide();
    this.#notice.hide();
    try {
      this.#expression = new Expression(bytes);
      this.#expression.giveGradients(bytesOf(this.#model.get("gradient_table")));
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#fold = new Fold(this.#expression.tape, this.#expression.groups);
    this.#colouring.legend.explain(this.#expression.groups.count > 0);
    this.#drawing.setCurrent(this.#expression.output);
    this.#selection.item = this.#selection.wanted(this.#expression);
    this.#revealSelected();
    this.#summarise();
    this.#showPanel();
    void this.#draw(null);
  }

  #readGradients(): void {
    try {
      this.#expression?.giveGradients(bytesOf(this.#model.get("gradient_table")));
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#paint();
    this.#showPanel();
  }

  #fail(error: unknown): void {
    this.#expression = null;
    this.#drawing.clear();
    this.#showPanel();
    this.#frame.summary.textContent = "";
    this.#notice.alert(text.tapeFailed(error instanceof Error ? error.message : String(error)));
  }

  #choicesChanged(): void {
    if (this.#choices.read()) {
      this.#drawing.untouched = true;
      void this.#draw(null);
    } else {
      this.#paint();
    }
  }

  /** Read back at once: a page without a kernel may announce no change. */
  #choose(trait: "overlay" | "direction", value: string): void {
    this.#choices.tell(trait, value);
    this.#choicesChanged();
  }

  #selectedByModel(): void {
    if (this.#selection.agrees(this.#expression)) return;
    this.#select(this.#selection.wanted(this.#expression), false);
  }

  // What is shown

  async #draw(held: number | null): Promise<void> {
    if (this.#expression === null || this.#fold === null) return;
    const { direction } = this.#choices;
    const isNew = await this.#drawing.draw(this.#expression, this.#fold, direction, held);
    if (!isNew) return;
    this.#tooltip.hide();
    this.#paint();
    this.#drawing.light(this.#selection.item, this.#trace);
    // What is held in its place must not be moved away again.
    if (held === null) this.#showSelected();
  }

  #showSelected(): void {
    if (this.#selection.item !== null) this.#drawing.reveal(this.#selection.item);
  }

  #resize(): void {
    this.#drawing.resize();
    this.#showSelected();
    this.#offerWayBack();
  }

  #paint(): void {
    if (this.#expression === null) return;
    this.#drawing.paint(this.#colouring.paintOf(this.#expression, this.#choices.overlay));
  }

  #wear(theme: Theme): void {
    this.#colouring.theme = theme;
    this.#frame.root.dataset.theme = theme;
    this.#paint();
  }

  #summarise(): void {
    if (this.#expression === null || this.#fold === null) return;
    const summary = summaryOf(this.#expression, this.#fold);
    this.#frame.summary.textContent = summary;
    this.#frame.root.setAttribute("aria-label", text.figure(summary));
  }

  #showPanel(): void {
    const { panel } = this.#frame;
    const [expression, fold, { item }] = [this.#expression, this.#fold, this.#selection];
    panel.hidden = item === null || expression === null;
    panel.replaceChildren();
    if (item === null || expression === null || fold === null) return;
    const close = () => {
      this.#select(null);
      this.#drawing.focus(this.#drawing.current);
    };
    panel.append(...panelContent({ expression, fold, go: (i) => this.#go(i), close }, item));
    panel.scrollTop = 0;
  }

  // Selecting and opening

  #select(index: number | null, tell = true): void {
    const expression = this.#expression;
    if (index === this.#selection.item) return;
    this.#selection.item = index;
    this.#trace = "both";
    if (tell) this.#selection.tell(expression);
    if (this.#revealSelected()) void this.#draw(null);
    this.#drawing.light(index, this.#trace);
    this.#showPanel();
    if (index === null || expression === null) {
      this.#say(text.cleared);
    } else {
      this.#drawing.setCurrent(index);
      this.#say(text.selected(spokenItem(expression, index)));
    }
  }

  #toggle(index: number): void {
    this.#select(this.#selection.item === index ? null : index);
  }

  /** A value asked for may be one that is not drawn yet; says whether it has to be now. */
  #revealSelected(): boolean {
    const [expression, fold, { item }] = [this.#expression, this.#fold, this.#selection];
    if (expression === null || fold === null || !expression.has(item)) return false;
    const changed = fold.reveal(item, expression.consumers);
    if (changed) this.#summarise();
    return changed;
  }

  /** From a name in the panel to that value, in the picture too. */
  #go(index: number): void {
    this.#select(index);
    this.#drawing.reveal(index);
    this.#drawing.focus(index);
  }

  /** Shows more or less of the expression; what was asked stays where it is. */
  #refold(what: Refolding, index: number): void {
    if (this.#fold === null || this.#expression === null) return;
    const words = refold(this.#expression, this.#fold, what, index);
    this.#say(words ?? text.full(MOST_DRAWN));
    if (words === null) {
      this.#notice.hint(text.full(MOST_DRAWN));
      return;
    }
    this.#summarise();
    this.#showPanel();
    this.#drawing.untouched = false;
    this.#drawing.setCurrent(index);
    void this.#draw(index);
  }

  #traceFrom(index: number, trace: Trace): void {
    this.#select(index);
    this.#trace = trace;
    this.#drawing.light(index, trace);
    this.#say(text.traced[trace]);
  }

  #act(action: Action): void {
    this.#notice.hide(text.partly);
    perform(action, this.#drawing, this.#viewport, {
      isGroup: (index) => this.#expression?.isGroup(index) ?? false,
      more: (index) => this.#refold("more", index),
      toggleGroup: (index) => this.#refold("toggleGroup", index),
      toggle: (index) => this.#toggle(index),
      trace: (index, trace) => this.#traceFrom(index, trace),
      help: () => this.#toggleHelp(),
      leave: () => this.#leave(),
    });
  }

  /** Clears what is open, and gives keys and wheel back to the page. */
  #leave(): void {
    if (!this.#help.hidden) {
      this.#toggleHelp();
      return;
    }
    this.#tooltip.hide();
    this.#select(null);
    leaveFocus(this.#frame.root);
  }

  #toggleHelp(): void {
    this.#help.hidden = !this.#help.hidden;
    this.#toolbar.helpIsOpen(!this.#help.hidden);
    if (this.#help.hidden) this.#drawing.focus(this.#drawing.current);
  }

  #offerWayBack(): void {
    const hasRoom = this.#viewport.size.width > 0;
    this.#back.hidden = !hasRoom || !this.#drawing?.isThere || this.#viewport.isAnythingInView();
  }

  #say(words: string): void {
    this.#frame.live.textContent = words;
  }
}
