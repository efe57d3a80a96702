/** A row for each kind of setting, and for what a setting is where it cannot be set. */
import { html, write } from "../diagram/dom.ts";
import { button } from "../diagram/toolbar.ts";
import { OWN } from "../ranges.ts";
import { controlsText as said } from "../strings/controls.ts";
import { fullNumber, shortNumber } from "../text.ts";
import type { Session } from "../training/session.ts";
import { ChoiceControl } from "./choice.ts";
import { NumberControl, type Standing } from "./control.ts";
import {
  type ChoiceField,
  type Field,
  type LayersField,
  type NumberField,
  type SeedField,
  sameValue,
  type Value,
} from "./fields.ts";
import type { Hands } from "./hands.ts";
import { LayersControl } from "./layers.ts";
import { Row } from "./row.ts";
import { countStops, type Stops } from "./stops.ts";

export interface FieldRow {
  readonly element: HTMLElement;
  update(session: Session | null): void;
}

/** A control for a setting. */
export function controlRow(field: Field, hands: Hands): FieldRow {
  switch (field.kind) {
    case "number":
      return numberRow(field, hands);
    case "seed":
      return seedRow(field, hands);
    case "choice":
      return choiceRow(field, hands);
    case "layers":
      return layersRow(field, hands);
  }
}

/** A setting to be read only. */
export function plainRow(field: Field, hands: Hands): FieldRow {
  const value = html("span", { class: "mgw-controls-read" });
  const { element } = new Row(labelOf(field), { beside: [value] });
  const special = SPECIAL[field.name]?.(hands);
  return {
    element,
    update(session) {
      const { isDerived = false, x = null } = (session && special?.(session)) ?? {};
      write(value, isDerived ? rateText(field, x!) : written(field, hands.value(field)));
    },
  };
}

const rateText = (field: Field, x: number): string =>
  `${said.withUnit(shortNumber(x), unitOf(field))} ${said.atThisStep}`;

/** One of the values that were recorded beforehand. */
export function offeredRow(field: Field, hands: Hands): FieldRow {
  let values: readonly Value[] = [];
  const reset = new Reset(field, hands);
  const control = new ChoiceControl(labelOf(field), reset.element, (place) =>
    hands.put(field, values[place]!),
  );
  return {
    element: control.row.element,
    update() {
      const now = hands.value(field);
      const recorded = hands.offered(field.name);
      // What is there may be none of them: it is said, and cannot be had again.
      values = recorded.some((value) => sameValue(value, now)) ? recorded : [now, ...recorded];
      const options = values.map((value) => ({ label: written(field, value) }));
      const place = values.findIndex((value) => sameValue(value, now));
      control.show(options, place, false);
      reset.show(!sameValue(now, hands.start(field.name)) && canBeOffered(field, hands));
    },
  };
}

function numberRow(field: NumberField, hands: Hands): FieldRow {
  const { name, times = 1, without } = field;
  const reset = new Reset(field, hands);
  const put = (x: number | null, goesOn: boolean) =>
    hands.put(field, x === null ? null : rounded(x / times), goesOn);
  const words = { label: labelOf(field), unit: unitOf(field), without: said.without[name] };
  const events = {
    moved: put,
    settled: () => hands.settle(),
    wanted: (most: number) => {
      const first = (hands.start(name) as number | null) ?? without!.first;
      put(Math.min(most, first), false);
    },
    refused: (words: string) => hands.refuse(words),
  };
  const control = new NumberControl(words, events, { action: reset.element, hasSlider: true });
  const special = SPECIAL[name]?.(hands);
  return {
    element: control.row.element,
    update(session) {
      const value = hands.value(field) as number | null;
      const isDisabled = hands.isFixed(field);
      const standing = { ...field, x: value === null ? null : rounded(value * times), isDisabled };
      control.show(session && special ? { ...standing, ...special(session) } : standing);
      reset.show(reset.isNeeded && !isDisabled);
    },
  };
}

/** What a row shows beside its number. */
const SPECIAL: Readonly<Record<string, (hands: Hands) => (session: Session) => Partial<Standing>>> =
  {
    learning_rate: (hands) => (session) =>
      hands.wish("schedule") === "constant"
        ? {}
        : { x: session.row.learningRate, isDerived: true, detail: said.atThisStep },
    train_share: () => (session) => ({
      detail: said.split(session.trained, session.points.count - session.trained),
    }),
    batch_size: () => {
      let stops: Stops = [];
      return ({ trained }) => {
        if (stops.at(-1) !== trained) stops = countStops(trained);
        return { stops, most: trained, rest: trained };
      };
    },
  };

/** Seeds are small enough to be told to a neighbour. */
const SEEDS = 10_000;

