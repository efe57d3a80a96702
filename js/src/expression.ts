/** One expression with its numbers: what every part of the diagram asks. */
import { isBinary } from "./arithmetic.ts";
import type { Arrow } from "./arrows.ts";
import { Consumers, type Edge, operandEdges } from "./graph.ts";
import { Groups } from "./groups.ts";
import { derivativesInside } from "./inside.ts";
import { type Kind, Names } from "./names.ts";
import { localDerivatives, type Replay, replay } from "./replay.ts";
import { text } from "./strings.ts";
import { decodeTape, type Tape } from "./tape.ts";
import { bracketed, shortNumber } from "./text.ts";

export class Expression {
  readonly tape: Tape;
  readonly names: Names;
  readonly groups: Groups;
  readonly #replay: Replay;
  #given: Float64Array | null = null;
  #consumers: Consumers | null = null;
  readonly #inside = new Map<number, ReadonlyMap<number, number>>();

  constructor(bytes: Uint8Array) {
    this.tape = decodeTape(bytes);
    this.names = new Names(this.tape);
    this.groups = new Groups(this.tape);
    this.#replay = replay(this.tape);
  }

  get output(): number {
    return this.tape.count - 1;
  }

  get data(): Float64Array {
    return this.#replay.data;
  }

  get gradients(): Float64Array {
    return this.#given ?? this.#replay.gradients;
  }

  /** Shows these gradients instead of its own; no bytes bring its own back. */
  giveGradients(bytes: Uint8Array): void {
    this.#given = null;
    if (bytes.length === 0) return;
    if (bytes.length !== 8 * this.tape.count) {
      throw new Error(`gradients: expected ${8 * this.tape.count} bytes, got: ${bytes.length}`);
    }
    this.#given = new Float64Array(bytes.slice().buffer);
  }

  /** Counted only when somebody asks: a picture alone does not need it. */
  get consumers(): Consumers {
    this.#consumers ??= new Consumers(this.tape);
    return this.#consumers;
  }

  has(i: unknown): i is number {
    return typeof i === "number" && Number.isInteger(i) && i >= 0 && i < this.tape.count;
  }

  /** Whether a number that a picture uses stands for a group: those follow the values. */
  isGroup(item: number): boolean {
    return item >= this.tape.count;
  }

  /** How many values there are of each kind. */
  kinds(): Record<Kind, number> {
    const counts = { leaf: 0, constant: 0, operation: 0 };
    for (let i = 0; i < this.tape.count; i++) counts[this.names.kind(i)]++;
    return counts;
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
    const { data, gradients, tape } = this;
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

  value(i: number): string {
    return shortNumber(this.data[i]!);
  }

  gradient(i: number): string {
    return shortNumber(this.gradients[i]!);
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
    return text.boxLabel(name, this.value(i), this.gradient(i), isConstant ? "" : this.origin(i));
  }

  /** "c = a + b = (−4) + 2 = −2"; empty for a leaf, and without the first part for the nameless. */
  formula(i: number): string {
    const { names, tape } = this;
    if (names.kind(i) !== "operation") return "";
    const fill = (word: (operand: number) => string) => {
      const second = isBinary(tape.ops[i]!) ? word(tape.right[i]!) : "";
      return names.formula(i, word(tape.left[i]!), second);
    };
    const parts = [
      ...(names.label(i) === "" ? [] : [this.name(i)]),
      fill((operand) => this.name(operand)),
      fill((operand) => bracketed(this.value(operand))),
      this.value(i),
    ];
    return parts.join(" = ");
  }
}
