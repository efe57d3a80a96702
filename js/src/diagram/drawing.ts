/** The picture of one expression on its stage, and its twin: laid out, painted, lit, walked. */
import type { Contraction } from "../contraction.ts";
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import { type Direction, dotText } from "../layout/dot.ts";
import { readPositions } from "../layout/positions.ts";
import type { LayoutService } from "../layout/service.ts";
import { accountsOf, type Moment, momentAt } from "../moment.ts";
import type { Path } from "../paths.ts";
import { buildScene, type Scene } from "../scene.ts";
import { text } from "../strings.ts";
import { focusedIn, holdsFocus } from "./dom.ts";
import { arrowFace, boxFace, leadsTo, type Paint, rowFace } from "./faces.ts";
import type { Frame } from "./frame.ts";
import type { Trace } from "./keys.ts";
import { lightAlong, lightFrom } from "./lighting.ts";
import type { Notice } from "./notice.ts";
import type { Remark } from "./part.ts";
import { drawPicture, type Picture } from "./picture.ts";
import { areaOf, cornerOf } from "./placed.ts";
import { valuesTable } from "./table.ts";
import { Twin } from "./twin.ts";
import type { Size, Viewport } from "./viewport.ts";
import { type Step, walk } from "./walk.ts";

/** A layout quicker than this needs no word about waiting. */
const PATIENCE_MS = 300;

/** How a layout ended: with a picture, for a newer one, by a person, or with none. */
export type Outcome = "drawn" | "replaced" | "cancelled" | "failed";

const CANCELLED = new Error("cancelled");

export class Drawing {
  readonly #frame: Frame;
  readonly #viewport: Viewport;
  readonly #layouts: LayoutService;
  readonly #notice: Notice;
  readonly #twin = new Twin();
  #expression: Expression | null = null;
  /** Of the picture that is there; the fold may be further already. */
  #contraction: Contraction | null = null;
  #picture: Picture | null = null;
  /** What each item of the picture leads to, in words. */
  #leads: ReadonlyMap<number, string> = new Map();
  #direction: Direction = "LR";
  #selected: number | null = null;
  #trace: Trace = "both";
  /** Lit instead of all that belongs to the selection. */
  #path: Path | null = null;
  #request = new AbortController();
  #isWaiting = false;
  /** The value or group that the keys start from: the one tab stop of the twin. */
  #current = 0;
  /** What gets the focus as soon as it is drawn. */
  #awaited: number | null = null;
  /** A row had the focus when the last picture was taken away. */
  #keepsFocus = false;
  /** The step that is marked, by its position. */
  #marked: number | null = null;
  /** Until a person moves the picture it is fitted anew whenever its room changes. */
  untouched = true;

