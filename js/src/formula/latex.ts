/**
 * Formulas as LaTeX, and a whole expression in steps: for documents with `amsmath`, for MathJax and
 * for KaTeX. The twin of `microgradwidgets/latex.py`.
 */
import type { Expression } from "../expression.ts";
import { countText } from "../text.ts";
import { Notation } from "./notation.ts";
import { GREEK } from "./symbols.ts";
import type { Formula, Signed } from "./tree.ts";

const MOST_STEPS = 100;

const VARIANTS: ReadonlyMap<string, string> = new Map([
  ["epsilon", "varepsilon"],
  ["phi", "varphi"],
]);
const COMMANDS: ReadonlyMap<string, string> = new Map(
  [...GREEK].map(([name, letter]) => [letter, `\\${VARIANTS.get(name) ?? name}`]),
);
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["relu", "\\operatorname{relu}"],
  ["sigmoid", "\\sigma"],
]);

/** Written as mathematics: inside `\text` LaTeX, MathJax and KaTeX escape them differently. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["\\", "\\backslash{}"],
  ["^", "\\wedge{}"],
  ["~", "\\sim{}"],
  ["<", "<"],
  [">", ">"],
  ...[..."{}$&#_%"].map((sign): [string, string] => [sign, `\\${sign}`]),
]);
const PIECES = /[\\{}$&#_%^~<>]|[^\\{}$&#_%^~<>]+/g;
const STEERING = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** One formula. */
export function latex(formula: Formula): string {
  switch (formula[0]) {
    case "number":
      return number(formula[1]);
    case "name":
      return name(formula[1], formula[2], formula[3]);
    case "terms": {
      const [[, first], ...others] = formula.slice(1) as [Signed, ...Signed[]];
      return [latex(first), ...others.map(([sign, term]) => `${sign} ${latex(term)}`)].join(" ");
    }
    case "sigma": {
      const [, count, first, second, last] = formula;
      const shown = `${latex(first)},\\ ${latex(second)},\\ \\ldots,\\ ${latex(last)}`;
      return `\\sum_{\\text{${countText(count)} terms}} \\left(${shown}\\right)`;
    }
    case "product":
      return `${latex(formula[1])} \\cdot ${latex(formula[2])}`;
    case "fraction":
      return `\\frac{${latex(formula[1])}}{${latex(formula[2])}}`;
    case "power":
      return `${latex(formula[1])}^{${latex(formula[2])}}`;
    case "negative":
      return `-${latex(formula[1])}`;
    case "function": {
      const [, named, a] = formula;
      return `${FUNCTIONS.get(named) ?? `\\${named}`}\\left(${latex(a)}\\right)`;
    }
    case "condition":
      return `\\left[${latex(formula[1])} > 0\\right]`;
    case "derivative":
      return `\\frac{\\partial ${latex(formula[1])}}{\\partial ${latex(formula[2])}}`;
    case "brackets":
      return `\\left(${latex(formula[1])}\\right)`;
    default:
      return (formula.slice(1) as Formula[]).map(latex).join(" = ");
  }
}

function number(text: string): string {
  const [digits = "", exponent] = text
    .replace("inf", "\\infty")
    .replace("nan", "\\mathrm{nan}")
    .split("e");
  return exponent === undefined ? digits : `${digits} \\times 10^{${Number(exponent)}}`;
}

function name(base: string, index: string, place: string): string {
  const parts = index.split(",").map((part) => (/^-?[0-9]+$/.test(part) ? part : word(part)));
  const indexed = index === "" ? word(base) : `${word(base)}_{${parts.join(",")}}`;
  return place === "" ? indexed : `${indexed}^{(${place})}`;
}

function word(letters: string): string {
  const command = COMMANDS.get(letters);
  if (command !== undefined) return command;
  if (!/^[A-Za-z]+$/.test(letters)) return anyText(letters);
  return letters.length === 1 ? letters : `\\mathrm{${letters}}`;
}

/** Any text at all, read by LaTeX as the characters it is made of. */
function anyText(text: string): string {
  const code = (character: string) =>
    character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const seen = text.replaceAll(STEERING, (character) => `\\u${code(character)}`);
  const pieces = seen.match(PIECES) ?? [];
  return pieces.map((piece) => SIGNS.get(piece) ?? `\\text{${piece}}`).join("");
}

/** Equations below one another; one alone stands by itself. */
export function latexLines(formulas: readonly Formula[]): string {
  if (formulas.length === 1) return latex(formulas[0]!);
  const lines = formulas.map((formula) => {
    const [left, ...sides] = formula[0] === "equal" ? (formula.slice(1) as Formula[]) : [formula];
    return [latex(left!), ...sides.map(latex)].join(" = ").replace(" = ", " &= ");
  });
  return aligned(lines);
}

const aligned = (lines: readonly string[]): string =>
  `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;

export interface WrittenSteps {
  readonly latex: string;
  /** How many equations there are. */
  readonly steps: number;
  /** Whether those are all. */
  readonly isWhole: boolean;
}

/** The whole expression as LaTeX, with the numbers that it shows as its constants. */
export function latexOf(expression: Expression, written = true): WrittenSteps {
  const { tape, consumers } = expression;
  const notation = new Notation(tape, consumers, (i) => expression.value(i), written);
  const { steps, isWhole } = stepsOf(notation);
  const lines = steps.map(([left, right]) => `${latex(left)} &= ${latex(right)}`);
  if (!isWhole) lines.unshift("&\\ \\,\\vdots");
  return { latex: aligned(lines), steps: steps.length, isWhole };
}

/** Name and formula of all that needs a line, found from the output back; whether it is all. */
function stepsOf(notation: Notation): { steps: [Formula, Formula][]; isWhole: boolean } {
  const output = notation.tape.count - 1;
  const lines = new Map<number, [Formula, Formula]>();
  const waiting = new Set([output]);
  while (waiting.size > 0 && lines.size < MOST_STEPS) {
    const i = [...waiting].reduce((a, b) => Math.max(a, b));
    waiting.delete(i);
    notation.met = new Set();
    const made = notation.isLeaf(i) ? notation.number(i) : notation.expanded(i);
    lines.set(i, [notation.own(i), made]);
    // What is met was made earlier, so no line is looked for twice.
    for (const j of notation.met) if (j !== i && !notation.isLeaf(j)) waiting.add(j);
  }
  const steps = [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
  return { steps, isWhole: waiting.size === 0 };
}
