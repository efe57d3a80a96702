/** One expression with its numbers: what every part of the diagram asks. */
import { isBinary } from "./arithmetic.ts";
import type { Arrow } from "./arrows.ts";
import { Comparison } from "./comparison.ts";
import { Consumers, type Edge, operandEdges } from "./graph.ts";
import { Groups } from "./groups.ts";
import { derivativesInside } from "./inside.ts";
import { type Kind, Names } from "./names.ts";
import { Numbers } from "./numbers.ts";
import { localDerivatives } from "./replay.ts";
import { text } from "./strings.ts";
import { withSums } from "./sums.ts";
import { decodeTape, type Tape } from "./tape.ts";
import { bracketed, fullNumber, shortNumber } from "./text.ts";

export class Expression {
  readonly tape: Tape;
  readonly names: Names;
  readonly groups: Groups;
  readonly numbers: Numbers;
  #consumers: Consumers | null = null;
  #comparison: Comparison | null = null;
  /** The numbers that the comparison was made of. */
  #compared = -1;
  #kinds: Record<Kind, number> | null = null;
  readonly #inside = new Map<number, ReadonlyMap<number, number>>();
  /** The leaves that the derivatives through groups were worked out for. */
  #insideOf = -1;

  constructor(bytes: Uint8Array) {
    this.tape = withSums(decodeTape(bytes));
    this.names = new Names(this.tape);
    this.groups = new Groups(this.tape);
    this.numbers = new Numbers(this.tape);
  }

  get output(): number {
    return this.tape.count - 1;
  }

  get data(): Float64Array {
    return this.numbers.data;
  }

  get gradients(): Float64Array {
    return this.numbers.gradients;
  }

  /** Shows these gradients instead of its own; no bytes bring its own back. */
  giveGradients(bytes: Uint8Array): void {
    const wanted = 8 * this.tape.count;
    if (bytes.length !== 0 && bytes.length !== wanted) {
      throw new Error(`gradients: expected ${wanted} bytes, got: ${bytes.length}`);
    }
    this.numbers.give(bytes.length === 0 ? null : new Float64Array(bytes.slice().buffer));
  }

  /** Counted only when somebody asks: a picture alone does not need it. */
  get consumers(): Consumers {
    this.#consumers ??= new Consumers(this.tape);
    return this.#consumers;
  }

