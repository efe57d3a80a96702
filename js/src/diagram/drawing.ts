/** The picture of one expression on its stage: laid out, painted, lit, walked. */
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import { downstreamMask, type Edge, upstreamMask } from "../graph.ts";
import { type Direction, dotText } from "../layout/dot.ts";
import { readPositions } from "../layout/positions.ts";
import type { LayoutService } from "../layout/service.ts";
import { buildScene } from "../scene.ts";
import { text } from "../strings.ts";
import { colourOf, neutral, type Scale, type Theme } from "./colours.ts";
import { holdsFocus } from "./dom.ts";
import type { Frame } from "./frame.ts";
import type { Trace } from "./keys.ts";
import type { Notice } from "./notice.ts";
import { drawPicture, type Picture, type Placed } from "./picture.ts";
import { valuesTable } from "./table.ts";
import type { Viewport } from "./viewport.ts";
import { type Step, walk } from "./walk.ts";

/** A layout quicker than this needs no word about waiting. */
const PATIENCE_MS = 300;

export interface Paint {
  numbers: Float64Array;
  scale: Scale | null;
  theme: Theme;
}

export class Drawing {
  readonly #frame: Frame;
  readonly #viewport: Viewport;
  readonly #layouts: LayoutService;
  readonly #notice: Notice;
  #expression: Expression | null = null;
  #picture: Picture | null = null;
  #direction: Direction = "LR";
  #request = new AbortController();
  /** The value that the keys start from: the one tab stop of the picture. */
  #current = 0;
  /** Until a person moves the picture it is fitted anew whenever its room changes. */
  untouched = true;

  constructor(frame: Frame, viewport: Viewport, layouts: LayoutService, notice: Notice) {
    this.#frame = frame;
    this.#viewport = viewport;
    this.#layouts = layouts;
    this.#notice = notice;
  }

  get current(): number {
    return this.#current;
  }

  get isThere(): boolean {
    return this.#picture !== null;
  }

  hiddenBehind(i: number): number {
    return this.#picture?.boxes.get(i)?.box.hidden ?? 0;
  }

  /** Ends a layout that is still under way. */
  cancel(): void {
    this.#request.abort();
  }

  /** Takes the picture off the stage. */
  clear(): void {
    this.cancel();
    this.#picture?.world.remove();
    this.#picture = null;
  }

  /** Lays the shown values out and draws them; `held` stays where it is on the screen. */
  async draw(
    expression: Expression,
    fold: Fold,
    direction: Direction,
    held: number | null,
  ): Promise<boolean> {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    const scene = buildScene(expression.tape, expression.names, fold);
    const patience = setTimeout(() => this.#notice.show(text.drawing), PATIENCE_MS);
    signal.addEventListener("abort", () => clearTimeout(patience), { once: true });
    try {
      const json = await this.#layouts.layout(dotText(scene, direction), signal);
      if (signal.aborted) return false;
      const positions = readPositions(json, scene, direction);
      this.#expression = expression;
      this.#direction = direction;
      this.#show(drawPicture(scene, positions, direction), positions, held);
      return true;
    } catch {
      if (!signal.aborted) this.#showTable(expression, fold);
      return false;
    } finally {
      clearTimeout(patience);
      if (!signal.aborted) this.#notice.hide(text.drawing);
    }
  }

  #show(picture: Picture, size: { width: number; height: number }, held: number | null): void {
    const old = this.#picture;
    const hadFocus = old !== null && holdsFocus(old.world);
    this.#removeTable();
    this.#picture = picture;
    this.#viewport.show(picture.world, size);
    const before = held === null ? undefined : old?.boxes.get(held);
    const after = held === null ? undefined : picture.boxes.get(held);
    if (before && after) this.#viewport.hold(cornerOf(before), cornerOf(after));
    else this.resize();
    this.setCurrent(picture.boxes.has(this.#current) ? this.#current : lastOf(picture));
    if (hadFocus) this.focus(this.#current);
  }

  #showTable(expression: Expression, fold: Fold): void {
    this.clear();
    this.#removeTable();
    this.#frame.stage.classList.add("mgw-hidden");
    this.#frame.stageBox.append(valuesTable(expression, fold.shown));
  }

  #removeTable(): void {
    this.#frame.stageBox.querySelector(".mgw-instead")?.remove();
    this.#frame.stage.classList.remove("mgw-hidden");
  }

  /** Puts numbers, colours and spoken names into the boxes that are there. */
  paint({ numbers, scale, theme }: Paint): void {
    const expression = this.#expression;
    if (expression === null) return;
    this.#picture?.paint(
      (i) => ({
        data: expression.data[i]!,
        gradient: expression.gradients[i]!,
        fill: scale ? colourOf(numbers[i]!, scale, theme) : neutral(theme),
        spoken: this.#spoken(expression, i),
        breaks: expression.breaks(i),
      }),
      (edge) => expression.local(edge),
    );
  }

