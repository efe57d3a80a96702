// @vitest-environment happy-dom
/** Numbers of the settings: typed, stepped by keys, dragged. */
import { describe, expect, test } from "vitest";
import { bytesOf } from "../src/host.ts";
import { Points, readPoints } from "../src/training/points.ts";
import type { Session } from "../src/training/session.ts";
import {
  choose,
  ended,
  frame,
  frames,
  given,
  model,
  moons,
  number,
  open,
  part,
  press,
  recipe,
  reset,
  START,
  say,
  select,
  sessionOf,
  slide,
  slider,
  type,
  within,
  words,
} from "./controlled.ts";

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
    part.update(given.session);
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
    part.update(given.session);
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
    given.session = { ...given.session, row: { learningRate: 0.5 } } as Session;
    part.update(given.session);
    expect(number("Learning rate").value).toBe("0.955");
    expect(slider("Learning rate").getAttribute("aria-valuetext")).toBe("0.5 × gradient");
    number("Learning rate").blur();
    part.update(given.session);
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
    given.session = sessionOf(new Points(moons.xs, moons.ys, moons.source));
    given.hasPython = false;
    open();
    expect(number("Noise").disabled).toBe(true);
  });
});
