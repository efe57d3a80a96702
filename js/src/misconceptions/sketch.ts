/** The picture of a pane. It is for the eye alone: sentences, visits and a table have the words. */
import type { Arrow } from "../arrows.ts";
import type { DrawnBox } from "../diagram/box.ts";
import { colourOf, type Scale, type Theme } from "../diagram/colours.ts";
import { html, svg } from "../diagram/dom.ts";
import { drawPicture, type Picture } from "../diagram/picture.ts";
import type { Expression } from "../expression.ts";
import { localDerivatives } from "../replay.ts";
import { CROSS, product } from "../strings/misconceptions.ts";
import { shortNumber } from "../text.ts";
import { DIRECTION } from "./labels.ts";
import { into } from "./scrolling.ts";
import type { Board } from "./setting.ts";
import { arrowKey, type Standing } from "./standing.ts";

/** Text must stay readable; what does not fit at this scale is scrolled. */
const SMALLEST_SCALE = 0.8;
const MARGIN = 12;

export class Sketch {
  readonly element: HTMLElement;
  readonly #stage = svg("svg", { class: "mgw-stage mgw-sketched", "aria-hidden": "true" });
  #picture: Picture | null = null;
  #lines: Element[] = [];
  #crosses = new Map<number, Element>();
  #view = { x: 0, y: 0, width: 0, height: 0 };

  constructor(label: string) {
    const attributes = { class: "mgw-sketch", role: "group", "aria-label": label, tabindex: 0 };
    this.element = html("div", attributes, this.#stage);
  }

  clear(): void {
    this.#picture?.world.remove();
    this.#picture = null;
  }

  show({ scene, positions, bounds }: Board): void {
    this.clear();
    const picture = drawPicture(scene, positions, DIRECTION);
    this.#lines = [...picture.world.querySelectorAll(".mgw-arrow")];
    this.#crosses = new Map([...picture.boxes].map(([i, box]) => [i, addCross(box)]));
    const x = bounds.x - MARGIN;
    const y = bounds.y - MARGIN;
    this.#view = { x, y, width: bounds.width + 2 * MARGIN, height: bounds.height + 2 * MARGIN };
    this.#stage.setAttribute("viewBox", Object.values(this.#view).map(Math.round).join(" "));
    this.#stage.append(picture.world);
    this.#picture = picture;
    this.fit();
  }

  /** As large as there is room for, but never so small that it could not be read. */
  fit(): void {
    const { width, height } = this.#view;
    const room = this.element.clientWidth;
    if (width === 0 || room === 0) return;
    const scale = Math.max(SMALLEST_SCALE, Math.min(1, room / width));
    this.#stage.style.width = `${Math.round(width * scale)}px`;
    this.#stage.style.height = `${Math.round(height * scale)}px`;
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.element;
    const scrolls = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
    // Who has no pointer scrolls by keys, and for that it must be able to have the focus.
    if (scrolls) this.element.setAttribute("tabindex", "0");
    else this.element.removeAttribute("tabindex");
  }

  paint(expression: Expression, standing: Standing, scale: Scale, theme: Theme): void {
    const picture = this.#picture;
    if (picture === null) return;
    const { data, grad, now, wrongNodes } = standing;
    picture.paint(
      ({ index }) => ({
        value: shortNumber(data[index]!),
        gradient: shortNumber(grad[index]!),
        fill: colourOf(grad[index]!, scale, theme),
        breaks: false,
        remark: null,
        oldValue: null,
        oldGradient: null,
        isChanged: false,
        isEditable: false,
      }),
      (arrow) => ({
        words: wordsOf(arrow, expression, standing),
        isNegative: localOf(arrow, expression, data) < 0,
      }),
    );
    picture.select(now?.node ?? null);
    for (const [i, box] of picture.boxes) {
      box.group.classList.toggle("mgw-wrong", wrongNodes.has(i));
      box.group.classList.toggle("mgw-target", now?.target === i);
      this.#crosses.get(i)!.toggleAttribute("hidden", !wrongNodes.has(i));
    }
    picture.arrows.forEach((arrow, at) => {
      const key = keyOf(arrow);
      const classes = this.#lines[at]!.classList;
      classes.toggle("mgw-astray", standing.wrongArrows.has(key));
      classes.toggle("mgw-first-astray", standing.firstWrong === key);
      classes.toggle("mgw-lit", standing.along.get(key) === now && now !== null);
    });
    // What hands on comes last, and so is in view in any case.
    for (const item of [now?.target, now?.node]) this.#follow(picture, item);
  }

  /** Scrolls no further than to what is happening. */
  #follow(picture: Picture, item: number | undefined): void {
    const box = item === undefined ? undefined : picture.boxes.get(item);
    if (box === undefined) return;
    const scale = this.#stage.clientWidth / Math.max(1, this.#view.width);
    const room = this.element;
    const left = (box.left - this.#view.x) * scale;
    const top = (box.top - this.#view.y) * scale;
    room.scrollLeft = into(room.scrollLeft, room.clientWidth, left, box.width * scale);
    room.scrollTop = into(room.scrollTop, room.clientHeight, top, box.height * scale);
  }
}

const keyOf = ({ edges }: Arrow): number => arrowKey(edges[0]!.to, edges[0]!.slot);

const localOf = ({ edges }: Arrow, { tape }: Expression, data: Float64Array): number =>
  localDerivatives(tape, data, edges[0]!.to)[edges[0]!.slot];

function wordsOf(arrow: Arrow, expression: Expression, standing: Standing): string {
  const key = keyOf(arrow);
  const step = standing.along.get(key);
  if (step === undefined) return shortNumber(localOf(arrow, expression, standing.data));
  const words = product(step.upstream!, step.local!, step.contribution!);
  return standing.wrongArrows.has(key) ? `${CROSS} ${words}` : words;
}

/** At the corner of a box, to be shown when something wrong is in it. */
function addCross({ group, width }: DrawnBox): Element {
  const cross = svg(
    "g",
    { class: "mgw-cross", transform: `translate(${width} 0)`, hidden: "" },
    svg("circle", { r: 9 }),
    svg("text", { y: 4.5, "text-anchor": "middle" }, CROSS),
  );
  group.append(cross);
  return cross;
}
