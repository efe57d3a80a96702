/** One box of the picture: a value, or a closed group. Its numbers and colours change in place. */
import { type Direction, spaceOf } from "../layout/dot.ts";
import type { Point } from "../layout/positions.ts";
import {
  BADGE_RADIUS,
  type Box,
  badgeWidth,
  moreLabel,
  moreMiddle,
  moreWidth,
  moreWords,
  PADDING,
  PAPERS_OUT,
  TOGGLE_ROOM,
} from "../scene.ts";
import { compareText } from "../strings/compare.ts";
import { text } from "../strings.ts";
import { countText, isNotFinite } from "../text.ts";
import { drawCornerLabel } from "./corner.ts";
import { svg } from "./dom.ts";
import { NumberLine } from "./numberline.ts";
import type { Remark } from "./part.ts";
import { type Placed, round } from "./placed.ts";
import { titleText } from "./title.ts";
import { drawToggle, TOGGLE_AT } from "./toggle.ts";

/** What a box shows, apart from its place; for a group, of what comes out of it. */
export interface BoxFace {
  readonly value: string;
  readonly gradient: string;
  readonly fill: string;
  /** Where a nan or an infinity began. */
  readonly breaks: boolean;
  readonly remark: Remark | null;
  /** The numbers from before, where they were others. */
  readonly oldValue: string | null;
  readonly oldGradient: string | null;
  /** Whether it, or anything in it, was another before. */
  readonly isChanged: boolean;
  /** Whether the value can be dragged to be another one. */
  readonly isEditable: boolean;
}

export interface DrawnBox extends Placed {
  readonly box: Box;
  paint(face: BoxFace): void;
}

export function drawBox(box: Box, middle: Point, direction: Direction): DrawnBox {
  const { width, height } = box;
  const space = spaceOf(box, direction);
  const across = direction === "LR";
  const left = middle.x - space.width / 2 + (across ? space.badgeOut : 0);
  const top = middle.y - space.height / 2 + (across ? 0 : space.badgeOut);
  const group = svg("g", {
    class: `mgw-box mgw-${box.kind}`,
    transform: `translate(${round(left)} ${round(top)})`,
    "data-index": box.index,
  });
  const papers = box.kind === "group" ? [PAPERS_OUT, PAPERS_OUT / 2] : box.hidden > 0 ? [5] : [];
  for (const out of papers) {
    group.append(svg("rect", { class: "mgw-stack", x: out, y: out, width, height, rx: 7 }));
  }
  const frame = svg("rect", { class: "mgw-frame", width, height, rx: 7 });
  group.append(
    frame,
    svg("rect", { class: "mgw-focus", x: -4, y: -4, width: width + 8, height: height + 8, rx: 10 }),
  );
  const numbers = textsOf(box, direction);
  group.append(...numbers.parts);
  if (box.badge !== "") group.append(drawBadge(box, direction));
  if (box.hidden > 0) group.append(drawMore(box));
  const label = drawCornerLabel(box, group, direction);
  let shown: BoxFace | null = null;
  let mark: SVGElement | null = null;
  let delta: SVGElement | null = null;
  return {
    box,
    index: box.index,
    place: box.place,
    left,
    top,
    width,
    height,
    middle,
    group,
    paint(face) {
      // Most numbers stay what they were, and to write one costs more than to compare it.
      const { value, gradient, fill, breaks, remark } = face;
      const isOther = (key: keyof BoxFace) => face[key] !== shown?.[key];
      if (numbers.value) paintValue(numbers.value, face);
      numbers.gradient.write(numbers.gradient.name, gradient, face.oldGradient);
      if (isOther("isEditable")) group.classList.toggle("mgw-editable", face.isEditable);
      label.paint(remark);
      if (remark?.isWrong !== shown?.remark?.isWrong) {
        group.classList.toggle("mgw-wrong", remark?.isWrong ?? false);
      }
      if (fill !== shown?.fill) frame.setAttribute("fill", fill);
      if (breaks !== shown?.breaks) group.classList.toggle("mgw-broken", breaks);
      const isMarked = breaks || isNotFinite(value) || isNotFinite(gradient);
      if (isMarked && mark === null) {
        mark = drawMark(width);
        group.append(mark);
      } else if (!isMarked && mark !== null) {
        mark.remove();
        mark = null;
      }
      if (face.isChanged && delta === null) {
        delta = drawDelta();
        group.append(delta);
      } else if (!face.isChanged && delta !== null) {
        delta.remove();
        delta = null;
      }
      shown = face;
    },
  };
}

/** A remark has a number of its own to show there, but a constant is called by its value. */
function paintValue(line: NumberLine, { value, oldValue, remark }: BoxFace): void {
  if (remark === null || line.name === "") line.write(line.name, value, oldValue);
  else line.write(remark.word, remark.number, null);
}

