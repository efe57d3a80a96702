/** Which units a network has and which weights lead from one to the other, as something to draw. */
import { Op } from "../arithmetic.ts";
import type { Network } from "../training/network.ts";

/** What a unit does to the sum that comes in. */
export type Activation = "relu" | "tanh" | "none";

export interface Node {
  /** 0 for the inputs, then the layers. */
  readonly column: number;
  readonly place: number;
  /** The value on the example's tape that it hands on. */
  readonly value: number;
  /** Null for an input. */
  readonly bias: number | null;
  readonly activation: Activation;
  /** Wires that end here, and those that begin here. */
  readonly into: readonly number[];
  readonly outOf: readonly number[];
}

export interface Wire {
  readonly from: number;
  readonly to: number;
  /** The weight, by its number among the parameters. */
  readonly parameter: number;
  /** How many come into the same unit, and which of them it is. */
  readonly rank: number;
  readonly siblings: number;
}

export interface Wiring {
  readonly nodes: readonly Node[];
  readonly wires: readonly Wire[];
  readonly columns: readonly (readonly number[])[];
}

export function wiringOf({ inputs, layers, example }: Network): Wiring {
  const nodes: (Node & { into: number[]; outOf: number[] })[] = [];
  const nodeOf = new Map<number, number>();
  const add = (node: Omit<Node, "into" | "outOf">): number => {
    nodeOf.set(node.value, nodes.length);
    return nodes.push({ ...node, into: [], outOf: [] }) - 1;
  };
  const columns = [
    inputs.map((value, place) => add({ column: 0, place, value, bias: null, activation: "none" })),
  ];
  const wires: Wire[] = [];
  for (const [l, units] of layers.entries()) {
    const before = new Map(nodeOf);
    const column = units.map(({ output, sum, bias }, place) => {
      const op = example.ops[output];
      const activation = output === sum ? "none" : op === Op.relu ? "relu" : "tanh";
      return add({ column: l + 1, place, value: output, bias, activation });
    });
    columns.push(column);
    for (const [place, { weights, inputs: values }] of units.entries()) {
      const to = column[place]!;
      for (const [rank, parameter] of weights.entries()) {
        // A model of one's own may multiply something that is no unit.
        const from = before.get(values[rank]!);
        if (from === undefined) continue;
        nodes[from]!.outOf.push(wires.length);
        nodes[to]!.into.push(wires.length);
        wires.push({ from, to, parameter, rank, siblings: weights.length });
      }
    }
  }
  return { nodes, wires, columns };
}
