/** What is to be drawn, before anybody has decided where: boxes with sizes, arrows, frames. */
import { Op } from "./arithmetic.ts";
import { type Arrow, arrowsOf } from "./arrows.ts";
import type { Expression } from "./expression.ts";
import type { Fold } from "./fold.ts";
import { ROOT } from "./groups.ts";
import type { Kind } from "./names.ts";
import { insideText, multipleText } from "./strings.ts";
import { countText, estimatedWidth, oneLine } from "./text.ts";

export interface Box {
  /** A value, or a closed group: see `contraction.ts`. */
  readonly index: number;
  readonly kind: Kind | "group";
  /** One line; empty for a constant, whose number is its name. */
  readonly title: string;
  readonly badge: string;
  readonly width: number;
  readonly height: number;
  /** How many values are hidden behind it. */
  readonly hidden: number;
  /** The open group it stands in, `ROOT` if none. */
  readonly place: number;
  /** For a closed group, what it holds. */
  readonly inside: string;
  /** For a closed group, how many leaves it uses that are counted and not drawn. */
  readonly counted: number;
  /** For a closed group of several outputs, how many. */
  readonly outputs: number;
}

/** An open group: what it holds stands inside. */
export interface OpenFrame {
  readonly index: number;
  readonly group: number;
  readonly title: string;
  readonly titleWidth: number;
  /** The open group around it, `ROOT` if none. */
  readonly place: number;
}

export interface LabelledArrow extends Arrow {
  /** One of so many between two layers that no number can stand beside it. */
  readonly isBundled: boolean;
  readonly labelWidth: number;
}

export interface Scene {
  readonly boxes: readonly Box[];
  readonly arrows: readonly LabelledArrow[];
  /** Outer ones first. */
  readonly frames: readonly OpenFrame[];
}

/** From more boxes than this to more than this there is a bundle. */
const MANY_ENDS = 6;
export const TITLE_SIZE = 13;
export const SMALL_SIZE = 11;
export const PADDING = 10;
/** Room for a word and the longest number. */
const NARROWEST = 138;
/** A longer word stands beside the number there. */
const GROUP_NARROWEST = 150;
/** About 24 characters; the rest is in the tooltip and in the panel. */
const WIDEST = 200;
const BOX_HEIGHT = 64;
const GROUP_HEIGHT = 82;
/** Around a count beside an arrow, which may be a steep one. */
const COUNT_ROOM = 34;
const CONSTANT_WIDTH = 128;
const CONSTANT_HEIGHT = 42;
/** The badge sits on the box's edge, so half of it belongs to the box's space in the layout. */
export const BADGE_RADIUS = 12;
/** The sheets behind a closed group stick out this far, to the right and below. */
export const PAPERS_OUT = 8;
const TITLE_HEIGHT = 30;
/** The square with + or − before the name of a group, and the gap after it. */
export const TOGGLE_SIZE = 18;
export const TOGGLE_ROOM = TOGGLE_SIZE + 7;

/** Sizes come from structure and names alone, never from a number. */
export function buildScene(expression: Expression, fold: Fold): Scene {
  const arrows = arrowsOf(expression.tape, fold);
  const places = placesOf(fold, arrows);
  const isBundled = bundles(arrows);
  return {
    boxes: equallyWide(
      fold.shown.map((item) => makeBox(expression, fold, item, places.get(item) ?? ROOT)),
    ),
    arrows: arrows.map((arrow) => ({
      ...arrow,
      isBundled: isBundled(arrow),
      labelWidth: isBundled(arrow) ? 0 : labelWidth(expression, arrow),
    })),
    frames: fold.open.filter((g) => !fold.isEmpty(g)).map((g) => makeFrame(expression, fold, g)),
  };
}

function makeBox(expression: Expression, fold: Fold, index: number, place: number): Box {
  const hidden = fold.hasHiddenOperands(index) ? fold.hiddenBehind(index) : 0;
  const shared = { index, hidden, place, inside: "", counted: 0, outputs: 0 };
  if (fold.contraction.isGroup(index)) {
    return { ...shared, ...groupBox(expression, fold, index) };
  }
  const { names } = expression;
  const kind = names.kind(index);
  if (kind === "constant") {
    const size = { width: CONSTANT_WIDTH, height: CONSTANT_HEIGHT };
    return { ...shared, kind, title: "", badge: "", ...size };
  }
  const title = oneLine(names.titleIn(index, place));
  const width = boxWidth(estimatedWidth(title, TITLE_SIZE) + BADGE_RADIUS);
  return { ...shared, kind, title, badge: names.badge(index), width, height: BOX_HEIGHT };
}

