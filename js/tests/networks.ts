/** Networks and their losses in groups, as Python records them. */
import { Op } from "../src/arithmetic.ts";
import { Expression } from "../src/expression.ts";
import { encodeTape, type Row } from "./tapes.ts";

/** Adds rows one by one; `inside` puts what is made meanwhile into a group. */
export class Recorder {
  readonly rows: Row[] = [];
  readonly groups: [string, number, number][] = [];
  readonly groupOf: number[] = [];
  #group = 0;

  value(op: number, of: readonly number[] = [], number = 0, name?: string): number {
    this.rows.push({ op, of, number, ...(name === undefined ? {} : { name }) });
    this.groupOf.push(this.#group);
    return this.rows.length - 1;
  }

  leaf(number: number, name?: string): number {
    return this.value(Op.leaf, [], number, name);
  }

  inside<T>(name: string, make: () => T): T {
    const around = this.#group;
    const row: [string, number, number] = [name, around - 1, 0];
    this.#group = this.groups.push(row);
    const made = make();
    row[2] = this.rows.length - 1;
    this.#group = around;
    return made;
  }

  get bytes(): Uint8Array {
    const { rows, groups, groupOf } = this;
    return encodeTape(groups.length > 0 ? { rows, groups, groupOf } : { rows });
  }

  get expression(): Expression {
    return new Expression(this.bytes);
  }
}

/** Parameters are made before all groups, neuron by neuron: the weights, then the bias. */
function parameters(tape: Recorder, inputs: number, widths: readonly number[]): number[][][] {
  const fans = [inputs, ...widths];
  return widths.map((width, layer) =>
    Array.from({ length: width }, (_, neuron) =>
      Array.from({ length: fans[layer]! + 1 }, (_, w) => {
        const number = (((7 * layer + 5 * neuron + 3 * w) % 13) - 6) / 8;
        const name = w === fans[layer] ? "b" : `w${w + 1}`;
        return tape.leaf(number, `layer ${layer + 1} · neuron ${neuron + 1} · ${name}`);
      }),
    ),
  );
}

function network(tape: Recorder, layers: number[][][], inputs: readonly number[]): number {
  let outputs = inputs;
  layers.forEach((neurons, layer) => {
    outputs = tape.inside(`layer ${layer + 1}`, () =>
      neurons.map((weights, neuron) =>
        tape.inside(`neuron ${neuron + 1}`, () => {
          let sum = weights.at(-1)!;
          for (const [w, x] of outputs.entries()) {
            sum = tape.value(Op.add, [sum, tape.value(Op.mul, [weights[w]!, x])]);
          }
          return layer < layers.length - 1 ? tape.value(Op.relu, [sum]) : sum;
        }),
      ),
    );
  });
  return outputs[0]!;
}

/** A network of two inputs at one point. */
export function scoreOf(widths: readonly number[] = [16, 16, 1]): Recorder {
  const tape = new Recorder();
  const layers = parameters(tape, 2, widths);
  network(tape, layers, [tape.leaf(0.3, "x1"), tape.leaf(-0.2, "x2")]);
  return tape;
}

/** The loss over many examples, plus the squares of all parameters. */
export function lossOf(examples = 100, widths: readonly number[] = [16, 16, 1]): Recorder {
  const tape = new Recorder();
  const layers = parameters(tape, 2, widths);
  const data = tape.inside("data loss", () => {
    let total = tape.leaf(0);
    for (let k = 0; k < examples; k++) {
      const loss = tape.inside(`example ${k + 1}`, () => {
        const point = [tape.leaf(0.02 * k - 1, "x1"), tape.leaf(0.5 - 0.01 * k, "x2")];
        const score = network(tape, layers, point);
        return tape.inside("hinge", () => {
          const product = tape.value(Op.mul, [score, tape.leaf(k % 2 === 0 ? -1 : 1)]);
          return tape.value(Op.relu, [tape.value(Op.add, [product, tape.leaf(1)])]);
        });
      });
      total = tape.value(Op.add, [total, loss]);
    }
    return tape.value(Op.mul, [total, tape.leaf(1 / examples)]);
  });
  const squares = tape.inside("L2 loss", () => {
    let sum = tape.leaf(0);
    for (const p of layers.flat(2)) {
      sum = tape.value(Op.add, [sum, tape.value(Op.mul, [p, p])]);
    }
    return tape.value(Op.mul, [sum, tape.leaf(1e-4)]);
  });
  tape.value(Op.add, [data, squares], 0, "total loss");
  return tape;
}

/** The group of this name; the first where there are several. */
export const groupNamed = ({ tape }: Expression, name: string): number =>
  tape.groups.findIndex((group) => group.name === name);

export const valueNamed = ({ tape }: Expression, name: string): number =>
  [...tape.names].find(([, other]) => other === name)![0];
