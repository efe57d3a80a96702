// @vitest-environment happy-dom
/** The settings: each has a name and a value, and goes back to where it began. */
import { describe, expect, test } from "vitest";
import { controlsText as said } from "../src/strings/controls.ts";
import {
  choose,
  ended,
  given,
  model,
  moons,
  notes,
  number,
  open,
  part,
  press,
  reset,
  row,
  START,
  select,
  sessionOf,
  slider,
  type,
  within,
} from "./controlled.ts";

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

test("points of one's own have neither noise nor seed, and are counted", () => {
  given.session = sessionOf(moons.without(0));
  open({ dataset: "own" });
  expect([number("Points").value, number("Points").disabled]).toEqual(["3", true]);
  expect(number("Noise").value).toBe("0");
  expect([number("Noise").disabled, number("Data seed").disabled]).toEqual([true, true]);
  expect(select("Data set").disabled).toBe(false);
  expect(notes()[0]).toBe(said.ownPoints(3));
});

test("a model of one's own keeps its layers until a seed asks for another", () => {
  given.session = sessionOf(moons, { modelSeed: null, hidden: [] });
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
    part.update(given.session);
    expect(number("Noise")).toBe(null);
  });
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
