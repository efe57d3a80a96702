/** Zoom and pan: one transform on the drawn world, and the rules for who may change it. */
import type { Point } from "../layout/positions.ts";
import type { Room } from "./room.ts";

const SMALLEST = 0.04;
const LARGEST = 4;
/** Room for a note above the highest box and below the lowest one. */
export const MARGIN = 24;
const LOWEST_STAGE = 160;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

export class Viewport {
  scale = 1;
  x = 0;
  y = 0;
  readonly #stage: SVGSVGElement;
  readonly #room: () => Room;
  readonly #onMove: () => void;
  #world: SVGGElement | null = null;
  #content: Size = { width: 0, height: 0 };
  #isOnPaper = false;
  /** Of the stage on the screen, while it is on paper. */
  #height = "";

  constructor(stage: SVGSVGElement, room: () => Room, onMove: () => void) {
    this.#stage = stage;
    this.#room = room;
    this.#onMove = onMove;
  }

  show(world: SVGGElement, content: Size): void {
    this.#world?.remove();
    this.#world = world;
    this.#content = content;
    this.#stage.append(world);
    this.#apply();
  }

  /** How large the drawing is, at its own scale. */
  get content(): Size {
    return this.#content;
  }

  get size(): Size {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  /** The height that suits the content in a stage of this width. */
  heightFor(width: number): number {
    const { width: w, height: h } = this.#content;
    const { largest, readable, comfortable, highest } = this.#room();
    const fitting = Math.min(largest, (width - 2 * MARGIN) / Math.max(1, w));
    const scale = fitting >= readable ? fitting : comfortable;
    const wanted = h * scale + 2 * MARGIN;
    return Math.round(Math.min(highest, Math.max(LOWEST_STAGE, wanted)));
  }

  /** The height at which nothing below is cut off, where the content stands now. */
  heightToEnd(): number {
    const wanted = this.y + this.#content.height * this.scale + MARGIN;
    return Math.round(Math.min(this.#room().highest, wanted));
  }

  /** The first view: all of it if that can be read, else the part around `focus`. Says which. */
  open(focus: Area): boolean {
    const { readable, comfortable } = this.#room();
    if (this.#fittingScale() >= readable) {
      this.fit();
      return true;
    }
    this.scale = comfortable;
    const { width, height } = this.size;
    this.x = place(
      width,
      this.#content.width * this.scale,
      (focus.x + focus.width / 2) * this.scale,
    );
    this.y = place(
      height,
      this.#content.height * this.scale,
      (focus.y + focus.height / 2) * this.scale,
    );
    this.#apply();
    return false;
  }

  fit(): void {
    const { width, height } = this.size;
    this.scale = Math.max(SMALLEST, Math.min(this.#room().largest, this.#fittingScale()));
    this.x = (width - this.#content.width * this.scale) / 2;
    this.y = (height - this.#content.height * this.scale) / 2;
    this.#apply();
  }

  #fittingScale(): number {
    const { width, height } = this.size;
    return Math.min(
      (width - 2 * MARGIN) / Math.max(1, this.#content.width),
      (height - 2 * MARGIN) / Math.max(1, this.#content.height),
    );
  }

  /** What of the drawing stands in the middle of the stage, and the scale: whatever its size is. */
  get place(): readonly [x: number, y: number, scale: number] {
    const { width, height } = this.size;
    return [(width / 2 - this.x) / this.scale, (height / 2 - this.y) / this.scale, this.scale];
  }

  set place([x, y, scale]: readonly [x: number, y: number, scale: number]) {
    const { width, height } = this.size;
    this.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
    this.x = width / 2 - x * this.scale;
    this.y = height / 2 - y * this.scale;
    this.#apply();
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.#apply();
  }

  /** Zooms so that the point of the stage stays where it is; its middle by default. */
  zoom(factor: number, point?: Point): void {
    const { width, height } = this.size;
    const { x, y } = point ?? { x: width / 2, y: height / 2 };
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.#apply();
  }

  /** Moves no more than needed for the area to be in view. */
  reveal(area: Area): void {
    const { width, height } = this.size;
    const shift = (start: number, length: number, room: number) => {
      if (start < MARGIN) return MARGIN - start;
      const over = start + length - (room - MARGIN);
      return over > 0 ? -Math.min(over, start - MARGIN) : 0;
    };
    const shown = this.onStage(area);
    const dx = shift(shown.x, shown.width, width);
    const dy = shift(shown.y, shown.height, height);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  /** Where an area of the drawing is on the stage now. */
  onStage({ x, y, width, height }: Area): Area {
    const { scale } = this;
    return {
      x: this.x + x * scale,
      y: this.y + y * scale,
      width: width * scale,
      height: height * scale,
    };
  }

  /** Keeps a place of the drawing under the same place of the screen when the drawing changes. */
  hold(before: Point, after: Point): void {
    this.pan((before.x - after.x) * this.scale, (before.y - after.y) * this.scale);
  }

  isAnythingInView(): boolean {
    const { width, height } = this.size;
    const { width: w, height: h } = this.#content;
    const edge = 24;
    return (
      this.x + w * this.scale > edge &&
      this.y + h * this.scale > edge &&
      this.x < width - edge &&
      this.y < height - edge
    );
  }

  /** A place of the screen as a place of the stage; right under any CSS scale of a slide. */
  pointAt(event: { clientX: number; clientY: number }): Point {
    const { left, top, width } = this.#stage.getBoundingClientRect();
    // Not by the matrix to the screen: some browsers leave out what is around the stage.
    const scale = width / this.#stage.clientWidth || 1;
    return { x: (event.clientX - left) / scale, y: (event.clientY - top) / scale };
  }

  get isOnPaper(): boolean {
    return this.#isOnPaper;
  }

  /** On paper it is all of it, no larger than life; back on the screen it stands as before. */
  set isOnPaper(isOn: boolean) {
    if (isOn === this.#isOnPaper) return;
    this.#isOnPaper = isOn;
    const { width, height } = this.#content;
    const whole = [-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN];
    if (isOn) {
      this.#stage.setAttribute("viewBox", whole.join(" "));
      this.#stage.style.setProperty("--whole", `${whole[2]}px`);
      this.#height = this.#stage.style.height;
      this.#stage.style.height = "auto";
      this.#world?.removeAttribute("transform");
    } else {
      this.#stage.removeAttribute("viewBox");
      this.#stage.style.height = this.#height;
      this.#apply();
    }
  }

  #apply(): void {
    if (this.#isOnPaper) return;
    this.#world?.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.scale})`);
    this.#onMove();
  }
}

/** Where content begins in its room: in the middle if it fits, else with `focus` in the middle as
 * far as that leaves no empty margin. */
function place(room: number, content: number, focus: number): number {
  if (content + 2 * MARGIN <= room) return (room - content) / 2;
  return Math.min(MARGIN, Math.max(room - MARGIN - content, room / 2 - focus));
}
