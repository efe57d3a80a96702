/** What is to be drawn, before anybody has decided where: boxes with sizes, arrows, frames. */
import { Op } from "./arithmetic.ts";
import { type Arrow, arrowsOf } from "./arrows.ts";
import type { Expression } from "./expression.ts";
import type { Fold } from "./fold.ts";
import { ROOT } from "./groups.ts";
import type { Kind } from "./names.ts";
import { insideText, multipleText, text } from "./strings.ts";
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
  /** How many values are hidden behind it; of a sum how many of its terms. */
  readonly hidden: number;
  /** A closed sum of many terms. */
  readonly isSum: boolean;
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
  const arrows = arrowsOf(fold);
  const places = placesOf(fold, arrows);
  const isBundled = bundles(expression, fold, arrows, places);
  return {
    boxes: equallyWide(
      fold.shown.map((item) => makeBox(expression, fold, item, places.get(item) ?? ROOT)),
      arrows,
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
  const hidden = hiddenCount(fold, index);
  const isSum = fold.contraction.isSum(index);
  const shared = { index, hidden, isSum, place, inside: "", counted: 0, outputs: 0 };
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

/** The terms of a sum that are not drawn; of all else the values behind it. */
export function hiddenCount(fold: Fold, item: number): number {
  if (fold.contraction.isSum(item)) return fold.hiddenTerms(item).length;
  return fold.hasHiddenOperands(item) ? fold.hiddenBehind(item) : 0;
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

/**
 * The closed groups of one place, the terms of one sum, the weights before them: so neuron 9 and
 * neuron 10 can stand in one column, in order.
 */
function equallyWide(boxes: readonly Box[], arrows: readonly Arrow[]): Box[] {
  const columns = columnsOf(boxes, arrows);
  const widest = new Map<string, number>();
  for (const { index, width } of boxes) {
    const column = columns.get(index);
    if (column !== undefined) widest.set(column, Math.max(width, widest.get(column) ?? 0));
  }
  return boxes.map((box) => {
    const column = columns.get(box.index);
    return column === undefined ? box : { ...box, width: widest.get(column)! };
  });
}

function columnsOf(boxes: readonly Box[], arrows: readonly Arrow[]): Map<number, string> {
  const columns = new Map<number, string>();
  const boxOf = new Map(boxes.map((box) => [box.index, box]));
  const stepsBefore = new Map<number, [sum: number, steps: number]>();
  // Arrows stand in the order of the boxes that they lead to.
  for (const { from, to } of arrows.toReversed()) {
    if (boxOf.get(to)!.isSum) stepsBefore.set(from, [to, 1]);
    else if (stepsBefore.get(to)?.[1] === 1) stepsBefore.set(from, [stepsBefore.get(to)![0], 2]);
  }
  for (const { index, kind, place } of boxes) {
    const before = stepsBefore.get(index);
    if (kind === "group") columns.set(index, `in ${place}`);
    else if (before !== undefined) columns.set(index, `${before.join(" ")} ${kind}`);
  }
  return columns;
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
    const here = contraction.isOpaque(to) ? ROOT : contraction.placeOf(to);
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

/** What the button that adds more says. */
export const moreLabel = ({ hidden, isSum }: Box): string =>
  `+${isSum ? text.terms(hidden) : countText(hidden)}`;

export const moreWords = ({ hidden, isSum }: Box): string =>
  isSum ? text.moreTerms(hidden) : text.behind(hidden);

export const moreWidth = (box: Box): number =>
  box.hidden === 0 ? 0 : estimatedWidth(moreLabel(box), SMALL_SIZE) + 16;

/** In the middle; the last line of a group says at its beginning how much is inside. */
export const moreMiddle = (box: Box): number =>
  box.kind === "group" ? box.width - moreWidth(box) / 2 - 4 : box.width / 2;

/**
 * Two layers of 16 neurons have 256 arrows: their numbers could neither be placed nor be told
 * apart. The panel has them. And 16 arrows into an open neuron would go all around the weights
 * that stand before its products; a product's other number is written on its weight.
 */
function bundles(
  { tape }: Expression,
  { contraction }: Fold,
  arrows: readonly Arrow[],
  places: ReadonlyMap<number, number>,
): (arrow: Arrow) => boolean {
  const [starts, ends, past] = [new Counts(), new Counts(), new Counts()];
  const isLeaf = (item: number) => !contraction.isGroup(item) && tape.ops[item] === Op.leaf;
  const weighted = new Set<number>();
  for (const { from, to } of arrows) {
    starts.add(from);
    ends.add(to);
    if (isLeaf(from) && places.get(from) === places.get(to)) weighted.add(to);
  }
  const isPast = ({ from, to }: Arrow) =>
    weighted.has(to) && !isLeaf(from) && places.get(from) !== places.get(to);
  for (const arrow of arrows) if (isPast(arrow)) past.add(places.get(arrow.to)!);
  return (arrow) =>
    contraction.isOpaque(arrow.to)
      ? starts.of(arrow.from) > MANY_ENDS && ends.of(arrow.to) > MANY_ENDS
      : isPast(arrow) && past.of(places.get(arrow.to)!) > MANY_ENDS;
}

class Counts {
  readonly #counts = new Map<number, number>();
  of = (key: number) => this.#counts.get(key) ?? 0;
  add = (key: number) => this.#counts.set(key, this.of(key) + 1);
}

/** Kept for the number of any other operation, so that a picture does not grow with its numbers. */
export const NUMBER_ROOM = 66;

/** The derivative of a sum is 1 or −1 and of relu 0 or 1: their arrows need little room. */
function labelWidth(expression: Expression, arrow: Arrow): number {
  if (!expression.hasSlope(arrow)) {
    const words = multipleText(arrow.edges.length);
    return words === "" ? 0 : Math.round(estimatedWidth(words, SMALL_SIZE) + COUNT_ROOM);
  }
  const g = arrow.to - expression.tape.count;
  if (g >= 0 && expression.groups.isSum(g)) return 20;
  const op = expression.tape.ops[arrow.to];
  const isShort = op === Op.add || op === Op.sub || op === Op.neg || op === Op.relu;
  return isShort ? 44 : NUMBER_ROOM;
}
