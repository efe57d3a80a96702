/** What to call a value: its label, else its expression, else its operation. */
import { isBinary, Op } from "./arithmetic.ts";
import { BADGE, OPERATION, text } from "./strings.ts";
import type { Tape } from "./tape.ts";
import { bracketed, oneLine, shortNumber, shownLabel } from "./text.ts";

/** Between the parts of a parameter's label. */
const SEPARATOR = " \u00b7 ";

export type Kind = "leaf" | "constant" | "operation";

export class Names {
  readonly #tape: Tape;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  kind(i: number): Kind {
    if (this.#tape.ops[i] !== Op.leaf) return "operation";
    return this.label(i) === "" ? "constant" : "leaf";
  }

  /** The label as shown, with line ends; empty where there is none to see. */
  label(i: number): string {
    const label = this.#tape.names.get(i);
    return label === undefined ? "" : shownLabel(label);
  }

  wholeLabel(i: number): string {
    return this.#tape.names.get(i) ?? "";
  }

  /** The name of a group as shown, with line ends. */
  group(g: number): string {
    return shownLabel(this.#tape.groups[g]!.name) || text.group;
  }

  /** A title that depends on structure and names only, so that a box keeps its size. */
  title(i: number): string {
    return this.label(i) || this.#expression(i) || OPERATION.get(this.#tape.ops[i]!)!;
  }

  /**
   * The title of a box inside a frame, which names the group already: in neuron 3 of layer 1 the
   * weight "layer 1 · neuron 3 · w2" is called "w2".
   */
  titleIn(i: number, place: number): string {
    const around: string[] = [];
    for (let g = place; g >= 0; g = this.#tape.groups[g]!.parent) {
      if (!this.#tape.groups[g]!.isSum) around.unshift(this.group(g));
    }
    const short = (label: string) => {
      for (let from = 0; from < around.length; from++) {
        const said = `${around.slice(from).join(SEPARATOR)}${SEPARATOR}`;
        if (label.startsWith(said) && label.length > said.length) return label.slice(said.length);
      }
      return label;
    };
    return short(this.label(i)) || this.#expression(i, short) || this.title(i);
  }

  /** A title for sentences and tables, where a constant is called by its number. */
  spoken(i: number, data: Float64Array): string {
    return this.kind(i) === "constant" ? shortNumber(data[i]!) : oneLine(this.title(i));
  }

  badge(i: number): string {
    const op = this.#tape.ops[i]!;
    if (op !== Op.pow) return BADGE.get(op) ?? "";
    return `^${shortNumber(this.#tape.constants[i]!)}`;
  }

  operation(i: number): string {
    return OPERATION.get(this.#tape.ops[i]!)!;
  }

  /** Whether it is written as relu(a) is, whose brackets are enough around any number. */
  isFunction(i: number): boolean {
    return this.#tape.ops[i]! >= Op.relu;
  }

  /** `a × b`, `relu(a)`, `a ^ 3`: what the operation does to the things called `a` and `b`. */
  formula(i: number, a: string, b: string): string {
    const op = this.#tape.ops[i]!;
    if (isBinary(op)) return `${a} ${BADGE.get(op)} ${b}`;
    if (op === Op.neg) return `${BADGE.get(Op.sub)}${a}`;
    if (op === Op.pow) return `${a} ^ ${bracketed(shortNumber(this.#tape.constants[i]!))}`;
    return `${OPERATION.get(op)}(${a})`;
  }

  /** Only where every operand has a label: a chain of nameless steps would not become clearer. */
  #expression(i: number, short = (label: string) => label): string {
    const { ops, left, right } = this.#tape;
    const op = ops[i]!;
    if (op === Op.leaf) return "";
    const a = oneLine(short(this.label(left[i]!)));
    const b = isBinary(op) ? oneLine(short(this.label(right[i]!))) : "-";
    return a === "" || b === "" ? "" : this.formula(i, a, b);
  }
}
