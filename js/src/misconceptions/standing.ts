/** How an engine stands after some of its steps. */
import { replay } from "../replay.ts";
import type { Tape } from "../tape.ts";
import type { Step, Walk } from "./simulations.ts";

export interface Standing {
  readonly data: Float64Array;
  readonly grad: Float64Array;
  /** The last step along every arrow that was used in this pass, by `arrowKey`. */
  readonly along: ReadonlyMap<number, Step>;
  /** The arrows along which something wrong went in this pass, and among them the first of all. */
  readonly wrongArrows: ReadonlySet<number>;
  readonly firstWrong: number | null;
  /** The nodes with something wrong in them. */
  readonly wrongNodes: ReadonlySet<number>;
  /** What was done last; null before the first step. */
  readonly now: Step | null;
}

/** Tells the two arrows of `a + a` apart. */
export const arrowKey = (node: number, slot: number): number => 2 * node + slot;

/** After the first `done` steps, or all of them where there are no more. */
export function standingAt(tape: Tape, { steps }: Walk, done: number): Standing {
  const data = replay(tape).data.slice();
  const grad = new Float64Array(tape.count);
  const along = new Map<number, Step>();
  const wrongArrows = new Set<number>();
  const wrongNodes = new Set<number>();
  let firstWrong: number | null = null;
  let isFirst = true;
  for (const step of steps.slice(0, done)) {
    if (step.kind === "seed") {
      along.clear();
      wrongArrows.clear();
      firstWrong = null;
    }
    if (step.data) data.set(step.data);
    if (step.grad) {
      grad.set(step.grad);
      for (const node of [...wrongNodes]) if (grad[node] === 0) wrongNodes.delete(node);
    }
    if (step.target !== undefined && step.after !== undefined) {
      const numbers = step.kind === "update" ? data : grad;
      numbers[step.target] = step.after;
      if (step.is_wrong) wrongNodes.add(step.target);
    }
    if (step.node !== undefined && step.slot !== undefined) {
      const key = arrowKey(step.node, step.slot);
      along.set(key, step);
      if (step.is_wrong) {
        wrongArrows.add(key);
        if (isFirst) firstWrong = key;
        isFirst = false;
      }
    }
  }
  const now = steps[Math.min(done, steps.length) - 1] ?? null;
  return { data, grad, along, wrongArrows, firstWrong, wrongNodes, now };
}
