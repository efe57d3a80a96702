/** The legend of the curves, which tells as well what their numbers are at a step. */
import { html, svg, write } from "../diagram/dom.ts";
import { curvesText as words } from "../strings/curves.ts";
import type { Run, Session } from "../training/session.ts";
import { type Curve, curvesOf, GHOST } from "./chart.ts";
import { strokeOf } from "./curvessvg.ts";
import type { Inks, Stroke } from "./shapes.ts";

interface Entry {
  readonly name: string;
  readonly stroke: Stroke;
  readonly column: Curve["column"];
  readonly run: Run;
}

export class Readout {
  readonly #where = html("p", { class: "mgw-curves-where" });
  readonly #list = html("dl", { class: "mgw-curves-legend" });
  readonly element = html("div", {}, this.#where, this.#list);
  #values: HTMLElement[] = [];
  #made = "";

  show(session: Session, cursor: number | null, inks: Inks): void {
    const entries = entriesOf(session);
    this.#make(entries, inks);
    const step = cursor ?? session.step;
    write(this.#where, cursor === null ? words.here(step) : words.there(step));
    for (const [k, entry] of entries.entries()) write(this.#values[k]!, textOf(entry, step));
  }

  #make(entries: readonly Entry[], inks: Inks): void {
    const made = `${inks.paper} ${entries.map(({ name }) => name)}`;
    if (made === this.#made) return;
    this.#made = made;
    this.#values = entries.map(() => html("dd"));
    this.#list.replaceChildren(
      ...entries.map(({ name, stroke }, k) =>
        html("div", {}, html("dt", {}, swatch(stroke, inks), name), this.#values[k]!),
      ),
    );
  }
}

function entriesOf(session: Session): Entry[] {
  const { run, others } = session;
  return [
    ...curvesOf(session).map(({ column, stroke }) => ({
      name: words.names[column],
      stroke,
      column,
      run,
    })),
    ...others.map((other): Entry => {
      return { name: words.ghost(other.name), stroke: GHOST, column: "loss", run: other };
    }),
  ];
}

const textOf = ({ run, column }: Entry, step: number): string =>
  step > run.taken ? words.ended : words.value(column, run.column(column)[step]!);

/** The same in one sentence, for those who hear it. */
export const spokenValues = (session: Session, step: number): string =>
  words.at(
    step,
    entriesOf(session)
      .map((entry) => `${entry.name} ${textOf(entry, step)}`)
      .join(", "),
  );

const swatch = (stroke: Stroke, inks: Inks): SVGElement =>
  svg(
    "svg",
    { width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 5, x2: 26, y2: 5, ...strokeOf(stroke, inks) }),
  );
