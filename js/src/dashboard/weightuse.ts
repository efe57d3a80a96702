/** Where a parameter is used. */
import { weightText as said } from "../strings/weight.ts";
import type { Network } from "../training/network.ts";
import { unitName } from "./netnames.ts";
import type { Wiring } from "./wiring.ts";

export function usesOf(network: Network, wiring: Wiring, parameter: number): string[] {
  const { nodes, wires } = wiring;
  const uses = nodes.flatMap(({ bias, column, place }, n) => {
    if (column === 0) return [];
    const unit = unitName(network, wiring, n);
    const { weights, inputs } = network.layers[column - 1]![place]!;
    const factors = weights.flatMap((weight, rank) => {
      if (weight !== parameter) return [];
      const wire = wires.find(({ to, from }) => to === n && nodes[from]!.value === inputs[rank]);
      return [
        wire === undefined
          ? said.unknownUse(unit)
          : said.weightUse(unit, unitName(network, wiring, wire.from)),
      ];
    });
    return bias === parameter ? [...factors, said.biasUse(unit)] : factors;
  });
  return uses.length === 0 ? [said.noUse] : uses;
}
