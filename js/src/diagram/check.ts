/** The numerical check: beside each gradient the slope that is measured when the value is moved. */
import { STEP } from "../check.ts";
import { Checks } from "../checks.ts";
import { onlyOutput } from "../grouped.ts";
import { checkText } from "../strings/check.ts";
import { fullNumber, MINUS, shortNumber } from "../text.ts";
import { html } from "./dom.ts";
import type { Desk, Part, Remark, Situation } from "./part.ts";
import { button } from "./toolbar.ts";

/** Powers of ten between which the step can be chosen, a quarter at a time. */
const SMALLEST = -14;
const LARGEST = -1;
const QUARTER = 0.25;

export function makeCheck(desk: Desk): Part {
  return new NumericalCheck(desk);
}

class NumericalCheck implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #checks: Checks;
  readonly #verdict = html("strong", { class: "mgw-verdict" });
  readonly #slider = html("input", {
    type: "range",
    min: SMALLEST,
    max: LARGEST,
    step: QUARTER,
    "aria-label": checkText.step,
  });
  readonly #number = html("strong", { class: "mgw-check-number" });
  readonly #selected = html("p", { class: "mgw-check-selected" });

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#checks = new Checks(() => this.#more(), desk.signal);
    const best = button(checkText.best, "", () => this.#choose(STEP));
    best.title = checkText.bestTitle;
    this.element = html(
      "div",
      { class: "mgw-check", role: "group", "aria-label": checkText.name, hidden: "" },
      this.#verdict,
      html(
        "div",
        { class: "mgw-check-step" },
        html("span", {}, checkText.step),
        html(
          "div",
          { class: "mgw-check-scale" },
          this.#slider,
          html("span", {}, checkText.small),
          html("span", {}, checkText.large),
        ),
        this.#number,
        best,
      ),
      this.#selected,
      html("p", { class: "mgw-note" }, checkText.rule),
    );
    const { signal } = desk;
    this.#slider.addEventListener("input", () => this.#slide(), { signal });
    this.#slider.addEventListener("change", () => this.#speak(), { signal });
  }

  update(situation: Situation | null): void {
    const isOn = situation !== null && this.#isOn;
    this.element.hidden = !isOn;
    if (!isOn) return;
    this.#slider.value = `${Math.log10(this.#step)}`;
    this.#slider.setAttribute("aria-valuetext", shortNumber(this.#step));
    this.#number.textContent = shortNumber(this.#step);
    this.#measure(situation);
    this.#tell(situation);
  }

  remark(item: number): Remark | null {
    const { situation } = this.#desk;
    if (situation === null || !this.#isOn) return null;
    if (!this.#checks.suit(situation.expression, this.#step)) this.#measure(situation);
    const value = measurable(situation, item);
    const check = value === null ? null : this.#checks.of(value);
    if (value === null || check === null) return null;
    const { numerical, error, ok } = check;
    const mark = ok ? checkText.right : checkText.wrong;
    return {
      word: checkText.word,
      number: shortNumber(numerical),
      mark,
      label: `${mark} ${roughly(error)}`,
      isWrong: !ok,
      spoken: checkText.spoken(shortNumber(numerical), ok, roughly(error)),
    };
  }

  get #isOn(): boolean {
    return this.#desk.traits.get("overlay") === "check";
  }

  get #step(): number {
    const step = this.#desk.traits.get("check_step");
    return typeof step === "number" && step > 0 && Number.isFinite(step) ? step : STEP;
  }

  #measure(situation: Situation): void {
    const { expression, fold } = situation;
    const values = fold.shown.flatMap((item) => measurable(situation, item) ?? []);
    this.#checks.want(values, expression, this.#step);
  }

  /** Something was measured after the picture had been painted. */
  #more(): void {
    const { situation } = this.#desk;
    if (situation === null || !this.#isOn) return;
    this.#desk.repaint();
    this.#tell(situation);
  }

  #tell(situation: Situation): void {
    this.#verdict.textContent = this.#agreement(situation);
    this.#selected.textContent = this.#aboutSelected(situation);
    this.#selected.hidden = this.#selected.textContent === "";
  }

  #agreement(situation: Situation): string {
    const checks = situation.fold.shown.flatMap((item) => {
      const value = measurable(situation, item);
      return value === null ? [] : (this.#checks.of(value) ?? []);
    });
    const words = checkText.agree(checks.filter(({ ok }) => ok).length, checks.length);
    return this.#checks.isWorking ? `${words}, ${checkText.working}` : words;
  }

  #aboutSelected(situation: Situation): string {
    const { expression, item } = situation;
    const value = item === null ? null : measurable(situation, item);
    const check = value === null ? null : this.#checks.of(value);
    if (value === null || check === null) return "";
    return checkText.selected(
      expression.name(value),
      expression.fullGradient(value),
      fullNumber(check.numerical),
      roughly(check.error),
      check.ok ? checkText.right : checkText.wrong,
    );
  }

  #slide(): void {
    this.#choose(10 ** Number(this.#slider.value));
  }

  #choose(step: number): void {
    this.#desk.traits.set("check_step", step);
  }

  #speak(): void {
    const { situation } = this.#desk;
    if (situation === null) return;
    this.#desk.say(checkText.stepSpoken(shortNumber(this.#step), this.#agreement(situation)));
  }
}

/** The value whose gradient is shown for an item, once all of that gradient has come. */
function measurable({ expression }: Situation, item: number): number | null {
  const value = expression.has(item) ? item : onlyOutput(expression, item - expression.tape.count);
  return value === null || expression.numbers.isPartial(value) ? null : value;
}

/** The size of an error: its first digit says enough. */
function roughly(error: number): string {
  if (error === 0 || !Number.isFinite(error)) return shortNumber(error);
  return error.toExponential(0).replace("e+", "e").replace("-", MINUS);
}
