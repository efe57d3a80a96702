/** What a closed group does, as one derivative for everything that enters it. */
import type { Groups } from "./groups.ts";
import { localDerivatives } from "./replay.ts";
import type { Tape } from "./tape.ts";

/**
 * The derivatives of one output of a group by every value that enters the group, along the ways
 * that stay inside: one small backward pass. So the chain rule can be read off the closed picture.
 */
export function derivativesInside(
  tape: Tape,
  data: Float64Array,
  groups: Groups,
  g: number,
  output: number,
): ReadonlyMap<number, number> {
  const slopes = new Float64Array(output + 1).fill(-0);
  slopes[output] = 1;
  const entering = new Set<number>();
  const members = groups.members(g);
  for (let at = members.length - 1; at >= 0; at--) {
    const i = members[at]!;
    if (i > output) continue;
    const upstream = slopes[i]!;
    const locals = localDerivatives(tape, data, i);
    for (const slot of [0, 1] as const) {
      const operand = slot === 0 ? tape.left[i]! : tape.right[i]!;
      if (operand < 0) continue;
      slopes[operand] = slopes[operand]! + upstream * locals[slot];
      if (!groups.holds(g, operand)) entering.add(operand);
    }
  }
  return new Map([...entering].sort((a, b) => a - b).map((i) => [i, slopes[i]!]));
}
