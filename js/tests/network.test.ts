/** A network from Python: what the page reads of it, and what it does not take for one. */
import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { NETWORK_MARK, readNetwork } from "../src/training/network.ts";
import { pack, unpack } from "../src/training/packed.ts";
import { bytesOfText, networkOf, trainingVectors } from "./trainings.ts";

const [vector] = trainingVectors;
const { header, sections } = unpack(NETWORK_MARK, bytesOfText(vector!.network));
const network = networkOf(vector!);

/** The same network with another header, or other sections. */
const changed = (changes: Readonly<Record<string, unknown>>, parts = sections) =>
  pack(NETWORK_MARK, { ...header, ...changes }, parts);

test("everything in the header stands where it belongs", () => {
  const { sections: _, ...words } = header;
  expect({
    ...{ hidden: network.hidden, activation: network.activation, model_seed: network.modelSeed },
    ...{ names: network.names, inputs: network.inputs, minus_y: network.minusY },
    ...{ score: network.score, parameters: [...network.places], sum: network.sum },
    ...{ share: network.share, alpha: network.alpha, layers: network.layers },
    total_parameters: [...network.totalPlaces],
    ...{ data_loss: network.dataLoss, reg_loss: network.regLoss },
  }).toEqual(words);
});

test("the tapes are the example's and the total's, with the parameters to begin with", () => {
  expect(network.exampleBytes).toEqual(sections[0]);
  expect(network.initial).toHaveLength(network.names.length);
  for (const [p, x] of network.initial.entries()) {
    expect(network.example.constants[network.places[p]!]).toBe(x);
    expect(network.total.constants[network.totalPlaces[p]!]).toBe(x);
  }
});

test("a model that Python drew from no seed has none", () => {
  for (const seed of [null, undefined, "7"]) {
    expect(readNetwork(changed({ model_seed: seed })).modelSeed).toBeNull();
  }
});

test("a model that somebody brought along may have no hidden layer", () => {
  expect(readNetwork(changed({ hidden: [] })).hidden).toEqual([]);
});

describe("what would be read in the wrong place is refused", () => {
  const { count } = network.example;
  const parameters = network.names.length;
  const operation = network.example.ops.findIndex((op) => op !== Op.leaf);
  const places = [...network.places];
  const [layer] = network.layers;
  const [unit] = layer!;
  const withUnit = (changes: object) => changed({ layers: [[{ ...unit, ...changes }]] });
  const cases: [string, () => Uint8Array, RegExp][] = [
    ["no names", () => changed({ names: "w" }), /a list of names, got: w/],
    ["a place that is no number", () => changed({ score: "3" }), /score below \d+, got: 3/],
    ["a place between two", () => changed({ score: 0.5 }), /score below/],
    ["a place before the first", () => changed({ score: -1 }), /score below/],
    ["a place behind the last", () => changed({ score: count }), /score below/],
    ["one of several outside", () => changed({ inputs: [0, count] }), /inputs below/],
    ["an input too many", () => changed({ inputs: [6, 10, 6] }), /2 inputs, got: 3/],
    ["a parameter too few", () => changed({ parameters: places.slice(1) }), /parameters, got/],
    ["in the total, too", () => changed({ total_parameters: places.slice(1) }), /total_param/],
    [
      "an input that is worked out",
      () => changed({ inputs: [6, operation] }),
      /a leaf, got: value/,
    ],
    ["a label that is worked out", () => changed({ minus_y: operation }), /a leaf/],
    ["a sum that is worked out", () => changed({ sum: network.dataLoss }), /a leaf/],
    ["a share that is worked out", () => changed({ share: network.dataLoss }), /a leaf/],
    ["alpha that is worked out", () => changed({ alpha: network.dataLoss }), /a leaf/],
    ["layers that are none", () => changed({ layers: 3 }), /a list of layers/],
    ["a layer that is none", () => changed({ layers: [3] }), /a list of units, got: 3/],
    ["a unit that is none", () => changed({ layers: [[null]] }), /an object, got: null/],
    ["a unit that is a number", () => changed({ layers: [[3]] }), /an object, got: 3/],
    ["a weight outside", () => withUnit({ weights: [0, parameters] }), /weights below/],
    ["a bias outside", () => withUnit({ bias: parameters }), /bias below/],
    ["an output outside", () => withUnit({ output: count }), /output below/],
    ["more inputs than weights", () => withUnit({ inputs: [6, 10, 6] }), /2 inputs, got: 3/],
    ["no total", () => changed({}, sections.slice(0, 1)), /section 1, got: none/],
    ["no numbers", () => changed({}, sections.slice(0, 2)), /numbers, got: none/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readNetwork(bytes())).toThrow(message);
  });

  test("the words name the format", () => {
    expect(() => readNetwork(changed({ names: 1 }))).toThrow(
      "MGWN: expected a list of names, got: 1",
    );
  });
});
