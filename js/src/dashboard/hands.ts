/** What all rows of settings do alike: read a setting, write it, and know whether it can be moved. */
import { bytesOf } from "../host.ts";
import { OWN } from "../ranges.ts";
import type { Session } from "../training/session.ts";
import type { Field, Value } from "./fields.ts";
import type { Desk } from "./part.ts";
import { arePointsOf, nearest, offered, type Variant, valueThere, variantsOf } from "./recorded.ts";
import { Writes } from "./writes.ts";

/** These make no sense where somebody has brought the points, or the model, along. */
const OF_MADE_POINTS = new Set(["n_samples", "noise", "data_seed"]);
const OF_MADE_MODEL = new Set(["hidden", "activation"]);

export class Hands {
  readonly #desk: Desk;
  readonly #writes: Writes;
  readonly #start: ReadonlyMap<string, Value>;
  #said: unknown;
  #variants: readonly Variant[] = [];

  constructor(desk: Desk, fields: readonly Field[]) {
    this.#desk = desk;
    this.#writes = new Writes(desk.traits, (values) => this.#withPoints(values), desk.signal);
    this.#start = new Map(fields.map(({ name }) => [name, desk.traits.get(name) as Value]));
  }

  /** What a setting was when this view opened. */
  start(name: string): Value {
    return this.#start.get(name)!;
  }

  readonly wish = (name: string): unknown => this.#writes.get(name);

  /** A setting as it is shown: as wished, as long as there is somebody to fulfil it. */
  value({ name, recorded }: Field): Value {
    const { session, hasPython } = this.#desk;
    const isAsThere = (recorded !== undefined && !hasPython) || this.#isOfOwnPoints(name);
    if (session !== null && isAsThere) return valueThere(name, session)!;
    return this.wish(name) as Value;
  }

  /** Whether a setting is as it is, for now, though nobody has locked it. */
  isFixed(field: Field): boolean {
    const { name } = field;
    const { session, hasPython } = this.#desk;
    if (session === null || this.#isOfOwnPoints(name)) return true;
    if (OF_MADE_MODEL.has(name) && this.hasOwnModel(session)) return true;
    if (hasPython) return false;
    if (name === "noise") return session.points.recipe === null;
    return this.needsPython(field) && this.offered(name).length < 2;
  }

  #isOfOwnPoints(name: string): boolean {
    return OF_MADE_POINTS.has(name) && this.#desk.session?.points.source.dataset === OWN;
  }

  hasOwnModel({ network }: Session): boolean {
    return network.modelSeed === null && this.wish("model_seed") === null;
  }

  /** What was recorded beforehand. */
  get variants(): readonly Variant[] {
    const said = this.#desk.traits.get("variants");
    if (said !== this.#said) this.#variants = variantsOf(said);
    this.#said = said;
    return this.#variants;
  }

  /** Whether only a Python that is not there could set it to anything. */
  needsPython({ recorded }: Field): boolean {
    return recorded !== undefined && !this.#desk.hasPython;
  }

  offered(name: string): readonly Value[] {
    return offered(name, this.variants);
  }

  /** Sets it, with what follows from it; `goesOn` while more of the same movement may follow. */
  put(field: Field, value: Value, goesOn = false): void {
    if (this.needsPython(field)) {
      this.#take(field.name, value);
      return;
    }
    const isRecorded = field.recorded !== undefined;
    this.#writes.put({ [field.name]: value, ...CONSEQUENCES[field.name] }, isRecorded && goesOn);
    if (!goesOn) this.settle();
  }

  /** Several settings as they are given. */
  putAll(values: Readonly<Record<string, unknown>>): void {
    this.#writes.put(values, false);
    this.settle();
  }

  settle(): void {
    this.#writes.settle();
  }

  refuse(words: string): void {
    this.#desk.say(words);
  }

  #take(name: string, value: Value): void {
    const { session } = this.#desk;
    const now = (other: string) => session && valueThere(other, session);
    const variant = nearest(name, value, this.variants, now);
    if (variant === null) return;
    const { settings, network, points } = variant;
    this.putAll({ ...settings, network: viewOf(network), points: viewOf(points) });
  }

  /** Points with another noise are worked out here, if they can be: Python need not be asked. */
  #withPoints(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const points = this.#desk.session?.points;
    const { noise } = values;
    if (points === undefined || typeof noise !== "number" || "points" in values) return values;
    const wish = (name: string) => (name in values ? values[name] : this.#desk.traits.get(name));
    const isOtherwiseThere = arePointsOf(points, (name) =>
      name === "noise" ? points.source.noise : wish(name),
    );
    const moved = isOtherwiseThere ? points.withNoise(noise) : null;
    return moved === null ? values : { ...values, points: viewOf(moved.toBytes()) };
  }
}

/** A rate that is given by hand holds for all steps. */
const CONSEQUENCES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  learning_rate: { schedule: "constant" },
};

/** As bytes cross to Python. */
const viewOf = (bytes: Uint8Array): DataView => {
  const { buffer, byteOffset, byteLength } = bytesOf(bytes);
  return new DataView(buffer, byteOffset, byteLength);
};
