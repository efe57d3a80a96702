/** How often a learner was right, as the model keeps it: for all views, and for Python to read. */
import type { Kind } from "./question.ts";

/** What was answered: as typed, a sign, names; null where it was shown without an answer. */
export type Given = string | readonly string[] | null;

export interface Answered {
  readonly step: number;
  readonly kind: Kind;
  readonly answer: Given;
  readonly right: boolean;
}

export interface Score {
  /** Questions that were answered, or shown without an answer. */
  readonly asked: number;
  /** Those answered right at the first try. */
  readonly right: number;
  readonly skipped: number;
  /** Every try, the last ones where there are very many. */
  readonly answers: readonly Answered[];
}

/** A model may be saved, so it must not grow without end. */
const MOST_ANSWERS = 500;
const LONGEST = 40;

export function readScore(trait: unknown): Score {
  const { asked, right, skipped, answers } = (trait ?? {}) as Partial<Score>;
  const count = (n: unknown) => (typeof n === "number" && n >= 0 ? n : 0);
  return {
    asked: count(asked),
    right: count(right),
    skipped: count(skipped),
    answers: Array.isArray(answers) ? answers : [],
  };
}

/** The score after one more try; only the first one at a question counts. */
export function withAnswer(score: Score, { step, kind, answer, right }: Answered): Score {
  const isFirst = !score.answers.some((other) => other.step === step && other.kind === kind);
  const shortened = typeof answer === "string" ? answer.slice(0, LONGEST) : answer;
  return {
    asked: score.asked + Number(isFirst),
    right: score.right + Number(isFirst && right),
    skipped: score.skipped + Number(isFirst && answer === null),
    answers: [...score.answers, { step, kind, answer: shortened, right }].slice(-MOST_ANSWERS),
  };
}
