/** A path in words and numbers: what it passes through, and what is multiplied along it. */
import type { Contraction } from "../contraction.ts";
import type { Expression } from "../expression.ts";
import { groupName } from "../grouped.ts";
import type { Path } from "../paths.ts";
import { whyText } from "../strings/why.ts";
import { bracketed, shortNumber } from "../text.ts";

/** More would not be read: of the rest only the number is said. */
const MOST_STATIONS = 9;
const MOST_FACTORS = 10;
const INSIDE = " \u203a ";

/**
 * Values by their names where they stand in the open; for what is in closed boxes the groups, as
 * far as they differ from those just passed: "w1", "example 7 › layer 1 › neuron 2", "layer 2 ›
 * neuron 5", "loss".
 */
export function stationsOf(
  expression: Expression,
  contraction: Contraction,
  { indices }: Path,
): string[] {
  const { groups } = expression;
  const stations: string[] = [];
  let around: readonly number[] = [];
  let group: number | null = null;
  for (const [at, i] of indices.entries()) {
    const isEnd = at === 0 || at === indices.length - 1;
    const isHidden = !isEnd && contraction.itemOf(i) !== i;
    const chain = isHidden ? chainTo(expression, contraction, i) : groups.chain(groups.home[i]!);
    const home = chain.at(-1) ?? null;
    if (isHidden && home === group) continue;
    stations.push(isHidden ? newGroups(expression, around, chain) : expression.name(i));
    around = chain;
    group = isHidden ? home : null;
  }
  return shortened(stations, MOST_STATIONS, whyText.moreStations);
}

/** The groups around a hidden value; of a closed sum nobody asks which part. */
function chainTo({ groups }: Expression, contraction: Contraction, i: number): number[] {
  const chain = groups.chain(groups.home[i]!);
  const closed = chain.indexOf(contraction.groupOf(contraction.itemOf(i)));
  const sum = chain.findIndex((g, n) => n >= closed && groups.isSum(g));
  return sum < 0 ? chain : chain.slice(0, sum + 1);
}

/** The groups of a chain that are not around the former value; at least the innermost. */
function newGroups(expression: Expression, around: readonly number[], chain: readonly number[]) {
  let same = 0;
  while (same < chain.length - 1 && chain[same] === around[same]) same++;
  return chain
    .slice(same)
    .map((g) => groupName(expression, g))
    .join(INSIDE);
}

/** "2 × 1 × 0.5"; of many factors those that are 1 are only counted. */
export function factorsOf({ locals }: Path): string {
  if (locals.length <= MOST_FACTORS) return locals.map(factor).join(" \u00d7 ");
  const others = locals.filter((slope) => slope !== 1);
  const ones = locals.length - others.length;
  const shown = shortened(
    (others.length > 0 ? others : [1]).map(factor),
    MOST_FACTORS,
    () => "\u2026",
  );
  const leftOut = ones > 1 ? ` (${whyText.factorsOfOne(ones)})` : "";
  return shown.join(" \u00d7 ") + leftOut;
}

const factor = (slope: number): string => bracketed(shortNumber(slope));

/** Both ends of a list, and in between a word for what is left out. */
function shortened(words: string[], most: number, gap: (n: number) => string): string[] {
  const left = words.length - most;
  if (left <= 1) return words;
  const front = Math.ceil(most / 2);
  return [...words.slice(0, front), gap(left), ...words.slice(front + left)];
}
