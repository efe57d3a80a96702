/** A setting that is one of a few. */
import { html } from "../diagram/dom.ts";
import { Row } from "./row.ts";

export interface Option {
  readonly label: string;
  readonly isDisabled?: boolean;
  /** There, but not to be chosen from now on. */
  readonly isHidden?: boolean;
}

export class ChoiceControl {
  readonly row: Row;
  readonly #select = html("select");

  constructor(label: string, action: HTMLElement, chosen: (place: number) => void) {
    this.#select.setAttribute("aria-label", label);
    this.#select.addEventListener("change", () => chosen(Number(this.#select.value)));
    this.row = new Row(label, { beside: [this.#select], action });
  }

  /** `place` is the one chosen, −1 for none of them. */
  show(options: readonly Option[], place: number, isDisabled: boolean): void {
    const select = this.#select;
    while (select.length > options.length) select.remove(select.length - 1);
    while (select.length < options.length) {
      select.append(html("option", { value: select.length }));
    }
    options.forEach(({ label, isDisabled = false, isHidden = false }, i) => {
      const option = select.options[i]!;
      if (option.text !== label) option.text = label;
      option.disabled = isDisabled;
      option.hidden = isHidden;
    });
    if (select.selectedIndex !== place) select.selectedIndex = place;
    select.disabled = isDisabled;
  }
}
