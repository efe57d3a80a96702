/** Walking the picture by keys: along the arrows, and among the boxes beside one another. */
import { operandEdges } from "../graph.ts";
import type { Direction } from "../layout/dot.ts";
import type { Tape } from "../tape.ts";
import type { Placed } from "./picture.ts";

export type Step = "back" | "on" | "previous" | "next";

/** In either direction the key that points along the arrows follows them. */
export function stepOf(key: string, direction: Direction): Step | null {
  const steps: Record<Direction, ReadonlyMap<string, Step>> = {
    LR: new Map([
      ["ArrowLeft", "back"],
      ["ArrowRight", "on"],
      ["ArrowUp", "previous"],
      ["ArrowDown", "next"],
    ]),
    TB: new Map([
      ["ArrowUp", "back"],
      ["ArrowDown", "on"],
      ["ArrowLeft", "previous"],
      ["ArrowRight", "next"],
    ]),
  };
  return steps[direction].get(key) ?? null;
}

/** The value that a step leads to, or null at an end. */
export function walk(
  tape: Tape,
  boxes: ReadonlyMap<number, Placed>,
  from: number,
  step: Step,
  direction: Direction,
): number | null {
  const here = boxes.get(from);
  if (here === undefined) return null;
  const across = direction === "LR" ? "y" : "x";
  const along = direction === "LR" ? "x" : "y";
  const distance = (other: Placed) => Math.abs(other.middle[across] - here.middle[across]);
  const nearest = (candidates: (Placed | undefined)[]) =>
    candidates
      .filter((candidate) => candidate !== undefined)
      .sort((a, b) => distance(a) - distance(b))[0]?.box.index ?? null;

  if (step === "back") {
    // The first operand, not the nearest one: that is often a constant, where the walk ends.
    const operand = operandEdges(tape, from).find((edge) => boxes.has(edge.from));
    return operand?.from ?? null;
  }
  if (step === "on") {
    const uses = (i: number) => tape.left[i] === from || tape.right[i] === from;
    return nearest([...boxes.values()].filter(({ box }) => uses(box.index)));
  }
  const sign = step === "next" ? 1 : -1;
  const beside = [...boxes.values()].filter(
    (other) => sign * (other.middle[across] - here.middle[across]) > 1,
  );
  const sameRank = beside.filter((other) => Math.abs(other.middle[along] - here.middle[along]) < 8);
  return nearest(sameRank);
}
