/**
 * From gradients to the next parameters. The twin of `microgradwidgets/optimizers.py`, with the
 * same order of operations; nothing but + − × ÷ and the square root, so both sides give the same
 * bits.
 */

export const OPTIMIZERS = ["sgd", "momentum", "adam"] as const;
export type Optimizer = (typeof OPTIMIZERS)[number];

const MOMENTUM = 0.9;
const ADAM_FIRST = 0.9;
const ADAM_SECOND = 0.999;
const ADAM_EPSILON = 1e-8;

/**
 * What an optimizer remembers before its first step. It is flat, as in Python: a copy of it and
 * of the parameters is all that is needed to go on from a step.
 */
export function emptyMemory(optimizer: Optimizer, count: number): Float64Array {
  if (optimizer === "sgd") return new Float64Array(0);
  if (optimizer === "momentum") return new Float64Array(count);
  const memory = new Float64Array(2 * count + 2);
  memory.fill(1, 2 * count);
  return memory;
}

/** One step. `numbers` and `memory` are overwritten with the next ones. */
export function update(
  optimizer: Optimizer,
  numbers: Float64Array,
  gradients: Float64Array,
  learningRate: number,
  memory: Float64Array,
): void {
  if (optimizer === "sgd") descend(numbers, gradients, learningRate);
  else if (optimizer === "momentum") descendHeavily(numbers, gradients, learningRate, memory);
  else adapt(numbers, gradients, learningRate, memory);
}

function descend(numbers: Float64Array, gradients: Float64Array, rate: number): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = numbers[i]! - rate * gradients[i]!;
}

/** Memory: the velocity of each parameter. */
function descendHeavily(
  numbers: Float64Array,
  gradients: Float64Array,
  rate: number,
  velocity: Float64Array,
): void {
  for (let i = 0; i < numbers.length; i++) {
    velocity[i] = MOMENTUM * velocity[i]! + gradients[i]!;
  }
  descend(numbers, velocity, rate);
}

/** Memory: mean gradient of each parameter, mean square of each, and the two decays so far. */
function adapt(
  numbers: Float64Array,
  gradients: Float64Array,
  rate: number,
  memory: Float64Array,
): void {
  const n = numbers.length;
  const means = memory.subarray(0, n);
  const squares = memory.subarray(n, 2 * n);
  const decays = memory.subarray(2 * n);
  const first = decays[0]! * ADAM_FIRST;
  const second = decays[1]! * ADAM_SECOND;
  for (let i = 0; i < n; i++) {
    const g = gradients[i]!;
    const mean = ADAM_FIRST * means[i]! + (1 - ADAM_FIRST) * g;
    const square = ADAM_SECOND * squares[i]! + (1 - ADAM_SECOND) * (g * g);
    means[i] = mean;
    squares[i] = square;
    const size = Math.sqrt(square / (1 - second)) + ADAM_EPSILON;
    numbers[i] = numbers[i]! - (rate * (mean / (1 - first))) / size;
  }
  decays.set([first, second]);
}
