/** Buttons for what is lit besides what is selected: the same as the keys U, D and B. */
import { text } from "../strings.ts";
import { html } from "./dom.ts";
import type { Trace } from "./keys.ts";
import { button } from "./toolbar.ts";

const TRACES: readonly Trace[] = ["up", "down", "both"];

export function traceButtons(lit: Trace, trace: (trace: Trace) => void): HTMLElement {
  const buttons = TRACES.map((one) => {
    const element = button(text.traces[one], "", () => trace(one));
    element.title = text.traceTitles[one];
    element.setAttribute("aria-pressed", `${one === lit}`);
    return element;
  });
  return html(
    "div",
    { class: "mgw-traces", role: "group", "aria-label": text.tracing },
    html("span", { "aria-hidden": "true" }, text.tracing),
    ...buttons,
  );
}

/** The panel is made anew when something changes; the focus goes to the button that was pressed. */
export function focusTrace(panel: HTMLElement): void {
  const pressed = panel.querySelector<HTMLElement>(".mgw-traces [aria-pressed=true]");
  pressed?.focus({ preventScroll: true });
}
