/** What is to be drawn, before anybody has decided where: boxes with sizes, arrows with labels. */
import { Op } from "./arithmetic.ts";
import type { Fold } from "./fold.ts";
import { type Edge, operandEdges } from "./graph.ts";
import type { Kind, Names } from "./names.ts";
import type { Tape } from "./tape.ts";
import { countText, estimatedWidth, oneLine } from "./text.ts";

export interface Box {
  readonly index: number;
  readonly kind: Kind;
  /** One line; empty for a constant, whose number is its name. */
  readonly title: string;
  readonly badge: string;
  readonly width: number;
  readonly height: number;
  /** How many values are hidden behind it. */
  readonly hidden: number;
}

export interface Arrow extends Edge {
  readonly labelWidth: number;
}

export interface Scene {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export const TITLE_SIZE = 13;
export const PADDING = 10;
/** Room for a word and the longest number. */
const NARROWEST = 138;
/** About 24 characters; the rest is in the tooltip and in the panel. */
const WIDEST = 200;
const BOX_HEIGHT = 64;
const CONSTANT_WIDTH = 128;
const CONSTANT_HEIGHT = 42;
/** The badge sits on the box's edge, so half of it belongs to the box's space in the layout. */
export const BADGE_RADIUS = 12;

/** Sizes come from structure and names alone, never from a number. */
export function buildScene(tape: Tape, names: Names, fold: Fold): Scene {
  const shown = fold.shown;
  return {
    boxes: shown.map((i) => makeBox(names, fold, i)),
    arrows: shown.flatMap((i) =>
      operandEdges(tape, i)
        .filter((edge) => fold.has(edge.from))
        .map((edge) => ({ ...edge, labelWidth: labelWidth(tape.ops[i]!) })),
    ),
  };
}

function makeBox(names: Names, fold: Fold, index: number): Box {
  const kind = names.kind(index);
  const hidden = fold.hasHiddenOperands(index) ? fold.hiddenBehind(index) : 0;
  if (kind === "constant") {
    const size = { width: CONSTANT_WIDTH, height: CONSTANT_HEIGHT };
    return { index, kind, title: "", badge: "", hidden, ...size };
  }
  const title = oneLine(names.title(index));
  const wanted = estimatedWidth(title, TITLE_SIZE) + 2 * PADDING + BADGE_RADIUS;
  const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted)));
  return { index, kind, title, badge: names.badge(index), hidden, width, height: BOX_HEIGHT };
}

/** A badge of several letters is a pill. */
export const badgeWidth = (badge: string): number =>
  Math.max(2 * BADGE_RADIUS, estimatedWidth(badge, 11) + 12);

export const moreLabel = (hidden: number): string => `+${countText(hidden)}`;

/** The derivative of a sum is 1 or −1 and of relu 0 or 1: their arrows need little room. */
function labelWidth(op: number): number {
  const isShort = op === Op.add || op === Op.sub || op === Op.neg || op === Op.relu;
  return isShort ? 20 : 66;
}
