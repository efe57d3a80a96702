/** Says what colours and arrows mean, with the numbers at the ends of the scale. */
import { text } from "../strings.ts";
import { MINUS, shortNumber } from "../text.ts";
import { colourOf, type Scale, type Theme } from "./colours.ts";
import { html } from "./dom.ts";

export interface Legend {
  readonly element: HTMLElement;
  /** Arrows of an expression with groups may stand for several. */
  explain(hasGroups: boolean): void;
  update(name: string, scale: Scale | null, theme: Theme): void;
}

export function makeLegend(): Legend {
  const bar = html("span", { class: "mgw-bar", "aria-hidden": "true" });
  const low = html("span", { class: "mgw-end" });
  const high = html("span", { class: "mgw-end" });
  const name = html("span", { class: "mgw-scale-name" });
  const zone = html("span", { class: "mgw-zone" });
  const scaleParts = html("span", { class: "mgw-scale" }, name, low, bar, high);
  const dash = html("span", { class: "mgw-dash", "aria-hidden": "true" });
  const negative = html("span", { class: "mgw-edges-note" }, dash, text.legendNegative);
  const edges = html("span", {}, text.legendEdges);
  return {
    element: html("div", { class: "mgw-legend" }, scaleParts, zone, edges, negative),
    explain(hasGroups) {
      edges.textContent = hasGroups ? text.legendArrows : text.legendEdges;
    },
    update(label, scale, theme) {
      scaleParts.hidden = zone.hidden = scale === null;
      if (scale === null) return;
      name.textContent = label;
      low.textContent = `${MINUS}${shortNumber(scale.most)}`;
      high.textContent = `+${shortNumber(scale.most)}`;
      zone.textContent = text.legend(shortNumber(scale.zone));
      bar.style.background = `linear-gradient(to right, ${stops(scale, theme).join(", ")})`;
    },
  };
}

/** The bar is even in strength, not in number: that is what makes it a logarithmic scale. */
function stops(scale: Scale, theme: Theme): string[] {
  return [-scale.most, 0, scale.most].map((x) => colourOf(x, scale, theme));
}
