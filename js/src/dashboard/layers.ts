/** The hidden layers of a network: how many there are, and how many units each has. */
import { html, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { MOST_LAYERS, UNITS } from "../ranges.ts";
import { controlsText as said } from "../strings/controls.ts";
import { NumberControl } from "./control.ts";
import { UNIT_STOPS } from "./fields.ts";
import { Row } from "./row.ts";

/** Of the first layer, where there was none. */
const FIRST_UNITS = 8;

interface LayersEvents {
  moved(sizes: readonly number[], goesOn: boolean): void;
  settled(): void;
  refused(words: string): void;
}

export class LayersControl {
  readonly row: Row;
  readonly #events: LayersEvents;
  readonly #count = html("span", { class: "mgw-controls-count" });
  readonly #add = button(said.addLayer, "", () => this.#addOne());
  readonly #list = html("div", { class: "mgw-controls-layers" });
  #layers: NumberControl[] = [];
  #sizes: readonly number[] = [];

  constructor(label: string, action: HTMLElement, events: LayersEvents) {
    this.#events = events;
    this.row = new Row(label, {
      ...{ beside: [this.#count, this.#add], action },
      below: [this.#list],
    });
  }

  show(sizes: readonly number[], isDisabled: boolean): void {
    this.#sizes = sizes;
    write(this.#count, said.layers(sizes.length));
    while (this.#layers.length > sizes.length) this.#layers.pop()!.row.element.remove();
    while (this.#layers.length < sizes.length) {
      const layer = this.#layer(this.#layers.length);
      this.#layers.push(layer);
      this.#list.append(layer.row.element);
    }
    sizes.forEach((x, i) => {
      this.#layers[i]!.show({ ...UNITS, stops: UNIT_STOPS, x });
    });
    for (const control of this.#list.querySelectorAll<HTMLInputElement>("input, button")) {
      control.disabled = isDisabled;
    }
    this.#add.disabled = isDisabled || sizes.length >= MOST_LAYERS;
  }

  #layer(place: number): NumberControl {
    const events = {
      moved: (x: number | null, goesOn: boolean) =>
        this.#events.moved(this.#sizes.with(place, x ?? FIRST_UNITS), goesOn),
      settled: () => this.#events.settled(),
      refused: (words: string) => this.#events.refused(words),
    };
    const remove = button("×", said.removeLayer(place + 1), () => this.#remove(place));
    const words = { label: said.layer(place + 1), unit: said.unitsOfLayer };
    return new NumberControl(words, events, { action: remove, hasSlider: true });
  }

  #addOne(): void {
    this.#put([...this.#sizes, this.#sizes.at(-1) ?? FIRST_UNITS]);
    if (this.#add.disabled) this.#layers.at(-1)!.focus();
  }

  #remove(place: number): void {
    this.#put(this.#sizes.toSpliced(place, 1));
    // The last row goes, and may have had the focus.
    const left = this.#layers[Math.min(place, this.#layers.length - 1)];
    if (left) left.focus();
    else this.#add.focus();
  }

  #put(sizes: readonly number[]): void {
    this.#events.moved(sizes, false);
    this.#events.settled();
    this.show(sizes, false);
  }
}