/** A warning triangle at the corner: a nan or an infinity is here, filled where it began. */
function drawMark(width: number): SVGElement {
  return svg(
    "g",
    { class: "mgw-mark", transform: `translate(${width - 5} -1)` },
    svg("path", { d: "M0 -10L10 8H-10Z" }),
    svg("text", { y: 6, "text-anchor": "middle" }, "!"),
  );
}

/** At the corner of what has changed. */
function drawDelta(): SVGElement {
  return svg(
    "g",
    { class: "mgw-delta", transform: "translate(2 -1)" },
    svg("circle", { r: 8 }),
    svg("text", { y: 4, "text-anchor": "middle" }, compareText.mark),
  );
}

interface Texts {
  readonly parts: SVGElement[];
  /** Missing where several values come out of a group. */
  readonly value?: NumberLine;
  readonly gradient: NumberLine;
}

function textsOf(box: Box, direction: Direction): Texts {
  if (box.kind === "group") return groupText(box);
  return box.kind === "constant" ? constantText(box) : fullText(box, direction);
}

/** Two lines: the number, which is its name too, and the gradient. */
function constantText({ width }: Box): Texts {
  const end = width - PADDING;
  const value = new NumberLine("", PADDING, end, 17, "mgw-value");
  const gradient = new NumberLine(text.gradientShort, PADDING, end, 34, "mgw-gradient");
  return { parts: partsOf(value, gradient), value, gradient };
}

/** Three lines: the name, the value, the gradient; words left, numbers right. */
function fullText(box: Box, direction: Direction): Texts {
  // The badge reaches into the box, and no line may run under it.
  const reach = box.badge === "" ? 0 : badgeWidth(box.badge) / 2;
  const start = direction === "LR" ? Math.max(PADDING, reach + 5) : PADDING;
  const end = box.width - PADDING;
  const drop = direction === "TB" && box.badge !== "" ? 4 : 0;
  const value = new NumberLine(text.value, start, end, 38 + drop, "mgw-value");
  const gradient = new NumberLine(text.gradientShort, start, end, 54 + drop, "mgw-gradient");
  const title = titleText(box.title, start, 6 + drop, end - start);
  return { parts: [...title, ...partsOf(value, gradient)], value, gradient };
}

/** Four lines: the name with its +, what comes out, its gradient, how much is inside. */
function groupText(box: Box): Texts {
  const end = box.width - PADDING;
  const inside = svg("text", { class: "mgw-word mgw-inside", x: PADDING, y: 74 }, box.inside);
  const title = titleText(box.title, TOGGLE_AT.x + TOGGLE_ROOM, 6, end - TOGGLE_AT.x - TOGGLE_ROOM);
  const around = [drawToggle(false), ...title, inside];
  if (box.outputs > 1) {
    const outputs = new NumberLine(text.outputs, PADDING, end, 41, "mgw-value");
    outputs.write(text.outputs, countText(box.outputs), null);
    const gradient = new NumberLine(text.gradientNormShort, PADDING, end, 57, "mgw-gradient");
    return { parts: [...around, ...partsOf(outputs, gradient)], gradient };
  }
  const value = new NumberLine(text.value, PADDING, end, 41, "mgw-value");
  const gradient = new NumberLine(text.gradientShort, PADDING, end, 57, "mgw-gradient");
  return { parts: [...around, ...partsOf(value, gradient)], value, gradient };
}

const partsOf = (...lines: NumberLine[]): SVGElement[] => lines.flatMap(({ parts }) => parts);

function drawBadge(box: Box, direction: Direction): SVGElement {
  const width = badgeWidth(box.badge);
  const at = direction === "LR" ? [0, box.height / 2] : [box.width / 2, 0];
  return svg(
    "g",
    { class: "mgw-badge", transform: `translate(${at.join(" ")})` },
    svg("rect", {
      x: -width / 2,
      y: -BADGE_RADIUS,
      width,
      height: 2 * BADGE_RADIUS,
      rx: BADGE_RADIUS,
    }),
    svg(
      "text",
      {
        y: box.badge.length > 1 ? 4 : 5,
        "text-anchor": "middle",
        class: box.badge.length > 1 ? "" : "mgw-sign",
      },
      box.badge,
    ),
  );
}

/** The button that adds the hidden operands: an outlined pill, unlike the filled badges. */
function drawMore(box: Box): SVGElement {
  const label = moreLabel(box);
  const width = moreWidth(box);
  return svg(
    "g",
    {
      class: "mgw-more",
      "data-open": box.index,
      transform: `translate(${moreMiddle(box)} ${box.height + 3})`,
    },
    svg("title", {}, moreWords(box)),
    svg("rect", { class: "mgw-hit", x: -width / 2 - 2, y: -13, width: width + 4, height: 26 }),
    svg("rect", { class: "mgw-pill", x: -width / 2, y: -9, width, height: 18, rx: 9 }),
    svg("text", { y: 4, "text-anchor": "middle" }, label),
  );
}
