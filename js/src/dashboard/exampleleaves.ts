/** The numbers of an example's leaves: the point and the parameters as they are, all else as recorded. */
import { Op } from "../arithmetic.ts";
import type { Tape } from "../tape.ts";
import type { Network } from "../training/network.ts";
import type { Points } from "../training/points.ts";

export class ExampleLeaves {
  readonly #network: Network;
  /** By index on the tape, then in the order of the leaves. */
  readonly #values: Float64Array;
  readonly #leaves: readonly number[];

  constructor(network: Network) {
    const { count, ops, constants } = network.example;
    this.#network = network;
    this.#values = constants.slice();
    this.#leaves = Array.from({ length: count }, (_, i) => i).filter((i) => ops[i] === Op.leaf);
  }

  /** One double per leaf, as a diagram's trait `leaves` has them. */
  at(parameters: Float64Array, points: Points, point: number): Uint8Array {
    const { inputs, minusY, places } = this.#network;
    const values = this.#values;
    for (let p = 0; p < places.length; p++) values[places[p]!] = parameters[p]!;
    for (const [side, leaf] of inputs.entries()) values[leaf] = points.xs[2 * point + side]!;
    values[minusY] = -points.label(point);
    return new Uint8Array(Float64Array.from(this.#leaves, (leaf) => values[leaf]!).buffer);
  }
}

/** Whether two tapes differ in the numbers of their leaves at most, so that one picture suits both. */
export function sameStructure(a: Tape, b: Tape): boolean {
  const isSame = <T>(p: ArrayLike<T>, q: ArrayLike<T>) =>
    p.length === q.length && Array.prototype.every.call(p, (x, i) => x === q[i]);
  const exponents = ({ ops, constants }: Tape) => constants.filter((_, i) => ops[i] === Op.pow);
  const words = ({ names, groups }: Tape) => [
    ...[...names].flat(),
    ...groups.flatMap(({ name, parent, output }) => [name, parent, output]),
  ];
  return (
    isSame(a.ops, b.ops) &&
    isSame(a.left, b.left) &&
    isSame(a.right, b.right) &&
    isSame(exponents(a), exponents(b)) &&
    isSame(a.groupOf ?? [], b.groupOf ?? []) &&
    isSame(words(a), words(b))
  );
}
