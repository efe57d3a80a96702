/** Predict, then reveal: asks about the next step, says what is wrong, and then shows it. */
import {
  isQuestion,
  type Kind,
  type NoQuestion,
  nextQuestion,
  type Question,
} from "../quiz/question.ts";
import { comesTo, ruleOf } from "../quiz/rule.ts";
import { type Given, readScore, withAnswer } from "../quiz/score.ts";
import { stepSentence } from "../sentence.ts";
import { quizText as words } from "../strings/quiz.ts";
import { holdsFocus, html } from "./dom.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { type Form, makeForm } from "./quizform.ts";
import { button } from "./toolbar.ts";

export function makeQuiz(desk: Desk): Part {
  return new Quiz(desk);
}

class Quiz implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #kinds = html(
    "select",
    {},
    ...Object.entries(words.kinds).map(([value, label]) => html("option", { value }, label)),
  );
  readonly #score = html("span", { class: "mgw-score" });
  readonly #prompt = html("bdi");
  readonly #blanks = html("div");
  readonly #answer = button(words.answer, "", () => this.#judge());
  readonly #showMe: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #toBackward: HTMLButtonElement;
  readonly #verdict = html("bdi");
  readonly #said: HTMLElement;
  readonly #tolerance = html("p", { class: "mgw-note" }, words.tolerance);
  #asked: Question | NoQuestion | null = null;
  #form: Form | null = null;
  /** The position that was asked about, once it is shown with what there was to say. */
  #shown: number | null = null;
  /** What the question was made of: with the same it stays, and so does what has been typed. */
  #grounds: readonly unknown[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#showMe = button(words.showMe, "", () => this.#skip());
    this.#next = button(words.next, "", () => this.#goOn());
    this.#toBackward = button(words.toBackward, "", () => this.#leap());
    this.#said = html("p", { class: "mgw-verdict-words" }, this.#verdict);
    const question = html(
      "fieldset",
      { class: "mgw-question" },
      html("legend", {}, this.#prompt),
      html(
        "div",
        { class: "mgw-answer" },
        this.#blanks,
        html(
          "div",
          { class: "mgw-buttons" },
          this.#answer,
          this.#showMe,
          this.#next,
          this.#toBackward,
        ),
      ),
      this.#said,
    );
    // Not a form: a page around it, or its policy, may have ideas of its own about those.
    question.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      this.#judge();
    });
    this.#kinds.addEventListener("change", () => this.#askAnew());
    this.element = html(
      "div",
      { class: "mgw-quiz", role: "group", "aria-label": words.group, hidden: "" },
      html(
        "div",
        { class: "mgw-quiz-head" },
        html("label", {}, html("span", {}, words.kind), this.#kinds),
        this.#score,
      ),
      question,
      this.#tolerance,
    );
  }

  update(situation: Situation | null): void {
    const isOn = situation?.expression.numbers.isGuessing ?? false;
    this.element.hidden = !isOn;
    if (situation === null || !isOn) {
      this.#shown = null;
      this.#grounds = [];
      return;
    }
    const { asked, right } = readScore(this.#desk.traits.get("score"));
    this.#score.textContent = asked === 0 ? "" : words.score(right, asked);
    const { expression, fold } = situation;
    const { position, leavesVersion } = expression.numbers;
    if (this.#shown === position) return;
    this.#shown = null;
    const asks = nextQuestion(expression, fold, this.#kind);
    const item = isQuestion(asks) ? asks.item : null;
    const grounds = [asks?.step, this.#kind, item, position, leavesVersion, expression];
    if (grounds.every((ground, n) => ground === this.#grounds[n])) return;
    this.#grounds = grounds;
    this.#ask(asks);
  }

  get #kind(): Kind {
    return this.#kinds.value as Kind;
  }

  #askAnew(): void {
    this.#shown = null;
    this.#grounds = [];
    this.update(this.#desk.situation);
  }

  #ask(asks: Question | NoQuestion | null): void {
    const hadFocus = holdsFocus(this.#blanks) || holdsFocus(this.#next);
    const question = isQuestion(asks) ? asks : null;
    const refusal = isQuestion(asks) ? null : asks;
    this.#asked = asks;
    this.#form = question && makeForm(question);
    this.#prompt.textContent = question?.prompt ?? refusal?.reason ?? words.end;
    this.#blanks.replaceChildren(...(this.#form ? [this.#form.fields] : []));
    this.#blanks.hidden = this.#form === null;
    this.#tolerance.hidden = question?.kind !== "number";
    this.#say("");
    this.#offer({
      answer: question !== null,
      next: refusal !== null,
      toBackward: refusal?.isEarly ?? false,
    });
    if (hadFocus) (this.#form?.first ?? this.#next).focus({ preventScroll: true });
  }

  #offer(which: { answer: boolean; next: boolean; toBackward: boolean }): void {
    this.#answer.hidden = this.#showMe.hidden = !which.answer;
    this.#next.hidden = !which.next;
    this.#toBackward.hidden = !which.toBackward;
  }

  #judge(): void {
    const { situation } = this.#desk;
    const question = this.#question;
    if (situation === null || question === null || this.#form === null) return;
    const outcome = this.#form.read(situation);
    if ("missing" in outcome) {
      this.#say(outcome.missing);
      return;
    }
    const { given, verdict } = outcome;
    this.#keep(question, given, verdict.isRight);
    if (verdict.isRight) this.#reveal(question, words.right);
    else this.#say(`${verdict.words} ${ruleOf(situation.expression, question, false)}`, "wrong");
  }

  #skip(): void {
    const question = this.#question;
    if (question === null) return;
    this.#keep(question, null, false);
    this.#reveal(question, words.shown);
  }

  get #question(): Question | null {
    return isQuestion(this.#asked) ? this.#asked : null;
  }

  #keep({ step, kind }: Question, answer: Given, right: boolean): void {
    const score = readScore(this.#desk.traits.get("score"));
    this.#desk.traits.set("score", withAnswer(score, { step, kind, answer, right }));
  }

  /** Takes the step, and stays with what there was to say of it until somebody goes on. */
  #reveal(question: Question, word: string): void {
    const hadFocus = holdsFocus(this.element);
    this.#shown = question.step;
    this.#grounds = [];
    this.#desk.traits.set("step", question.step);
    const { situation } = this.#desk;
    if (situation === null) return;
    this.#blanks.replaceChildren();
    this.#blanks.hidden = true;
    this.#say(`${word} ${this.#explanation(situation, question)}`, "right");
    this.#offer({ answer: false, next: true, toBackward: false });
    if (hadFocus) this.#next.focus({ preventScroll: true });
  }

  #explanation({ expression, fold }: Situation, question: Question): string {
    if (question.phase === "forward") return stepSentence(expression, fold);
    const sums = question.blanks.flatMap(({ name, flow }) => (flow ? [comesTo(name, flow)] : []));
    return [ruleOf(expression, question, true), ...sums].join(" ");
  }

  /** To the next question; where there is none, over it. */
  #goOn(): void {
    const asked = this.#asked;
    if (this.#shown === null && asked !== null) this.#desk.traits.set("step", asked.step);
    else this.#askAnew();
  }

  #leap(): void {
    const passes = this.#desk.situation?.expression.numbers.passes;
    if (passes) this.#desk.traits.set("step", passes.forward + 1);
  }

  #say(sentence: string, mood: "right" | "wrong" | "" = ""): void {
    this.#verdict.textContent = sentence;
    this.#said.dataset.mood = mood;
    this.#said.hidden = sentence === "";
    if (sentence !== "") this.#desk.say(sentence);
  }
}
