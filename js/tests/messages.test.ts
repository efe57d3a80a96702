// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { makeMessages } from "../src/dashboard/messages.ts";
import { FakeRun, FakeSession, SETTINGS } from "./sessions.ts";
import { StandingPart } from "./standing.ts";

let session: FakeSession;
let part: StandingPart;

beforeEach(() => {
  session = new FakeSession(new FakeRun("run 1", 60), 60);
});

const stand = (traits: Record<string, unknown> = {}) => {
  const none = { complaint: "", watching: "", target_loss: null, selected_point: null };
  part = new StandingPart(makeMessages, session, { ...none, ...traits });
};
const said = (role: "status" | "alert") =>
  part.all(`[role=${role}] p`).map(({ textContent }) => textContent);

describe("how it stands", () => {
  test.each([
    [0, 0, { kind: "ready" }, /^Play trains the network/],
    [60, 60, { kind: "ready" }, /holds from the step on screen/],
    [60, 37, { kind: "ready" }, /begins another run/],
    [60, 60, { kind: "running" }, /^Training\. Pause whenever/],
    [60, 60, { kind: "completed" }, /^All 60 steps are done/],
  ] as const)("of %i steps at %i, %o", (taken, step, status, words) => {
    session = new FakeSession(new FakeRun("run 1", taken), step);
    session.status = status;
    stand();
    expect(said("status")).toEqual([expect.stringMatching(words)]);
    expect(said("alert")).toEqual([]);
  });

  test("where another page plays, this one says that it follows, until that ends", () => {
    session.status = { kind: "completed" };
    stand({ playing: true, _leader: 3 });
    expect(said("status")).toEqual([expect.stringMatching(/played in another window or tab/)]);
    session.isPlaying = true;
    part.update();
    expect(said("status")).toEqual([expect.stringMatching(/^All 60 steps/)]);
    for (const traits of [
      { playing: false, _leader: 3 },
      { playing: true, _leader: 0 },
    ]) {
      session.isPlaying = false;
      stand(traits);
      expect(said("status")).toEqual([expect.stringMatching(/^All 60 steps/)]);
    }
  });

  test("on a long way to a step one sees how much is done, and may stop", () => {
    session.status = { kind: "running", goal: 400 };
    stand();
    expect(said("status")).toEqual([
      "On the way to step 400, which has to be trained first: 15 % of it is done.",
    ]);
    part.button("Stop here").click();
    expect(session.asked).toEqual(["seek 60"]);
  });

  test("a target that is reached has a step and its loss", () => {
    session.status = { kind: "target", step: 42, loss: 0.0998 };
    stand({ target_loss: 0.1 });
    expect(said("status")).toEqual([
      "Target reached: at step 42 the loss is 0.0998, not above 0.1.",
    ]);
  });

  test("the words are written once, so that they are heard once", () => {
    stand();
    const before = part.get("[role=status] p");
    session.run.columns.loss.fill(0.1);
    part.update();
    expect(part.get("[role=status] p")).toBe(before);
  });
});

describe("when it breaks off", () => {
  beforeEach(() => {
    const words = "The value became inf for example 17, in layer 2 › neuron 5.";
    session.status = { kind: "diverged", step: 60, example: 16, value: 3, words };
  });

  test("one hears at once where, and what to try", () => {
    stand();
    expect(said("alert")).toEqual([
      "Training broke off at step 60, where a number is no longer finite. The value became inf " +
        "for example 17, in layer 2 › neuron 5. The learning rate was 1: go back some steps, set " +
        "a lower one, and go on.",
    ]);
    expect(said("status")).toEqual([]);
  });

  test("L2 can be the reason alone", () => {
    session.run.segments = [{ first: 0, settings: { ...SETTINGS, alpha: 1.5 } }];
    stand();
    expect(said("alert")[0]).toMatch(/twice alpha 1.5 is 2 or more, so L2 alone/);
  });

  test("the example can be opened, and some steps taken back", () => {
    stand();
    part.button("Open example 17").click();
    expect(part.desk.traits.get("selected_point")).toBe(16);
    part.button("Go back 10 steps").click();
    expect(session.asked).toEqual(["seek 50"]);
  });

  test("at step 0 there is no way back", () => {
    session = new FakeSession(new FakeRun("run 1", 0));
    session.status = { kind: "diverged", step: 0, example: null, value: null, words: "It broke." };
    stand();
    expect(part.all("button")).toEqual([]);
  });
});

