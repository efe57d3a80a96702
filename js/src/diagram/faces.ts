/** What boxes, frames and arrows of a picture say. */
import type { Arrow } from "../arrows.ts";
import type { Contraction } from "../contraction.ts";
import type { Expression } from "../expression.ts";
import { breaksInside, groupGradientText, onlyOutput, spokenGroup } from "../grouped.ts";
import type { Box } from "../scene.ts";
import { multipleText, text } from "../strings.ts";
import type { BoxFace } from "./box.ts";
import { colourOf, neutral, type Scale, type Theme } from "./colours.ts";
import type { ArrowFace } from "./line.ts";

export interface Paint {
  /** The number that colours a value; NaN where there is none to see. */
  number: (i: number) => number;
  scale: Scale | null;
  theme: Theme;
}

export function boxFace(
  expression: Expression,
  contraction: Contraction,
  { index: item, hidden, counted }: Box,
  { number, scale, theme }: Paint,
): BoxFace {
  const isGroup = contraction.isGroup(item);
  const g = contraction.groupOf(item);
  const output = isGroup ? onlyOutput(expression, g) : item;
  const spoken = isGroup ? spokenGroup(expression, g) : expression.spoken(item);
  const hints = [
    ...(counted > 0 ? [text.countedLeaves(counted)] : []),
    ...(isGroup ? [text.opens] : []),
    ...(hidden > 0 ? [isGroup ? text.behind(hidden) : text.openHint(hidden)] : []),
  ];
  return {
    value: output === null ? "" : expression.value(output),
    gradient: isGroup ? groupGradientText(expression, g) : expression.gradient(item),
    // Several numbers have no colour in common.
    fill: scale && output !== null ? colourOf(number(output), scale, theme) : neutral(theme),
    spoken: [spoken, ...hints].join(", "),
    breaks: isGroup ? breaksInside(expression, g) : expression.breaks(item),
  };
}

export const outlineWords = (expression: Expression, g: number): string =>
  `${spokenGroup(expression, g)}, ${text.closes}`;

/** A derivative, or how many operands the arrow stands for where there is not one. */
export function arrowFace(expression: Expression, arrow: Arrow): ArrowFace {
  if (!expression.hasSlope(arrow)) {
    return { words: multipleText(arrow.edges.length), isNegative: false };
  }
  const isNegative = expression.seesSlope(arrow) && expression.slope(arrow) < 0;
  return { words: expression.slopeText(arrow), isNegative };
}
