// @vitest-environment happy-dom
/** The settings under a hand, with a model that keeps what it is told. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeControls } from "../src/dashboard/controls.ts";
import type { Desk, Part } from "../src/dashboard/part.ts";
import { Traits } from "../src/diagram/traits.ts";
import { bytesOf } from "../src/host.ts";
import { controlsText as said } from "../src/strings/controls.ts";
import { Points, type Recipe, readPoints } from "../src/training/points.ts";
import type { Session } from "../src/training/session.ts";
import { FakeModel } from "./model.ts";

const START = {
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

const recipe: Recipe = {
  spots: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1),
  draws: Float64Array.of(1, -1, 2, -2, 0.5, 0, 1 / 3, 0.1),
  ys: Float64Array.of(-1, 1, -1, 1),
  stillXs: Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0),
  stillYs: Float64Array.of(1, -1, 1, -1),
};
const moons = new Points(
  Float64Array.of(0.1, -0.1, 1.2, -0.2, 0.05, 1, 1, 1),
  recipe.ys,
  { dataset: "moons", noise: 0.1, dataSeed: 1337 },
  recipe,
);

let model: FakeModel;
let part: Part;
let ended: AbortController;
let hasPython: boolean;
let session: Session;
let frames: FrameRequestCallback[];
const say = vi.fn();

/** The training that fits the settings of the start. */
const sessionOf = (points = moons, network: object = {}): Session =>
  ({
    points,
    trained: 3,
    network: { hidden: [16, 16], activation: "relu", modelSeed: 1337, ...network },
    row: { learningRate: 0.955 },
  }) as unknown as Session;

