/** The numbers that the right way and the mistake come to, side by side. */
import { html, isolated } from "../diagram/dom.ts";
import { CROSS, said } from "../strings/misconceptions.ts";
import { shortNumber } from "../text.ts";
import { mistakenText } from "./sentences.ts";
import type { Simulation } from "./simulations.ts";

export function resultsTable({ results, mistake }: Simulation): HTMLElement {
  const columns = [said.number, said.right, said.mistake];
  const head = columns.map((word) => html("th", { scope: "col" }, word));
  const rows = results.map(({ what, right, mistake: number, is_wrong }) => {
    const words = mistakenText(number);
    const marked = html("b", {}, `${CROSS} ${words}`, html("span", {}, ` (${said.wrong})`));
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, isolated(what)),
      html("td", {}, shortNumber(right)),
      html("td", { class: is_wrong ? "mgw-wrong" : "" }, is_wrong ? marked : words),
    );
  });
  const table = html(
    "table",
    {},
    html("caption", {}, said.results),
    html("thead", {}, html("tr", {}, ...head)),
    html("tbody", {}, ...rows),
  );
  const isHarmless = !results.some((row) => row.is_wrong) && mistake.is_finished;
  const words = isHarmless ? [html("p", {}, said.harmless)] : [];
  return html(
    "div",
    { class: "mgw-table", role: "group", "aria-label": said.results, tabindex: 0 },
    table,
    ...words,
  );
}
