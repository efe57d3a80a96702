/**
 * The chain rule at one value, as formulas: in symbols first, then with the numbers put in. The
 * twin of `microgradwidgets/derivation.py`.
 */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import { text } from "../strings.ts";
import { type Entry, entry, type Notation, operationOf, type Say, sideOf } from "./notation.ts";
import { FormulaNumbers, isSeeded } from "./numbers.ts";
import {
  derivative,
  equal,
  type Formula,
  fraction,
  MINUS_ONE,
  negative,
  number,
  ONE,
  power,
  product,
  type Signed,
  shownOf,
  TWO,
  terms,
  total,
} from "./tree.ts";

const MOST_WHERE = 4;

/** What can be said of one value. */
export interface Derivation {
  readonly operation: Formula;
  readonly locals: readonly Formula[];
  /** Operands that are left out of `locals`. */
  readonly more: number;
  readonly total: Formula;
  /** What stands behind the placeholders. */
  readonly where: readonly Formula[];
}

export function derive(expression: Expression, notation: Notation, i: number): Derivation {
  notation.met = new Set();
  const deriving = new Deriving(expression, notation, i);
  const operation = deriving.operation();
  const { locals, more } = deriving.localDerivatives();
  return { operation, locals, more, total: deriving.totalDerivative(), where: deriving.where() };
}

class Deriving {
  readonly #expression: Expression;
  readonly #notation: Notation;
  readonly #numbers: FormulaNumbers;
  readonly #i: number;
  readonly #seeded: boolean;

  constructor(expression: Expression, notation: Notation, i: number) {
    this.#expression = expression;
    this.#notation = notation;
    this.#numbers = new FormulaNumbers(expression);
    this.#i = i;
    this.#seeded = isSeeded(expression);
  }

