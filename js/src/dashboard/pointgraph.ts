/** The forward and backward graph of the selected point, at the step on screen. */
import { holdsFocus, html, isolated, write } from "../diagram/dom.ts";
import { mountDiagram } from "../diagram/mount.ts";
import { changesOf } from "../diagram/reading.ts";
import { button } from "../diagram/toolbar.ts";
import { OwnModel } from "../ownmodel.ts";
import { plainNumber } from "../strings/figures.ts";
import { pointGraphText as said } from "../strings/pointgraph.ts";
import { text } from "../strings.ts";
import { shortNumber } from "../text.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import { ExampleLeaves, sameStructure } from "./exampleleaves.ts";
import type { Desk, MakePart, Part } from "./part.ts";

/** Numbers that change faster could not be read, and must not take the time from the training. */
const REST_MS = 100;
/**
 * And so many times as long as they took to write: to draw them takes twice as long again, so that
 * all of it together has a quarter of the page's time.
 */
const REST_FACTOR = 12;

export const makePointGraph: MakePart = (desk) => new PointGraph(desk);

class PointGraph implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #title = html("strong");
  readonly #share = html("span", { class: "mgw-pointgraph-share" });
  readonly #whatIf = html("p", { class: "mgw-pointgraph-what-if", hidden: "" });
  readonly #stage = html("div");
  readonly #open: HTMLElement;
  /** Of the diagram. What a learner has opened in it stays so until there is another network. */
  readonly #model = new OwnModel();
  #network: Network | null = null;
  #leaves: ExampleLeaves | null = null;
  /** Takes the diagram away; null while there is none. */
  #end: (() => void) | null = null;
  #point: number | null = null;
  /** What the numbers in the graph were made from. */
  #grounds: readonly unknown[] = [];
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Between press and release nothing is made anew, so that a click arrives where it began. */
  #isPressed = false;
  /** The dashboard's selected parameter, as far as the graph follows it. */
  #parameter: unknown = null;
  /** The step at which the point that is open was found to have broken. */
  #brokeAt: number | null = null;
  /** The value that was selected in the graph before. */
  #selected: unknown = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { signal } = desk;
    const close = button("×", said.close, () => this.#letGo());
    const words = html("div", { class: "mgw-pointgraph-words" }, this.#title, this.#share);
    const head = html("div", { class: "mgw-pointgraph-head" }, words, close);
    this.#open = html("div", { hidden: "" }, head, this.#whatIf, this.#stage);
    this.element = html(
      "div", // a section would be a slide of a deck
      {
        class: "mgw-pointgraph",
        role: "region",
        "aria-label": said.name,
        tabindex: -1,
        hidden: "",
      },
      this.#open,
    );
    this.#model.on("change:selected", () => this.#valueSelected());
    this.#model.on("change:edits", () => this.#sayWhatIf());
    this.#model.on("change:predict", () => this.#catchUp());
    this.#stage.addEventListener("pointerdown", () => this.#press(true), { signal });
    for (const release of ["pointerup", "pointercancel"]) {
      addEventListener(release, () => this.#press(false), { signal, capture: true });
    }
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  update(session: Session | null): void {
    const point = session && selectedPoint(this.#desk, session);
    if (session === null || point === null) this.#close();
    else this.#show(session, point);
    this.element.hidden = this.#end === null;
  }

  key(event: KeyboardEvent): boolean {
    if (event.key !== "Escape" || this.#end === null) return false;
    this.#letGo();
    return true;
  }

  // Open and closed

  #show(session: Session, point: number): void {
    const { network } = session;
    const isOther = point !== this.#point;
    const isNew = this.#network === null || !sameNetwork(network, this.#network);
    if (isNew) this.#begin(network);
    else if (network !== this.#network) this.#leaves = new ExampleLeaves(network);
    this.#network = network;
    this.#point = point;
    // A question that has changes to its numbers could not be answered.
    if (isNew || isOther || !this.#isGuessing) this.#renew(session, point, isNew || isOther);
    this.#model.set("theme", this.#desk.theme);
    this.#followParameter(network);
    if (this.#end === null) this.#mount(point);
    this.#showWhereItBroke(session, point, isOther);
  }

  #mount(point: number): void {
    const { layouts } = this.#desk;
    this.element.hidden = this.#open.hidden = false;
    this.#end = mountDiagram({ model: this.#model, el: this.#stage, layouts });
    this.#desk.say(said.opened(point));
  }

  #close(): void {
    if (this.#end === null) return;
    const hadFocus = holdsFocus(this.element);
    this.#stop();
    this.#open.hidden = true;
    this.#point = null;
    if (hadFocus) this.#desk.root.focus({ preventScroll: true });
    this.#desk.say(said.closed);
  }

  #stop(): void {
    this.#end?.();
    this.#end = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #letGo(): void {
    this.#desk.traits.set("selected_point", null);
    this.update(this.#desk.session);
  }

  /** Another network: nothing of what was opened or selected in the last one means anything. */
  #begin(network: Network): void {
    this.#leaves = new ExampleLeaves(network);
    this.#grounds = [];
    this.#parameter = null;
    this.#model.setAll({
      tape: network.exampleBytes,
      leaves: new Uint8Array(),
      editable: network.inputs,
      edits: [],
      ghosts: null,
      step: null,
      predict: false,
      selected: null,
      unfolded: null,
      _view: null,
    });
  }

  // Numbers

  #renew(session: Session, point: number, isOther: boolean): void {
    const grounds = groundsOf(session, point);
    if (grounds.every((ground, n) => ground === this.#grounds[n])) return;
    const now = performance.now();
    if (!isOther && (now < this.#due || this.#isPressed)) {
      this.#later(this.#due - now);
      return;
    }
    // Another point is a question of its own.
    if (isOther) this.#model.setAll({ edits: [], ghosts: null });
    this.#showNumbers(session, point);
  }

  #showNumbers(session: Session, point: number): void {
    const began = performance.now();
    const { parameters, points, losses, step } = session;
    this.#grounds = groundsOf(session, point);
    this.#model.set("leaves", this.#leaves!.at(parameters, points, point));
    // What is to be guessed must not stand above the question.
    const loss = this.#isGuessing ? text.unknown : plainNumber(losses[point]!);
    write(this.#title, said.title(point, points.label(point), step, loss));
    write(this.#share, shareOf(session, point));
    this.#sayWhatIf();
    const now = performance.now();
    this.#due = now + Math.max(REST_MS, REST_FACTOR * (now - began));
  }

  #later(ms: number): void {
    if (this.#isPressed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#desk.refresh();
    }, ms);
  }

  #press(isPressed: boolean): void {
    if (isPressed === this.#isPressed) return;
    this.#isPressed = isPressed;
    // In the next frame, and so after the click that belongs to it.
    if (!isPressed) this.#desk.refresh();
  }

  /** Before numbers stand still for a question, and after it. */
  #catchUp(): void {
    const [session, point] = [this.#desk.session, this.#point];
    if (session !== null && point !== null) this.#showNumbers(session, point);
  }

  get #isGuessing(): boolean {
    return this.#model.get("predict") === true;
  }

  #sayWhatIf(): void {
    const [network, session] = [this.#network, this.#desk.session];
    if (network === null || session === null || this.#point === null) return;
    const { points } = session;
    const changes = changesOf(this.#model.get("edits"), network.example);
    const words = network.inputs.flatMap((leaf, side) => {
      const now = changes.get(leaf);
      if (now === undefined) return [];
      const name = network.example.names.get(leaf) ?? `x${side + 1}`;
      const was = points.xs[2 * this.#point! + side]!;
      return [said.change(name, shortNumber(now), shortNumber(was))];
    });
    this.#whatIf.hidden = words.length === 0;
    this.#whatIf.replaceChildren(isolated(said.whatIf(words.join(", "))));
  }

  // Weights

  /** A weight chosen elsewhere is selected in the graph too. */
  #followParameter(network: Network): void {
    const parameter = this.#desk.traits.get("selected_parameter") ?? null;
    if (parameter === this.#parameter) return;
    const before = leafOf(network, this.#parameter);
    this.#parameter = parameter;
    const leaf = leafOf(network, parameter);
    if (leaf !== null || this.#model.get("selected") === before) this.#model.set("selected", leaf);
  }

  /** A weight chosen in the graph is chosen everywhere, and let go everywhere too. */
  #valueSelected(): void {
    const network = this.#network;
    if (network === null || this.#end === null) return;
    const value = this.#model.get("selected");
    const before = this.#selected;
    this.#selected = value;
    const parameter = network.places.indexOf(value as number);
    const isLetGo = value === null && before === leafOf(network, this.#parameter);
    if (parameter < 0 && !isLetGo) return;
    const chosen = parameter < 0 ? null : parameter;
    if (chosen === this.#parameter) return;
    this.#parameter = chosen;
    this.#desk.traits.set("selected_parameter", chosen);
  }

  // Where training broke

  /** Once, whether it breaks in the point that is open or a broken point is opened. */
  #showWhereItBroke(session: Session, point: number, isOther: boolean): void {
    const place = brokenPlace(session);
    const before = isOther ? null : this.#brokeAt;
    this.#brokeAt = place?.example === point ? session.step : null;
    if (this.#brokeAt === null || this.#brokeAt === before) return;
    this.#model.set("selected", place!.value);
    if (isOther) this.element.scrollIntoView({ block: "nearest" });
  }
}

function selectedPoint({ traits }: Desk, { points }: Session): number | null {
  const point = traits.get("selected_point");
  const isOne = typeof point === "number" && Number.isInteger(point);
  return isOne && point >= 0 && point < points.count ? point : null;
}

/** Names and constants count as well: they are shown. */
const sameNetwork = (a: Network, b: Network): boolean =>
  a === b || sameStructure(a.example, b.example);

function leafOf({ places }: Network, parameter: unknown): number | null {
  return typeof parameter === "number" ? (places[parameter] ?? null) : null;
}

/** What the numbers in the graph are made from. */
const groundsOf = (session: Session, point: number): readonly unknown[] => {
  const { points, parameters, run, step, batch, trained, network } = session;
  return [points, parameters, run, step, batch, trained, network, point];
};

/** What of the point's loss goes into the mean. */
function shareOf({ batch, trained }: Session, point: number): string {
  const isBatch = batch.length < trained;
  if (point >= trained) return said.test;
  if (isBatch && !batch.includes(point)) return said.notInBatch(batch.length);
  return said.share(batch.length, isBatch);
}

/** The example and the value where a number that is not finite began, at the step on screen. */
function brokenPlace({ status, step }: Session): { example: number; value: number } | null {
  if (status.kind !== "diverged" || status.step !== step) return null;
  const { example, value } = status;
  return example === null || value === null ? null : { example, value };
}
