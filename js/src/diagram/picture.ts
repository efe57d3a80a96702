/** The SVG of one laid-out scene. Numbers and colours change in place; boxes never move. */
import type { Edge } from "../graph.ts";
import { type Direction, spaceOf } from "../layout/dot.ts";
import type { Point, Positions, Route } from "../layout/positions.ts";
import {
  type Arrow,
  BADGE_RADIUS,
  type Box,
  badgeWidth,
  moreLabel,
  PADDING,
  type Scene,
  TITLE_SIZE,
} from "../scene.ts";
import { text } from "../strings.ts";
import { estimatedWidth, shortNumber } from "../text.ts";
import { svg } from "./dom.ts";

/** What a picture shows of one value, apart from its place. */
export interface BoxFace {
  readonly data: number;
  readonly gradient: number;
  readonly fill: string;
  readonly spoken: string;
  /** Where a nan or an infinity began. */
  readonly breaks: boolean;
}

export interface Placed {
  readonly box: Box;
  /** The box itself, without the room of the badge. */
  readonly left: number;
  readonly top: number;
  /** Middle of the box with its badge, which is what Graphviz lines up. */
  readonly middle: Point;
  readonly group: SVGGElement;
}

export interface Picture {
  /** Everything drawn; the viewport moves it. */
  readonly world: SVGGElement;
  readonly boxes: ReadonlyMap<number, Placed>;
  paint(face: (index: number) => BoxFace, local: (edge: Edge) => number): void;
  /** Lights the values of the set and the arrows for which `isLit` holds; null lights all. */
  light(lit: ReadonlySet<number> | null, isLit: (edge: Edge) => boolean): void;
  select(index: number | null): void;
}

export function drawPicture(scene: Scene, positions: Positions, direction: Direction): Picture {
  const arrows = scene.arrows.map((arrow, i) => drawArrow(arrow, positions.routes[i]!));
  const boxes = new Map<number, DrawnBox>();
  for (const box of scene.boxes) {
    boxes.set(box.index, drawBox(box, positions.boxes.get(box.index)!, direction));
  }
  const list = svg("g", { role: "listbox", "aria-label": text.graph, class: "mgw-boxes" });
  list.append(...[...boxes.values()].map((box) => box.group));
  const lines = svg("g", { "aria-hidden": "true" }, ...arrows.map((arrow) => arrow.group));
  return {
    world: svg("g", { class: "mgw-world" }, lines, list),
    boxes,
    paint(face, local) {
      for (const box of boxes.values()) box.paint(face(box.box.index));
      for (const arrow of arrows) arrow.paint(local(arrow.arrow));
    },
    light(lit, isLit) {
      for (const { box, group } of boxes.values()) {
        group.classList.toggle("mgw-dim", lit !== null && !lit.has(box.index));
      }
      for (const { arrow, group } of arrows) {
        group.classList.toggle("mgw-dim", lit !== null && !isLit(arrow));
        group.classList.toggle("mgw-lit", lit !== null && isLit(arrow));
      }
    },
    select(index) {
      for (const { box, group } of boxes.values()) {
        group.setAttribute("aria-selected", `${box.index === index}`);
        group.classList.toggle("mgw-selected", box.index === index);
      }
    },
  };
}

interface DrawnBox extends Placed {
  paint(face: BoxFace): void;
}

function drawBox(box: Box, middle: Point, direction: Direction): DrawnBox {
  const { width, height } = box;
  const space = spaceOf(box, direction);
  const across = direction === "LR";
  const left = middle.x - space.width / 2 + (across ? space.badgeOut : 0);
  const top = middle.y - space.height / 2 + (across ? 0 : space.badgeOut);
  const group = svg("g", {
    role: "option",
    tabindex: -1,
    "aria-selected": "false",
    class: `mgw-box mgw-${box.kind}`,
    transform: `translate(${round(left)} ${round(top)})`,
    "data-index": box.index,
  });
  if (box.hidden > 0) {
    group.append(svg("rect", { class: "mgw-stack", x: 5, y: 5, width, height, rx: 7 }));
  }
  const frame = svg("rect", { class: "mgw-frame", width, height, rx: 7 });
  group.append(
    frame,
    svg("rect", { class: "mgw-focus", x: -4, y: -4, width: width + 8, height: height + 8, rx: 10 }),
  );
  const numbers = box.kind === "constant" ? constantText(box) : fullText(box, direction);
  group.append(...numbers.parts);
  if (box.badge !== "") group.append(drawBadge(box, direction));
  if (box.hidden > 0) group.append(drawMore(box));
  return {
    box,
    left,
    top,
    middle,
    group,
    paint({ data, gradient, fill, spoken, breaks }) {
      numbers.value.textContent = shortNumber(data);
      numbers.gradient.textContent = shortNumber(gradient);
      frame.setAttribute("fill", fill);
      group.classList.toggle("mgw-broken", breaks);
      group.setAttribute("aria-label", spoken);
    },
  };
}

