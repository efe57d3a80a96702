/** How weights, gradients, and the size of updates are distributed, in all layers or in one. */
import { html } from "../diagram/dom.ts";
import { histogramsText as said } from "../strings/histograms.ts";
import { shortNumber } from "../text.ts";
import type { Network } from "../training/network.ts";
import type { Session } from "../training/session.ts";
import { type Binned, binned, linearAxis, logAxis, symlogAxis } from "./bins.ts";
import { BINS, Histogram, type HistogramLook, type Tick } from "./histogram.ts";
import css from "./histograms.css";
import type { Desk, MakePart, Part } from "./part.ts";
import { Pinned } from "./pinned.ts";
import { Section } from "./section.ts";

export { css as histogramsCss };

export const makeHistograms: MakePart = (desk) => new Histograms(desk);

const ALL = "all";
// Weights that begin between −1 and 1 have room to grow in.
const LEAST_WEIGHT = 2;
const LEAST_GRADIENT = 0.1;
/** Of gradients, so many decades below the largest are told apart. */
const ZONE = 1e-4;
const MOST_LETTERS = 5;
/** Powers of ten, of a ratio. */
const RATIOS = { low: -8, high: 2, rule: -3, reach: 0.5 } as const;

class Histograms implements Part {
  readonly element: HTMLElement;
  readonly #section: Section;
  readonly #choice = html("select");
  readonly #weights = new Histogram(said.names.weights);
  readonly #gradients = new Histogram(said.names.gradients);
  readonly #ratios = new Histogram(said.names.ratios);
  readonly #weightScale = new Pinned(LEAST_WEIGHT);
  readonly #gradientScale = new Pinned(LEAST_GRADIENT);
  #network: Network | null = null;
  /** The parameters that are looked at. */
  #chosen: readonly number[] = [];
  /** What is on screen was made of this. */
  #shown: readonly unknown[] = [];

  constructor(desk: Desk) {
    this.#section = new Section(desk, said.title, "mgw-histograms", false);
    this.element = this.#section.element;
    this.#section.body.append(
      html("label", {}, html("span", {}, said.of), this.#choice),
      html(
        "div",
        { class: "mgw-histograms-row" },
        this.#weights.element,
        this.#gradients.element,
        this.#ratios.element,
      ),
    );
    const changed = () => {
      this.#choose();
      desk.refresh();
    };
    this.#choice.addEventListener("change", changed, { signal: desk.signal });
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null || !this.#section.isDue(session)) return;
    const { network, parameters, gradients, updates, knowsUpdates, isPlaying } = session;
    if (network !== this.#network) this.#begin(network);
    const shown = [parameters, gradients, updates, this.#chosen, isPlaying];
    if (shown.every((x, n) => x === this.#shown[n])) return;
    this.#shown = shown;
    const of = (numbers: Float64Array) => this.#chosen.map((p) => numbers[p]!);
    const common = { subject: this.#chosen, count: this.#chosen.length, isQuiet: !isPlaying };
    const [values, changes] = [of(parameters), knowsUpdates ? of(updates) : null];
    this.#weights.show({ ...common, ...this.#weightLook(values) });
    this.#gradients.show({ ...common, ...this.#gradientLook(of(gradients)) });
    this.#ratios.show({ ...common, ...ratioLook(values, changes) });
  }

  #begin(network: Network): void {
    this.#network = network;
    const before = this.#choice.value;
    const { layers } = network;
    const option = (value: string, words: string) => html("option", { value }, words);
    this.#choice.replaceChildren(
      option(ALL, said.all),
      ...layers.map((_, l) => option(`${l}`, said.layer(l + 1, l === layers.length - 1))),
    );
    this.#choice.value = Number(before) < layers.length && before !== "" ? before : ALL;
    this.#choose();
  }

  #choose(): void {
    if (this.#network === null) return;
    this.#chosen = parametersOf(this.#network, this.#choice.value);
  }

  #weightLook(values: readonly number[]): Look {
    const most = this.#weightScale.around(this.#chosen, values);
    const counts = binned(values, linearAxis(most), BINS);
    return {
      binned: counts,
      ticks: signedTicks([most / 2, most], linearAxis(most)),
      facts: factsOf(counts),
      note: said.notes.weights,
      ...{ zero: 0.5, band: null },
    };
  }

  #gradientLook(gradients: readonly number[]): Look {
    const most = this.#gradientScale.around(this.#chosen, gradients);
    const zone = Number((most * ZONE).toPrecision(1));
    const axis = symlogAxis(most, zone);
    const counts = binned(gradients, axis, BINS);
    return {
      binned: counts,
      ticks: signedTicks([most / 100, most], axis),
      facts: factsOf(counts),
      note: said.notes.gradients(shortNumber(zone)),
      ...{ zero: 0.5, band: null },
    };
  }
}

type Look = Omit<HistogramLook, "subject" | "count" | "isQuiet">;

/** By layer, or all of them. */
export function parametersOf({ layers, names }: Network, choice: string): readonly number[] {
  if (choice === ALL) return [...names.keys()];
  const units = layers[Number(choice)] ?? [];
  return [...new Set(units.flatMap(({ weights, bias }) => [...weights, bias]))];
}

/** Without the updates, where those are not known. */
export function ratioLook(values: readonly number[], updates: readonly number[] | null): Look {
  const { low, high, rule, reach } = RATIOS;
  const axis = logAxis(low, high);
  const withRatio = [...values.keys()].filter((n) => values[n] !== 0);
  const ratios = withRatio.map((n) => Math.abs((updates?.[n] ?? Number.NaN) / values[n]!));
  const counts = binned(ratios, axis, BINS);
  const ticks: Tick[] = [];
  for (let power = low; power <= high; power += 2)
    ticks.push({ at: (power - low) / (high - low), words: said.decade(power) });
  const isKnown = updates !== null;
  const without = values.length - withRatio.length;
  const facts = [
    ...(without > 0 ? [said.noRatio(without)] : []),
    ...(counts.zeros > 0 ? [said.still(counts.zeros)] : []),
    ...(counts.notFinite > 0 ? [said.notFinite(counts.notFinite)] : []),
  ];
  return {
    binned: counts,
    ticks,
    facts: isKnown ? facts : [],
    note: isKnown ? said.notes.ratios : said.unknownUpdates,
    zero: null,
    band: [rule - reach, rule + reach].map((power) => (power - low) / (high - low)) as [
      number,
      number,
    ],
  };
}

function factsOf({ zeros, notFinite, least, most }: Binned): string[] {
  return [
    least <= most ? said.range(least, most) : said.nothing,
    said.zeros(zeros),
    ...(notFinite > 0 ? [said.notFinite(notFinite)] : []),
  ];
}

/** Sizes on both sides of zero; where they take many letters, only the ends have room. */
function signedTicks(sizes: readonly number[], axis: (x: number) => number): Tick[] {
  const shown = sizes.some((x) => said.tick(x).length > MOST_LETTERS) ? sizes.slice(-1) : sizes;
  const numbers = [...shown.map((size) => -size).reverse(), 0, ...shown];
  return numbers.map((x) => ({ at: axis(x), words: said.tick(x) }));
}
