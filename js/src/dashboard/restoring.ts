/**
 * Whether a state is one of this training, and what has to be set for it. As strict as Python's
 * `Dashboard(state=...)`; and no network and no points can be had that the page does not hold.
 */
import { bytesOf } from "../host.ts";
import { expectFit, type Restore, refuse, type StoredTraits } from "../page/restored.ts";
import { CONTROLS, FURTHEST_STEP, isWithin, MOST_LAYERS, OWN, UNITS } from "../ranges.ts";
import { controlsText as said } from "../strings/controls.ts";
import { linkText as words } from "../strings/link.ts";
import { readNetwork } from "../training/network.ts";
import { readPoints } from "../training/points.ts";
import { sameValue } from "./fields.ts";
import { type Variant, variantsOf } from "./recorded.ts";

const OF_NETWORK = ["hidden", "activation", "model_seed"] as const;
/** The noise is not among them: it can be had in any strength. Own points are what they are. */
const ofPoints = ({ dataset }: StoredTraits) =>
  dataset === OWN ? ["dataset"] : ["dataset", "n_samples", "data_seed"];

const MAY_BE_NONE = new Set(["batch_size", "target_loss", "selected_point", "controls"]);

/** The name of a setting in `controls` and `locked`, where that is another one. */
const CONTROL_OF: Readonly<Record<string, string>> = { schedule: "learning_rate" };

export const restoreDashboard: Restore = (stored, wished) => {
  for (const [name, value] of wished) expectPossible(name, value, stored);
  const kept: string[] = [];
  const changes = new Map<string, unknown>();
  for (const [name, value] of wished) {
    if (name === "controls" || name === "locked") continue;
    if (isFree(name, stored)) changes.set(name, value);
    else if (!sameValue(value, stored[name])) kept.push(words.isLocked(said.labels[name] ?? name));
  }
  const then = { ...stored, ...Object.fromEntries(changes), ...locksOf(stored, wished) };
  const network = networkFor(then, stored);
  const points = pointsFor(then, stored);
  const count = readPoints(points).count;
  const place = changes.get("selected_point");
  if (typeof place === "number" && place >= count) {
    refuse(`selected_point to be below ${count}`, place);
  }
  return { traits: { ...then, ...begun(then, stored, changes, network, points) }, kept };
};

function expectPossible(name: string, value: unknown, stored: StoredTraits): void {
  if (value === null && MAY_BE_NONE.has(name)) return;
  if (name === "model_seed" && value === null) {
    if (stored[name] !== null) refuse("model_seed to be a whole number", value);
  } else if (name === "step") {
    if (value === null || (value as number) > FURTHEST_STEP) {
      refuse(`step to be a whole number from 0 to ${FURTHEST_STEP}`, value);
    }
  } else if (name === "hidden") {
    const sizes = value as readonly number[];
    if (sizes.length > MOST_LAYERS || !sizes.every((n) => isWithin(UNITS, n))) {
      const { least, most } = UNITS;
      refuse(`hidden to be at most ${MOST_LAYERS} whole numbers from ${least} to ${most}`, value);
    }
  } else if (name === "controls" || name === "locked") {
    const other = (value as readonly string[]).find((one) => !CONTROLS.includes(one));
    if (other !== undefined) refuse(`${name} to be out of ${CONTROLS.join(", ")}`, other);
  } else if (name === "schedule") {
    expectSchedule(value, stored);
  } else {
    expectFit(name, value);
  }
}

/** A function of the step is written down as a table, and there is one table. */
function expectSchedule(schedule: unknown, stored: StoredTraits): void {
  expectFit("schedule", schedule);
  const isOther = (schedule === OWN) !== (stored.schedule === OWN);
  if (isOther && schedule !== "constant") refuse(words.inThisPage("schedule"), schedule);
}

/** Whether a setting is there for the learner, and not locked; what is no control always is. */
function isFree(name: string, { controls, locked }: StoredTraits): boolean {
  const control = CONTROL_OF[name] ?? name;
  if (!CONTROLS.includes(control)) return true;
  const isShown = !Array.isArray(controls) || controls.includes(control);
  return isShown && !(Array.isArray(locked) && locked.includes(control));
}

/** A link may hide and lock more, never less. */
function locksOf(stored: StoredTraits, wished: ReadonlyMap<string, unknown>): StoredTraits {
  const listOf = (x: unknown) => (Array.isArray(x) ? (x as readonly string[]) : null);
  const [mine, theirs] = [listOf(stored.controls), listOf(wished.get("controls"))];
  const locked = new Set([
    ...(listOf(stored.locked) ?? []),
    ...(listOf(wished.get("locked")) ?? []),
  ]);
  return {
    controls: mine && theirs ? mine.filter((one) => theirs.includes(one)) : (mine ?? theirs),
    locked: [...locked],
  };
}

const fits = (names: readonly string[], a: StoredTraits, b: StoredTraits): boolean =>
  names.every((name) => sameValue(a[name], b[name]));

/** The page itself comes first, then what was recorded beside it. */
function recordedFor(
  names: readonly string[],
  then: StoredTraits,
  stored: StoredTraits,
): Variant | null {
  const { network, points } = stored;
  const itself = { settings: stored, network: bytesOf(network), points: bytesOf(points) };
  const all = [itself, ...variantsOf(stored.variants)];
  return all.find(({ settings }) => fits(names, settings, then)) ?? null;
}

function networkFor(then: StoredTraits, stored: StoredTraits): Uint8Array {
  const found = recordedFor(OF_NETWORK, then, stored);
  return found?.network ?? refuse(words.inThisPage("network"), words.network(then));
}

function pointsFor(then: StoredTraits, stored: StoredTraits): Uint8Array {
  const found = recordedFor(ofPoints(then), then, stored);
  if (found === null) return refuse(words.inThisPage("data"), words.points(then));
  if (then.dataset === OWN || sameValue(found.settings.noise, then.noise)) return found.points;
  const points = readPoints(found.points).withNoise(then.noise as number);
  return points?.toBytes() ?? refuse(words.inThisPage("data"), words.points(then));
}

/**
 * How far it is to be trained. A step is one of a training that begins anew with these settings;
 * and so does one with another network or other points. Else what went on before is gone on from.
 */
function begun(
  then: StoredTraits,
  stored: StoredTraits,
  changes: ReadonlyMap<string, unknown>,
  network: Uint8Array,
  points: Uint8Array,
): StoredTraits {
  const isOther =
    !fits([...OF_NETWORK, ...ofPoints(then), "train_share"], then, stored) ||
    (then.dataset !== OWN && then.noise !== stored.noise);
  if (!isOther && !changes.has("step")) return {};
  const { initial } = readNetwork(network);
  const stays = (name: string, count: number) =>
    typeof then[name] === "number" && then[name] < count ? then[name] : null;
  return {
    network,
    points,
    step: changes.get("step") ?? 0,
    playing: false,
    result: new Uint8Array(),
    watched: new Uint8Array(),
    watching: "",
    selected_point: stays("selected_point", readPoints(points).count),
    selected_parameter: stays("selected_parameter", initial.length),
  };
}
