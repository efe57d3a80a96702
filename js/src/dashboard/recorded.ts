/**
 * Networks and points are written down by Python. What is there may differ from what is wished, for
 * a moment; and without Python only what was written down beforehand can be had.
 */
import { bytesOf } from "../host.ts";
import { OWN } from "../ranges.ts";
import type { Network } from "../training/network.ts";
import type { Points } from "../training/points.ts";
import type { Session } from "../training/session.ts";
import { FIELDS, sameValue, type Value } from "./fields.ts";

type Wish = (name: string) => unknown;

/** Whether this is the network that was wished; one that a learner brought along is always that. */
export const isNetworkOf = (network: Network, wish: Wish): boolean =>
  network.modelSeed === wish("model_seed") &&
  (network.modelSeed === null ||
    (sameValue(network.hidden, wish("hidden")) && network.activation === wish("activation")));

export const arePointsOf = ({ source, count }: Points, wish: Wish): boolean =>
  source.dataset === wish("dataset") &&
  (source.dataset === OWN ||
    (count === wish("n_samples") &&
      source.noise === wish("noise") &&
      source.dataSeed === wish("data_seed")));

/** A setting of network or points as the training has it, whatever was wished. */
export function valueThere(name: string, { network, points }: Session): Value | undefined {
  const { dataset, noise, dataSeed } = points.source;
  const values: Readonly<Record<string, Value>> = {
    ...{ hidden: network.hidden, activation: network.activation, model_seed: network.modelSeed },
    ...{ dataset, n_samples: points.count, noise, data_seed: dataSeed },
  };
  return values[name];
}

/** A network and points that were recorded beforehand, and all settings that go with them. */
export interface Variant {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly network: Uint8Array;
  readonly points: Uint8Array;
}

/** Those that can be used, of whatever a file or Python says. */
export function variantsOf(said: unknown): readonly Variant[] {
  if (!Array.isArray(said)) return [];
  return said.flatMap((variant) => {
    const { settings, network, points } = Object(variant);
    if (typeof settings !== "object" || settings === null) return [];
    return [{ settings, network: bytesOf(network), points: bytesOf(points) }];
  });
}

/** All that can be had of one setting, each once. */
export function offered(name: string, variants: readonly Variant[]): readonly Value[] {
  const values: Value[] = [];
  for (const { settings } of variants) {
    const value = settings[name] as Value | undefined;
    if (value !== undefined && !values.some((other) => sameValue(other, value))) values.push(value);
  }
  return values;
}

const RECORDED = FIELDS.filter(({ recorded }) => recorded !== undefined);

/** The variant with this value that agrees with most of what else is there now. */
export function nearest(
  name: string,
  value: Value,
  variants: readonly Variant[],
  now: (name: string) => unknown,
): Variant | null {
  const agreement = ({ settings }: Variant) =>
    RECORDED.filter((field) => sameValue(settings[field.name], now(field.name))).length;
  const fitting = variants.filter(({ settings }) => sameValue(settings[name], value));
  return fitting.toSorted((a, b) => agreement(b) - agreement(a))[0] ?? null;
}
