/** What is said where a gradient is explained by its paths. */
import { countText } from "../text.ts";

/** A count with more digits than this is told by its size. */
const MOST_DIGITS = 21;

const SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
const raised = (n: number): string => `${n}`.replace(/\d/g, (digit) => SUPERSCRIPTS[+digit]!);

/** "1,602", "about 1.07 × 10³⁰¹"; null is more than can be counted. */
export function pathCount(count: bigint | null): string {
  if (count === null) return `more than 10${raised(308)}`;
  const digits = `${count}`;
  if (digits.length <= MOST_DIGITS) return count.toLocaleString("en-US");
  return `about ${digits[0]}.${digits.slice(1, 3)} \u00d7 10${raised(digits.length - 1)}`;
}

const paths = (count: bigint | null): string =>
  `${pathCount(count)} ${count === 1n ? "path" : "paths"}`;

export const whyText = {
  title: "Why this gradient?",
  sum: (count: bigint | null) =>
    count === 1n
      ? "One path leads from here to the output. Along it the local derivatives are multiplied."
      : `${paths(count)} lead from here to the output. Along each the local derivatives are ` +
        "multiplied, and the products are added.",
  isOutput: "This is the output itself: if it rises by 1, it rises by 1.",
  given:
    "The gradients shown were given to the diagram and are not those of this output, which are explained here.",
  notYet: "The backward pass has not brought all of this gradient yet.",
  list: "Paths to the output, the largest first. Choosing one lights it in the picture.",
  factorsOfOne: (n: number) => `${countText(n)} factors of 1 left out`,
  moreStations: (n: number) => `\u2026 ${countText(n)} more \u2026`,
  rest: (count: bigint | null) => `the other ${paths(count)}`,
  more: (n: number) => `List ${countText(n)} more`,
  total: "sum: the gradient",
  spoken: (name: string, gradient: string, count: bigint | null) =>
    `The gradient of ${name} is ${gradient}: the sum over ${paths(count)}.`,
  spokenOne: (name: string, gradient: string) =>
    `The gradient of ${name} is ${gradient}, along one path.`,
  largest: (names: string, factors: string, product: string) =>
    `The largest: ${names}: ${factors} = ${product}.`,
  only: (names: string, factors: string, product: string) => `${names}: ${factors} = ${product}.`,
  lit: (names: string, product: string) => `Lit: ${names}, which brings ${product}.`,
  litPartly: (shown: number, all: number) =>
    `${countText(shown)} of its ${countText(all)} values are in the picture.`,
  unlit: "The path is no longer lit.",
} as const;
