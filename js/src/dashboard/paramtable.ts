/** Every parameter with its value, gradient and update, page by page. */
import { holdsFocus, html, isolated, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { copy } from "../export/clipboard.ts";
import { isForDeck } from "../presenting/deckkeys.ts";
import { steadyNumber, turnedNumber } from "../strings/figures.ts";
import { type Column, paramtableText as said } from "../strings/paramtable.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import { matching, NATURAL, type Numbers, nextOrder, sorted, spreadsheet } from "./paramrows.ts";
import css from "./paramtable.css";
import type { Desk, MakePart, Part } from "./part.ts";
import { Roving } from "./roving.ts";
import { Section } from "./section.ts";
import { parameterName, selectedParameter, toggleParameter } from "./selectedparameter.ts";

export { css as paramtableCss };

export const makeParamtable: MakePart = (desk) => new Paramtable(desk);

/** Rows of a page. */
const ROWS = 20;
const COLUMNS = Object.keys(said.columns) as Column[];

class Paramtable implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #section: Section;
  readonly #filter = html("input", { type: "text", placeholder: said.filterExample });
  readonly #heads = new Map<Column, { cell: HTMLElement; sign: HTMLElement }>();
  readonly #body = html("tbody");
  readonly #rows: readonly Row[];
  readonly #roving: Roving;
  readonly #range = html("span", { class: "mgw-paramtable-range", role: "status" });
  readonly #before: HTMLButtonElement;
  readonly #after: HTMLButtonElement;
  readonly #kept = html("span", { class: "mgw-paramtable-kept", hidden: "" }, said.keptOrder);
  #order = NATURAL;
  /** Of all parameters that match, in order; null when it has to be found anew. */
  #listed: readonly number[] | null = null;
  #sortedBy: Float64Array | null = null;
  #first = 0;
  #network: Network | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { signal } = desk;
    this.#section = new Section(desk, said.title, "mgw-paramtable", false);
    this.element = this.#section.element;
    this.#before = button("\u2039", said.before, () => this.#turn(-ROWS));
    this.#after = button("\u203a", said.after, () => this.#turn(ROWS));
    this.#rows = Array.from({ length: ROWS }, () => new Row((p) => this.#select(p)));
    this.#body.append(...this.#rows.map(({ element }) => element));
    this.#roving = new Roving(this.#body, signal);
    const heads = COLUMNS.map((column) => this.#headOf(column));
    this.#section.body.append(
      html(
        "div",
        { class: "mgw-paramtable-bar" },
        html("label", {}, html("span", {}, said.filter), this.#filter),
        button(said.copy, said.copyTitle, () => void this.#copy()),
        html(
          "span",
          { class: "mgw-paramtable-pages" },
          ...[this.#before, this.#range, this.#after, this.#kept],
        ),
      ),
      html(
        "div",
        { class: "mgw-paramtable-frame" },
        html(
          "table",
          { "aria-label": said.caption },
          html("thead", {}, html("tr", {}, ...heads)),
          this.#body,
        ),
      ),
    );
    this.#filter.addEventListener("input", () => this.#relist(), { signal });
    this.#body.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null || !this.#section.isDue(session)) return;
    if (session.network !== this.#network) {
      this.#network = session.network;
      this.#listed = null;
    }
    const listed = this.#list(session);
    const last = Math.max(0, listed.length - 1);
    this.#first = Math.min(this.#first, last - (last % ROWS));
    const selected = selectedParameter(this.#desk, session);
    const numbers = numbersOf(session);
    const { network, knowsUpdates } = session;
    let isOther = false;
    for (const [n, row] of this.#rows.entries()) {
      const parameter = listed[this.#first + n] ?? null;
      isOther = row.show(network, parameter, numbers, knowsUpdates, selected) || isOther;
    }
    if (isOther) this.#roving.refresh();
    const end = Math.min(this.#first + ROWS, listed.length);
    write(this.#range, said.rows(this.#first + 1, end, listed.length));
    disable(this.#before, this.#first === 0);
    disable(this.#after, end === listed.length);
    this.#showOrder();
  }

  /** While it plays, rows stay where they are: nobody could read what jumps. */
  #list(session: Session): readonly number[] {
    const { column } = this.#order;
    const numbers = numbersOf(session);
    const by = column === "name" ? null : numbers[column];
    if (this.#listed === null || (by !== this.#sortedBy && !session.isPlaying)) {
      const names = session.network.names.map((_, p) => parameterName(session.network, p));
      this.#listed = sorted(matching(names, this.#filter.value), this.#order, numbers);
      this.#sortedBy = by;
    }
    const isKept = by !== this.#sortedBy;
    if (this.#kept.hidden === isKept) this.#kept.hidden = !isKept;
    return this.#listed;
  }

  #relist(): void {
    this.#listed = null;
    this.#first = 0;
    this.#desk.refresh();
  }

  #headOf(column: Column): HTMLElement {
    const sign = html("span", { class: "mgw-paramtable-sign", "aria-hidden": "true" });
    const sort = button(said.columns[column], "", () => {
      this.#order = nextOrder(this.#order, column);
      this.#relist();
    });
    sort.title = said.sortTitle(said.columns[column]);
    sort.append(sign);
    const cell = html("th", { scope: "col" }, sort);
    this.#heads.set(column, { cell, sign });
    return cell;
  }

  #showOrder(): void {
    for (const [column, { cell, sign }] of this.#heads) {
      const { isDescending } = this.#order;
      const isSorted = column === this.#order.column;
      const order = isSorted ? (isDescending ? "descending" : "ascending") : "none";
      if (cell.getAttribute("aria-sort") !== order) cell.setAttribute("aria-sort", order);
      write(sign, isSorted ? (isDescending ? "\u2193" : "\u2191") : "");
    }
  }

  #turn(rows: number): void {
    const count = this.#listed?.length ?? 0;
    const first = this.#first + rows;
    if (first < 0 || first >= count) return;
    this.#first = first;
    this.update(this.#desk.session);
  }

  #key(event: KeyboardEvent): void {
    const rows = { PageUp: -ROWS, PageDown: ROWS }[event.key];
    if (rows === undefined || isForDeck(event) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#turn(rows);
    // The last page may be shorter.
    if (!holdsFocus(this.#body)) this.#roving.focus(0);
  }

  #select(parameter: number): void {
    const { session } = this.#desk;
    if (session !== null) toggleParameter(this.#desk, session, parameter);
  }

  async #copy(): Promise<void> {
    const { session } = this.#desk;
    if (session === null) return;
    const rows = this.#list(session);
    const { network } = session;
    const heads = COLUMNS.map((column) => said.columns[column]);
    const name = (p: number) => parameterName(network, p);
    const text = spreadsheet(rows, name, heads, numbersOf(session));
    const isDone = await copy(text, this.element);
    this.#desk.hint(isDone ? said.copied(rows.length) : said.notCopied);
    this.#desk.say(isDone ? said.copied(rows.length) : said.notCopied);
  }
}

class Row {
  readonly element = html("tr");
  readonly #select: HTMLButtonElement;
  readonly #cells = [html("td"), html("td"), html("td")] as const;
  #parameter: number | null = null;
  #network: Network | null = null;

  constructor(select: (parameter: number) => void) {
    const choose = () => {
      if (this.#parameter !== null) select(this.#parameter);
    };
    this.#select = button("", "", () => {});
    this.element.append(html("th", { scope: "row" }, this.#select), ...this.#cells);
    this.element.addEventListener("click", () => {
      // Whoever marks numbers with the mouse wants to copy them.
      if (getSelection()?.isCollapsed !== false) choose();
    });
  }

  /** Says whether it shows another parameter than before. */
  show(
    network: Network,
    parameter: number | null,
    { value, gradient, update }: Numbers,
    knowsUpdates: boolean,
    selected: number | null,
  ): boolean {
    const isOther = parameter !== this.#parameter || network !== this.#network;
    if (isOther) {
      [this.#parameter, this.#network] = [parameter, network];
      this.element.hidden = parameter === null;
      const name = parameter === null ? "" : parameterName(network, parameter);
      this.#select.replaceChildren(isolated(name));
    }
    if (parameter === null) return isOther;
    const words = [
      steadyNumber(value[parameter]!),
      turnedNumber(gradient[parameter]!),
      knowsUpdates ? turnedNumber(update[parameter]!) : said.unknown,
    ];
    for (const [n, cell] of this.#cells.entries()) write(cell, words[n]!);
    const isPressed = `${parameter === selected}`;
    if (this.#select.getAttribute("aria-pressed") !== isPressed) {
      this.#select.setAttribute("aria-pressed", isPressed);
      this.element.classList.toggle("mgw-paramtable-selected", parameter === selected);
    }
    return isOther;
  }
}

const numbersOf = ({ parameters, gradients, updates }: Session): Numbers => ({
  value: parameters,
  gradient: gradients,
  update: updates,
});

/** Not by the attribute `disabled`: that would take the focus away. */
function disable(control: HTMLButtonElement, isDisabled: boolean): void {
  const value = `${isDisabled}`;
  if (control.getAttribute("aria-disabled") !== value) control.setAttribute("aria-disabled", value);
}
