/** What a learner is asked about the next step, and what there is to know of the answer. */
import type { Expression } from "../expression.ts";
import { type Flow, flowTo, receivers } from "../flows.ts";
import type { Fold } from "../fold.ts";
import { groupName, itemName, onlyOutput } from "../grouped.ts";
import type { Phase } from "../passes.ts";
import { nameOf, operandName } from "../sentence.ts";
import { quizText as words } from "../strings/quiz.ts";
import { SPOKEN_OPERATION, stepsText } from "../strings/steps.ts";
import { values } from "../strings.ts";

export type Kind = "number" | "sign" | "parents";

/** One thing to say: a number, a sign, or whether it changes. */
export interface Blank {
  /** The value whose number or gradient it is. */
  readonly value: number;
  readonly name: string;
  readonly label: string;
  readonly truth: number;
  /** In the backward pass, where it comes from. */
  readonly flow: Flow | null;
}

export interface Question {
  /** The position at which the answer is shown. */
  readonly step: number;
  readonly kind: Kind;
  readonly phase: Phase;
  readonly item: number;
  readonly prompt: string;
  readonly blanks: readonly Blank[];
}

/** Why there is nothing to ask. */
export interface NoQuestion {
  readonly step: number;
  readonly reason: string;
  /** Whether what was asked for can be asked in the backward pass alone. */
  readonly isEarly: boolean;
}

export const isQuestion = (asks: Question | NoQuestion | null): asks is Question =>
  asks !== null && "blanks" in asks;

/** More numbers than this are no question but work. */
const MOST_NUMBERS = 2;
const MOST_PARENTS = 6;

/** About the step after the position; null at the end. */
export function nextQuestion(
  expression: Expression,
  fold: Fold,
  wanted: Kind,
): Question | NoQuestion | null {
  const { numbers } = expression;
  const { passes } = numbers;
  const stops = fold.stops(passes);
  const position = numbers.position ?? passes.count;
  if (position >= passes.count) return null;
  const step = stops.next(position);
  const { phase, at } = passes.step(step - 1);
  const item = fold.contraction.itemOf(at);
  const ask = (prompt: string, blanks: readonly Blank[]): Question => {
    const isNumber = wanted === "sign" && blanks.some(({ truth }) => Number.isNaN(truth));
    return { step, kind: isNumber ? "number" : wanted, phase, item, prompt, blanks };
  };
  const none = (reason: string, isEarly = false): NoQuestion => ({ step, reason, isEarly });
  if (!fold.has(item)) return none(words.notDrawn);
  if (wanted === "parents" && phase !== "backward") return none(words.notForward, true);
  const { number, of } = stops.stage(step)!;
  if (phase === "seed") {
    const name = expression.name(expression.output);
    const label = words.gradient(name);
    const blank = { value: expression.output, name, label, truth: 1, flow: null };
    return ask(words.seed(name), [blank]);
  }
  const stage = stepsText.stage(phase, number, of);
  const asked = phase === "forward" ? forward : backward;
  const [prompt, blanks] = asked(expression, fold, item, stage, step);
  const most = wanted === "parents" ? MOST_PARENTS : MOST_NUMBERS;
  if (blanks.length === 0 || blanks.length > most) return none(words.nothing);
  return ask(prompt, blanks);
}

type Asked = readonly [prompt: string, blanks: readonly Blank[]];

function forward(expression: Expression, _: Fold, item: number, stage: string): Asked {
  const isGroup = expression.isGroup(item);
  const g = item - expression.tape.count;
  const value = isGroup ? onlyOutput(expression, g) : item;
  if (value === null) return ["", []];
  const name = isGroup ? groupName(expression, g) : expression.name(value);
  const prompt = isGroup
    ? words.forwardGroup(stage, name, values(expression.groups.size(g)))
    : words.forward(stage, expression.formula(item));
  const truth = expression.data[value]!;
  return [prompt, [{ value, name, label: words.value(name), truth, flow: null }]];
}

function backward(
  expression: Expression,
  fold: Fold,
  item: number,
  stage: string,
  step: number,
): Asked {
  const isGroup = expression.isGroup(item);
  const output = isGroup ? onlyOutput(expression, item - expression.tape.count) : item;
  if (output === null) return ["", []];
  const upstream = expression.gradient(output);
  const prompt = isGroup
    ? words.backwardGroup(stage, itemName(expression, item), upstream)
    : words.backward(
        stage,
        SPOKEN_OPERATION.get(expression.tape.ops[item]!)!,
        nameOf(expression, item),
        upstream,
      );
  const all = receivers(expression, fold.contraction, item);
  if (all.length > MOST_PARENTS) return ["", []];
  const blanks = all.map((value) => {
    const flow = flowTo(expression, fold.contraction, item, value, step);
    const name = operandName(expression, fold, value);
    const hasSome = expression.numbers.seesGradient(value);
    const label = hasSome
      ? words.gradientSoFar(name, expression.gradient(value))
      : words.gradient(name);
    return { value, name, label, truth: flow.after, flow };
  });
  return [prompt, blanks];
}

/** Whether a step changes the gradient of an operand. */
export const changes = ({ flow }: Blank): boolean => flow !== null && flow.contribution !== 0;
