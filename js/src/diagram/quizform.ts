/** The blanks of one question: fields for numbers, three signs to choose from, boxes to tick. */
import { judgeNumber, judgeParents, judgeSign, type Sign, type Verdict } from "../quiz/judge.ts";
import { typedNumber } from "../quiz/number.ts";
import type { Blank, Question } from "../quiz/question.ts";
import type { Given } from "../quiz/score.ts";
import { quizText as words } from "../strings/quiz.ts";
import { html, isolated } from "./dom.ts";
import type { Situation } from "./part.ts";

/** What was answered and what is to be said of it; or only what is missing for an answer. */
export type Outcome =
  | { readonly given: Given; readonly verdict: Verdict }
  | { readonly given: null; readonly missing: string };

export interface Form {
  readonly fields: HTMLElement;
  readonly first: HTMLElement;
  read(situation: Situation): Outcome;
}

export function makeForm(question: Question): Form {
  switch (question.kind) {
    case "number":
      return numberForm(question);
    case "sign":
      return signForm(question);
    default:
      return parentsForm(question);
  }
}

function numberForm(question: Question): Form {
  const inputs = question.blanks.map(() =>
    html("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 11 }),
  );
  const labels = question.blanks.map((blank, n) =>
    html("label", {}, html("span", {}, isolated(blank.label)), inputs[n]!),
  );
  return {
    fields: html("div", { class: "mgw-blanks" }, ...leadOf(question), ...labels),
    first: inputs[0]!,
    read({ expression }) {
      const answers = inputs.map(({ value }) => typedNumber(value));
      if (answers.includes(null)) return { given: null, missing: words.noNumber };
      const given = inputs.map(({ value }) => value.trim()).join(", ");
      const verdicts = question.blanks.map((blank, n) =>
        judgeNumber(expression, question, blank, answers[n]!),
      );
      return { given, verdict: together(question.blanks, verdicts) };
    },
  };
}

const SIGNS: readonly Sign[] = ["positive", "zero", "negative"];

function signForm(question: Question): Form {
  // A page may ask the same in several figures, and there is no form to keep them apart.
  const own = Math.random().toString(36).slice(2);
  const choices = question.blanks.map((_, n) =>
    SIGNS.map((value) => html("input", { type: "radio", name: `mgw-sign-${own}-${n}`, value })),
  );
  const groups = question.blanks.map((blank, n) =>
    html(
      "fieldset",
      {},
      html("legend", {}, isolated(blank.label)),
      ...choices[n]!.map((input, s) => html("label", {}, input, words.signs[SIGNS[s]!])),
    ),
  );
  return {
    fields: html("div", { class: "mgw-blanks" }, ...leadOf(question), ...groups),
    first: choices[0]![0]!,
    read() {
      const chosen = choices.map((inputs) => SIGNS[inputs.findIndex(({ checked }) => checked)]);
      if (chosen.includes(undefined)) return { given: null, missing: words.noSign };
      const verdicts = question.blanks.map((blank, n) => judgeSign(blank, chosen[n]!));
      return { given: chosen.join(", "), verdict: together(question.blanks, verdicts) };
    },
  };
}

function parentsForm({ blanks }: Question): Form {
  const boxes = blanks.map(() => html("input", { type: "checkbox" }));
  const labels = blanks.map(({ name }, n) => html("label", {}, boxes[n]!, isolated(name)));
  return {
    fields: html(
      "fieldset",
      { class: "mgw-blanks" },
      html("legend", {}, words.whichChange),
      ...labels,
    ),
    first: boxes[0]!,
    read() {
      const ticked = boxes.map(({ checked }) => checked);
      const given = blanks.filter((_, n) => ticked[n]).map(({ name }) => name);
      return { given, verdict: judgeParents(blanks, ticked) };
    },
  };
}

function leadOf({ kind, phase }: Question): HTMLElement[] {
  if (phase !== "backward") return [];
  return [html("span", {}, kind === "sign" ? words.whichSign : words.whichGradient)];
}

/** Right if all is; else what is wrong, said of each where there are several. */
function together(blanks: readonly Blank[], verdicts: readonly Verdict[]): Verdict {
  const isRight = verdicts.every((verdict) => verdict.isRight);
  const [only] = verdicts;
  if (isRight || (verdicts.length === 1 && only !== undefined)) return only!;
  const said = verdicts.map((verdict, n) =>
    words.about(blanks[n]!.name, verdict.isRight ? words.right : verdict.words),
  );
  return { isRight, words: said.join(" ") };
}
