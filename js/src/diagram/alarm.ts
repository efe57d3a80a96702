/** The bar that tells where numbers went bad: the first nan, a gradient that vanished. */
import { diagnosed, type Finding } from "../diagnosis.ts";
import type { Expression } from "../expression.ts";
import { operandEdges } from "../graph.ts";
import { alarmText } from "../strings/alarm.ts";
import { isolatedText, shortNumber } from "../text.ts";
import { html, isolated } from "./dom.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { button } from "./toolbar.ts";

export const makeAlarm = (desk: Desk): Part => new Alarm(desk);

class Alarm implements Part {
  readonly element: HTMLElement;
  readonly #sentence = html("p", { class: "mgw-alarm-words", role: "status" });
  readonly #rule = html("p", { class: "mgw-note" });
  #finding: Finding | null = null;
  /** What the finding was made for: numbers follow from these two. */
  #expression: Expression | null = null;
  #leavesVersion = -1;

  constructor(desk: Desk) {
    const show = button(alarmText.show, "", () => {
      if (this.#finding !== null) desk.go(this.#finding.at);
    });
    show.title = alarmText.showTitle;
    this.element = html(
      "div",
      { class: "mgw-alarm", hidden: "" },
      html("span", { class: "mgw-alarm-sign", "aria-hidden": "true" }, "!"),
      this.#sentence,
      show,
      this.#rule,
    );
  }

  update(situation: Situation | null): void {
    const expression = situation?.expression ?? null;
    this.#diagnose(expression);
    const finding = this.#finding;
    const isTold = expression !== null && finding !== null && maySay(expression, finding);
    this.element.hidden = !isTold;
    const words = isTold ? sentenceOf(expression, finding) : "";
    if (words === this.#sentence.textContent) return;
    this.#sentence.replaceChildren(isolated(words));
    this.#rule.textContent =
      finding?.kind === "vanished" || finding?.kind === "exploded"
        ? alarmText.rules[finding.kind]
        : "";
    this.#rule.hidden = this.#rule.textContent === "";
  }

  #diagnose(expression: Expression | null): void {
    const leavesVersion = expression?.numbers.leavesVersion ?? -1;
    if (expression === this.#expression && leavesVersion === this.#leavesVersion) return;
    this.#expression = expression;
    this.#leavesVersion = leavesVersion;
    this.#finding =
      expression && diagnosed(expression.tape, expression.data, expression.numbers.ownGradients);
  }
}

/** Whether all that the sentence tells has come, and is not to be guessed. */
function maySay({ numbers }: Expression, { of, at, by, kind }: Finding): boolean {
  if (of === "value") return numbers.seesValue(at);
  if (kind === "vanished" || kind === "exploded") {
    return numbers.position === null || numbers.position === numbers.passes.count;
  }
  return numbers.seesLocals(at) && !numbers.isPartial(by!);
}

function sentenceOf(expression: Expression, finding: Finding): string {
  const { kind, at, by, count } = finding;
  const where = whereOf(expression, at);
  const number = shortNumber(finding.number);
  if (by === null) return alarmText.value(number, where, count, expression.tape.count);
  const whose = isolatedText(expression.name(by));
  const local = shortNumber(finding.local!);
  if (kind === "vanished" || kind === "exploded") {
    return alarmText[kind](whose, count - 1, number, where, local);
  }
  return alarmText.gradient(number, whose, where, local);
}

/** "c = log(a), with a = −1" */
function whereOf(expression: Expression, at: number): string {
  const { names } = expression;
  const name = (i: number) => isolatedText(expression.name(i));
  const operands = operandEdges(expression.tape, at).map(({ from }) => from);
  const [first, second = first] = operands;
  if (first === undefined) return alarmText.leaf(name(at));
  const own = names.label(at) === "" ? "" : name(at);
  const made = alarmText.made(own, names.formula(at, name(first), name(second!)));
  // A constant is called by its number already.
  const told = [...new Set(operands)].filter((i) => names.kind(i) !== "constant");
  return alarmText.where(
    made,
    told.map((i) => alarmText.is(name(i), expression.value(i))),
  );
}
