/** One of the two panes: its code, its picture, its visits, and a sentence for the step. */
import type { Scale, Theme } from "../diagram/colours.ts";
import { html, isolated } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { CROSS, said } from "../strings/misconceptions.ts";
import { text } from "../strings.ts";
import { shortNumber } from "../text.ts";
import { into } from "./scrolling.ts";
import { sentenceAt } from "./sentences.ts";
import type { Board, Setting } from "./setting.ts";
import type { Walk } from "./simulations.ts";
import { Sketch } from "./sketch.ts";
import { type Standing, standingAt } from "./standing.ts";
import { type Stop, stopsOf } from "./stops.ts";

export class Pane {
  readonly element: HTMLElement;
  readonly #which: "right" | "mistake";
  readonly #go: (step: number) => void;
  readonly #sketch: Sketch;
  readonly #code = html("code");
  readonly #sentence = html("p", { class: "mgw-sentence" });
  readonly #visits = html("ol", { class: "mgw-visits", "aria-label": said.visits });
  readonly #note = html("p", { class: "mgw-note", hidden: "" });
  readonly #rows = html("tbody");
  readonly #numbers: HTMLDetailsElement;
  #chips: { stop: Stop; chip: HTMLButtonElement; mark: HTMLElement }[] = [];
  #setting: Setting | null = null;
  #standing: Standing | null = null;

  constructor(which: "right" | "mistake", go: (step: number) => void) {
    this.#which = which;
    this.#go = go;
    const title = said[which];
    this.#sketch = new Sketch(said.picture(title));
    const columns = [text.name, text.value, text.gradient];
    const head = columns.map((word) => html("th", { scope: "col" }, word));
    const table = html("table", {}, html("thead", {}, html("tr", {}, ...head)), this.#rows);
    this.#numbers = html("details", {}, html("summary", {}, said.numbers), table);
    this.#numbers.addEventListener("toggle", () => this.#list());
    this.element = html(
      "div",
      { class: `mgw-pane mgw-pane-${which}`, role: "group", "aria-label": title },
      html("p", { class: "mgw-pane-title" }, title),
      html("pre", {}, this.#code),
      this.#sketch.element,
      this.#sentence,
      this.#visits,
      this.#note,
      this.#numbers,
    );
  }

  /** Begins with another simulation, whose picture is still to come. */
  take(setting: Setting): void {
    this.#setting = setting;
    const walk = this.#walk(setting);
    this.#sketch.clear();
    this.#code.textContent = walk.code;
    const stops = stopsOf(walk, (node) => setting.expression.name(node));
    const first = stops.find(({ wrongAt }) => wrongAt !== null);
    this.#chips = stops.map((stop) => this.#chip(stop, stop === first));
    this.#visits.replaceChildren(...this.#chips.map(({ chip }) => html("li", {}, chip)));
    const notes = [
      ...(walk.count > walk.steps.length ? [said.onlyTheFirst(walk.steps.length, walk.count)] : []),
      ...(walk.is_finished ? [] : [said.notFinished]),
    ];
    this.#note.textContent = notes.join("; ");
    this.#note.hidden = notes.length === 0;
  }

  show(board: Board): void {
    this.#sketch.show(board);
  }

  fit(): void {
    this.#sketch.fit();
  }

  /** Shows how things stand after so many steps, and says it. */
  update(done: number, scale: Scale, theme: Theme): string {
    const setting = this.#setting;
    if (setting === null) return "";
    const walk = this.#walk(setting);
    const standing = standingAt(setting.expression.tape, walk, done);
    this.#standing = standing;
    this.#sketch.paint(setting.expression, standing, scale, theme);
    for (const { stop, chip, mark } of this.#chips) {
      const isNow = stop.from < done && done <= stop.to;
      chip.setAttribute("aria-current", isNow ? "step" : "false");
      chip.classList.toggle("mgw-ahead", done <= stop.from);
      mark.hidden = stop.wrongAt === null || done < stop.wrongAt;
    }
    this.#followVisits();
    const sentence = sentenceAt(setting, this.#which, done, standing);
    const isWrong = done <= walk.steps.length && standing.now?.is_wrong === true;
    this.#sentence.textContent = sentence;
    this.#sentence.classList.toggle("mgw-wrong", isWrong);
    this.#list();
    return sentence;
  }

  #walk({ simulation }: Setting): Walk {
    return simulation[this.#which];
  }

  #chip(stop: Stop, isFirst: boolean) {
    const mark = html("span", { hidden: "" }, ` ${CROSS} `);
    mark.append(isFirst ? said.firstMark : html("span", { class: "mgw-spoken" }, said.wrong));
    const chip = button("", "", () => this.#go(stop.wrongAt ?? stop.to));
    chip.append(isolated(stop.label), mark);
    return { stop, chip, mark };
  }

  #followVisits(): void {
    const chip = this.#visits.querySelector<HTMLElement>('[aria-current="step"]');
    if (chip === null) return;
    const { scrollTop, clientHeight, offsetTop } = this.#visits;
    const start = chip.offsetTop - offsetTop;
    this.#visits.scrollTop = into(scrollTop, clientHeight, start, chip.offsetHeight);
  }

  /** All numbers as a table, while it is open. */
  #list(): void {
    const [setting, standing] = [this.#setting, this.#standing];
    if (!this.#numbers.open || setting === null || standing === null) {
      this.#rows.replaceChildren();
      return;
    }
    const { expression } = setting;
    const row = (i: number) => {
      const gradient = shortNumber(standing.grad[i]!);
      const isWrong = standing.wrongNodes.has(i);
      return html(
        "tr",
        {},
        html("th", { scope: "row" }, isolated(expression.name(i))),
        html("td", {}, shortNumber(standing.data[i]!)),
        html("td", {}, isWrong ? `${CROSS} ${gradient} (${said.wrong})` : gradient),
      );
    };
    const rows = Array.from({ length: expression.tape.count }, (_, i) => row(i));
    this.#rows.replaceChildren(...rows.reverse());
  }
}
