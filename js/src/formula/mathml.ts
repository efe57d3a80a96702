/** Formulas as the browser's own mathematics: MathML elements, text as text. */
import { formulaText } from "../strings/formulas.ts";
import { MINUS } from "../text.ts";
import { type Formula, holds, type Signed } from "./tree.ts";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const DOT = "\u22c5";
const APPLY = "\u2061";
const ELLIPSIS = "\u2026";

type Child = Element | string;

function element(tag: string, ...children: Child[]): Element {
  const made = document.createElementNS(MATHML, tag);
  made.append(...children);
  return made;
}

const row = (...children: Child[]): Element => element("mrow", ...children);

/** Between two things also where it comes first: after the end of a line. */
function sign(character: string): Element {
  const made = element("mo", character);
  made.setAttribute("form", "infix");
  return made;
}

/** Brackets that grow around what is high, and only there. */
function fenced(open: string, close: string, isHigh: boolean, ...inner: Element[]): Element {
  const [start, end] = [element("mo", open), element("mo", close)];
  for (const bracket of [start, end]) bracket.setAttribute("stretchy", `${isHigh}`);
  return row(start, ...inner, end);
}

const isHigh = (formula: Formula): boolean =>
  holds(formula, "fraction") || holds(formula, "sigma") || holds(formula, "derivative");

const bracketed = (open: string, close: string, formula: Formula, ...after: Element[]): Element =>
  fenced(open, close, isHigh(formula), mathml(formula), ...after);

/**
 * The sides of a chain of equations, the first two as one, each in pieces that a line may end
 * after: every term is a `math` of its own, since browsers break no line inside one.
 */
export function sidesOf(formula: Formula): Element[][] {
  const [first, ...sides] = formula[0] === "equal" ? (formula.slice(1) as Formula[]) : [formula];
  const [start = [[]], ...rest] = sides.map((side) => {
    const [term = [], ...others] = termsOf(side);
    return [[sign("="), ...term], ...others];
  });
  const [opening = [], ...others] = start;
  const all = [[[mathml(first!), ...opening], ...others], ...rest];
  return all.map((pieces) => pieces.map(whole));
}

function whole(parts: readonly Element[]): Element {
  const math = element("math", row(...parts));
  math.setAttribute("displaystyle", "true");
  return math;
}

/** The terms of a sum, each with its sign; anything else in one piece. */
function termsOf(formula: Formula): Element[][] {
  if (formula[0] !== "terms") return [[mathml(formula)]];
  const [[, first], ...others] = formula.slice(1) as [Signed, ...Signed[]];
  const signed = others.map(([plus, term]) => [sign(plus === "-" ? MINUS : plus), mathml(term)]);
  return [[mathml(first)], ...signed];
}

export function mathml(formula: Formula): Element {
  switch (formula[0]) {
    case "number":
      return number(formula[1]);
    case "name":
      return name(formula[1], formula[2], formula[3]);
    case "terms":
      return row(...termsOf(formula).flat());
    case "sigma": {
      const [, count, first, second, last] = formula;
      const sum = element(
        "munder",
        element("mo", "\u2211"),
        element("mtext", formulaText.terms(count)),
      );
      const shown = [first, second, last].map(mathml) as [Element, Element, Element];
      const [a, b, z] = shown;
      const list = [a, sign(","), b, sign(","), element("mo", ELLIPSIS), sign(","), z];
      return row(sum, fenced("(", ")", [first, second, last].some(isHigh), ...list));
    }
    case "product":
      return row(mathml(formula[1]), sign(DOT), mathml(formula[2]));
    case "fraction":
      return element("mfrac", mathml(formula[1]), mathml(formula[2]));
    case "power":
      return element("msup", mathml(formula[1]), mathml(formula[2]));
    case "negative":
      return row(element("mo", MINUS), mathml(formula[1]));
    case "function": {
      const letters = formula[1] === "sigmoid" ? "σ" : formula[1];
      return row(word(letters), element("mo", APPLY), bracketed("(", ")", formula[2]));
    }
    case "condition":
      return bracketed("[", "]", formula[1], sign(">"), element("mn", "0"));
    case "derivative":
      return element("mfrac", partial(formula[1]), partial(formula[2]));
    case "brackets":
      return bracketed("(", ")", formula[1]);
    default:
      return row(...sidesOf(formula).flat());
  }
}

const partial = (of: Formula): Element => row(word("∂"), mathml(of));

function number(text: string): Element {
  if (text.startsWith("-")) return row(element("mo", MINUS), number(text.slice(1)));
  if (text === "inf") return word("∞");
  if (!/^[0-9]/.test(text)) return element("mtext", text);
  const [digits = "", exponent] = text.split("e");
  if (exponent === undefined) return element("mn", digits);
  const power = element("msup", element("mn", "10"), number(`${Number(exponent)}`));
  return row(element("mn", digits), sign("×"), power);
}

function name(base: string, index: string, place: string): Element {
  const called = word(base);
  const parts = index === "" ? [] : index.split(",").map(indexPart);
  const below = row(...parts.flatMap((part, n) => (n === 0 ? [part] : [sign(","), part])));
  const above = place === "" ? null : fenced("(", ")", false, element("mn", place));
  if (above === null) return index === "" ? called : element("msub", called, below);
  return index === "" ? element("msup", called, above) : element("msubsup", called, below, above);
}

function indexPart(part: string): Element {
  return /^-?[0-9]+$/.test(part) ? number(part) : word(part);
}

/** A letter of its own slants; a word stands upright; whatever else there is, is text. */
function word(letters: string): Element {
  if (/^(?:[A-Za-z]+|[\u0393-\u03c9\u2202\u221e])$/.test(letters)) {
    const made = element("mi", letters);
    // Else the browser would look for a slanted letter of its own code, which many fonts lack.
    if (letters.length === 1) made.setAttribute("mathvariant", "normal");
    return made;
  }
  const isolated = document.createElement("bdi");
  isolated.textContent = letters;
  return element("mtext", isolated);
}
