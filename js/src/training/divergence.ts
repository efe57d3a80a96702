/** Where did training break? Twin of `microgradwidgets/divergence.py`. */
import { createReplay } from "../replay.ts";
import { trainingText } from "../strings/training.ts";
import type { Measured } from "./descent.ts";
import type { Network } from "./network.ts";
import type { Points } from "./points.ts";
import type { Status } from "./session.ts";

type Diverged = Extract<Status, { kind: "diverged" }>;

const firstBad = (numbers: Float64Array): number => numbers.findIndex((x) => !Number.isFinite(x));

/** The first number that is not finite: forward by example, in the total, then a gradient. */
export function findDivergence(network: Network, points: Points, measured: Measured): Diverged {
  const { state, batch, gradients, updates, row } = measured;
  const { example: tape, names } = network;
  const run = createReplay(tape);
  for (const [p, place] of network.places.entries()) run.data[place] = state.parameters[p]!;
  const found = { kind: "diverged", step: state.step } as const;
  const forward = (e: number) => {
    for (const [side, leaf] of network.inputs.entries()) run.data[leaf] = points.xs[2 * e + side]!;
    run.data[network.minusY] = -points.label(e);
    run.forward();
  };
  for (const example of batch) {
    forward(example);
    const value = firstBad(run.data);
    if (value < 0) continue;
    const words = trainingText.valueBroke(run.data[value]!, example + 1, placeOf(network, value));
    return { ...found, example, value, words };
  }
  if (!Number.isFinite(row.loss)) {
    const words = trainingText.totalBroke(row.loss);
    return { ...found, example: null, value: null, words };
  }
  for (const example of batch.toReversed()) {
    forward(example);
    run.backward();
    const value = run.gradients.findLastIndex((x) => !Number.isFinite(x));
    if (value < 0) continue;
    const gradient = run.gradients[value]!;
    const words = trainingText.gradientBroke(gradient, example + 1, placeOf(network, value));
    return { ...found, example, value, words };
  }
  const parameter = Math.max(0, firstBad(updates));
  const words = trainingText.updateBroke(names[parameter]!, gradients[parameter]!);
  return { ...found, example: null, value: null, words };
}

/** "layer 2 › neuron 5", or the name of a leaf. */
function placeOf({ example: tape }: Network, value: number): string {
  const name = tape.names.get(value);
  const places: string[] = name === undefined ? [] : [name];
  let group = tape.groupOf === null ? -1 : tape.groupOf[value]! - 1;
  // The outermost group is the example itself.
  while (group >= 0 && tape.groups[group]!.parent >= 0) {
    places.unshift(tape.groups[group]!.name);
    group = tape.groups[group]!.parent;
  }
  return places.join(" \u203a ");
}