  constructor(frame: Frame, viewport: Viewport, layouts: LayoutService, notice: Notice) {
    this.#frame = frame;
    this.#viewport = viewport;
    this.#layouts = layouts;
    this.#notice = notice;
    frame.body.append(this.#twin.element);
  }

  get current(): number {
    return this.#current;
  }

  get isThere(): boolean {
    return this.#picture !== null;
  }

  /** What is on the stage, and how large it is; null where there is no picture. */
  get drawn(): (Size & { readonly world: SVGGElement }) | null {
    return this.#picture && { world: this.#picture.world, ...this.#viewport.content };
  }

  hiddenBehind(item: number): number {
    return this.#picture?.boxes.get(item)?.box.hidden ?? 0;
  }

  /** Ends a layout that a person is being told about; says whether there was one. */
  cancel(): boolean {
    const isWaiting = this.#isWaiting;
    if (isWaiting) this.#request.abort(CANCELLED);
    return isWaiting;
  }

  /** Takes the picture off the stage; the figure keeps the focus for the next one. */
  clear(): void {
    this.#request.abort();
    if (holdsFocus(this.#twin.element)) {
      this.#keepsFocus = true;
      this.#frame.root.focus({ preventScroll: true });
    }
    this.#picture?.world.remove();
    this.#picture = null;
    this.#path = null;
    this.#twin.clear();
  }

  /** Lays the shown values out and draws them; `held` stays where it is on the screen. */
  async draw(
    expression: Expression,
    fold: Fold,
    direction: Direction,
    held: number | null,
  ): Promise<Outcome> {
    this.#request.abort();
    const request = new AbortController();
    this.#request = request;
    const { signal } = request;
    const { contraction } = fold;
    const scene = buildScene(expression, fold);
    const patience = setTimeout(() => this.#wait(), PATIENCE_MS);
    const ended = () => (signal.reason === CANCELLED ? "cancelled" : "replaced");
    try {
      const json = await this.#layouts.layout(dotText(scene, direction), signal);
      if (signal.aborted) return ended();
      const positions = readPositions(json, scene, direction);
      this.#expression = expression;
      this.#contraction = contraction;
      this.#direction = direction;
      this.#leads = leadsTo(expression, scene);
      this.#show(scene, drawPicture(scene, positions, direction), positions, held);
      return "drawn";
    } catch {
      return signal.aborted ? ended() : "failed";
    } finally {
      clearTimeout(patience);
      if (this.#request === request) {
        this.#isWaiting = false;
        this.#notice.hide(text.drawing);
      }
    }
  }

  #wait(): void {
    this.#isWaiting = true;
    this.#notice.wait(text.drawing, () => this.cancel());
  }

  #show(scene: Scene, picture: Picture, size: Size, held: number | null): void {
    const old = this.#picture;
    const { root } = this.#frame;
    const hadFocus =
      holdsFocus(this.#twin.element) || (this.#keepsFocus && focusedIn(root) === root);
    this.#keepsFocus = false;
    this.#removeTable();
    this.#picture = picture;
    this.#viewport.show(picture.world, size);
    this.#twin.show(scene);
    const before = held === null ? undefined : old?.stop(held);
    const after = held === null ? undefined : picture.stop(held);
    if (before && after) {
      this.#viewport.hold(cornerOf(before), cornerOf(after));
      this.#growStage();
    } else this.resize();
    const awaited = this.#awaited !== null && picture.stop(this.#awaited) ? this.#awaited : null;
    this.#awaited = null;
    this.setCurrent(awaited ?? this.drawnAround(this.#current) ?? lastOf(picture));
    if (hadFocus || awaited !== null) this.focus(this.#current);
  }

  /** What there is to show when it cannot be drawn. */
  showTable(expression: Expression, fold: Fold): void {
    this.clear();
    this.#removeTable();
    this.#frame.stage.classList.add("mgw-hidden");
    this.#frame.stageBox.append(valuesTable(expression, fold));
  }

  #removeTable(): void {
    this.#frame.stageBox.querySelector(".mgw-instead")?.remove();
    this.#frame.stage.classList.remove("mgw-hidden");
  }

  /** Puts numbers and colours into the boxes that are there, and their words into the twin. */
  paint(paint: Paint, remarkOn: (item: number) => Remark | null): void {
    const [expression, contraction] = [this.#expression, this.#contraction];
    if (expression === null || contraction === null) return;
    this.#picture?.paint(
      (box) => boxFace(expression, contraction, box, paint, remarkOn(box.index)),
      (arrow) => arrowFace(expression, arrow),
    );
    this.#twin.paint((thing) =>
      rowFace(
        expression,
        contraction,
        thing,
        this.#leads.get(thing.index) ?? "",
        remarkOn(thing.index),
      ),
    );
  }

  /** Marks what the last step has done; another step than before is brought into view. */
  mark(fold: Fold): void {
    const [expression, contraction, picture] = [this.#expression, this.#contraction, this.#picture];
    if (expression === null || contraction === null || picture === null) return;
    const isStop = (position: number) => fold.stops(expression.numbers.passes).isStop(position);
    const moment = momentAt(expression, contraction, isStop);
    const accounts = moment && accountsOf(expression, contraction, picture.arrows, moment);
    picture.marks.show(moment, accounts);
    const position = moment?.position ?? null;
    if (moment !== null && position !== this.#marked) this.#revealStep(picture, moment);
    this.#marked = position;
  }

  /** The box at work with its operands and numbers, as far as there is room for all of them. */
  #revealStep({ boxes, marks }: Picture, { item }: Moment): void {
    this.#notice.hide(text.partly);
    const lit = boxes.get(item);
    if (lit === undefined || marks.extent === null) return;
    this.#viewport.reveal(marks.extent);
    this.#viewport.reveal(areaOf(lit));
  }

  /** Lights what the selected item was made from and what it leads to, and dims the rest. */
  light(selected: number | null, trace: Trace): void {
    if (selected !== this.#selected || trace !== this.#trace) this.#path = null;
    this.#selected = selected;
    this.#trace = trace;
    const [picture, contraction] = [this.#picture, this.#contraction];
    if (!picture || !contraction || !this.#expression) return;
    const shown = selected === null ? null : this.#drawnFor(selected);
    picture.select(shown);
    this.#twin.select(shown);
    if (this.#path !== null) {
      const { items, isLit } = lightAlong(contraction, this.#path);
      picture.light(items, isLit);
    } else if (selected === null || shown === null) {
      picture.light(null, () => true);
    } else {
      const { items, isLit } = lightFrom(
        this.#expression.tape,
        contraction,
        selected,
        trace,
        picture.boxes.keys(),
      );
      picture.light(items, isLit);
    }
  }

  /** Lights one way from the selected value to the output, until something else is asked for. */
  follow(path: Path | null): void {
    this.#path = path;
    this.light(this.#selected, this.#trace);
  }

  get followed(): Path | null {
    return this.#path;
  }

  /** How many of some values stand in the picture, be it in a closed box. */
  countDrawn(values: readonly number[]): number {
    return values.filter((i) => this.#drawnFor(i) !== null).length;
  }

  /** The item itself, else the closed box that it is in. */
  #drawnFor(item: number): number | null {
    const contraction = this.#contraction;
    if (this.#picture?.stop(item)) return item;
    if (!contraction || contraction.isGroup(item)) return null;
    const around = contraction.itemOf(item);
    return this.#picture?.boxes.has(around) ? around : null;
  }

  /** The item itself, else the closed group that has swallowed it. */
  drawnAround(item: number): number | null {
    const around = this.#contraction?.drawnAs(item);
    return [item, around].find((i) => i !== undefined && this.#picture?.stop(i)) ?? null;
  }

  setCurrent(index: number): void {
    if (!this.#picture || this.#picture.stop(index)) this.#current = index;
    this.#twin.setCurrent(this.#current);
    this.followView();
  }

  /** Gives the focus to something drawn, or to something that the next picture brings. */
  focus(index: number): void {
    this.#awaited = this.#picture?.stop(index) ? null : index;
    this.#twin.focus(index);
  }

  /** The focus has come to a row of the twin; who came by keys is shown where that is. */
  focused(index: number, byKeys: boolean): void {
    this.setCurrent(index);
    this.#picture?.ring(byKeys ? index : null);
    if (!byKeys) return;
    this.reveal(index);
    this.#twin.scrollToCurrent();
  }

  unfocused(): void {
    this.#picture?.ring(null);
  }

  /** The view has moved, and where the focus is seen to be moves along. */
  followView(): void {
    const placed = this.#picture?.stop(this.#current);
    if (placed) this.#twin.cover(this.#viewport.onStage(areaOf(placed)));
  }

  reveal(index: number): void {
    const drawn = this.#drawnFor(index);
    const placed = drawn === null ? undefined : this.#picture?.stop(drawn);
    if (placed) this.#viewport.reveal(areaOf(placed));
  }

  walk(step: Step): void {
    const next = this.#picture && this.#stepFrom(this.#picture, step);
    if (next !== null) this.focus(next);
  }

  #stepFrom(picture: Picture, step: Step): number | null {
    if (step === "first" || step === "last") return this.#twin.end(step);
    // The first arrow key after a click on the background only shows where the walk begins.
    if (!holdsFocus(this.#twin.element)) return this.#current;
    return walk(picture, this.#current, step, this.#direction);
  }

  /** Shows the twin as a list, or hides it from sight again; says whether it can be seen. */
  toggleList(): boolean {
    return this.#twin.toggle();
  }

  /** More has come below: the stage gets room for it, and never takes any away under a pointer. */
  #growStage(): void {
    const { stage } = this.#frame;
    const wanted = this.#viewport.heightToEnd();
    if (wanted > stage.clientHeight) stage.style.height = `${wanted}px`;
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

/** What is drawn nearest to the output. */
const lastOf = ({ boxes }: Picture): number => [...boxes.keys()].at(-1) ?? 0;
