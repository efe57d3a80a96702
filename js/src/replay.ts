/** Works a tape out: all values forward, all gradients backward. */
import { applyUnary, Op, unaryDerivative } from "./arithmetic.ts";
import type { Tape } from "./tape.ts";

export interface Replay {
  /** One number per value; leaves may be overwritten between two runs. */
  readonly data: Float64Array;
  readonly gradients: Float64Array;
  forward(): void;
  backward(): void;
}

/** The buffers are made once, so that a replay can run many times a second without garbage. */
export function createReplay(tape: Tape): Replay {
  const data = new Float64Array(tape.count);
  const gradients = new Float64Array(tape.count);
  for (let i = 0; i < tape.count; i++) if (tape.ops[i] === Op.leaf) data[i] = tape.constants[i]!;
  return {
    data,
    gradients,
    forward: () => runForward(tape, data),
    backward: () => runBackward(tape, data, gradients, 0),
  };
}

/** One run of both passes. */
export function replay(tape: Tape): Replay {
  const run = createReplay(tape);
  run.forward();
  run.backward();
  return run;
}

function runForward(tape: Tape, data: Float64Array): void {
  const { ops } = tape;
  for (let i = 0; i < ops.length; i++) if (ops[i] !== Op.leaf) data[i] = result(tape, data, i);
}

/** What operation `i` makes of its operands. */
export function result(tape: Tape, data: Float64Array, i: number): number {
  const op = tape.ops[i]!;
  const a = data[tape.left[i]!]!;
  if (op === Op.mul) return a * data[tape.right[i]!]!;
  if (op === Op.add) return a + data[tape.right[i]!]!;
  if (op === Op.sub) return a - data[tape.right[i]!]!;
  return applyUnary(op, a, tape.constants[i]!);
}

/** The part of the backward pass from the output down to one value, that one included. */
export function runBackward(
  tape: Tape,
  data: Float64Array,
  gradients: Float64Array,
  first: number,
): void {
  const { ops, left, right, constants } = tape;
  // −0 is the one number that changes nothing when it is added to, not even the sign of a zero:
  // so the first contribution is stored as it is, without asking whether it is the first.
  gradients.fill(-0);
  gradients[ops.length - 1] = 1;
  for (let i = ops.length - 1; i >= first; i--) {
    const op = ops[i]!;
    if (op === Op.leaf) continue;
    const upstream = gradients[i]!;
    const a = left[i]!;
    if (op === Op.mul) {
      const b = right[i]!;
      gradients[a] = gradients[a]! + upstream * data[b]!;
      gradients[b] = gradients[b]! + upstream * data[a]!;
    } else if (op === Op.add) {
      const b = right[i]!;
      gradients[a] = gradients[a]! + upstream;
      gradients[b] = gradients[b]! + upstream;
    } else if (op === Op.sub) {
      const b = right[i]!;
      gradients[a] = gradients[a]! + upstream;
      gradients[b] = gradients[b]! - upstream;
    } else {
      const local = unaryDerivative(op, data[a]!, data[i]!, constants[i]!);
      gradients[a] = gradients[a]! + upstream * local;
    }
  }
}

/** The local derivatives of value `i` by its first and its second operand (NaN where none). */
export function localDerivatives(
  tape: Tape,
  data: Float64Array,
  i: number,
): readonly [number, number] {
  const op = tape.ops[i]!;
  const a = data[tape.left[i]!]!;
  switch (op) {
    case Op.leaf:
      return [Number.NaN, Number.NaN];
    case Op.add:
      return [1, 1];
    case Op.sub:
      return [1, -1];
    case Op.mul:
      return [data[tape.right[i]!]!, a];
    default:
      return [unaryDerivative(op, a, data[i]!, tape.constants[i]!), Number.NaN];
  }
}
