/**
 * A graph as the Python code that builds it anew: the same numbers and gradients, to the last bit,
 * and the same text as `microgradwidgets/python_code.py` writes.
 *
 * Values with a name, and those that are used more than once, get a line each; a nameless step is
 * written inside the line that uses it.
 */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import { floatCode, identifier, quoted, RESERVED } from "./literals.ts";

const LONGEST_LINE = 80;

/** How tightly a piece of code holds together. */
const Level = { sum: 0, product: 1, sign: 2, power: 3, atom: 4 } as const;

/** Code for one value; that of a plain number makes no value by itself. */
interface Piece {
  readonly code: string;
  readonly level: number;
  readonly isNumber?: boolean;
  readonly isBound?: boolean;
}

const METHODS: ReadonlyMap<number, string> = new Map([
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "sigmoid"],
]);
const SIGNS: ReadonlyMap<number, string> = new Map([
  [Op.add, "+"],
  [Op.sub, "-"],
  [Op.mul, "*"],
]);

const atLeast = ({ code, level }: Piece, least: number): string =>
  level >= least ? code : `(${code})`;

const asValue = (piece: Piece): Piece =>
  piece.isNumber ? { code: `Value(${piece.code})`, level: Level.atom } : piece;

/** Code for an expression with the numbers that its leaves have now; the last line makes the output. */
export function pythonOf(expression: Expression): string {
  const writer = new Writer(expression);
  for (let i = 0; i < expression.tape.count; i++) writer.write(i);
  return ["from microgradwidgets import Value", "", ...writer.lines, ""].join("\n");
}

/** Goes through a tape once; what has no line of its own waits in `#pieces` for its use. */
class Writer {
  readonly lines: string[] = [];
  readonly #expression: Expression;
  readonly #pieces = new Map<number, Piece>();
  readonly #divisors = new Map<number, number>();
  readonly #taken = new Map<string, number>([...RESERVED].map((word) => [word, 1]));

  constructor(expression: Expression) {
    this.#expression = expression;
  }

  write(i: number): void {
    const { tape, consumers } = this.#expression;
    const isPassing = !tape.names.has(i) && consumers.count(i) === 1;
    const base = tape.left[i]!;
    const isInverse = tape.ops[i] === Op.pow && tape.constants[i] === -1;
    if (isPassing && isInverse && !this.#divisors.has(base)) {
      // A division, perhaps: its one use will tell.
      this.#divisors.set(i, base);
      return;
    }
    this.#pieces.set(i, this.#made(i));
    if (!isPassing) this.#bind(i);
  }

  /** Gives a value a line of its own. */
  #bind(i: number): void {
    const { tape, output } = this.#expression;
    const label = tape.names.get(i);
    const piece = asValue(this.#pieces.get(i)!);
    const code = label === undefined ? piece.code : labelled(tape.ops[i]!, piece, quoted(label));
    const wanted = label ?? (i === output ? "result" : `v${i}`);
    const name = this.#freeName(identifier(wanted) || `v${i}`);
    this.lines.push(`${name} = ${code}`);
    this.#pieces.set(i, { code: name, level: Level.atom, isBound: true });
  }

  #freeName(base: string): string {
    let name = base;
    while (this.#taken.has(name)) {
      const next = this.#taken.get(base)! + 1;
      this.#taken.set(base, next);
      name = `${base}_${next}`;
    }
    this.#taken.set(name, 1);
    return name;
  }

  // Operations

  #made(i: number): Piece {
    const { tape, data } = this.#expression;
    const op = tape.ops[i]!;
    if (op === Op.leaf) return numberPiece(data[i]!);
    const left = tape.left[i]!;
    const right = tape.right[i]!;
    if (right < 0) {
      this.#makeRoom(left);
      return unary(op, tape.constants[i]!, asValue(this.#use(left)));
    }
    const divisor = op === Op.mul ? this.#divisors.get(right) : undefined;
    if (divisor !== undefined) this.#divisors.delete(right);
    this.#makeRoom(left, divisor ?? right);
    const first = this.#use(left);
    const b = this.#use(divisor ?? right);
    const a = b.isNumber ? asValue(first) : first;
    const level = op === Op.mul ? Level.product : Level.sum;
    const sign = divisor === undefined ? SIGNS.get(op) : "/";
    return { code: `${atLeast(a, level)} ${sign} ${atLeast(b, level + 1)}`, level };
  }

  /** Moves operands to lines of their own where this one would become too long. */
  #makeRoom(...operands: number[]): void {
    const behind = new Set(operands.map((i) => this.#divisors.get(i) ?? i));
    const length = (i: number) => this.#pieces.get(i)!.code.length;
    const isTooLong = () => [...behind].reduce((sum, i) => sum + length(i), 0) > LONGEST_LINE;
    while (isTooLong()) {
      const free = [...behind].filter((i) => !this.#pieces.get(i)!.isBound);
      if (free.length === 0) break;
      this.#bind(free.reduce((a, b) => (length(b) > length(a) ? b : a)));
    }
  }

  #use(i: number): Piece {
    const base = this.#divisors.get(i);
    if (base !== undefined) {
      this.#divisors.delete(i);
      return powerPiece(asValue(this.#use(base)), -1);
    }
    const piece = this.#pieces.get(i)!;
    if (!piece.isBound) this.#pieces.delete(i);
    return piece;
  }
}

function numberPiece(x: number): Piece {
  const code = floatCode(x);
  return { code, level: code.startsWith("-") ? Level.sign : Level.atom, isNumber: true };
}

function powerPiece(base: Piece, exponent: number): Piece {
  const isShort =
    Number.isInteger(exponent) && Math.abs(exponent) < 1e15 && !Object.is(exponent, -0);
  const written = isShort ? `${exponent}` : floatCode(exponent);
  return { code: `${atLeast(base, Level.atom)}**${written}`, level: Level.power };
}

function unary(op: number, exponent: number, operand: Piece): Piece {
  if (op === Op.pow) return powerPiece(operand, exponent);
  if (op === Op.neg) return { code: `-${atLeast(operand, Level.sign)}`, level: Level.sign };
  return { code: `${atLeast(operand, Level.atom)}.${METHODS.get(op)}()`, level: Level.atom };
}

function labelled(op: number, piece: Piece, label: string): string {
  if (op === Op.leaf) return `${piece.code.slice(0, -1)}, label=${label})`;
  if (METHODS.has(op)) return `${piece.code.slice(0, -1)}label=${label})`;
  return `${atLeast(piece, Level.atom)}.with_label(${label})`;
}
