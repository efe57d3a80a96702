/** Says what colours, lines and marks of the boundary mean; nothing comes or goes while it trains. */
import { rampAt, type Theme } from "../diagram/colours.ts";
import { html, svg, write } from "../diagram/dom.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import { MINUS } from "../text.ts";
import { FIELD_SCALE } from "./fieldcolours.ts";
import { LINES, OTHER_LINE } from "./fieldlayer.ts";
import { type Inks, Kind, USUAL_RADIUS } from "./pointmarks.ts";
import { drawnLine, drawnMark } from "./svgmarks.ts";

/** What the picture shows just now. */
export interface Shown {
  readonly theme: Theme;
  readonly inks: Inks;
  readonly hasTest: boolean;
  readonly hasNan: boolean;
  /** The name of the run whose line is drawn beside. */
  readonly other: string | null;
  /** How many points a batch has, and whether they are marked; null where all are used. */
  readonly batch: { readonly size: number; readonly isMarked: boolean } | null;
}

/** The marks that a legend explains, and their words. */
export const MARK_ENTRIES = [
  { kind: Kind.positive, words: said.class(1) },
  { kind: 0, words: said.class(-1) },
  { kind: Kind.positive | Kind.test, words: said.test },
  { kind: Kind.positive | Kind.wrong, words: said.wrong },
  { kind: Kind.positive | Kind.batch, words: said.batch },
] as const;

export class BoundaryLegend {
  readonly element = html("div", {
    class: "mgw-boundary-legend",
    role: "group",
    "aria-label": said.legend,
  });
  readonly #bar = html("span", { class: "mgw-bar", "aria-hidden": "true" });
  readonly #scale: HTMLElement;
  readonly #lines = LINES.map((line) => entry(said.line(line.level)));
  readonly #other = entry("");
  readonly #marks = MARK_ENTRIES.map(({ words }) => entry(typeof words === "string" ? words : ""));
  readonly #nan = html("span", {}, said.nan);
  #painted = "";

  constructor() {
    const { most } = FIELD_SCALE;
    const ends = [`${MINUS}${most}`, `+${most}`].map((words) => html("span", {}, words));
    this.#scale = html(
      "span",
      { class: "mgw-scale" },
      html("span", { class: "mgw-scale-name" }, said.score),
      ends[0]!,
      this.#bar,
      ends[1]!,
      html("span", {}, said.scale(most)),
    );
    const entries = [...this.#lines, this.#other, ...this.#marks].map(({ element }) => element);
    this.element.append(this.#scale, ...entries, this.#nan);
  }

  update({ theme, inks, hasTest, hasNan, other, batch }: Shown): void {
    const paint = [theme, ...Object.values(inks)].join(" ");
    if (paint !== this.#painted) {
      this.#painted = paint;
      this.#paint(theme, inks);
    }
    const [, , test, , inBatch] = this.#marks;
    hide(test!.element, !hasTest);
    hide(inBatch!.element, batch === null);
    hide(this.#nan, !hasNan);
    hide(this.#other.element, other === null);
    if (other !== null) write(this.#other.words, said.otherLine(other));
    if (batch !== null)
      write(inBatch!.words, batch.isMarked ? said.batch(batch.size) : said.batchLater);
  }

  #paint(theme: Theme, inks: Inks): void {
    const stops = [-1, 0, 1].map((t) => `rgb(${rampAt(t, theme).join(" ")})`);
    this.#bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    for (const [n, line] of LINES.entries())
      this.#lines[n]!.icon.replaceChildren(drawnLine(line, inks));
    this.#other.icon.replaceChildren(drawnLine(OTHER_LINE, inks));
    for (const [n, { kind }] of MARK_ENTRIES.entries()) {
      this.#marks[n]!.icon.replaceChildren(...drawnMark(kind, USUAL_RADIUS, inks));
    }
  }
}

function entry(text: string) {
  const icon = svg("svg", {
    viewBox: "-12 -10 24 20",
    width: 24,
    height: 20,
    "aria-hidden": "true",
  });
  const words = html("span", {}, text);
  return { element: html("span", { class: "mgw-boundary-entry" }, icon, words), icon, words };
}

function hide(element: HTMLElement, isHidden: boolean): void {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}
