/** One view of one expression: keeps traits, picture, panel and keys in step with one another. */
import { Expression } from "../expression.ts";
import { Fold, MOST_DRAWN } from "../fold.ts";
import { bytesOf, type Host, share, watch } from "../host.ts";
import type { Direction } from "../layout/dot.ts";
import type { LayoutService } from "../layout/service.ts";
import { text } from "../strings.ts";
import { perform } from "./actions.ts";
import { scaleOf, type Theme } from "./colours.ts";
import { connectControls } from "./controls.ts";
import { leaveFocus } from "./dom.ts";
import { Drawing } from "./drawing.ts";
import { type Frame, followWidth, makeFrame } from "./frame.ts";
import type { Action, Trace } from "./keys.ts";
import { makeLegend } from "./legend.ts";
import { Notice } from "./notice.ts";
import { panelContent } from "./panel.ts";
import { summaryOf } from "./summary.ts";
import { followTheme } from "./theme.ts";
import { button, makeHelp, makeToolbar } from "./toolbar.ts";
import { Tooltip } from "./tooltip.ts";
import { type Overlay, readDirection, readOverlay } from "./traits.ts";
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
  readonly #legend = makeLegend();
  readonly #help = makeHelp(() => this.#toggleHelp());
  readonly #back = button(text.backToPicture, "", () => this.#viewport.fit());
  readonly #toolbar = makeToolbar({
    overlay: (overlay) => this.#choose("overlay", overlay),
    direction: (direction) => this.#choose("direction", direction),
    zoom: (factor) => this.#act({ do: "zoom", factor }),
    fit: () => this.#act({ do: "fit" }),
    help: () => this.#toggleHelp(),
  });
  #expression: Expression | null = null;
  #fold: Fold | null = null;
  #overlay: Overlay = "gradient";
  #direction: Direction = "LR";
  #theme: Theme = "light";
  #selected: number | null = null;
  #trace: Trace = "both";

  constructor(model: Host, el: HTMLElement, layouts: LayoutService, signal: AbortSignal) {
    this.#model = model;
    this.#layouts = layouts;
    this.#signal = signal;
    this.#back.classList.add("mgw-back");
    this.#frame = makeFrame({
      toolbar: this.#toolbar.element,
      legend: this.#legend.element,
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
    this.#readChoices();
    const theme = followTheme(
      root,
      () => this.#model.get("theme"),
      (name) => this.#wear(name),
      signal,
    );
    watch(this.#model, "theme", theme.refresh, signal);
    watch(this.#model, "tape", () => this.#read(), signal);
    watch(this.#model, "gradient_table", () => this.#readGradients(), signal);
    watch(this.#model, "selected", () => this.#select(this.#wantedSelection(), false), signal);
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
      direction: () => this.#direction,
      clickedValue: (index: number) => this.#toggle(index),
      clickedMore: (index: number) => this.#open(index),
      clickedBackground: () => this.#select(null),
      fit: () => this.#act({ do: "fit" }),
      hover: (index: number | null, event: PointerEvent) => {
        if (this.#expression) this.#tooltip.point(this.#expression, index, event);
      },
      focusedValue: (index: number) => this.#drawing.setCurrent(index),
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
    this.#fold = new Fold(this.#expression.tape);
    this.#drawing.setCurrent(this.#expression.output);
    this.#selected = this.#wantedSelection();
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

  /** Says whether the direction is a new one. */
  #readChoices(): boolean {
    const direction = readDirection(this.#model);
    const turned = direction !== this.#direction;
    this.#overlay = readOverlay(this.#model);
    this.#direction = direction;
    this.#toolbar.update(this.#overlay, direction);
    return turned;
  }

  #choicesChanged(): void {
    if (this.#readChoices()) {
      this.#drawing.untouched = true;
      void this.#draw(null);
    } else {
      this.#paint();
    }
  }

  /** Read back at once: a page without a kernel may announce no change. */
  #choose(trait: "overlay" | "direction", value: string): void {
    share(this.#model, trait, value);
    this.#choicesChanged();
  }

  #wantedSelection(): number | null {
    const wanted = this.#model.get("selected");
    return this.#expression?.has(wanted) ? wanted : null;
  }

  // What is shown

  async #draw(held: number | null): Promise<void> {
    if (this.#expression === null || this.#fold === null) return;
    const isNew = await this.#drawing.draw(this.#expression, this.#fold, this.#direction, held);
    if (!isNew) return;
    this.#tooltip.hide();
    this.#paint();
    this.#drawing.light(this.#selected, this.#trace);
    if (this.#selected !== null) this.#drawing.reveal(this.#selected);
  }

  #resize(): void {
    this.#drawing.resize();
    if (this.#selected !== null) this.#drawing.reveal(this.#selected);
    this.#offerWayBack();
  }

  #paint(): void {
    if (this.#expression === null) return;
    const { data, gradients } = this.#expression;
    const numbers = this.#overlay === "value" ? data : gradients;
    const scale = this.#overlay === "none" ? null : scaleOf(numbers);
    this.#legend.update(this.#overlay === "value" ? text.value : text.gradient, scale, this.#theme);
    this.#drawing.paint({ numbers, scale, theme: this.#theme });
  }

  #wear(theme: Theme): void {
    this.#theme = theme;
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
    const expression = this.#expression;
    const index = this.#selected;
    panel.hidden = index === null || expression === null;
    panel.replaceChildren();
    if (index === null || expression === null) return;
    const close = () => {
      this.#select(null);
      this.#drawing.focus(this.#drawing.current);
    };
    panel.append(...panelContent(expression, index, (i) => this.#go(i), close));
    panel.scrollTop = 0;
  }

  // Selecting and opening

  #select(index: number | null, tell = true): void {
    if (index === this.#selected) return;
    this.#selected = index;
    this.#trace = "both";
    if (tell) share(this.#model, "selected", index);
    if (this.#revealSelected()) void this.#draw(null);
    this.#drawing.light(index, this.#trace);
    this.#showPanel();
    if (index === null || this.#expression === null) {
      this.#say(text.cleared);
    } else {
      this.#drawing.setCurrent(index);
      this.#say(text.selected(this.#expression.spoken(index)));
    }
  }

  #toggle(index: number): void {
    this.#select(this.#selected === index ? null : index);
  }

  /** A value asked for may be one that is not drawn yet; says whether it has to be now. */
  #revealSelected(): boolean {
    const expression = this.#expression;
    if (expression === null || this.#fold === null || this.#selected === null) return false;
    const added = this.#fold.reveal(this.#selected, expression.consumers);
    if (added.length > 0) this.#summarise();
    return added.length > 0;
  }

  /** From a name in the panel to that value, in the picture too. */
  #go(index: number): void {
    this.#select(index);
    this.#drawing.reveal(index);
    this.#drawing.focus(index);
  }

  #open(index: number): void {
    if (this.#fold === null || this.#expression === null) return;
    const added = this.#fold.open(index).length;
    if (added === 0) {
      this.#notice.hint(text.full(MOST_DRAWN));
      this.#say(text.full(MOST_DRAWN));
      return;
    }
    this.#summarise();
    this.#say(text.added(added, this.#fold.size, this.#expression.tape.count));
    this.#drawing.untouched = false;
    void this.#draw(index);
  }

  #traceFrom(index: number, trace: Trace): void {
    this.#select(index);
    this.#trace = trace;
    this.#drawing.light(this.#selected, trace);
    this.#say(text.traced[trace]);
  }

  #act(action: Action): void {
    this.#notice.hide(text.partly);
    perform(action, this.#drawing, this.#viewport, {
      open: (index) => this.#open(index),
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