  operation(): Formula {
    const [notation, i] = [this.#notation, this.#i];
    const [own, number] = [notation.own(i), this.#number(i)];
    if (notation.isLeaf(i)) return equal(own, number);
    return equal(own, notation.expanded(i), notation.operation(i, this.#number), number);
  }

  /** One equation per operand; a constant has none, since nothing ever changes it. */
  localDerivatives(): { locals: Formula[]; more: number } {
    const [notation, i] = [this.#notation, this.#i];
    if (notation.isLeaf(i)) return { locals: [], more: 0 };
    const entries = new Map<number, Entry[]>();
    for (const at of notation.entries(i)) {
      const operand = notation.operand(at);
      if (!notation.isConstant(operand)) collect(entries, operand, at);
    }
    const shown = shownOf([...entries]);
    const locals = shown.map(([operand, here]) =>
      this.#told(
        derivative(notation.own(i), this.#variable(operand)),
        [this.#slopes(here, this.#call), this.#slopes(here, this.#number)],
        this.#slopeNumber(here),
      ),
    );
    return { locals, more: entries.size - shown.length };
  }

  /** `∂L/∂x = Σ ∂L/∂u · ∂u/∂x` over all `u` that are made from `x`. */
  totalDerivative(): Formula {
    const [notation, i] = [this.#notation, this.#i];
    const leftSide = derivative(this.#target(), this.#variable(i));
    const gradient = this.#numbers.gradient(i);
    const entries = new Map<number, Entry[]>();
    for (const { to, slot } of this.#expression.consumers.edges(i)) {
      collect(entries, notation.root(to), entry(to, slot));
    }
    if (entries.size === 0) return equal(leftSide, gradient);
    const byName: Formula[] = [];
    const byRule: Formula[] = [];
    const byNumber: Formula[] = [];
    for (const [user, here] of shownOf([...entries])) {
      const slope = this.#slopes(here, this.#call);
      if (user === this.#expression.output && this.#seeded) {
        // What would stand before it is ∂L/∂L, which is 1.
        byName.push(slope);
        byRule.push(slope);
      } else {
        const upstream = derivative(this.#target(), this.#variable(user));
        byName.push(product(upstream, derivative(this.#variable(user), this.#variable(i))));
        byRule.push(product(upstream, slope));
      }
      byNumber.push(product(this.#numbers.gradient(user), this.#slopeNumber(here)));
    }
    const sums = [byName, byRule, byNumber].map((parts) => sumOf(entries.size, parts));
    return this.#told(leftSide, sums, gradient);
  }

  /** What stands behind the placeholders, those met first before those in their formulas. */
  where(): Formula[] {
    const notation = this.#notation;
    const told = new Set([this.#i]);
    const lines = new Map<number, Formula>();
    while (lines.size < MOST_WHERE) {
      const met = [...notation.met].filter((j) => !told.has(j) && !notation.isNamed(j));
      if (met.length === 0) break;
      met.sort((a, b) => b - a);
      for (const j of met) told.add(j);
      for (const j of met.slice(0, MOST_WHERE - lines.size)) {
        const meaning = notation.isLeaf(j) ? this.#number(j) : notation.expanded(j);
        lines.set(j, equal(notation.own(j), meaning));
      }
    }
    return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
  }

  /** A chain of equations; a learner who is to say the result is not told how it comes about. */
  #told(left: Formula, ways: readonly Formula[], result: Formula): Formula {
    const isSecret = this.#expression.numbers.isGuessing && result[1] === text.unknown;
    return equal(left, ...(isSecret ? [] : ways), result);
  }

  /** What is differentiated: the output, or what a given table was made for. */
  #target(): Formula {
    if (this.#seeded) return this.#variable(this.#expression.output);
    return ["name", this.#notation.freeLetter("LJE"), "", ""];
  }

  /** The value that all this is about goes by its own name: one formula says what that is. */
  readonly #call: Say = (j) => (j === this.#i ? this.#notation.own(j) : this.#notation.call(j));

  readonly #number: Say = (j) => this.#numbers.value(j);

  #variable(j: number): Formula {
    return j === this.#i ? this.#notation.own(j) : this.#notation.variable(j);
  }

  // One use of an operand

  /** The derivative of an operation by an operand that enters it at all these places. */
  #slopes(entries: readonly Entry[], say: Say): Formula {
    const shown = shownOf(entries).map((at) => this.#slope(at, say));
    return sumOf(entries.length, shown);
  }

  #slope(at: Entry, say: Say): Formula {
    const notation = this.#notation;
    const { ops, left, right, constants } = notation.tape;
    const to = operationOf(at);
    const [a, b] = [left[to]!, right[to]!];
    const other = sideOf(at) === 1 ? a : b;
    switch (ops[to]) {
      case Op.add:
        return ONE;
      case Op.sub:
        return sideOf(at) === 1 ? MINUS_ONE : ONE;
      case Op.mul:
        return notation.isPart(other) ? fraction(ONE, say(left[other]!)) : say(other);
      case Op.neg:
        return MINUS_ONE;
      case Op.pow:
        if (!this.#isDivisor(at)) return powerSlope(constants[to]!, say(a));
        return negative(fraction(say(left[notation.host[to]!]!), power(say(a), TWO)));
      case Op.relu:
        return ["condition", say(a)];
      case Op.tanh:
        return oneMinus(power(say(to), TWO));
      case Op.exp:
        return ["function", "exp", say(a)];
      case Op.log:
        return fraction(ONE, say(a));
      default:
        return product(say(to), oneMinus(say(to)));
    }
  }

  /** A divisor goes through its reciprocal, which is then multiplied by the dividend. */
  #slopeNumber(entries: readonly Entry[]): Formula {
    const following = (at: Entry) =>
      this.#isDivisor(at) ? entry(this.#notation.host[operationOf(at)]!, 1) : null;
    return this.#numbers.slope(entries, following);
  }

  #isDivisor(at: Entry): boolean {
    const to = operationOf(at);
    return to !== this.#i && this.#notation.isPart(to) && this.#notation.tape.ops[to] === Op.pow;
  }
}

function collect(map: Map<number, Entry[]>, key: number, at: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [at]);
  else entries.push(at);
}

const oneMinus = (a: Formula): Formula =>
  terms([
    ["+", ONE],
    ["-", a],
  ]);

function powerSlope(exponent: number, base: Formula): Formula {
  if (exponent === 0) return number(0);
  if (exponent === 1) return ONE;
  const rest = exponent === 2 ? base : power(base, number(exponent - 1));
  return product(number(exponent), rest);
}

const sumOf = (count: number, parts: readonly Formula[]): Formula =>
  total(
    count,
    parts.map((part): Signed => ["+", part]),
  );