function open(traits: Record<string, unknown> = {}): void {
  model = new FakeModel({ ...START, controls: null, locked: [], variants: [], ...traits });
  ended = new AbortController();
  const update = () => part.update(session);
  const desk = {
    traits: new Traits(model, Object.keys(START), () => part && update(), ended.signal),
    signal: ended.signal,
    get session() {
      return session;
    },
    get hasPython() {
      return hasPython;
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
  hasPython = true;
  session = sessionOf();
  say.mockClear();
});
afterEach(() => {
  ended.abort();
  part.element.remove();
  vi.unstubAllGlobals();
});

const frame = () => frames.splice(0).forEach((callback) => void callback(0));
const find = <T extends Element>(selector: string): T => part.element.querySelector<T>(selector)!;
const row = (label: string) => find<HTMLElement>(`.mgw-controls-row[aria-label="${label}"]`);
const within = <T extends Element>(label: string, selector: string): T =>
  row(label).querySelector<T>(selector)!;
const number = (label: string) => within<HTMLInputElement>(label, "input[type=text]");
const slider = (label: string) => within<HTMLInputElement>(label, "input[type=range]");
const select = (label: string) => within<HTMLSelectElement>(label, "select");
const reset = (label: string) => within<HTMLButtonElement>(label, ".mgw-controls-reset");
const words = (label: string) => within<HTMLElement>(label, ".mgw-controls-words");
const notes = () =>
  [...part.element.querySelectorAll(".mgw-controls-note")].map((p) => p.textContent);

function type(label: string, text: string): void {
  number(label).value = text;
  number(label).dispatchEvent(new Event("change"));
}
function slide(label: string, place: number): void {
  slider(label).value = `${place}`;
  slider(label).dispatchEvent(new Event("input"));
}
function choose(label: string, place: number): void {
  select(label).value = `${place}`;
  select(label).dispatchEvent(new Event("change"));
}
function press(element: HTMLElement, key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  element.dispatchEvent(event);
  return event;
}

test("every setting has a name and a value that can be read", () => {
  open();
  const values = Object.values(said.labels).map((label) => {
    const [value] = row(label).querySelectorAll(".mgw-controls-count, input[type=text], select");
    const chosen = (value as HTMLSelectElement).selectedOptions?.[0]?.text;
    return `${label}: ${chosen ?? (value as HTMLInputElement).value ?? value!.textContent}`;
  });
  expect(values).toEqual([
    "Data set: moons",
    "Points: 4",
    "Noise: 0.1",
    "Train share: 100",
    "Data seed: 1337",
    "Hidden layers: 2",
    "Activation: ReLU",
    "Model seed: 1337",
    "Learning rate: 0.955",
    "Schedule: micrograd demo",
    "L2 alpha: 0.0001",
    "Batch size: all",
    "Optimizer: SGD",
    "Batch seed: 1337",
    "Steps to run: 100",
    "Target loss: none",
  ]);
  expect(number("Layer 1").value).toBe("16");
  expect(slider("Noise").getAttribute("aria-valuetext")).toBe("0.1 std. dev.");
  for (const input of part.element.querySelectorAll(
    "input[type=text], input[type=range], select",
  )) {
    expect(input.getAttribute("aria-label")).toBeTruthy();
  }
});

describe("a number", () => {
  test.each([
    ["Noise", "0.25", "noise", 0.25],
    ["Noise", " 2 ", "noise", 2],
    ["Points", "1e3", "n_samples", 1000],
    ["Train share", "57", "train_share", 0.57],
    ["L2 alpha", "0", "alpha", 0],
    ["L2 alpha", "1e-7", "alpha", 1e-7],
    ["Batch size", "2", "batch_size", 2],
    ["Steps to run", "100000", "steps", 100_000],
    ["Target loss", "0.05", "target_loss", 0.05],
    ["Data seed", "9007199254740991", "data_seed", 2 ** 53 - 1],
  ])("%s can be typed: %s", (label, text, name, value) => {
    open();
    type(label, text);
    expect(model.get(name)).toBe(value);
    expect(number(label).getAttribute("aria-invalid")).toBe(null);
    expect(words(label).hidden).toBe(true);
  });

  test.each([
    ["Noise", "abc", "a number from 0 to 2"],
    ["Noise", "2.01", "a number from 0 to 2"],
    ["Noise", "nan", "a number from 0 to 2"],
    ["Noise", "\u202eevil\n", "a number from 0 to 2"],
    ["Learning rate", "-1", "a number of at least 0"],
    ["Learning rate", "inf", "a number of at least 0"],
    ["Points", "1", "a whole number from 2 to 2,000"],
    ["Points", "3.5", "a whole number from 2 to 2,000"],
    ["Train share", "5", "a number from 10 to 100"],
    ["Batch size", "4", "a whole number from 1 to 3, or “all”"],
    ["Target loss", "", "a number of at least 0, or “none”"],
    ["Data seed", "9007199254740993", "a whole number from 0 to 9,007,199,254,740,991"],
    ["Data seed", "own", "a whole number from 0 to 9,007,199,254,740,991"],
    ["Layer 1", "33", "a whole number from 1 to 32"],
  ])("%s is refused in words: %j", (label, text, expected) => {
    open();
    type(label, text);
    for (const [name, value] of Object.entries(START)) expect(model.get(name)).toEqual(value);
    expect(number(label).getAttribute("aria-invalid")).toBe("true");
    expect(words(label).hidden).toBe(false);
    expect(words(label).textContent).toContain(`Expected ${expected}, got: `);
    expect(words(label).textContent).toMatch(/ It stays \S+\.$/);
    expect(say).toHaveBeenCalledWith(words(label).textContent);
    part.update(session);
    expect(words(label).hidden, "while training goes on").toBe(false);
  });

  test("that was refused is forgotten with Escape, which goes no further", () => {
    open();
    type("Noise", "abc");
    expect(press(number("Noise"), "Escape").defaultPrevented).toBe(true);
    expect([number("Noise").value, words("Noise").hidden]).toEqual(["0.1", true]);
    expect(press(number("Noise"), "Escape").defaultPrevented, "nothing left to forget").toBe(false);
  });

  test("that is being typed is left alone while another arrives", () => {
    open();
    number("Noise").focus();
    number("Noise").value = "0.3";
    model.set("noise", 0.7);
    expect(number("Noise").value).toBe("0.3");
    press(number("Noise"), "Enter");
    expect(model.get("noise")).toBe(0.3);
  });

  test.each([
    ["ArrowUp", 0.11],
    ["ArrowDown", 0.09],
    ["PageUp", 0.2],
    ["PageDown", 0],
  ])("goes by the key %s", (key, noise) => {
    open();
    press(number("Noise"), key);
    expect(model.get("noise")).toBe(noise);
  });

  test("of a rate goes by factors, and alpha down to zero", () => {
    open({ schedule: "constant" });
    press(slider("Learning rate"), "ArrowLeft");
    expect(model.get("learning_rate")).toBe(0.89);
    for (let i = 0; i < 10; i++) press(slider("L2 alpha"), "PageDown");
    expect(model.get("alpha")).toBe(0);
    press(slider("L2 alpha"), "ArrowRight");
    expect(model.get("alpha")).toBe(1e-6);
  });

  test("that may be none can be ticked off and on", () => {
    open();
    const tick = within<HTMLInputElement>("Target loss", "input[type=checkbox]");
    expect(tick.checked).toBe(true);
    tick.checked = false;
    tick.dispatchEvent(new Event("change"));
    expect(model.get("target_loss")).toBe(0.05);
    type("Target loss", "None");
    expect(model.get("target_loss")).toBe(null);
    expect(tick.checked).toBe(true);
  });

  test("begins with no more than there is", () => {
    open();
    const tick = within<HTMLInputElement>("Batch size", "input[type=checkbox]");
    tick.checked = false;
    tick.dispatchEvent(new Event("change"));
    expect(model.get("batch_size"), "three points are trained").toBe(3);
  });
});

describe("dragging", () => {
  test("ten thousand places in a frame are one write, of the last place", () => {
    open();
    const saves = model.saves;
    for (let i = 0; i < 10_000; i++) slide("L2 alpha", i % 100);
    expect(model.saves).toBe(saves);
    expect(frames.length).toBe(1);
    frame();
    expect(model.saves).toBe(saves + 1);
    expect(model.get("alpha")).toBe(0.079);
    expect(number("L2 alpha").value).toBe("0.079");
  });

  test("the last place arrives when the hand lets go, before any frame, and when the view ends", () => {
    open();
    slide("L2 alpha", 0);
    slider("L2 alpha").dispatchEvent(new Event("change"));
    expect(model.get("alpha")).toBe(0);
    slide("L2 alpha", 121);
    ended.abort();
    expect(model.get("alpha")).toBe(1);
  });

  test("shows the number under the hand before the model has it", () => {
    open();
    slide("Noise", 150);
    part.update(session);
    expect(number("Noise").value).toBe("1.5");
    expect(model.get("noise")).toBe(0.1);
  });

  test("what Python has to record is written when the hand lets go", () => {
    open();
    slide("Layer 2", 3);
    slide("Layer 2", 7);
    frame();
    expect(model.get("hidden")).toEqual([16, 16]);
    expect(number("Layer 2").value).toBe("8");
    slider("Layer 2").dispatchEvent(new Event("change"));
    expect(model.get("hidden")).toEqual([16, 8]);
  });
});

describe("the learning rate", () => {
  test("is that of the step on screen, and constant once it is touched", () => {
    open();
    expect(number("Learning rate").value).toBe("0.955");
    const saves = model.saves;
    slide("Learning rate", 60);
    frame();
    expect([model.get("learning_rate"), model.get("schedule")]).toEqual([0.1, "constant"]);
    expect(model.saves).toBe(saves + 1);
    expect(select("Schedule").selectedOptions[0]!.text).toBe("constant");
  });

  test("stands still for who is in its field", () => {
    open();
    number("Learning rate").focus();
    session = { ...session, row: { learningRate: 0.5 } } as Session;
    part.update(session);
    expect(number("Learning rate").value).toBe("0.955");
    expect(slider("Learning rate").getAttribute("aria-valuetext")).toBe("0.5 × gradient");
    number("Learning rate").blur();
    part.update(session);
    expect(number("Learning rate").value).toBe("0.5");
  });

  test("goes back with its schedule", () => {
    open();
    expect(reset("Learning rate").classList.contains("mgw-controls-gone")).toBe(true);
    type("Learning rate", "0.3");
    expect(reset("Learning rate").classList.contains("mgw-controls-gone")).toBe(false);
    reset("Learning rate").click();
    expect([model.get("learning_rate"), model.get("schedule")]).toEqual([1, "demo"]);
  });

  test.each([
    ["demo", true],
    ["own", false],
  ])(
    "a function given in Python can be chosen only where there is one: %s",
    (schedule, isHidden) => {
      open({ schedule });
      const own = [...select("Schedule").options].find(({ text }) => text === "own function")!;
      expect(own.hidden).toBe(isHidden);
      choose("Schedule", 1);
      expect(model.get("schedule")).toBe("constant");
      expect(own.hidden, "the way back stays").toBe(isHidden);
    },
  );
});

test("each setting goes back to where it began, by a button that says so", () => {
  open();
  const title = reset("Noise").getAttribute("aria-label");
  expect(title).toBe("Noise: back to 0.1 std. dev.");
  type("Noise", "0.4");
  choose("Optimizer", 2);
  reset("Noise").click();
  expect([model.get("noise"), model.get("optimizer")]).toEqual([0.1, "adam"]);
});

test("there are three seeds, and each button makes one of them new", () => {
  open();
  for (const name of ["data_seed", "model_seed", "batch_seed"]) {
    const before = {
      ...Object.fromEntries(Object.keys(START).map((key) => [key, model.get(key)])),
    };
    const label = said.labels[name]!;
    const button = within<HTMLButtonElement>(label, ".mgw-controls-value button");
    expect(button.textContent).toBe("New seed");
    expect(button.title).toBe(said.newSeedOf[name]);
    button.click();
    const changed = Object.keys(START).filter((key) => model.get(key) !== before[key]);
    expect(changed).toEqual([name]);
    expect(model.get(name)).toSatisfy((x: number) => Number.isInteger(x) && x >= 0 && x < 10_000);
  }
});

describe("noise", () => {
  test("moves the points here, to the bit, together with the setting", () => {
    open();
    const saves = model.saves;
    slide("Noise", 30);
    frame();
    expect([model.get("noise"), model.saves]).toEqual([0.3, saves + 1]);
    const points = readPoints(bytesOf(model.get("points")));
    expect(points.source).toEqual({ dataset: "moons", noise: 0.3, dataSeed: 1337 });
    expect([...points.xs]).toEqual(
      [...recipe.spots].map((spot, i) => spot + 0.3 * recipe.draws[i]!),
    );
    expect(points.recipe, "the next noise needs it as well").toEqual(recipe);
  });

  test("of 0 has the points that Python makes without drawing any", () => {
    open();
    type("Noise", "0");
    const points = readPoints(bytesOf(model.get("points")));
    expect([[...points.xs], [...points.ys]]).toEqual([[...recipe.stillXs], [...recipe.stillYs]]);
  });

  test("is left to Python while other points are on their way", () => {
    open();
    choose("Data set", 1);
    type("Noise", "0.5");
    expect([model.get("dataset"), model.get("noise")]).toEqual(["spiral", 0.5]);
    expect(model.get("points")).toBe(undefined);
  });

  test("is fixed where nobody can work it out", () => {
    session = sessionOf(new Points(moons.xs, moons.ys, moons.source));
    hasPython = false;
    open();
    expect(number("Noise").disabled).toBe(true);
  });
});

describe("layers", () => {
  const add = () =>
    [...row("Hidden layers").querySelectorAll("button")].find(
      (b) => b.textContent === "Add layer",
    )!;
  const remove = (n: number) =>
    within<HTMLButtonElement>("Hidden layers", `button[aria-label="Remove layer ${n}"]`);

  test("are added, up to four, and removed, down to none", () => {
    open();
    add().click();
    expect(model.get("hidden")).toEqual([16, 16, 16]);
    type("Layer 3", "5");
    add().click();
    expect(model.get("hidden")).toEqual([16, 16, 5, 5]);
    expect(add().disabled).toBe(true);
    remove(1).click();
    expect(model.get("hidden")).toEqual([16, 5, 5]);
    for (let i = 0; i < 3; i++) remove(1).click();
    expect(model.get("hidden")).toEqual([]);
    expect(row("Layer 1")).toBe(null);
    add().click();
    expect(model.get("hidden")).toEqual([8]);
  });

  test("keep the focus near when one goes", () => {
    open();
    remove(2).focus();
    remove(2).click();
    expect(document.activeElement).toBe(number("Layer 1"));
    remove(1).click();
    expect(document.activeElement).toBe(add());
  });
});

describe("waiting for Python", () => {
  test("is said until a network that agrees has come", () => {
    open();
    expect(notes()[1]).toBe(said.notes.network.calm);
    choose("Activation", 1);
    expect(model.get("activation")).toBe("tanh");
    expect(notes()).toEqual([said.notes.points.calm, said.notes.network.due]);
    const group = row("Activation").closest("details")!;
    expect(group.getAttribute("aria-busy")).toBe("true");
    session = sessionOf(moons, { activation: "tanh" });
    part.update(session);
    expect(notes()[1]).toBe(said.notes.network.calm);
    expect(group.getAttribute("aria-busy")).toBe("false");
  });

  test("is said until points that agree have come", () => {
    open();
    type("Points", "50");
    expect(notes()).toEqual([said.notes.points.due, said.notes.network.calm]);
  });
});

test("points of one's own have neither noise nor seed, and are counted", () => {
  session = sessionOf(moons.without(0));
  open({ dataset: "own" });
  expect([number("Points").value, number("Points").disabled]).toEqual(["3", true]);
  expect(number("Noise").value).toBe("0");
  expect([number("Noise").disabled, number("Data seed").disabled]).toEqual([true, true]);
  expect(select("Data set").disabled).toBe(false);
  expect(notes()[0]).toBe(said.ownPoints(3));
});

test("a model of one's own keeps its layers until a seed asks for another", () => {
  session = sessionOf(moons, { modelSeed: null, hidden: [] });
  open({ model_seed: null });
  expect(number("Model seed").value).toBe("own");
  expect(select("Activation").disabled).toBe(true);
  expect(notes()[1]).toBe(said.ownModel);
  type("Model seed", "7");
  expect(model.get("model_seed")).toBe(7);
  expect(select("Activation").disabled).toBe(false);
});

describe("what a teacher takes away", () => {
  test("is absent, with its group when that is empty", () => {
    open({ controls: ["noise", "learning_rate"] });
    const labels = [...part.element.querySelectorAll(".mgw-controls-label")].map(
      (l) => l.textContent,
    );
    expect(labels).toEqual(["Noise", "Learning rate", "Schedule"]);
    expect(part.element.querySelectorAll("details").length).toBe(2);
  });

  test("or locks can be read, and is no control", () => {
    open({ locked: ["hidden", "noise", "train_share", "learning_rate", "batch_size"] });
    const read = (label: string) => within(label, ".mgw-controls-read").textContent;
    expect(read("Hidden layers")).toBe("16, 16");
    expect(read("Noise")).toBe("0.1 std. dev.");
    expect(read("Train share")).toBe("100 %");
    expect(read("Learning rate")).toBe("0.955 × gradient at this step");
    expect(read("Schedule")).toBe("micrograd demo");
    expect(read("Batch size")).toBe("all points");
    for (const label of ["Hidden layers", "Noise", "Learning rate"]) {
      expect(row(label).querySelector("input, button, select")).toBe(null);
    }
  });

  test("altogether leaves nothing", () => {
    open({ controls: [] });
    expect(part.element.hidden).toBe(true);
  });

  test("is followed when it changes", () => {
    open();
    model.set("locked", ["noise"]);
    part.update(session);
    expect(number("Noise")).toBe(null);
  });
});

describe("without Python", () => {
  const variant = (hidden: number[], dataset: string, more: object = {}) => ({
    settings: { ...START, hidden, dataset, ...more },
    network: new DataView(Uint8Array.of(hidden.length).buffer),
    points: new DataView(Uint8Array.of(dataset.length).buffer),
  });

  beforeEach(() => {
    hasPython = false;
  });

  test("only what Python would record is fixed, and says why", () => {
    open();
    const isFixed = (label: string) =>
      row(label).querySelector<HTMLInputElement>("input, select")!.disabled;
    const fixed = Object.values(said.labels).filter((label) => isFixed(label));
    expect(fixed).toEqual([
      ...["Data set", "Points", "Data seed"],
      ...["Hidden layers", "Activation", "Model seed"],
    ]);
    expect(notes()).toEqual([said.notes.points.missing, said.notes.network.missing]);
    slide("Noise", 50);
    frame();
    expect(model.get("noise")).toBe(0.5);
  });

  test("what was recorded beforehand can be chosen, with all that belongs to it", () => {
    open({
      variants: [
        variant([16, 16], "moons"),
        variant([8], "moons"),
        variant([8], "spiral", { learning_rate: 0.2 }),
        variant([16, 16], "spiral"),
      ],
    });
    expect([...select("Hidden layers").options].map((o) => o.text)).toEqual(["16, 16", "8"]);
    expect([...select("Data set").options].filter((o) => !o.disabled).map((o) => o.text)).toEqual([
      ...["moons", "spiral"],
    ]);
    expect(select("Data set").options[2]!.text).toBe("blobs (needs Python)");
    expect(notes()[1]).toBe(said.notes.network.offered);
    expect(number("Points").disabled).toBe(true);
    choose("Hidden layers", 1);
    expect([model.get("hidden"), model.get("dataset")]).toEqual([[8], "moons"]);
    expect([...bytesOf(model.get("network"))]).toEqual([1]);
    session = sessionOf(moons, { hidden: [8] });
    part.update(session);
    choose("Data set", 1);
    expect([model.get("hidden"), model.get("learning_rate")]).toEqual([[8], 0.2]);
    expect([...bytesOf(model.get("points"))]).toEqual([6]);
  });

  test("shows what is there, whatever was wished of Python before it went", () => {
    hasPython = true;
    open();
    choose("Activation", 1);
    hasPython = false;
    part.update(session);
    expect(select("Activation").selectedOptions[0]!.text).toBe("ReLU");
  });

  test.each([[null], ["x"], [[null, 3, { settings: null }, {}]]])(
    "variants that are none are none: %j",
    (variants) => {
      open({ variants });
      expect(select("Activation").disabled).toBe(true);
    },
  );
});

test("keys of fields and buttons stay theirs; Escape, Tab and shortcuts do not", () => {
  open();
  const heard: string[] = [];
  document.body.addEventListener("keydown", ({ key }) => heard.push(key), { signal: ended.signal });
  for (const key of ["Home", "5", " ", "Tab", "Escape"]) press(number("Noise"), key);
  press(select("Data set"), "ArrowDown");
  for (const key of [" ", "Enter", "?"]) press(reset("Noise"), key);
  expect(heard).toEqual(["Tab", "Escape", "?"]);
});

test("ends with the view", () => {
  open();
  ended.abort();
  expect(model.listeners).toBe(0);
});
