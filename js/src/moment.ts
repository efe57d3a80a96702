/** What has just happened at a position of the passes: what is done, and what came of it. */
import type { Arrow } from "./arrows.ts";
import type { Contraction } from "./contraction.ts";
import type { Expression } from "./expression.ts";
import { type Flow, flowTo } from "./flows.ts";
import type { Phase } from "./passes.ts";
import { stepsText } from "./strings/steps.ts";
import { bracketed, shortNumber } from "./text.ts";

export interface Moment {
  readonly position: number;
  readonly phase: Phase;
  /** The value or closed group that the last step belongs to. */
  readonly item: number;
  /** Whether it is done: of a closed group some values may be still to come. */
  readonly isDone: boolean;
}

export function momentAt(
  { numbers }: Expression,
  contraction: Contraction,
  isStop: (position: number) => boolean,
): Moment | null {
  const { position, passes } = numbers;
  if (position === null || position === 0) return null;
  const { phase, at } = passes.step(position - 1);
  return { position, phase, item: contraction.itemOf(at), isDone: isStop(position) };
}

/** The product of the chain rule that belongs to an arrow. */
export interface Card {
  readonly arrow: Arrow;
  /** "1", "× 0.5", "= 0.5": one line, or one under the other. */
  readonly lines: readonly string[];
}

/** What an operand's gradient has become. */
export interface Sum {
  readonly item: number;
  readonly words: string;
  readonly isPartial: boolean;
}

export interface Accounts {
  readonly cards: readonly Card[];
  readonly sums: readonly Sum[];
}

/** The numbers that a backward step brings, for the arrows and boxes that are drawn. */
export function accountsOf(
  expression: Expression,
  contraction: Contraction,
  arrows: readonly Arrow[],
  moment: Moment,
): Accounts {
  const { item, position } = moment;
  if (moment.phase === "forward" || !moment.isDone) return { cards: [], sums: [] };
  if (moment.phase === "seed") return { cards: [], sums: [seedSum(item)] };
  const flows = new Map<number, Flow>();
  const flow = (to: number) => {
    const known = flows.get(to) ?? flowTo(expression, contraction, item, to, position);
    flows.set(to, known);
    return known;
  };
  const received = new Map<number, Set<number>>();
  const cards: Card[] = [];
  for (const arrow of arrows.filter(({ to }) => to === item)) {
    const values = new Set(arrow.edges.map(({ from }) => from));
    received.set(arrow.from, new Set([...(received.get(arrow.from) ?? []), ...values]));
    const [only] = values;
    if (values.size === 1) cards.push({ arrow, lines: cardLines(arrow, flow(only!)) });
  }
  const sums: Sum[] = [];
  for (const [from, values] of received) {
    const [only] = values;
    if (values.size === 1) sums.push(sumOf(expression, from, flow(only!)));
  }
  return { cards, sums };
}

function cardLines({ edges }: Arrow, { terms, contribution }: Flow): string[] {
  if (terms.length === 0) return [`+ ${bracketed(shortNumber(contribution))}`];
  const own = terms.filter(({ edge }) => edge === null || edges.some((e) => e.slot === edge.slot));
  const total = (number: (term: Flow["terms"][number]) => number) =>
    own.map(number).reduce((a, b) => a + b);
  return [
    shortNumber(own[0]!.upstream),
    `× ${bracketed(shortNumber(total(({ local }) => local)))}`,
    `= ${shortNumber(total((term) => term.contribution))}`,
  ];
}

const seedSum = (item: number): Sum => ({ item, words: stepsText.seedSum, isPartial: false });

function sumOf(expression: Expression, item: number, flow: Flow): Sum {
  const { terms, contribution, before, after, to } = flow;
  const added = terms.length > 1 ? terms.map((term) => term.contribution) : [contribution];
  const parts = [shortNumber(before), ...added.map((x) => bracketed(shortNumber(x)))];
  const isPartial = expression.numbers.isPartial(to);
  const words = `${parts.join(" + ")} = ${shortNumber(after)}`;
  return { item, words: isPartial ? `${words} ${stepsText.soFar}` : words, isPartial };
}
