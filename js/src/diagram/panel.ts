/** Everything about what is selected: what it was made from, and who passed which gradient on. */
import { undrawnUses } from "../arrows.ts";
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import { placeName } from "../grouped.ts";
import { text } from "../strings.ts";
import { fullNumber } from "../text.ts";
import { html } from "./dom.ts";
import { groupAbout } from "./group.ts";
import type { Trace } from "./keys.ts";
import { heading, numbersList, originLine, wholeName } from "./rows.ts";
import { traceButtons } from "./tracing.ts";
import { consumersTable, operandsTable } from "./uses.ts";

/** What stands in the first column, then the tables beside it. */
export type PanelSections = [about: HTMLElement[], ...tables: HTMLElement[]];

export interface PanelParts {
  expression: Expression;
  fold: Fold;
  /** Called with the value or group that a person asks for. */
  go: (item: number) => void;
  /** What is lit besides what is selected. */
  lit: Trace;
  trace: (trace: Trace) => void;
  close: () => void;
}

export function panelContent(parts: PanelParts, item: number): HTMLElement[] {
  const { expression, close } = parts;
  const closeButton = html(
    "button",
    { type: "button", class: "mgw-close", "aria-label": text.close },
    "×",
  );
  closeButton.addEventListener("click", close);
  const [about, ...tables] = expression.isGroup(item)
    ? groupAbout(parts, item - expression.tape.count)
    : valueAbout(parts, item);
  const traces = traceButtons(parts.lit, parts.trace);
  return [html("div", { class: "mgw-about" }, ...about, traces), closeButton, ...tables];
}

function valueAbout({ expression, fold, go }: PanelParts, i: number): PanelSections {
  const { names } = expression;
  const isConstant = names.kind(i) === "constant";
  const undrawn = undrawnUses(expression, fold, i);
  const title = isConstant ? text.constant : names.title(i);
  const place = placeName(expression, expression.groups.home[i]!);
  const origin = [
    ...(isConstant ? [] : [expression.origin(i)]),
    ...(place ? [text.inPlace(place)] : []),
  ];
  const about = [
    heading(title),
    ...wholeName(names.wholeLabel(i)),
    ...(origin.length > 0 ? [originLine(origin.join(", "))] : []),
    numbersList(
      [text.value, expression.fullValue(i), expression.oldValue(i, fullNumber)],
      [text.gradient, expression.fullGradient(i), expression.oldGradient(i, fullNumber)],
    ),
    ...(undrawn > 0 ? [html("div", { class: "mgw-origin" }, text.undrawn(undrawn))] : []),
  ];
  return [about, ...operandsTable(expression, i, go), ...consumersTable(expression, i, go)];
}
