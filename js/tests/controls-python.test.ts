// @vitest-environment happy-dom
/** Settings for which Python records a model anew, and what is left of them without it. */
import { beforeEach, describe, expect, test } from "vitest";
import { bytesOf } from "../src/host.ts";
import { controlsText as said } from "../src/strings/controls.ts";
import {
  choose,
  frame,
  given,
  model,
  moons,
  notes,
  number,
  open,
  part,
  row,
  START,
  select,
  sessionOf,
  slide,
  type,
} from "./controlled.ts";

describe("waiting for Python", () => {
  test("is said until a network that agrees has come", () => {
    open();
    expect(notes()[1]).toBe(said.notes.network.calm);
    choose("Activation", 1);
    expect(model.get("activation")).toBe("tanh");
    expect(notes()).toEqual([said.notes.points.calm, said.notes.network.due]);
    const group = row("Activation").closest("details")!;
    expect(group.getAttribute("aria-busy")).toBe("true");
    given.session = sessionOf(moons, { activation: "tanh" });
    part.update(given.session);
    expect(notes()[1]).toBe(said.notes.network.calm);
    expect(group.getAttribute("aria-busy")).toBe("false");
  });

  test("is said until points that agree have come", () => {
    open();
    type("Points", "50");
    expect(notes()).toEqual([said.notes.points.due, said.notes.network.calm]);
  });
});

describe("without Python", () => {
  const variant = (hidden: number[], dataset: string, more: object = {}) => ({
    settings: { ...START, hidden, dataset, ...more },
    network: new DataView(Uint8Array.of(hidden.length).buffer),
    points: new DataView(Uint8Array.of(dataset.length).buffer),
  });

  beforeEach(() => {
    given.hasPython = false;
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
    given.session = sessionOf(moons, { hidden: [8] });
    part.update(given.session);
    choose("Data set", 1);
    expect([model.get("hidden"), model.get("learning_rate")]).toEqual([[8], 0.2]);
    expect([...bytesOf(model.get("points"))]).toEqual([6]);
  });

  test("shows what is there, whatever was wished of Python before it went", () => {
    given.hasPython = true;
    open();
    choose("Activation", 1);
    given.hasPython = false;
    part.update(given.session);
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