  /** What differs from the older numbers; null where there are none. */
  get comparison(): Comparison | null {
    const { numbers, data } = this;
    if (numbers.version === this.#compared) return this.#comparison;
    this.#compared = numbers.version;
    const now = { data, gradients: numbers.finalGradients };
    const hasGradients = numbers.position === null;
    const seesValue = (i: number) => numbers.seesValue(i);
    this.#comparison =
      numbers.before &&
      new Comparison({ before: numbers.before, now, seesValue, hasGradients }, this.groups);
    return this.#comparison;
  }

  has(i: unknown): i is number {
    return typeof i === "number" && Number.isInteger(i) && i >= 0 && i < this.tape.count;
  }

  /** Whether a number that a picture uses stands for a group: those follow the values. */
  isGroup(item: number): boolean {
    return item >= this.tape.count;
  }

  /** How many values there are of each kind. */
  get kinds(): Readonly<Record<Kind, number>> {
    if (this.#kinds === null) {
      this.#kinds = { leaf: 0, constant: 0, operation: 0 };
      for (let i = 0; i < this.tape.count; i++) this.#kinds[this.names.kind(i)]++;
    }
    return this.#kinds;
  }

  local(edge: Edge): number {
    return localDerivatives(this.tape, this.data, edge.to)[edge.slot];
  }

  /** What the edge brings to its operand. */
  contribution(edge: Edge): number {
    return this.gradients[edge.to]! * this.local(edge);
  }

  /** The derivatives of a group's one output by all that enters the group; worked out once. */
  inside(g: number): ReadonlyMap<number, number> {
    if (this.#insideOf !== this.numbers.leavesVersion) this.#inside.clear();
    this.#insideOf = this.numbers.leavesVersion;
    let slopes = this.#inside.get(g);
    if (slopes === undefined) {
      const output = this.groups.outputs(g)[0]!;
      slopes = derivativesInside(this.tape, this.data, this.groups, g, output);
      this.#inside.set(g, slopes);
    }
    return slopes;
  }

  /** Whether an arrow leads from one value to one value, so that a derivative belongs to it. */
  hasSlope({ to, edges }: Arrow): boolean {
    const g = to - this.tape.count;
    if (g >= 0 && this.groups.outputs(g).length !== 1) return false;
    return edges.every(({ from }) => from === edges[0]!.from);
  }

  /** What an arrow's end changes by when its start changes by one; NaN where it has no slope. */
  slope(arrow: Arrow): number {
    const { to, edges } = arrow;
    if (!this.hasSlope(arrow)) return Number.NaN;
    const g = to - this.tape.count;
    if (g >= 0) return this.inside(g).get(edges[0]!.from) ?? Number.NaN;
    return edges.reduce((sum, edge) => sum + this.local(edge), 0);
  }

  /** Whether a number or gradient that is not finite began here, and did not just arrive. */
  breaks(i: number): boolean {
    const { data, gradients, numbers, tape } = this;
    if (!numbers.seesValue(i)) return false;
    if (!Number.isFinite(data[i]!)) {
      // An infinity may flow in and a nan come out: that begins here too.
      const isBetter = Number.isNaN(data[i]!) ? (x: number) => !Number.isNaN(x) : Number.isFinite;
      return operandEdges(tape, i).every(({ from }) => isBetter(data[from]!));
    }
    if (Number.isFinite(gradients[i]!)) return false;
    const isFine = (j: number) => Number.isFinite(gradients[j]!) && Number.isFinite(data[j]!);
    return this.consumers.edges(i).every(({ to }) => isFine(to));
  }

  name(i: number): string {
    return this.names.spoken(i, this.data);
  }

  // What a person may read: a number that has not come yet, or is to be guessed, is a question mark.

  value(i: number, write = shortNumber): string {
    return this.numbers.seesValue(i) ? write(this.data[i]!) : text.unknown;
  }

  gradient(i: number, write = shortNumber): string {
    return this.numbers.seesGradient(i) ? write(this.gradients[i]!) : text.unknown;
  }

  /** The number from before, where it reads otherwise; null where there is none. */
  oldValue(i: number, write = shortNumber): string | null {
    const { before } = this.numbers;
    if (before === null || !this.numbers.seesValue(i)) return null;
    const old = write(before.data[i]!);
    return old === this.value(i, write) ? null : old;
  }

  /** Gradients that are still arriving cannot be compared with those from before. */
  oldGradient(i: number, write = shortNumber): string | null {
    const { before, position } = this.numbers;
    if (before === null || position !== null) return null;
    const old = write(before.gradients[i]!);
    return old === this.gradient(i, write) ? null : old;
  }

  fullValue(i: number): string {
    return this.value(i, fullNumber);
  }

  fullGradient(i: number): string {
    return this.gradient(i, fullNumber);
  }

  localText(edge: Edge, write = shortNumber): string {
    return this.numbers.seesLocals(edge.to) ? write(this.local(edge)) : text.unknown;
  }

  contributionText(edge: Edge, write = shortNumber): string {
    const { numbers } = this;
    const isSeen = numbers.seesLocals(edge.to) && numbers.seesGradient(edge.to);
    return isSeen ? write(this.contribution(edge)) : text.unknown;
  }

  /** The derivative that stands beside an arrow which has one. */
  slopeText(arrow: Arrow): string {
    return this.seesSlope(arrow) ? shortNumber(this.slope(arrow)) : text.unknown;
  }

  seesSlope({ to, edges }: Arrow): boolean {
    if (to < this.tape.count) return edges.every((edge) => this.numbers.seesLocals(edge.to));
    // Inside a group many derivatives work together, up to its output.
    const [output] = this.groups.outputs(to - this.tape.count);
    const ends = [...edges.map((edge) => edge.to), output!];
    return ends.every((i) => this.numbers.seesLocals(i));
  }

  /** "sum of a and b", "leaf", "constant". */
  origin(i: number): string {
    const kind = this.names.kind(i);
    if (kind !== "operation") return text[kind];
    const operands = operandEdges(this.tape, i).map(({ from }) => this.name(from));
    return text.madeFrom(this.names.operation(i), operands);
  }

  /** One sentence for people who do not see the picture. */
  spoken(i: number): string {
    const isConstant = this.names.kind(i) === "constant";
    const name = isConstant ? text.constant : this.name(i);
    const rest = isConstant ? "" : this.origin(i);
    return text.boxLabel(name, this.valueAloud(i), this.gradientAloud(i), rest);
  }

  valueAloud(i: number): string {
    return aloud(this.value(i), this.oldValue(i));
  }

  gradientAloud(i: number): string {
    return aloud(this.gradient(i), this.oldGradient(i));
  }

  /** "c = a + b = (−4) + 2 = −2"; empty for a leaf, and without the first part for the nameless. */
  formula(i: number): string {
    const { names, tape } = this;
    if (names.kind(i) !== "operation") return "";
    const fill = (word: (operand: number) => string) => {
      const second = isBinary(tape.ops[i]!) ? word(tape.right[i]!) : "";
      return names.formula(i, word(tape.left[i]!), second);
    };
    const isFunction = names.isFunction(i);
    const [symbols, numbers] = [
      fill((operand) => this.name(operand)),
      fill((operand) => (isFunction ? this.value(operand) : bracketed(this.value(operand)))),
    ];
    const parts = [
      ...(names.label(i) === "" ? [] : [this.name(i)]),
      symbols,
      // Of constants alone both are the same.
      ...(numbers === symbols ? [] : [numbers]),
      this.value(i),
    ];
    return parts.join(" = ");
  }
}

export const aloud = (now: string, old: string | null): string =>
  old === null ? spokenNumber(now) : `${spokenNumber(now)} (${text.was(old)})`;

/** A question mark would be read as the end of a question. */
export const spokenNumber = (words: string): string =>
  words === text.unknown ? text.notKnown : words;
