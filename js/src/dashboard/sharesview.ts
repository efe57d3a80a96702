/** Each example's share of a gradient, as bars; a click on an example selects it. */
import { html, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { signedNumber } from "../strings/figures.ts";
import { weightText as said } from "../strings/weight.ts";
import type { Session, Share } from "../training/session.ts";
import type { Desk } from "./part.ts";
import { Roving } from "./roving.ts";
import { sharesList } from "./shareslist.ts";

const FEW = 8;
const MORE = 40;

export class SharesView {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #help = html("p", { class: "mgw-weight-help" });
  readonly #list = html("ul", { class: "mgw-weight-shares" });
  readonly #examples: ExampleLine[] = [];
  readonly #penalty = new Line(html("span", {}, said.penalty));
  readonly #restWords = html("span");
  readonly #rest = new Line(this.#restWords);
  readonly #rounding = new Line(html("span", {}, said.rounding));
  readonly #sum = new Line(html("b", {}, said.sum));
  readonly #more: HTMLButtonElement;
  readonly #roving: Roving;
  #most = FEW;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#more = button("", "", () => {
      this.#most = this.#most === FEW ? FEW + MORE : FEW;
      desk.refresh();
    });
    this.#sum.element.classList.add("mgw-weight-sum");
    this.#roving = new Roving(this.#list, desk.signal);
    this.element = html(
      "div",
      {},
      html("h4", {}, said.shares),
      this.#help,
      this.#list,
      html(
        "ul",
        { class: "mgw-weight-shares" },
        ...[this.#rest, this.#penalty, this.#rounding, this.#sum].map(({ element }) => element),
      ),
      this.#more,
    );
  }

  /** So many examples are listed one by one. */
  get most(): number {
    return this.#most;
  }

  foldUp(): void {
    this.#most = FEW;
  }

  show(session: Session, parameter: number): void {
    const { gradients, batch, trained, points } = session;
    const list = sharesList(session.shares(parameter), gradients[parameter]!, this.#most);
    write(this.#help, said.sharesOf(batch.length, batch.length < trained));
    const widest = Math.max(
      Math.abs(list.penalty) || 0,
      ...list.largest.map(({ gradient }) => Math.abs(gradient)).filter(Number.isFinite),
    );
    const before = this.#examples.length;
    while (this.#examples.length < list.largest.length) this.#add();
    for (const [n, line] of this.#examples.entries()) {
      const share = list.largest[n] ?? null;
      line.showExample(share, share === null ? 0 : points.label(share.example), widest);
    }
    if (before !== this.#examples.length) this.#roving.refresh();
    const { rest } = list;
    write(this.#restWords, said.rest(rest.count, rest.zeros));
    this.#rest.element.hidden = rest.count === 0;
    this.#rest.show(rest.sum, null);
    this.#penalty.show(list.penalty, widest);
    this.#rounding.element.hidden = list.rounding === 0 || !Number.isFinite(list.rounding);
    this.#rounding.show(list.rounding, null);
    this.#sum.show(list.gradient, null);
    const hidden = Math.min(MORE, rest.count - rest.zeros);
    this.#more.hidden = this.#most === FEW && hidden === 0;
    write(this.#more, this.#most === FEW ? said.more(hidden) : said.less);
  }

  #add(): void {
    const line = new ExampleLine((example) => this.#select(example));
    this.#examples.push(line);
    this.#list.append(line.element);
  }

  showSelected(): void {
    const point = this.#desk.traits.get("selected_point") ?? null;
    for (const line of this.#examples) line.showSelected(point);
  }

  #select(example: number): void {
    const { traits } = this.#desk;
    traits.set("selected_point", traits.get("selected_point") === example ? null : example);
  }
}

/** Bars begin in the middle: to the right above zero, to the left below. */
class Line {
  readonly element: HTMLElement;
  readonly #bar = html("span", { class: "mgw-weight-bar" });
  readonly #track = html("span", { class: "mgw-weight-track", "aria-hidden": "true" });
  readonly #number = html("span", { class: "mgw-weight-number" });

  constructor(head: HTMLElement) {
    this.#track.append(this.#bar);
    this.element = html("li", {}, head, this.#track, this.#number);
  }

  /** No bar without a size that fills the track. */
  show(x: number, widest: number | null): void {
    write(this.#number, signedNumber(x));
    this.#track.classList.toggle("mgw-weight-no-bar", widest === null);
    const part = widest === null || widest === 0 || !Number.isFinite(x) ? 0 : (50 * x) / widest;
    this.#bar.classList.toggle("mgw-weight-negative", x < 0);
    Object.assign(this.#bar.style, {
      left: `${Math.min(50, 50 + part)}%`,
      width: `${Math.abs(part)}%`,
    });
  }
}

class ExampleLine extends Line {
  readonly #button: HTMLButtonElement;
  #example = -1;
  #label = 0;

  constructor(select: (example: number) => void) {
    const choose = button("", "", () => select(this.#example));
    super(choose);
    this.#button = choose;
  }

  showExample(share: Share | null, label: number, widest: number): void {
    const isHidden = share === null;
    if (this.element.hidden !== isHidden) this.element.hidden = isHidden;
    if (share === null) return;
    this.show(share.gradient, widest);
    if (share.example === this.#example && label === this.#label) return;
    [this.#example, this.#label] = [share.example, label];
    write(this.#button, said.example(share.example, label));
    this.#button.title = said.exampleTitle(share.example, label);
  }

  showSelected(point: unknown): void {
    const isPressed = `${point === this.#example}`;
    if (this.#button.getAttribute("aria-pressed") !== isPressed)
      this.#button.setAttribute("aria-pressed", isPressed);
  }
}
