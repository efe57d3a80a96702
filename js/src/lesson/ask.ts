/** The question of a scene: a number to type or a choice to make, and what there is to say of it. */
import { html } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { isNear, isRight, typedNumber } from "../quiz/number.ts";
import { said } from "../strings/lesson.ts";
import { quizText } from "../strings/quiz.ts";
import { shortNumber } from "../text.ts";
import type { Question } from "./scenes.ts";
import { type NumberOf, Words } from "./words.ts";

/** A try: null where the answer was shown instead. */
export interface Try {
  readonly answer: number | string | null;
  readonly right: boolean;
}

export interface AskEvents {
  /** The number that is asked for, with the numbers that the figure has now. */
  truth(node: number, of: "data" | "grad"): number;
  select(node: number): void;
  tried(done: Try): void;
  say(words: string): void;
}

let made = 0;

export class Ask {
  readonly element: HTMLElement;
  readonly #question: Question;
  readonly #events: AskEvents;
  readonly #prompt: Words;
  readonly #because: Words;
  readonly #field = html("input", { type: "text", size: 10, "aria-label": said.number });
  readonly #choices: readonly HTMLInputElement[];
  readonly #tools: HTMLElement;
  readonly #verdict = html("p", { class: "mgw-verdict-words", hidden: "" });
  #isOpen = true;

  constructor(question: Question, events: AskEvents) {
    this.#question = question;
    this.#events = events;
    this.#prompt = new Words(question.text, events.select);
    this.#because = new Words(question.because, events.select);
    this.#because.element.hidden = true;
    const name = `mgw-choice-${made++}`;
    this.#choices = question.choices.map(() => html("input", { type: "radio", name }));
    const choices = question.choices.map((words, n) =>
      html("label", { class: "mgw-choice" }, this.#choices[n]!, html("span", {}, words)),
    );
    this.#tools = html(
      "div",
      { class: "mgw-buttons" },
      ...(choices.length === 0 ? [this.#field] : []),
      button(said.check, "", () => this.#check()),
      button(said.showMe, "", () => this.show()),
    );
    // Not a form: a page around it, or its policy, may have ideas of its own about those.
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#check();
    });
    this.element = html(
      "div",
      { class: "mgw-ask", role: "group", "aria-label": said.question },
      this.#prompt.element,
      ...choices,
      this.#tools,
      this.#verdict,
      this.#because.element,
    );
  }

  /** Whether an answer is still to come. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  update(selected: unknown, numberOf: NumberOf): void {
    this.#prompt.update(selected, numberOf);
    this.#because.update(selected, numberOf);
  }

  /** Says what there is to do, to somebody who wants to go on. */
  insist(): void {
    this.#tell(said.answerFirst, "wrong");
    (this.#choices[0] ?? this.#field).focus({ preventScroll: true });
  }

  /** Gives the answer. */
  show(): void {
    if (this.#isOpen) this.#events.tried({ answer: null, right: false });
  }

  /** Puts the answer where the question was open: it was right, or it is shown. */
  settle(isRight: boolean): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { answer, choices } = this.#question;
    this.#tools.hidden = true;
    this.#choices.forEach((choice, n) => {
      choice.checked = n === answer;
      choice.disabled = true;
    });
    const is =
      typeof answer === "number"
        ? said.isChoice(choices[answer]!)
        : said.isNumber(shortNumber(this.#truth));
    this.#because.element.hidden = false;
    this.#tell(`${isRight ? said.right : quizText.shown} ${is}`, "right");
  }

  #check(): void {
    if (!this.#isOpen) return;
    const { answer } = this.#question;
    const [given, missing] = typeof answer === "number" ? this.#chosen() : this.#typed();
    if (given === null) {
      this.#tell(missing, "wrong");
      return;
    }
    const wrong = typeof given === "number" ? this.#judged(given) : this.#compared(given);
    this.#events.tried({ answer: given, right: wrong === "" });
    if (wrong !== "") this.#tell(wrong, "wrong");
  }

  #typed(): [number | null, string] {
    return [typedNumber(this.#field.value), quizText.noNumber];
  }

  #chosen(): [string | null, string] {
    const place = this.#choices.findIndex(({ checked }) => checked);
    return [this.#question.choices[place] ?? null, said.noChoice];
  }

  #compared(given: string): string {
    const { answer, choices } = this.#question;
    return choices[answer as number] === given ? "" : quizText.notYet;
  }

  #judged(given: number): string {
    const truth = this.#truth;
    if (isRight(given, truth)) return "";
    if (isRight(-given, truth)) return quizText.wrongSign;
    return isNear(given, truth) ? quizText.close : quizText.notYet;
  }

  get #truth(): number {
    const { node, of } = this.#question.answer as { node: number; of: "data" | "grad" };
    return this.#events.truth(node, of);
  }

  #tell(words: string, mood: "right" | "wrong"): void {
    this.#verdict.hidden = false;
    this.#verdict.dataset.mood = mood;
    this.#verdict.textContent = words;
    this.#events.say(words);
  }
}
