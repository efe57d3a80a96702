/**
 * What an item hands to its operands when it passes its gradient on: the chain rule, with numbers.
 * A closed group does so through all that is inside, as if it were one operation.
 */
import type { Contraction } from "./contraction.ts";
import type { Expression } from "./expression.ts";
import { type Edge, operandEdges } from "./graph.ts";
import { onlyOutput } from "./grouped.ts";

/** One product of the chain rule. */
export interface Term {
  /** Its edge; through a group it stands for many. */
  readonly edge: Edge | null;
  readonly upstream: number;
  readonly local: number;
  readonly contribution: number;
}

/** All that one operand receives. */
export interface Flow {
  /** The value that receives. */
  readonly to: number;
  /** None where several values come out of a group, so that no one product says it. */
  readonly terms: readonly Term[];
  readonly contribution: number;
  /** What others have brought so far. */
  readonly before: number;
  /** What it has now. */
  readonly after: number;
}

/** The values that receive something from an item. */
export function receivers(
  expression: Expression,
  contraction: Contraction,
  item: number,
): readonly number[] {
  if (!contraction.isGroup(item)) {
    return [...new Set(operandEdges(expression.tape, item).map(({ from }) => from))];
  }
  const g = contraction.groupOf(item);
  if (onlyOutput(expression, g) !== null) return [...expression.inside(g).keys()];
  return [...new Set(contraction.edges(item, () => true).map(({ from }) => from))];
}

/**
 * What value `to` receives from an item, and has when that has passed its gradient on, which is at
 * `position` or before.
 */
export function flowTo(
  expression: Expression,
  contraction: Contraction,
  item: number,
  to: number,
  position: number,
): Flow {
  const first = expression.numbers.passes.firstDone(position);
  const arrived = expression.consumers.edges(to).filter((edge) => edge.to >= first);
  let [own, others, all] = [-0, -0, -0];
  // In the order of the pass, so that the sums have its bits: both sides of a + a as they stand.
  for (const edge of arrived.sort((a, b) => b.to - a.to)) {
    const contribution = upstreamOf(expression, edge.to) * expression.local(edge);
    all += contribution;
    if (contraction.itemOf(edge.to) === item) own += contribution;
    else others += contribution;
  }
  const terms = termsOf(expression, contraction, item, to);
  return { to, terms, contribution: own, before: others, after: all };
}

/** Complete, as what passes its gradient on has received all of it. */
const upstreamOf = ({ numbers }: Expression, i: number): number => numbers.finalGradients[i]!;

function termsOf(
  expression: Expression,
  contraction: Contraction,
  item: number,
  to: number,
): Term[] {
  if (!contraction.isGroup(item)) {
    return operandEdges(expression.tape, item)
      .filter(({ from }) => from === to)
      .map((edge) => term(edge, upstreamOf(expression, item), expression.local(edge)));
  }
  const g = contraction.groupOf(item);
  const output = onlyOutput(expression, g);
  if (output === null) return [];
  return [term(null, upstreamOf(expression, output), expression.inside(g).get(to)!)];
}

const term = (edge: Edge | null, upstream: number, local: number): Term => ({
  edge,
  upstream,
  local,
  contribution: upstream * local,
});
