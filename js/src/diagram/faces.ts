/** What boxes, frames, arrows and rows of a picture and its twin say. */
import type { Arrow } from "../arrows.ts";
import type { Contraction } from "../contraction.ts";
import type { Expression } from "../expression.ts";
import {
  breaksInside,
  groupGradientText,
  itemName,
  oldGroupGradient,
  onlyOutput,
  spokenItem,
} from "../grouped.ts";
import { type Box, moreWords, type OpenFrame, type Scene } from "../scene.ts";
import { compareText } from "../strings/compare.ts";
import { multipleText, text } from "../strings.ts";
import type { BoxFace } from "./box.ts";
import { colourOf, neutral, type Scale, type Theme } from "./colours.ts";
import type { ArrowFace } from "./line.ts";
import type { Remark } from "./part.ts";
import { isFrame } from "./tree.ts";
import type { RowFace } from "./twin.ts";

export interface Paint {
  /** The number that colours a value; NaN where there is none to see. */
  number: (i: number) => number;
  scale: Scale | null;
  theme: Theme;
}

export function boxFace(
  expression: Expression,
  contraction: Contraction,
  { index: item }: Box,
  { number, scale, theme }: Paint,
  remark: Remark | null,
): BoxFace {
  const output = outputOf(expression, contraction, item);
  return {
    ...numbersOf(expression, contraction, item),
    isChanged: isChanged(expression, item),
    isEditable: expression.numbers.isEditable(item),
    // Several numbers have no colour in common.
    fill: scale && output !== null ? colourOf(number(output), scale, theme) : neutral(theme),
    remark,
  };
}

/** The words of a box or of an open group. */
export function rowFace(
  expression: Expression,
  contraction: Contraction,
  thing: Box | OpenFrame,
  leads: string,
  remark: Remark | null,
): RowFace {
  const numbers = numbersOf(expression, contraction, thing.index);
  const words = [
    spokenItem(expression, thing.index),
    ...(remark === null ? [] : [remark.spoken]),
    ...(numbers.breaks ? [text.begins] : []),
    ...changedWords(expression, thing.index),
    ...(leads === "" ? [] : [leads]),
    ...(isFrame(thing) ? [text.closes] : hintsOf(thing)),
  ];
  return {
    ...numbers,
    isChanged: isChanged(expression, thing.index),
    spoken: words.join(", "),
    mark: remark?.mark ?? "",
  };
}

const isChanged = ({ comparison }: Expression, item: number): boolean =>
  comparison?.isChanged(item) ?? false;

function changedWords(expression: Expression, item: number): string[] {
  if (!isChanged(expression, item)) return [];
  return [expression.isGroup(item) ? compareText.changedInside : compareText.changed];
}

function hintsOf(box: Box): string[] {
  const { counted, hidden } = box;
  const isGroup = box.kind === "group";
  return [
    ...(counted > 0 ? [text.countedLeaves(counted)] : []),
    ...(isGroup ? [text.opens] : []),
    ...(hidden > 0 ? [isGroup ? moreWords(box) : text.openHint(hidden)] : []),
  ];
}

function numbersOf(expression: Expression, contraction: Contraction, item: number) {
  const output = outputOf(expression, contraction, item);
  const value = output === null ? "" : expression.value(output);
  const oldValue = output === null ? null : expression.oldValue(output);
  if (!contraction.isGroup(item)) {
    return {
      value,
      oldValue,
      gradient: expression.gradient(item),
      oldGradient: expression.oldGradient(item),
      breaks: expression.breaks(item),
    };
  }
  const g = contraction.groupOf(item);
  return {
    value,
    oldValue,
    gradient: groupGradientText(expression, g),
    oldGradient: oldGroupGradient(expression, g),
    breaks: breaksInside(expression, g),
  };
}

/** More names than this, and nobody listens to the end. */
const MOST_NAMES = 3;

/** For every item what is drawn to be made from it, in words: the arrows that leave its box. */
export function leadsTo(expression: Expression, { arrows }: Scene): Map<number, string> {
  const ends = new Map<number, Set<number>>();
  for (const { from, to } of arrows) ends.set(from, (ends.get(from) ?? new Set()).add(to));
  const words = (items: Set<number>) => {
    const names = [...items].slice(0, MOST_NAMES).map((item) => itemName(expression, item));
    return text.leadsTo(names, items.size - names.length);
  };
  return new Map([...ends].map(([from, items]) => [from, words(items)]));
}

const outputOf = (expression: Expression, contraction: Contraction, item: number) =>
  contraction.isGroup(item) ? onlyOutput(expression, contraction.groupOf(item)) : item;

/** A derivative, or how many operands the arrow stands for where there is not one. */
export function arrowFace(expression: Expression, arrow: Arrow): ArrowFace {
  if (!expression.hasSlope(arrow)) {
    return { words: multipleText(arrow.edges.length), isNegative: false };
  }
  const isNegative = expression.seesSlope(arrow) && expression.slope(arrow) < 0;
  return { words: expression.slopeText(arrow), isNegative };
}
