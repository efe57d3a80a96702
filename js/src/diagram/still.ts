/** The still picture in the output beside the live one: for pages where nothing lives. */
import { type Host, watch } from "../host.ts";

/** Hides the picture while this view is there; Python has put it in elements of this class. */
export function hideStill(model: Host, page: Document, signal: AbortSignal): void {
  const name = model.get("_still");
  if (typeof name !== "string" || !/^mgw-still-[0-9a-f]+$/.test(name)) return;
  const style = page.createElement("style");
  style.textContent = `.${name} { display: none }`;
  page.head.append(style);
  signal.addEventListener("abort", () => style.remove(), { once: true });
  keepAnswersAway(model, page, name, signal);
}

/** What is to be guessed must not stand in the source of the page either. */
function keepAnswersAway(model: Host, page: Document, name: string, signal: AbortSignal): void {
  const taken = new Map<Element, Node[]>();
  const giveBack = () => {
    for (const [still, nodes] of taken) still.replaceChildren(...nodes);
    taken.clear();
  };
  const follow = () => {
    if (model.get("predict") !== true) {
      giveBack();
      return;
    }
    for (const still of page.getElementsByClassName(name)) {
      if (taken.has(still)) continue;
      taken.set(still, [...still.childNodes]);
      still.replaceChildren();
    }
  };
  watch(model, "predict", follow, signal);
  signal.addEventListener("abort", giveBack, { once: true });
  follow();
}
