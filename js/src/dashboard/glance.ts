/** One line that is always there: how far, how good, how large, how fast. */
import { html, write } from "../diagram/dom.ts";
import { percent, rateText, steadyNumber } from "../strings/figures.ts";
import { glanceText as words } from "../strings/glance.ts";
import { countText } from "../text.ts";
import type { Session } from "../training/session.ts";
import { hasTest } from "./chart.ts";
import css from "./glance.css";
import type { Desk, MakePart, Part } from "./part.ts";

export { css as glanceCss };

export const makeGlance: MakePart = (desk) => new Glance(desk);

/** `width` in digits: room for what may come, so that nothing moves. */
interface Figure {
  readonly name: string;
  readonly width: number;
  of(session: Session, steps: number): string | null;
}

const FIGURES: readonly Figure[] = [
  {
    name: words.step,
    width: 0,
    of: (session, steps) => words.place(session.step, Math.max(session.last, steps)),
  },
  { name: words.loss, width: 7, of: ({ row }) => steadyNumber(row.loss) },
  {
    name: words.testLoss,
    width: 7,
    of: (session) => (hasTest(session) ? steadyNumber(session.row.testLoss) : null),
  },
  { name: words.accuracy, width: 7, of: ({ row }) => percent(row.accuracy) },
  {
    name: words.testAccuracy,
    width: 7,
    of: (session) => (hasTest(session) ? percent(session.row.testAccuracy) : null),
  },
  {
    name: words.parameters,
    width: 5,
    of: ({ network }) => countText(network.initial.length),
  },
  {
    name: words.rate,
    width: 10,
    of: ({ isPlaying, rate }) => (isPlaying ? rateText(rate) : words.still),
  },
  { name: words.run, width: 5, of: ({ run }) => run.name },
];

class Glance implements Part {
  readonly element = html("dl", { class: "mgw-glance", "aria-label": words.group });
  readonly #desk: Desk;
  readonly #values: readonly HTMLElement[];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#values = FIGURES.map(({ width }) => html("dd", { style: `min-width: ${width}ch` }));
    this.element.append(
      ...FIGURES.map(({ name }, k) => html("div", {}, html("dt", {}, name), this.#values[k]!)),
    );
  }

  update(session: Session | null): void {
    this.element.hidden = session === null;
    if (session === null) return;
    const steps = Number(this.#desk.traits.get("steps")) || 0;
    for (const [k, { of }] of FIGURES.entries()) {
      const value = this.#values[k]!;
      const text = of(session, steps);
      const entry = value.parentElement!;
      if (entry.hidden !== (text === null)) entry.hidden = text === null;
      if (text !== null) write(value, text);
    }
  }
}
