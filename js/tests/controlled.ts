/** The settings under a hand, with a model that keeps what it is told. */
import { afterEach, beforeEach, vi } from "vitest";
import { makeControls } from "../src/dashboard/controls.ts";
import type { Desk, Part } from "../src/dashboard/part.ts";
import { Traits } from "../src/diagram/traits.ts";
import { Points, type Recipe } from "../src/training/points.ts";
import type { Session } from "../src/training/session.ts";
import { FakeModel } from "./model.ts";

export const START = {
  dataset: "moons",
  n_samples: 4,
  noise: 0.1,
  train_share: 1,
  data_seed: 1337,
  hidden: [16, 16],
  activation: "relu",
  model_seed: 1337,
  learning_rate: 1,
  schedule: "demo",
  alpha: 1e-4,
  batch_size: null,
  optimizer: "sgd",
  batch_seed: 1337,
  steps: 100,
  target_loss: null,
};

export const recipe: Recipe = {
  spots: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1),
  draws: Float64Array.of(1, -1, 2, -2, 0.5, 0, 1 / 3, 0.1),
  ys: Float64Array.of(-1, 1, -1, 1),
  stillXs: Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0),
  stillYs: Float64Array.of(1, -1, 1, -1),
};
export const moons = new Points(
  Float64Array.of(0.1, -0.1, 1.2, -0.2, 0.05, 1, 1, 1),
  recipe.ys,
  { dataset: "moons", noise: 0.1, dataSeed: 1337 },
  recipe,
);

export let model: FakeModel;
export let part: Part;
export let ended: AbortController;
/** What a test may put in the place of the training, and of Python. */
export const given = { hasPython: true } as { session: Session; hasPython: boolean };
export let frames: FrameRequestCallback[];
export const say = vi.fn();

/** The training that fits the settings of the start. */
export const sessionOf = (points = moons, network: object = {}): Session =>
  ({
    points,
    trained: 3,
    network: { hidden: [16, 16], activation: "relu", modelSeed: 1337, ...network },
    row: { learningRate: 0.955 },
  }) as unknown as Session;

export function open(traits: Record<string, unknown> = {}): void {
  model = new FakeModel({ ...START, controls: null, locked: [], variants: [], ...traits });
  ended = new AbortController();
  const update = () => part.update(given.session);
  const desk = {
    traits: new Traits(model, Object.keys(START), () => part && update(), ended.signal),
    signal: ended.signal,
    get session() {
      return given.session;
    },
    get hasPython() {
      return given.hasPython;
    },
    has: (name: string) =>
      model.get("controls") === null || (model.get("controls") as string[]).includes(name),
    mayMove: (name: string) => !(model.get("locked") as string[]).includes(name),
    say,
  } as unknown as Desk;
  part = makeControls(desk);
  document.body.append(part.element);
  update();
}

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
  given.hasPython = true;
  given.session = sessionOf();
  say.mockClear();
});
afterEach(() => {
  ended.abort();
  part.element.remove();
  vi.unstubAllGlobals();
});

export const frame = () => frames.splice(0).forEach((callback) => void callback(0));
export const find = <T extends Element>(selector: string): T =>
  part.element.querySelector<T>(selector)!;
export const row = (label: string) => find<HTMLElement>(`.mgw-controls-row[aria-label="${label}"]`);
export const within = <T extends Element>(label: string, selector: string): T =>
  row(label).querySelector<T>(selector)!;
export const number = (label: string) => within<HTMLInputElement>(label, "input[type=text]");
export const slider = (label: string) => within<HTMLInputElement>(label, "input[type=range]");
export const select = (label: string) => within<HTMLSelectElement>(label, "select");
export const reset = (label: string) => within<HTMLButtonElement>(label, ".mgw-controls-reset");
export const words = (label: string) => within<HTMLElement>(label, ".mgw-controls-words");
export const notes = () =>
  [...part.element.querySelectorAll(".mgw-controls-note")].map((p) => p.textContent);

export function type(label: string, text: string): void {
  number(label).value = text;
  number(label).dispatchEvent(new Event("change"));
}
export function slide(label: string, place: number): void {
  slider(label).value = `${place}`;
  slider(label).dispatchEvent(new Event("input"));
}
export function choose(label: string, place: number): void {
  select(label).value = `${place}`;
  select(label).dispatchEvent(new Event("change"));
}
export function press(element: HTMLElement, key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
  return event;
}