  #spoken(expression: Expression, i: number): string {
    const hidden = this.hiddenBehind(i);
    const spoken = expression.spoken(i);
    return hidden > 0 ? `${spoken}, ${text.openHint(hidden)}` : spoken;
  }

  /** Lights what the selected value was made from and what it leads to, and dims the rest. */
  light(selected: number | null, trace: Trace): void {
    const picture = this.#picture;
    const tape = this.#expression?.tape;
    if (!picture || !tape) return;
    const shown = selected !== null && picture.boxes.has(selected) ? selected : null;
    picture.select(shown);
    if (shown === null) {
      picture.light(null, () => true);
      return;
    }
    const up = trace === "down" ? new Uint8Array() : upstreamMask(tape, shown);
    const down = trace === "up" ? new Uint8Array() : downstreamMask(tape, shown);
    const lit = new Set([...picture.boxes.keys()].filter((i) => up[i] === 1 || down[i] === 1));
    lit.add(shown);
    const both = (mask: Uint8Array, { from, to }: Edge) => mask[from] === 1 && mask[to] === 1;
    picture.light(lit, (edge) => both(up, edge) || both(down, edge));
  }

  setCurrent(index: number): void {
    const boxes = this.#picture?.boxes;
    boxes?.get(this.#current)?.group.setAttribute("tabindex", "-1");
    if (!boxes || boxes.has(index)) this.#current = index;
    boxes?.get(this.#current)?.group.setAttribute("tabindex", "0");
  }

  focus(index: number): void {
    this.#picture?.boxes.get(index)?.group.focus({ preventScroll: true });
  }

  reveal(index: number): void {
    const placed = this.#picture?.boxes.get(index);
    if (placed) this.#viewport.reveal(areaOf(placed));
  }

  walk(step: Step): void {
    if (!this.#expression || !this.#picture) return;
    const { boxes, world } = this.#picture;
    // The first arrow key after a click on the background only shows where the walk begins.
    const next = holdsFocus(world)
      ? walk(this.#expression.tape, boxes, this.#current, step, this.#direction)
      : this.#current;
    if (next === null) return;
    this.focus(next);
    this.reveal(next);
  }

  /** The room has changed: fits the picture, unless a person has chosen the view. */
  resize(): void {
    const width = this.#frame.stageBox.clientWidth;
    if (width === 0 || this.#picture === null || !this.untouched) return;
    this.#frame.stage.style.height = `${this.#viewport.heightFor(width)}px`;
    const { boxes } = this.#picture;
    const start = boxes.get(lastOf(this.#picture));
    if (start && !this.#viewport.open(areaOf(start))) this.#notice.showOnce(text.partly);
  }
}

/** The value drawn nearest to the output. */
const lastOf = (picture: Picture): number => Math.max(...picture.boxes.keys());

const cornerOf = ({ left, top }: Placed) => ({ x: left, y: top });

const areaOf = ({ left, top, box }: Placed) => ({
  x: left,
  y: top,
  width: box.width,
  height: box.height,
});