interface Texts {
  parts: SVGElement[];
  value: SVGTextElement;
  gradient: SVGTextElement;
}

/** Two lines: the number, which is its name too, and the gradient. */
function constantText({ width }: Box): Texts {
  const end = width - PADDING;
  const value = svg("text", { class: "mgw-number", x: end, y: 17, "text-anchor": "end" });
  const gradient = svg("text", { class: "mgw-number", x: end, y: 34, "text-anchor": "end" });
  const word = svg("text", { class: "mgw-word", x: PADDING, y: 34 }, text.gradientShort);
  return { parts: [value, word, gradient], value, gradient };
}

/** Three lines: the name, the value, the gradient; words left, numbers right. */
function fullText(box: Box, direction: Direction): Texts {
  // The badge reaches into the box, and no line may run under it.
  const reach = box.badge === "" ? 0 : badgeWidth(box.badge) / 2;
  const start = direction === "LR" ? Math.max(PADDING, reach + 5) : PADDING;
  const end = box.width - PADDING;
  const drop = direction === "TB" && box.badge !== "" ? 4 : 0;
  const number = (y: number) =>
    svg("text", { class: "mgw-number", x: end, y: y + drop, "text-anchor": "end" });
  const word = (label: string, y: number) =>
    svg("text", { class: "mgw-word", x: start, y: y + drop }, label);
  const value = number(38);
  const gradient = number(54);
  const parts = [word(text.value, 38), value, word(text.gradientShort, 54), gradient];
  return {
    parts: [...titleText(box.title, start, 6 + drop, end - start), ...parts],
    value,
    gradient,
  };
}

/**
 * The whole title is there, clipped by an inner <svg>: no `clipPath`, whose id could meet another
 * one on the page.
 */
function titleText(title: string, x: number, y: number, room: number): SVGElement[] {
  const cut = estimatedWidth(title, TITLE_SIZE) > room + 2;
  const inner = svg("svg", { x, y, width: Math.max(1, cut ? room - 12 : room), height: 18 });
  inner.append(
    svg("text", { class: "mgw-title", y: 13 }, svg("tspan", { class: "mgw-isolated" }, title)),
  );
  if (!cut) return [inner];
  const dots = svg(
    "text",
    { class: "mgw-title", x: x + room, y: y + 13, "text-anchor": "end", "aria-hidden": "true" },
    "\u2026",
  );
  return [inner, dots];
}

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
  const label = moreLabel(box.hidden);
  const width = estimatedWidth(label, 11) + 16;
  return svg(
    "g",
    {
      class: "mgw-more",
      "data-open": box.index,
      transform: `translate(${box.width / 2} ${box.height + 3})`,
    },
    svg("title", {}, text.behind(box.hidden)),
    svg("rect", { class: "mgw-hit", x: -width / 2 - 2, y: -13, width: width + 4, height: 26 }),
    svg("rect", { class: "mgw-pill", x: -width / 2, y: -9, width, height: 18, rx: 9 }),
    svg("text", { y: 4, "text-anchor": "middle" }, label),
  );
}

interface DrawnArrow {
  readonly arrow: Arrow;
  readonly group: SVGGElement;
  paint(local: number): void;
}

function drawArrow(arrow: Arrow, route: Route): DrawnArrow {
  const label = svg("text", {
    x: round(route.label.x),
    y: round(route.label.y + 4),
    "text-anchor": route.label.anchor,
  });
  const group = svg(
    "g",
    { class: "mgw-arrow" },
    svg("path", { class: "mgw-line", d: curvePath(route) }),
    svg("path", { class: "mgw-tip", d: headPath(route) }),
    label,
  );
  return {
    arrow,
    group,
    paint(local) {
      label.textContent = shortNumber(local);
      group.classList.toggle("mgw-negative", local < 0);
    },
  };
}

const round = (x: number): number => Math.round(x * 100) / 100;
const at = (p: Point): string => `${round(p.x)} ${round(p.y)}`;

function curvePath({ curve }: Route): string {
  const [start, ...rest] = curve;
  const pieces: string[] = [];
  for (let i = 0; i + 2 < rest.length; i += 3) {
    pieces.push(`C${at(rest[i]!)} ${at(rest[i + 1]!)} ${at(rest[i + 2]!)}`);
  }
  return `M${at(start!)}${pieces.join("")}`;
}

function headPath({ curve, tip }: Route): string {
  const base = curve.at(-1)!;
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const side = { x: (-(tip.y - base.y) / length) * 3.2, y: ((tip.x - base.x) / length) * 3.2 };
  const a = { x: base.x + side.x, y: base.y + side.y };
  const b = { x: base.x - side.x, y: base.y - side.y };
  return `M${at(a)}L${at(tip)}L${at(b)}Z`;
}
