/** The network with its weights as lines and its units as pictures of their own response. */
import { holdsFocus, html, isolated, write } from "../diagram/dom.ts";
import { netviewText as said } from "../strings/netview.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import { NetLegend } from "./netlegend.ts";
import { spokenUnit } from "./netnames.ts";
import { MOST_LINES } from "./netpainter.ts";
import { NetStage } from "./netstage.ts";
import css from "./netview.css";
import type { Desk, MakePart, Part } from "./part.ts";
import { Pinned } from "./pinned.ts";
import { FORCED_INKS, INKS } from "./pointmarks.ts";
import { Section } from "./section.ts";
import { parameterName, selectedParameter, toggleParameter } from "./selectedparameter.ts";
import { Thumbnails } from "./thumbnails.ts";
import { UnitList } from "./unitlist.ts";
import { type UnitStates, unitStatesOf } from "./unitstates.ts";
import { type Wiring, wiringOf } from "./wiring.ts";

export { css as netviewCss };

export const makeNetview: MakePart = (desk) => new Netview(desk);

/** Weights that begin between −1 and 1 have room to grow in. */
const LEAST_SCALE = 2;
/** While it plays, every point of every unit is looked at no more often than this. */
const CHECK_MS = 300;

class Netview implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #section: Section;
  readonly #stage: NetStage;
  readonly #list: UnitList;
  readonly #legend = new NetLegend();
  readonly #thumbnails = new Thumbnails();
  readonly #reading = html("p", { class: "mgw-netview-reading" });
  readonly #counts = html("p", { class: "mgw-netview-counts" });
  readonly #forced = matchMedia("(forced-colors: active)");
  readonly #scale = new Pinned(LEAST_SCALE);
  #known: { network: Network; wiring: Wiring } | null = null;
  #states: UnitStates | null = null;
  #open: number | null = null;
  /** What the picture, and the words about the units, were made of: nothing is made twice. */
  #drawn: readonly unknown[] = [];
  #painted: readonly unknown[] = [];
  #checked: readonly unknown[] = [];
  #due = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { signal } = desk;
    const changed = () => desk.refresh();
    this.#stage = new NetStage(
      {
        wireClicked: (wire) => this.#select(wire),
        unitClicked: (node, isByKey) => this.#toggleList(node, isByKey),
        changed,
      },
      signal,
    );
    this.#list = new UnitList(desk, () => this.#closeList());
    this.#section = new Section(desk, said.title, "mgw-netview", true);
    this.element = this.#section.element;
    this.#section.body.append(
      this.#counts,
      this.#stage.element,
      this.#reading,
      this.#list.element,
      this.#legend.element,
    );
    this.#forced.addEventListener("change", changed, { signal });
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null || !this.#section.isDue(session)) return;
    const { network } = session;
    if (this.#known?.network !== network) this.#begin(network);
    const { wiring } = this.#known!;
    if (!this.#stage.lay(network, wiring)) return;
    this.#paint(session, wiring);
    this.#check(session, wiring);
    this.#read(session, wiring);
    if (this.#open !== null) this.#list.show(session);
  }

  #begin(network: Network): void {
    this.#known = { network, wiring: wiringOf(network) };
    this.#states = null;
    [this.#painted, this.#checked] = [[], []];
    if (this.#open !== null) this.#closeList();
  }

  #paint(session: Session, wiring: Wiring): void {
    const { parameters, network, points } = session;
    const { theme } = this.#desk;
    const isForced = this.#forced.matches;
    const selected = selectedParameter(this.#desk, session);
    const { layout, wire, node } = this.#stage;
    const grounds = [parameters, points, theme, isForced];
    const drawn = [...grounds, selected, layout, wire, node, this.#open, devicePixelRatio];
    if (same(drawn, this.#drawn)) return;
    this.#drawn = drawn;
    if (!same(grounds, this.#painted)) {
      this.#painted = grounds;
      this.#thumbnails.paint(wiring, session.field, theme, isForced);
    }
    const most = this.#scale.around(network, parameters);
    const inks = isForced ? FORCED_INKS : INKS[theme];
    this.#legend.show(theme, inks, most, network.activation === "tanh", isForced);
    const thumbnails = this.#thumbnails.canvas;
    const lit = this.#lit(wiring, selected);
    this.#stage.paint({ parameters, most, inks, lit, selected, thumbnails });
  }

  #lit({ nodes, wires }: Wiring, selected: number | null): readonly number[] | null {
    const { wire } = this.#stage;
    const node = this.#stage.node ?? this.#open;
    if (wire !== null) return [wire];
    if (node !== null) return [...nodes[node]!.into, ...nodes[node]!.outOf];
    const chosen = wires.findIndex(({ parameter }) => parameter === selected);
    return chosen < 0 ? null : [chosen];
  }

  #check(session: Session, wiring: Wiring): void {
    const { parameters, points, trained, isPlaying } = session;
    const grounds = [parameters, points, trained, wiring];
    if (same(grounds, this.#checked) || (isPlaying && performance.now() < this.#due)) return;
    this.#checked = grounds;
    this.#due = performance.now() + CHECK_MS;
    const states = unitStatesOf(wiring, session);
    this.#states = states;
    this.#stage.mark(states.states);
    write(this.#counts, countsText(states, wiring));
    const { network } = session;
    for (const [n, state] of states.states.entries()) {
      this.#stage.name(n, spokenUnit(network, wiring, parameters, n, state));
    }
  }

  /** What is pointed at, or else has the focus, or else is selected. */
  #read(session: Session, wiring: Wiring): void {
    const { wire, node } = this.#stage;
    const selected = selectedParameter(this.#desk, session);
    const parameter = wire === null ? selected : wiring.wires[wire]!.parameter;
    const state = node === null ? "live" : this.#states!.states[node]!;
    const { network, parameters, gradients } = session;
    const words =
      node !== null && wire === null
        ? spokenUnit(network, wiring, parameters, node, state)
        : parameter === null
          ? said.rest
          : said.wire(
              parameterName(network, parameter),
              parameters[parameter]!,
              gradients[parameter]!,
            );
    if (this.#reading.textContent !== words) this.#reading.replaceChildren(isolated(words));
  }

  #select(wire: number): void {
    const { session } = this.#desk;
    const { parameter } = this.#known!.wiring.wires[wire]!;
    if (session !== null) toggleParameter(this.#desk, session, parameter);
  }

  #toggleList(node: number, isByKey: boolean): void {
    const { session } = this.#desk;
    if (session === null || this.#known === null) return;
    if (node === this.#open) {
      this.#closeList();
      return;
    }
    this.#open = node;
    this.#stage.showOpen(node);
    this.#list.open(session, this.#known.wiring, node);
    // With a mouse one goes on to the next unit, and the page must not scroll away from it.
    if (isByKey) this.#list.focus();
    this.#desk.refresh();
  }

  #closeList(): void {
    const node = this.#open;
    const hadFocus = holdsFocus(this.#list.element);
    this.#open = null;
    this.#list.hide();
    this.#stage.showOpen(null);
    if (hadFocus && node !== null) this.#stage.focusUnit(node);
    this.#desk.refresh();
  }
}

function countsText({ dead, relus, saturated, tanhs }: UnitStates, { wires }: Wiring): string {
  const words: string[] = relus + tanhs === 0 ? [said.noUnits] : [];
  if (relus > 0) words.push(said.dead(dead, relus));
  if (tanhs > 0) words.push(said.saturated(saturated, tanhs));
  if (wires.length > MOST_LINES) words.push(said.mostLines(MOST_LINES, wires.length));
  return words.join("; ");
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((x, n) => x === b[n]);
