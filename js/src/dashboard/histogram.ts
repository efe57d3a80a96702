/** One histogram: bars on an axis that does not move, and in words what no bar can say. */
import { html, svg, write } from "../diagram/dom.ts";
import { histogramsText as said } from "../strings/histograms.ts";
import type { Binned } from "./bins.ts";
import { Pinned } from "./pinned.ts";

/** An even number, so that zero stands between two of them. */
export const BINS = 40;
const WIDTH = 240;
const HEIGHT = 70;
const GAP = 0.6;
/** Bars begin as high as this many numbers in one bin would be. */
const LEAST_COUNT = 10;

export interface Tick {
  /** 0 at the beginning of the axis, 1 at its end. */
  readonly at: number;
  readonly words: string;
}

export interface HistogramLook {
  /** What it is about: when that is another, its height may be another too. */
  readonly subject: unknown;
  readonly binned: Binned;
  readonly ticks: readonly Tick[];
  readonly facts: readonly string[];
  readonly note: string;
  /** Where zero is, if it has a place; bars before it are negative. */
  readonly zero: number | null;
  readonly band: readonly [number, number] | null;
  readonly count: number;
  readonly isQuiet: boolean;
}

export class Histogram {
  readonly element: HTMLElement;
  readonly #name: string;
  readonly #picture = svg("svg", {
    class: "mgw-histograms-picture",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    role: "img",
  });
  readonly #band = svg("rect", { class: "mgw-histograms-band", y: 0, height: HEIGHT });
  readonly #negative = svg("path", { class: "mgw-histograms-negative" });
  readonly #positive = svg("path", { class: "mgw-histograms-positive" });
  readonly #zero = svg("path", { class: "mgw-histograms-zero" });
  readonly #ticks = html("div", { class: "mgw-histograms-ticks", "aria-hidden": "true" });
  readonly #height = html("span", { class: "mgw-histograms-height" });
  readonly #facts = html("p", { class: "mgw-histograms-facts" });
  readonly #note = html("p", { class: "mgw-histograms-note" });
  readonly #pinned = new Pinned(LEAST_COUNT);
  #axis = "";

  constructor(name: string) {
    this.#name = name;
    const base = svg("path", { class: "mgw-histograms-base", d: `M0 ${HEIGHT}H${WIDTH}` });
    this.#picture.append(this.#band, this.#negative, this.#positive, base, this.#zero);
    this.element = html(
      "div",
      { class: "mgw-histograms-one" },
      html("div", { class: "mgw-histograms-head" }, html("h4", {}, name), this.#height),
      this.#picture,
      this.#ticks,
      this.#facts,
      this.#note,
    );
  }

  show(look: HistogramLook): void {
    const { binned, zero, facts, note, subject, count } = look;
    const tallest = this.#pinned.around(subject, binned.counts);
    const middle = zero === null ? 0 : Math.round(zero * BINS);
    this.#negative.setAttribute("d", bars(binned.counts, 0, middle, tallest));
    this.#positive.setAttribute("d", bars(binned.counts, middle, BINS, tallest));
    this.#layAxis(look);
    write(this.#height, said.height(tallest));
    const words = facts.join(" \u00b7 ");
    write(this.#facts, words);
    write(this.#note, note);
    // While it plays, nobody could listen to all of it.
    if (look.isQuiet || !this.#picture.hasAttribute("aria-label"))
      this.#picture.setAttribute("aria-label", said.spoken(this.#name, count, words));
  }

  #layAxis({ ticks, zero, band }: HistogramLook): void {
    const axis = JSON.stringify([ticks, zero, band]);
    if (axis === this.#axis) return;
    this.#axis = axis;
    const x = (at: number) => `${at * WIDTH}`;
    this.#zero.setAttribute("d", zero === null ? "" : `M${x(zero)} 0V${HEIGHT}`);
    const [from, to] = band ?? [0, 0];
    this.#band.setAttribute("x", x(from));
    this.#band.setAttribute("width", x(to - from));
    const marks = ticks.map(({ at, words }) =>
      html("span", { style: `left: ${100 * at}%` }, words),
    );
    this.#ticks.replaceChildren(...marks);
  }
}

function bars(counts: Uint32Array, from: number, to: number, tallest: number): string {
  const width = WIDTH / BINS;
  let d = "";
  for (let n = from; n < to; n++) {
    if (counts[n] === 0) continue;
    // Even one number is seen.
    const height = Math.max(1.5, (HEIGHT * counts[n]!) / tallest);
    d += `M${(n * width + GAP / 2).toFixed(1)} ${HEIGHT}v${-height.toFixed(1)}`;
    d += `h${(width - GAP).toFixed(1)}V${HEIGHT}z`;
  }
  return d;
}
