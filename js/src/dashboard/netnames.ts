/** What the units of a network are called, and what there is to say of them. */
import { netviewText as said } from "../strings/netview.ts";
import { oneLine, shownLabel } from "../text.ts";
import type { Network } from "../training/network.ts";
import type { UnitState } from "./unitstates.ts";
import type { Wiring } from "./wiring.ts";

export const inputName = ({ example }: Network, { nodes }: Wiring, n: number): string => {
  const { value, place } = nodes[n]!;
  return oneLine(shownLabel(example.names.get(value) ?? "")) || `x${place + 1}`;
};

export function unitName(network: Network, wiring: Wiring, n: number): string {
  const { column, place, bias } = wiring.nodes[n]!;
  if (bias === null) return said.input(inputName(network, wiring, n));
  return said.unit(column, place, column === wiring.columns.length - 1);
}

export const columnName = ({ columns }: Wiring, column: number): string => {
  if (column === 0) return said.inputs;
  return column === columns.length - 1 ? said.output : said.layer(column);
};

export function spokenUnit(
  network: Network,
  wiring: Wiring,
  parameters: Float64Array,
  n: number,
  state: UnitState,
): string {
  const name = unitName(network, wiring, n);
  const { bias, outOf } = wiring.nodes[n]!;
  if (bias === null) return said.spokenInput(name, outOf.length);
  return said.spokenUnit(name, parameters[bias]!, said.spokenStates[state]);
}
