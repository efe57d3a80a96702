/** The still picture in the output beside the live one: for pages where nothing lives. */
import { type Host, watch } from "../host.ts";

export class Still {
  readonly #page: Document;
  readonly #signal: AbortSignal;
  /** Python has put the picture in elements of this class. */
  readonly #name: string | null;

  constructor(model: Host, page: Document, signal: AbortSignal) {
    const name = model.get("_still");
    this.#page = page;
    this.#signal = signal;
    this.#name = typeof name === "string" && /^mgw-still-[0-9a-f]+$/.test(name) ? name : null;
    if (this.#name !== null) keepAnswersAway(model, page, this.#name, signal);
  }

  get isThere(): boolean {
    return this.#name !== null && this.#page.getElementsByClassName(this.#name).length > 0;
  }

  /** Hides the picture for as long as the view is there. */
  hide(): void {
    if (this.#name === null || this.#signal.aborted) return;
    const style = this.#page.createElement("style");
    style.textContent = `.${this.#name} { display: none }`;
    this.#page.head.append(style);
    this.#signal.addEventListener("abort", () => style.remove(), { once: true });
  }
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
