/**
 * Formulas as plain trees: what a printer writes down without a question. The functions here put
 * brackets where the reading would change without them, and only there. The twin of
 * `microgradwidgets/formula.py`, which describes the trees.
 */
import { MINUS, shortNumber } from "../text.ts";

export type Sign = "+" | "-";
export type Signed = readonly [sign: Sign, term: Formula];

export type Formula =
  | readonly ["number", string]
  | readonly ["name", base: string, index: string, place: string]
  | readonly ["terms", ...Signed[]]
  | readonly ["sigma", count: number, first: Formula, second: Formula, last: Formula]
  | readonly ["product" | "fraction" | "power" | "derivative", Formula, Formula]
  | readonly ["negative" | "condition" | "brackets", Formula]
  | readonly ["function", name: string, Formula]
  | readonly ["equal", ...Formula[]];

/** Of more terms, and of more lines that are alike, the first two and the last are shown. */
const LONGEST_SUM = 6;

/** How tightly a formula holds together. */
const Level = { sum: 0, negative: 1, product: 2, fraction: 3, power: 4, atom: 5 } as const;

/** A label that holds one of these reads like a formula of its own. */
const OPERATORS = /[-+*/^=<>&|\u2212\u00d7\u00b7]/;

/** A number, or the text of one; formulas hold it with the minus of a keyboard. */
export const number = (x: number | string): Formula => [
  "number",
  (typeof x === "number" ? shortNumber(x) : x).replaceAll(MINUS, "-"),
];

function level(formula: Formula): number {
  switch (formula[0]) {
    case "number":
      if (formula[1].startsWith("-")) return Level.negative;
      return formula[1].includes("e") ? Level.product : Level.atom;
    case "name":
      if (OPERATORS.test(formula[1])) return Level.sum;
      return formula[3] === "" && !formula[1].includes(" ") ? Level.atom : Level.power;
    case "terms":
    case "sigma":
      return Level.sum;
    case "negative":
      return Level.negative;
    case "product":
      return Level.product;
    case "fraction":
    case "derivative":
      return Level.fraction;
    case "function":
    case "power":
      return Level.power;
    default:
      return Level.atom;
  }
}

export const ONE = number(1);
export const TWO = number(2);
export const MINUS_ONE = number(-1);

const closed = (formula: Formula, least: number): Formula =>
  level(formula) >= least ? formula : ["brackets", formula];

export function terms(signed: readonly Signed[]): Formula {
  const [[, first], ...others] = signed as [Signed, ...Signed[]];
  if (others.length === 0) return first;
  const rest = others.map(([sign, term]): Signed => [sign, closed(term, Level.product)]);
  return ["terms", ["+", closed(first, Level.negative)], ...rest];
}

/** Of many things the first two and the last; of a few all. */
export const shownOf = <T>(things: readonly T[]): readonly T[] =>
  things.length <= LONGEST_SUM ? things : [things[0]!, things[1]!, things.at(-1)!];

/** A sum of that many terms, of which these are to be shown. */
export function total(count: number, shown: readonly Signed[]): Formula {
  if (count === shown.length) return terms(shown);
  const told = shown.map(([sign, term]) => (sign === "+" ? term : negative(term)));
  return ["sigma", count, ...(told as [Formula, Formula, Formula])];
}

export const product = (a: Formula, b: Formula): Formula => [
  "product",
  closed(a, Level.product),
  closed(b, Level.fraction),
];

export const fraction = (a: Formula, b: Formula): Formula => ["fraction", a, b];

export const negative = (a: Formula): Formula => ["negative", closed(a, Level.fraction)];

export const power = (base: Formula, exponent: Formula): Formula => [
  "power",
  closed(base, Level.atom),
  exponent,
];

export const derivative = (of: Formula, by: Formula): Formula => [
  "derivative",
  closed(of, Level.power),
  closed(by, Level.power),
];

/** A chain of equations, without those that say the same twice. */
export function equal(...sides: Formula[]): Formula {
  const written = sides.map((side) => JSON.stringify(side));
  return ["equal", ...sides.filter((_, n) => n === 0 || written[n] !== written[n - 1])];
}

/** How much room it takes: its numbers and names, with their indices. */
export function size(formula: Formula): number {
  if (formula[0] === "number") return 1;
  if (formula[0] === "name") return formula.slice(1).filter((part) => part !== "").length;
  return partsOf(formula).reduce((sum, part) => sum + size(part), 0);
}

/** Whether something of this kind stands anywhere in it. */
export const holds = (formula: Formula, kind: Formula[0]): boolean =>
  formula[0] === kind || partsOf(formula).some((part) => holds(part, kind));

/** The formulas directly inside one. */
function partsOf(formula: Formula): readonly Formula[] {
  switch (formula[0]) {
    case "number":
    case "name":
      return [];
    case "terms":
      return (formula.slice(1) as Signed[]).map(([, term]) => term);
    case "sigma":
    case "function":
      return formula.slice(2) as Formula[];
    default:
      return formula.slice(1) as Formula[];
  }
}
