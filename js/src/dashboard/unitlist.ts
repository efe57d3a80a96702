/** The bias and weights of one unit, each to be selected. */
import { html, isolated, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { take } from "../presenting/deckkeys.ts";
import { turnedNumber } from "../strings/figures.ts";
import { netviewText as said } from "../strings/netview.ts";
import type { Session } from "../training/session.ts";
import { unitName } from "./netnames.ts";
import type { Desk } from "./part.ts";
import { Roving } from "./roving.ts";
import { parameterName, selectedParameter, toggleParameter } from "./selectedparameter.ts";
import type { Wiring } from "./wiring.ts";

interface Row {
  readonly parameter: number;
  readonly button: HTMLButtonElement;
  readonly value: HTMLElement;
}

export class UnitList {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #title = html("strong");
  readonly #groups = html("div", { class: "mgw-netview-groups" });
  readonly #roving: Roving;
  readonly #close: () => void;
  #rows: readonly Row[] = [];

  constructor(desk: Desk, close: () => void) {
    this.#desk = desk;
    this.#close = close;
    const head = html("div", { class: "mgw-netview-list-head" }, this.#title);
    head.append(button("×", said.close, close));
    this.element = html("div", { class: "mgw-netview-list", role: "group", hidden: "" });
    this.element.append(head, this.#groups);
    this.#roving = new Roving(this.#groups, desk.signal);
    this.element.addEventListener("keydown", (event) => this.#key(event), { signal: desk.signal });
  }

  open(session: Session, wiring: Wiring, node: number): void {
    const { network } = session;
    const { bias, into, outOf } = wiring.nodes[node]!;
    const { wires } = wiring;
    const name = unitName(network, wiring, node);
    write(this.#title, said.list(name));
    this.element.setAttribute("aria-label", said.list(name));
    const rows: Row[] = [];
    const group = (title: string, entries: { words: string; parameter: number }[]) => {
      if (entries.length === 0) return [];
      const list = html("ul", {});
      for (const { words, parameter } of entries) {
        const row = this.#rowOf(session, words, parameter);
        rows.push(row);
        list.append(html("li", {}, row.button));
      }
      return [html("div", {}, html("h4", {}, title), list)];
    };
    const entry = (n: number, end: "from" | "to") => ({
      words: unitName(network, wiring, wires[n]![end]),
      parameter: wires[n]!.parameter,
    });
    this.#groups.replaceChildren(
      ...group(said.bias, bias === null ? [] : [{ words: said.bias, parameter: bias }]),
      ...group(
        said.incoming,
        into.map((n) => entry(n, "from")),
      ),
      ...group(
        said.outgoing,
        outOf.map((n) => entry(n, "to")),
      ),
    );
    this.#rows = rows;
    this.element.hidden = false;
    this.show(session);
    this.#roving.refresh();
  }

  focus(): void {
    this.#roving.focus(0);
  }

  #rowOf(session: Session, words: string, parameter: number): Row {
    const value = html("span", { class: "mgw-netview-value" });
    const select = button("", "", () => {
      const { session: now } = this.#desk;
      if (now !== null) toggleParameter(this.#desk, now, parameter);
    });
    select.title = parameterName(session.network, parameter);
    select.append(isolated(words), value);
    return { parameter, button: select, value };
  }

  show(session: Session): void {
    const selected = selectedParameter(this.#desk, session);
    for (const { parameter, button, value } of this.#rows) {
      write(value, turnedNumber(session.parameters[parameter]!));
      const isPressed = `${parameter === selected}`;
      if (button.getAttribute("aria-pressed") !== isPressed)
        button.setAttribute("aria-pressed", isPressed);
    }
  }

  hide(): void {
    this.element.hidden = true;
    this.#rows = [];
    this.#groups.replaceChildren();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    take(event);
    this.#close();
  }
}