function groupBox({ names }: Expression, fold: Fold, index: number) {
  const g = fold.contraction.groupOf(index);
  const title = oneLine(names.group(g));
  const counted = countedBehind(fold, index);
  const inside = insideText(fold.groups.size(g), counted);
  const wanted = Math.max(
    estimatedWidth(title, TITLE_SIZE) + TOGGLE_ROOM,
    estimatedWidth(inside, SMALL_SIZE),
  );
  const outputs = fold.groups.outputs(g).length;
  const width = Math.max(GROUP_NARROWEST, boxWidth(wanted));
  const size = { width, height: GROUP_HEIGHT };
  return { kind: "group" as const, title, badge: "", ...size, inside, counted, outputs };
}

/** The closed groups of one place: so neuron 9 and neuron 10 can stand in one column, in order. */
function equallyWide(boxes: readonly Box[]): Box[] {
  const widest = new Map<number, number>();
  for (const { kind, place, width } of boxes) {
    if (kind === "group") widest.set(place, Math.max(width, widest.get(place) ?? 0));
  }
  return boxes.map((box) =>
    box.kind === "group" ? { ...box, width: widest.get(box.place)! } : box,
  );
}

const boxWidth = (wanted: number): number =>
  Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted + 2 * PADDING)));

/** The leaves that a closed group uses and that are so many that they are only counted. */
export function countedBehind(fold: Fold, item: number): number {
  const { contraction } = fold;
  const isCounted = (leaf: number) => contraction.isOneOfMany(leaf) && !fold.has(leaf);
  return contraction.operands(item).filter(isCounted).length;
}

function makeFrame({ names }: Expression, fold: Fold, group: number): OpenFrame {
  const title = oneLine(names.group(group));
  return {
    index: fold.contraction.itemOfGroup(group),
    group,
    title,
    titleWidth: Math.round(
      Math.min(WIDEST, estimatedWidth(title, TITLE_SIZE) + PADDING) + TOGGLE_ROOM,
    ),
    place: fold.groups.parent(group),
  };
}

/** Where the title of a frame stands, within the frame's own place. */
export const titleArea = <T extends { x: number; y: number; width: number }>(
  { titleWidth }: OpenFrame,
  { x, y, width }: T,
) => ({ x, y, width: Math.min(width, titleWidth + 2 * PADDING), height: TITLE_HEIGHT });

/**
 * The open group that each item stands in. A leaf from outside that came along with the values of
 * one group stands there with them, and not far away at the end of a long arrow.
 */
function placesOf(fold: Fold, arrows: readonly Arrow[]): Map<number, number> {
  const { contraction } = fold;
  const places = new Map(fold.shown.map((item) => [item, contraction.placeOf(item)]));
  const users = new Map<number, Set<number>>();
  for (const { from, to } of arrows) {
    if (!fold.isBrought(from)) continue;
    const here = contraction.isGroup(to) ? ROOT : contraction.placeOf(to);
    users.set(from, (users.get(from) ?? new Set()).add(here));
  }
  for (const [leaf, here] of users) {
    const [only] = here;
    if (here.size === 1 && only !== undefined && only !== ROOT) places.set(leaf, only);
  }
  return places;
}

/** A badge of several letters is a pill. */
export const badgeWidth = (badge: string): number =>
  Math.max(2 * BADGE_RADIUS, estimatedWidth(badge, SMALL_SIZE) + 12);

export const moreLabel = (hidden: number): string => `+${countText(hidden)}`;

export const moreWidth = (hidden: number): number =>
  hidden === 0 ? 0 : estimatedWidth(moreLabel(hidden), SMALL_SIZE) + 16;

/**
 * Two layers of 16 neurons have 256 arrows: their numbers could neither be placed nor be told
 * apart. The panel has them.
 */
function bundles(arrows: readonly Arrow[]): (arrow: Arrow) => boolean {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { from, to } of arrows) {
    starts.set(from, (starts.get(from) ?? 0) + 1);
    ends.set(to, (ends.get(to) ?? 0) + 1);
  }
  const isGroup = (arrow: Arrow) => arrow.edges[0]!.to !== arrow.to;
  return (arrow) =>
    isGroup(arrow) && starts.get(arrow.from)! > MANY_ENDS && ends.get(arrow.to)! > MANY_ENDS;
}

/** The derivative of a sum is 1 or −1 and of relu 0 or 1: their arrows need little room. */
function labelWidth(expression: Expression, arrow: Arrow): number {
  if (!expression.hasSlope(arrow)) {
    const words = multipleText(arrow.edges.length);
    return words === "" ? 0 : Math.round(estimatedWidth(words, SMALL_SIZE) + COUNT_ROOM);
  }
  const op = expression.tape.ops[arrow.to];
  const isShort = op === Op.add || op === Op.sub || op === Op.neg || op === Op.relu;
  return isShort ? 44 : 66;
}
