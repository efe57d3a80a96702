/** What belongs to the selected value or group: what it was made from, and what it leads to. */
import type { Arrow } from "../arrows.ts";
import type { Contraction } from "../contraction.ts";
import { downstreamMask, type Edge, upstreamMask } from "../graph.ts";
import type { Path } from "../paths.ts";
import type { Tape } from "../tape.ts";
import type { Trace } from "./keys.ts";

export interface Light {
  readonly items: ReadonlySet<number>;
  readonly isLit: (arrow: Arrow) => boolean;
}

/** What of the drawn items is lit when something is selected. */
export function lightFrom(
  tape: Tape,
  contraction: Contraction,
  item: number,
  trace: Trace,
  drawn: Iterable<number>,
): Light {
  const outputs = contraction.outputs(item);
  const up = trace === "down" ? new Uint8Array() : upstreamMask(tape, outputs);
  const down = trace === "up" ? new Uint8Array() : downstreamMask(tape, outputs);
  const lit = new Uint8Array(tape.count);
  for (let i = 0; i < tape.count; i++) lit[i] = up[i] === 1 || down[i] === 1 ? 1 : 0;
  // A group that is open is lit with all it holds, whichever way is traced.
  for (const i of contraction.members(item)) lit[i] = 1;
  const items = new Set([...drawn].filter((other) => contraction.countIn(other, lit) > 0));
  const both = (mask: Uint8Array, { from, to }: Edge) => mask[from] === 1 && mask[to] === 1;
  const isLit = ({ edges }: Arrow) => edges.some((edge) => both(up, edge) || both(down, edge));
  return { items, isLit };
}

/** One way to the output: what is drawn for the values on it, and the arrows between them. */
export function lightAlong(contraction: Contraction, { indices, slots }: Path): Light {
  const items = new Set(indices.map((i) => contraction.itemOf(i)));
  const slotOf = new Map(slots.map((slot, at) => [indices[at + 1]!, slot]));
  const isOn = ({ to, slot }: Edge) => slotOf.get(to) === slot;
  return { items, isLit: ({ edges }) => edges.some(isOn) };
}
