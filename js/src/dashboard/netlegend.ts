/** Says what lines, colours and marks of the network mean, and how large they get. */
import { rampAt, type Theme } from "../diagram/colours.ts";
import { html, svg, write } from "../diagram/dom.ts";
import { netviewText as said } from "../strings/netview.ts";
import { FIELD_SCALE } from "./fieldcolours.ts";
import { biasSizeOf, NEGATIVE_DASH, widthOf } from "./netpainter.ts";
import type { Inks } from "./pointmarks.ts";
import { scaleFor } from "./thumbnails.ts";

export class NetLegend {
  readonly element = html("div", {
    class: "mgw-netview-legend",
    role: "group",
    "aria-label": said.legend,
  });
  readonly #bar = html("span", { class: "mgw-bar", "aria-hidden": "true" });
  readonly #ends = [html("span"), html("span")] as const;
  readonly #scale = html("span", { class: "mgw-zone" });
  readonly #width = html("span");
  /** Instead of the scale, where colours are forced. */
  readonly #patterns = html("span", { hidden: "" }, said.patterns);
  readonly #icons = [icon(), icon(), icon()] as const;
  #painted = "";

  constructor() {
    const [positive, negative, bias] = this.#icons;
    const [low, high] = this.#ends;
    const entry = (...children: (Node | string)[]) =>
      html("span", { class: "mgw-netview-entry" }, ...children);
    this.element.append(
      entry(positive, said.positive),
      entry(negative, said.negative),
      this.#width,
      html(
        "span",
        { class: "mgw-scale" },
        html("span", { class: "mgw-scale-name" }, said.score),
        low,
        this.#bar,
        high,
      ),
      this.#scale,
      this.#patterns,
      entry(bias, said.biases),
    );
  }

  show(theme: Theme, inks: Inks, most: number, hasTanh: boolean, isForced: boolean): void {
    this.#patterns.hidden = !isForced;
    write(this.#width, said.width(most));
    const { most: strongest } = FIELD_SCALE;
    const ends = said.ends(hasTanh ? scaleFor("tanh").most : strongest);
    for (const [n, end] of this.#ends.entries()) write(end, ends[n]!);
    write(this.#scale, hasTanh ? said.tanhScale(strongest) : said.scale(strongest));
    const painted = `${theme} ${inks.paper}`;
    if (painted === this.#painted) return;
    this.#painted = painted;
    const stops = [-1, 0, 1].map((t) => `rgb(${rampAt(t, theme).join(" ")})`);
    this.#bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    const [positive, negative, bias] = this.#icons;
    const width = widthOf(0.6);
    const line = { d: "M0 8h30", "stroke-width": width };
    positive.replaceChildren(svg("path", { ...line, stroke: inks.positive }));
    const dash = { "stroke-dasharray": NEGATIVE_DASH.join(" ") };
    negative.replaceChildren(svg("path", { ...line, ...dash, stroke: inks.negative }));
    const half = biasSizeOf(1);
    const side = 2 * half;
    bias.replaceChildren(
      svg("rect", { x: 7 - half, y: 8 - half, width: side, height: side, fill: inks.positive }),
      svg("rect", {
        ...{ x: 22.5 - half, y: 8.5 - half, width: side - 1, height: side - 1 },
        ...{ fill: inks.paper, stroke: inks.negative },
      }),
    );
  }
}

const icon = () =>
  svg("svg", { viewBox: "0 0 30 16", width: 30, height: 16, "aria-hidden": "true" });
