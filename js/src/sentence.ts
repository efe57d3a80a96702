/** A step of the passes in one sentence, or a few. */
import type { Expression } from "./expression.ts";
import { type Flow, flowTo, receivers } from "./flows.ts";
import type { Fold } from "./fold.ts";
import { groupName, itemName, onlyOutput, placeName } from "./grouped.ts";
import { type Moment, momentAt } from "./moment.ts";
import { SPOKEN_OPERATION, stepsText } from "./strings/steps.ts";
import { text, values } from "./strings.ts";
import { shortNumber } from "./text.ts";

/** More operands than this, and nobody listens to the end. */
const MOST_NAMED = 2;

export function stepSentence(expression: Expression, fold: Fold): string {
  const { position, passes } = expression.numbers;
  if (position === null) return stepsText.rest;
  if (position === 0) return stepsText.start;
  const stops = fold.stops(passes);
  const moment = momentAt(expression, fold.contraction, (p) => stops.isStop(p))!;
  if (!moment.isDone) {
    const place = fold.has(moment.item)
      ? stepsText.inside(itemName(expression, moment.item))
      : stepsText.undrawn;
    return stepsText.between(position, passes.count, place);
  }
  if (moment.phase === "seed") return stepsText.seed(expression.name(expression.output));
  const { number, of } = stops.stage(position)!;
  const stage = stepsText.stage(moment.phase, number, of);
  if (!fold.has(moment.item)) return stepsText.remaining(stage);
  return moment.phase === "forward"
    ? forward(expression, moment, stage)
    : backward(expression, fold, moment, stage);
}

function forward(expression: Expression, { item }: Moment, stage: string): string {
  if (!expression.isGroup(item)) return stepsText.forward(stage, expression.formula(item));
  const g = item - expression.tape.count;
  const output = onlyOutput(expression, g);
  const size = values(expression.groups.size(g));
  const name = groupName(expression, g);
  if (output !== null) return stepsText.forwardGroup(stage, name, expression.value(output), size);
  const outputs = text.someOutputs(expression.groups.outputs(g).length);
  return stepsText.forwardOutputs(stage, name, outputs, size);
}

function backward(expression: Expression, fold: Fold, moment: Moment, stage: string): string {
  const { item, position } = moment;
  const head = expression.isGroup(item)
    ? stepsText.backwardGroup(
        stage,
        itemName(expression, item),
        values(expression.groups.size(item - expression.tape.count)),
      )
    : stepsText.backward(
        stage,
        SPOKEN_OPERATION.get(expression.tape.ops[item]!)!,
        nameOf(expression, item),
      );
  const all = receivers(expression, fold.contraction, item);
  const named = all
    .slice(0, MOST_NAMED)
    .map((to) => flowTo(expression, fold.contraction, item, to, position))
    .map((flow) => flowWords(expression, fold, flow));
  const rest = all.length - named.length;
  return [head, ...named, ...(rest > 0 ? [stepsText.others(rest)] : [])].join(" ");
}

function flowWords(expression: Expression, fold: Fold, flow: Flow): string {
  const name = operandName(expression, fold, flow.to);
  const products = flow.terms.map(({ upstream, local, contribution }) =>
    stepsText.adds(shortNumber(upstream), shortNumber(local), shortNumber(contribution), name),
  );
  const all =
    products.length > 0 ? products : [stepsText.addsInAll(shortNumber(flow.contribution), name)];
  const isPartial = expression.numbers.isPartial(flow.to);
  return `${all.join(". ")}; ${stepsText.isNow(name, shortNumber(flow.after), isPartial)}.`;
}

/** What a value is called beside its operation: nothing, where it has no name of its own. */
export const nameOf = (expression: Expression, i: number): string =>
  expression.name(i) === expression.names.operation(i) ? "" : expression.name(i);

/** What a value is called that may be a bare number, or a nameless one inside a closed group. */
export function operandName(expression: Expression, { contraction }: Fold, i: number): string {
  const name = expression.name(i);
  if (expression.names.kind(i) === "constant") return stepsText.constant(name);
  const item = contraction.itemOf(i);
  if (!contraction.isGroup(item) || expression.names.label(i) !== "") return name;
  const g = contraction.groupOf(item);
  if (onlyOutput(expression, g) === i) return groupName(expression, g);
  return `${name} ${text.inPlace(placeName(expression, expression.groups.home[i]!))}`;
}
