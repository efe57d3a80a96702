/** "Why this gradient?": the paths that it is the sum of, the largest first. */
import type { Expression } from "../expression.ts";
import { onlyOutput } from "../grouped.ts";
import { type Path, Paths } from "../paths.ts";
import { whyText } from "../strings/why.ts";
import { fullNumber, shortNumber } from "../text.ts";
import { html, isolated, refill } from "./dom.ts";
import { isPlainCharacter } from "./keys.ts";
import type { Desk, Part, Situation } from "./part.ts";
import { marked } from "./rows.ts";
import { factorsOf, stationsOf } from "./stations.ts";

/** So many at first, and so many more each time that somebody asks. */
const SOME = 10;
const TO = " \u2192 ";

export function makeWhy(desk: Desk): Part {
  return new Why(desk);
}

class Why implements Part {
  readonly element = html("details", { class: "mgw-fold mgw-why" });
  readonly #body = html("div", { class: "mgw-why-body" });
  readonly #desk: Desk;
  /** The value explained. */
  #value: number | null = null;
  #most = SOME;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element.append(html("summary", {}, whyText.title), this.#body);
    const { signal } = desk;
    this.element.addEventListener("toggle", () => this.#toggled(), { signal });
  }

  update(situation: Situation | null): void {
    const value = explained(situation);
    if (value !== this.#value) this.#most = SOME;
    this.#value = value;
    this.element.hidden = value === null;
    this.#fill();
  }

  key(event: KeyboardEvent): boolean {
    if (!isPlainCharacter(event) || event.key.toLowerCase() !== "w") return false;
    if (this.#desk.situation === null) return true;
    this.#desk.select(this.#desk.drawing.current);
    const { situation } = this.#desk;
    const value = explained(situation);
    if (situation === null || value === null) return true;
    this.element.open = true;
    this.#desk.say(this.#spoken(situation, value));
    return true;
  }

  #toggled(): void {
    this.#fill();
    if (this.element.open) this.element.scrollIntoView({ block: "nearest" });
  }

  /** Worked out only while it can be seen. */
  #fill(): void {
    const { situation } = this.#desk;
    if (!this.element.open || this.#value === null || situation === null) {
      this.#body.replaceChildren();
      return;
    }
    refill(this.#body, this.#content(situation, this.#value));
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.#body.querySelectorAll("button")];
  }

  #content(situation: Situation, value: number): HTMLElement[] {
    const { expression } = situation;
    if (expression.numbers.isPartial(value)) return [note(whyText.notYet)];
    if (value === expression.output) return [note(whyText.isOutput)];
    const paths = pathsOf(expression, value);
    const best = paths.best(this.#most);
    const count = paths.count();
    const others = count === null ? null : count - BigInt(best.length);
    const own = expression.numbers.ownGradients;
    const { followed } = this.#desk.drawing;
    const list = html("ol", { "aria-label": whyText.list });
    for (const path of best) list.append(html("li", {}, this.#button(situation, path, followed)));
    const isForeign = expression.gradients[value] !== own[value];
    return [
      note(isForeign ? `${whyText.sum(count)} ${whyText.given}` : whyText.sum(count)),
      list,
      ...(others === 0n ? [] : [this.#rest(others, paths.rest(best.length, own))]),
      sumLine("mgw-why-total", whyText.total, fullNumber(own[value]!)),
    ];
  }

  #button({ expression, fold }: Situation, path: Path, followed: Path | null): HTMLElement {
    const stations = stationsOf(expression, fold.contraction, path);
    const names = stations.flatMap((name, at) =>
      at === 0 ? [isolated(name)] : [TO, isolated(name)],
    );
    const isFollowed = followed !== null && isSame(path, followed);
    const button = html(
      "button",
      { type: "button", class: "mgw-path", "aria-pressed": `${isFollowed}` },
      html("span", { class: "mgw-path-names" }, ...names),
      html("span", { class: "mgw-path-factors" }, factorsOf(path)),
      html("b", { class: "mgw-path-product" }, `=\u00a0${marked(path.product)}`),
    );
    button.addEventListener("click", () => this.#choose(button, path, stations.join(TO)));
    return button;
  }

  #choose(button: HTMLElement, path: Path, names: string): void {
    const { drawing } = this.#desk;
    const isChosen = button.getAttribute("aria-pressed") !== "true";
    drawing.follow(isChosen ? path : null);
    for (const other of this.#buttons()) {
      if (other.hasAttribute("aria-pressed")) other.setAttribute("aria-pressed", "false");
    }
    button.setAttribute("aria-pressed", `${isChosen}`);
    if (!isChosen) {
      this.#desk.say(whyText.unlit);
      return;
    }
    const all = path.indices.length;
    const shown = drawing.countDrawn(path.indices);
    const words = whyText.lit(names, shortNumber(path.product));
    this.#desk.say(shown === all ? words : `${words} ${whyText.litPartly(shown, all)}`);
  }

  #rest(count: bigint | null, sum: number): HTMLElement {
    const more = count !== null && count < BigInt(SOME) ? Number(count) : SOME;
    const button = html("button", { type: "button", class: "mgw-why-more" }, whyText.more(more));
    button.addEventListener("click", () => {
      this.#most += SOME;
      this.#fill();
    });
    return sumLine("mgw-why-rest", whyText.rest(count), marked(sum), button);
  }

  #spoken({ expression, fold }: Situation, value: number): string {
    const name = expression.name(value);
    if (expression.numbers.isPartial(value)) return `${name}: ${whyText.notYet}`;
    if (value === expression.output) return `${name}: ${whyText.isOutput}`;
    const paths = pathsOf(expression, value);
    const count = paths.count();
    const gradient = shortNumber(expression.numbers.ownGradients[value]!);
    const [largest] = paths.best(1);
    const names = stationsOf(expression, fold.contraction, largest!).join(", ");
    const product = shortNumber(largest!.product);
    const isOne = count === 1n;
    const way = (isOne ? whyText.only : whyText.largest)(names, factorsOf(largest!), product);
    const all = isOne ? whyText.spokenOne(name, gradient) : whyText.spoken(name, gradient, count);
    return `${all} ${way}`;
  }
}

/** The value whose gradient is shown for what is selected; several have none in common. */
function explained(situation: Situation | null): number | null {
  if (situation === null || situation.item === null) return null;
  const { expression, item } = situation;
  return expression.has(item) ? item : onlyOutput(expression, item - expression.tape.count);
}

const pathsOf = ({ tape, data, consumers }: Expression, value: number): Paths =>
  new Paths(tape, data, value, consumers);

/** Also after a leaf was changed, and another path is the largest. */
const isSame = (a: Path, b: Path): boolean =>
  a.indices.length === b.indices.length &&
  a.indices.every((i, at) => i === b.indices[at]) &&
  a.slots.every((slot, at) => slot === b.slots[at]);

const note = (words: string): HTMLElement => html("p", { class: "mgw-note" }, words);

const sumLine = (kind: string, words: string, sum: string, ...more: HTMLElement[]): HTMLElement =>
  html(
    "div",
    { class: `mgw-why-line ${kind}` },
    html("span", {}, words),
    ...more,
    html("b", {}, sum),
  );