describe("a layer that is dead", () => {
  const outputs = (alive: boolean) => () => Float64Array.of(0, 0, alive ? 0.5 : 0);
  const isSaid = () => said("alert").some((words) => words.startsWith("Layer 1 is dead: all 3"));

  beforeEach(() => {
    session.network.layers = [[1, 2, 3], [1]];
  });

  test("is one whose units give 0 for every point, however the last one stands", () => {
    session.outputs = outputs(true);
    stand();
    expect(isSaid()).toBe(false);
    session.outputs = outputs(false);
    part.update();
    expect(isSaid()).toBe(true);
    session.outputs = (layer) => Float64Array.of(0, layer);
    session.network.layers = [[1]];
    part.update();
    expect(isSaid()).toBe(false);
  });

  test("is looked for now and then while it plays, and at once when it pauses", () => {
    session.isPlaying = true;
    const asked = vi.fn(outputs(true));
    session.outputs = asked;
    session.step = 0;
    stand();
    const first = asked.mock.calls.length;
    for (session.step = 1; session.step < 30; session.step++) part.update();
    expect(asked.mock.calls.length).toBe(first);
    part.update();
    expect(asked.mock.calls.length).toBeGreaterThan(first);
    session.outputs = outputs(false);
    part.update();
    expect(isSaid()).toBe(false);
    session.isPlaying = false;
    part.update();
    expect(isSaid()).toBe(true);
  });
});

test("steps that are not kept are said to be worked out again", () => {
  session.run.spacing = 4;
  stand();
  expect(said("status")[1]).toMatch(/parameters of every 4th step are kept; .* worked out again/);
});

test("what Python refused is an alert, closed until it refuses something else", () => {
  stand({ complaint: "hidden: expected at most 4 layers, got: 5" });
  const words = "Python did not take a change: hidden: expected at most 4 layers, got: 5";
  expect(said("alert")).toEqual([words]);
  part.button(`Close: ${words.slice(0, 40)}`).click();
  expect(said("alert")).toEqual([]);
  expect(document.activeElement).toBe(part.element);
  part.desk.traits.set("complaint", "alpha: expected at least 0, got: -1");
  expect(said("alert").length).toBe(1);
  part.desk.traits.set("complaint", "");
  part.desk.traits.set("complaint", "alpha: expected at least 0, got: -1");
  expect(said("alert").length).toBe(1);
});

test("a message with markup in it is text", () => {
  stand({ complaint: "<img src=x onerror=alert(1)>" });
  expect(part.all("img")).toEqual([]);
});

describe("a loop in Python", () => {
  test.each([
    ["running", "status", "Python is training with a loop of its own"],
    ["paused", "status", "The loop in Python is paused"],
    ["finished", "status", "The loop in Python is finished"],
    ["stopped", "status", "The loop in Python was stopped"],
    ["failed", "alert", "The loop in Python ended with an error"],
  ] as const)("that is %s says so", (watching, role, start) => {
    stand({ watching });
    expect(said(role)).toEqual([expect.stringMatching(`^${start}`)]);
  });

  test("can be stopped", () => {
    stand({ watching: "running" });
    part.button("Stop the loop").click();
    expect(part.desk.traits.get("watching")).toBe("stopped");
    expect(part.button("Stop the loop")).toBeUndefined();
  });
});
