/** Several buttons that are one stop for the tab key; arrow keys lead from one to the next. */

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export class Roving {
  readonly #element: HTMLElement;
  #at = 0;

  /** The buttons in `element`; where others are put there, `refresh` has to be called. */
  constructor(element: HTMLElement, signal: AbortSignal) {
    this.#element = element;
    element.addEventListener("keydown", (event) => this.#key(event), { signal });
    element.addEventListener("focusin", (event) => this.#focused(event), { signal });
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.#element.querySelectorAll("button")].filter(
      (button) => button.closest("[hidden]") === null,
    );
  }

  refresh(): void {
    const buttons = this.#buttons;
    this.#at = Math.max(0, Math.min(buttons.length - 1, this.#at));
    for (const [n, button] of buttons.entries()) {
      const tabIndex = n === this.#at ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
    }
  }

  focus(place: number): void {
    this.#at = place;
    this.refresh();
    this.#buttons[this.#at]?.focus({ preventScroll: true });
    this.#buttons[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #focused({ target }: FocusEvent): void {
    const at = this.#buttons.indexOf(target as HTMLButtonElement);
    if (at < 0 || at === this.#at) return;
    this.#at = at;
    this.refresh();
  }

  #key(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const last = this.#buttons.length - 1;
    this.focus(Math.max(0, Math.min(last, this.#at + step)));
  }
}
