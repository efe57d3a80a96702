/** Is an answer right, and if not, what has most likely been thought? */
import { Op } from "../arithmetic.ts";
import type { Expression } from "../expression.ts";
import { quizText as words } from "../strings/quiz.ts";
import { shortNumber } from "../text.ts";
import { isNear, isRight } from "./number.ts";
import { type Blank, changes, type Question } from "./question.ts";

export type Sign = "positive" | "zero" | "negative";

/** The words are empty where the answer is right. */
export interface Verdict {
  readonly isRight: boolean;
  readonly words: string;
}

const RIGHT: Verdict = { isRight: true, words: "" };
const wrong = (said: string): Verdict => ({ isRight: false, words: said });

export function judgeNumber(
  expression: Expression,
  question: Question,
  blank: Blank,
  answer: number,
): Verdict {
  const { truth } = blank;
  if (isRight(answer, truth)) return RIGHT;
  if (!Number.isFinite(truth)) {
    return wrong(isRight(-answer, truth) ? words.wrongSign : words.notFinite);
  }
  if (!Number.isFinite(answer)) return wrong(words.isFinite);
  const thought =
    question.phase === "backward"
      ? gradientThought(expression, blank, answer)
      : valueThought(expression, question, answer);
  if (isRight(-answer, truth)) return wrong(words.wrongSign);
  if (thought !== null) return wrong(thought);
  if (isRight(answer / 10, truth)) return wrong(words.tooLarge);
  if (isRight(answer * 10, truth)) return wrong(words.tooSmall);
  return wrong(isNear(answer, truth) ? words.close : words.notYet);
}

function gradientThought(
  { data, tape }: Expression,
  { value, name, flow }: Blank,
  answer: number,
): string | null {
  if (flow === null) return null;
  const { terms, before, contribution } = flow;
  const [term] = terms;
  const is = (number: number) => isRight(answer, number);
  if (is(contribution)) return words.isContribution(shortNumber(before));
  if (term === undefined) return null;
  if (terms.length > 1 && is(before + term.contribution)) return words.isHalf;
  if (is(term.local)) return words.isLocal(shortNumber(term.upstream));
  if (is(term.upstream)) return words.isUpstream;
  if (before !== 0 && is(before)) return words.isBefore;
  const isFactor = term.edge !== null && tape.ops[term.edge.to] === Op.mul;
  if (isFactor && is(before + term.upstream * data[value]!)) return words.isOwnFactor;
  if (is(data[value]!)) return words.isValue(name);
  return null;
}

/** The results of other operations on the same operands. */
function valueThought(
  { data, tape }: Expression,
  { item, phase }: Question,
  answer: number,
): string | null {
  if (phase !== "forward" || item >= tape.count) return null;
  const a = data[tape.left[item]!]!;
  if (tape.right[item]! < 0) return isRight(answer, a) ? words.isOperand : null;
  const b = data[tape.right[item]!]!;
  const { sum, difference, product } = words.otherResults;
  const others: [number, string][] = [
    [a + b, sum],
    [a * b, product],
    [a - b, difference],
  ];
  const found = others.find(([number]) => isRight(answer, number));
  return found === undefined ? null : words.isOther(found[1]);
}

export function judgeSign({ truth }: Blank, answer: Sign): Verdict {
  const sign = truth > 0 ? "positive" : truth < 0 ? "negative" : "zero";
  return sign === answer ? RIGHT : wrong(words.notYet);
}

/** Which of the blanks change, of which a learner has ticked some. */
export function judgeParents(blanks: readonly Blank[], ticked: readonly boolean[]): Verdict {
  const missing = blanks.filter((blank, n) => changes(blank) && !ticked[n]).length;
  const extra = blanks.filter((blank, n) => !changes(blank) && ticked[n]).length;
  if (missing + extra === 0) return RIGHT;
  const parts = [
    ...(missing > 0 ? [words.missing(missing)] : []),
    ...(extra > 0 ? [words.extra(extra), words.unchanged] : []),
  ];
  return wrong(parts.join(" "));
}