function seedRow(field: SeedField, hands: Hands): FieldRow {
  const reset = new Reset(field, hands);
  const anew = button(said.newSeed, said.newSeedOf[field.name]!, () => {
    const seed = Math.floor(Math.random() * SEEDS);
    hands.put(field, seed === hands.value(field) ? (seed + 1) % SEEDS : seed);
  });
  const events = {
    moved: (x: number | null, goesOn: boolean) => hands.put(field, x, goesOn),
    settled: () => hands.settle(),
    refused: (words: string) => hands.refuse(words),
  };
  const words = { label: labelOf(field), unit: "" };
  const parts = { action: reset.element, beside: anew, hasSlider: false };
  const control = new NumberControl(words, events, parts);
  return {
    element: control.row.element,
    update() {
      const isDisabled = hands.isFixed(field);
      control.show({ ...field, x: hands.value(field) as number | null, stops: [], isDisabled });
      anew.disabled = isDisabled;
      reset.show(reset.isNeeded && !isDisabled);
    },
  };
}

function choiceRow(field: ChoiceField, hands: Hands): FieldRow {
  const { name, options } = field;
  const reset = new Reset(field, hands);
  const control = new ChoiceControl(labelOf(field), reset.element, (place) =>
    hands.put(field, options[place]!),
  );
  return {
    element: control.row.element,
    update() {
      const now = hands.value(field);
      const isFixed = hands.isFixed(field);
      const shown = options.map((option) => {
        const label = said.options[name]![option]!;
        const isThere = option === now || !hands.needsPython(field) || isOffered(option);
        return {
          label: isThere || isFixed ? label : said.needsPython(label),
          isDisabled: !isThere,
          isHidden: option === OWN && now !== OWN && hands.start(name) !== OWN,
        };
      });
      control.show(shown, options.indexOf(now as string), isFixed);
      reset.show(reset.isNeeded && !isFixed && canBeOffered(field, hands));
    },
  };
  function isOffered(option: string): boolean {
    return hands.offered(name).includes(option);
  }
}

function layersRow(field: LayersField, hands: Hands): FieldRow {
  const reset = new Reset(field, hands);
  const control = new LayersControl(labelOf(field), reset.element, {
    moved: (sizes, goesOn) => hands.put(field, sizes, goesOn),
    settled: () => hands.settle(),
    refused: (words) => hands.refuse(words),
  });
  return {
    element: control.row.element,
    update() {
      const isFixed = hands.isFixed(field);
      control.show(hands.value(field) as readonly number[], isFixed);
      reset.show(reset.isNeeded && !isFixed);
    },
  };
}

/** Gives a setting the value that it had at the start. */
class Reset {
  readonly element: HTMLButtonElement;
  readonly #names: readonly string[];
  readonly #hands: Hands;

  constructor(field: Field, hands: Hands) {
    this.#hands = hands;
    // A rate is what it was only with the schedule that it had.
    this.#names = field.name === "learning_rate" ? ["learning_rate", "schedule"] : [field.name];
    const value = written(field, hands.start(field.name));
    this.element = button("↺", said.back(labelOf(field), value), () => this.#go(field));
    this.element.classList.add("mgw-controls-reset");
  }

  get isNeeded(): boolean {
    return this.#names.some((name) => !sameValue(this.#hands.wish(name), this.#hands.start(name)));
  }

  show(isThere: boolean): void {
    this.element.classList.toggle("mgw-controls-gone", !isThere);
  }

  #go(field: Field): void {
    if (this.#hands.needsPython(field)) this.#hands.put(field, this.#hands.start(field.name));
    else {
      const values = this.#names.map((name) => [name, this.#hands.start(name)]);
      this.#hands.putAll(Object.fromEntries(values));
    }
  }
}

function canBeOffered(field: Field, hands: Hands): boolean {
  const start = hands.start(field.name);
  return (
    !hands.needsPython(field) || hands.offered(field.name).some((value) => sameValue(value, start))
  );
}

export const labelOf = ({ name }: Field): string => said.labels[name]!;

const unitOf = ({ name }: Field): string => said.units[name] ?? "";

/** 0.57 · 100 is not quite 57. */
const rounded = (x: number): number => Number(x.toPrecision(15));

function written(field: Field, value: Value): string {
  const { name } = field;
  if (Array.isArray(value)) return said.layersWritten(value);
  if (value === null) return said.without[name]?.label ?? said.own;
  if (typeof value !== "number") return said.options[name]?.[value as string] ?? `${value}`;
  const times = field.kind === "number" ? (field.times ?? 1) : 1;
  return said.withUnit(fullNumber(rounded(value * times)), unitOf(field));
}
