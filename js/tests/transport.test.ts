// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { makeTransport } from "../src/dashboard/transport.ts";
import { FakeRun, FakeSession } from "./sessions.ts";
import { StandingPart } from "./standing.ts";

let session: FakeSession;
let part: StandingPart;

beforeEach(() => {
  session = new FakeSession(new FakeRun("run 1", 60), 37);
});

const slider = () => part.get<HTMLInputElement>("[type=range]");
const field = () => part.get<HTMLInputElement>("[inputmode=numeric]");

test.each([
  ["ArrowRight", "seek 38"],
  ["ArrowLeft", "seek 36"],
  [".", "seek 38"],
  [",", "seek 36"],
  ["Home", "seek 0"],
  ["End", "seek 60"],
])("%s with a button in focus is %s", (key, asked) => {
  part = new StandingPart(makeTransport, session);
  const event = part.press(key, part.button("Reset run"));
  expect(session.asked).toEqual([asked]);
  expect(event.defaultPrevented).toBe(true);
});

test("the buttons do what they are called", () => {
  part = new StandingPart(makeTransport, session);
  for (const name of [
    "One step on (right arrow)",
    "One step back (left arrow)",
    "To the last step taken (End)",
    "To step 0 (Home)",
    "Play (space)",
    "Pause (space)",
    "Reset run",
  ]) {
    part.button(name).click();
    part.update();
  }
  expect(session.asked).toEqual([
    ...["seek 38", "seek 37", "seek 60", "seek 0", "play", "pause", "reset"],
  ]);
});

test("on from the last step is one that has not been taken yet", () => {
  session.step = 60;
  part = new StandingPart(makeTransport, session);
  part.press("ArrowRight", part.button("Reset run"));
  expect(session.asked).toEqual(["seek 61"]);
});

test("behind a step that broke off there is nothing", () => {
  session.step = 60;
  session.status = { kind: "diverged", step: 60, example: null, value: null, words: "" };
  part = new StandingPart(makeTransport, session);
  part.press("ArrowRight", part.button("Reset run"));
  expect(session.asked).toEqual([]);
  expect(part.button("Play (space)").getAttribute("aria-disabled")).toBe("true");
});

test("the space bar presses the button that has the focus, and plays elsewhere", () => {
  part = new StandingPart(makeTransport, session);
  expect(part.press(" ", part.button("Reset run")).defaultPrevented).toBe(false);
  expect(session.asked).toEqual([]);
  part.press(" ", slider());
  expect(session.asked).toEqual(["play"]);
});

test("the slider keeps its own keys, a text field and the list of speeds all of them", () => {
  part = new StandingPart(makeTransport, session);
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End"]) part.press(key, slider());
  for (const key of [" ", ",", "ArrowLeft", "Home"]) {
    part.press(key, field());
    part.press(key, part.get("select"));
  }
  expect(session.asked).toEqual([]);
});

test("keys with Ctrl, Alt or Shift mean something else", () => {
  part = new StandingPart(makeTransport, session);
  for (const modifier of ["ctrlKey", "altKey", "shiftKey", "metaKey"]) {
    part.press("ArrowRight", part.button("Reset run"), { [modifier]: true });
  }
  expect(session.asked).toEqual([]);
});

test("comma, point and the space bar are heard from the dashboard too", () => {
  part = new StandingPart(makeTransport, session);
  const heard = (key: string) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true });
    part.desk.root.dispatchEvent(event);
    return part.part.key!(event);
  };
  expect([",", ".", " ", "x", "ArrowLeft"].map(heard)).toEqual([true, true, true, false, false]);
  expect(session.asked).toEqual(["seek 36", "seek 37", "play"]);
});

test("scrubbing goes to a step, and pauses", () => {
  session.isPlaying = true;
  part = new StandingPart(makeTransport, session);
  slider().dispatchEvent(new Event("pointerdown"));
  slider().value = "12";
  slider().dispatchEvent(new Event("input"));
  expect(session.asked).toEqual(["pause", "seek 12"]);
});

test("what is dragged is not pulled away by a step that is still on its way", () => {
  part = new StandingPart(makeTransport, session);
  session.seek = () => {};
  slider().dispatchEvent(new Event("pointerdown"));
  slider().value = "12";
  slider().dispatchEvent(new Event("input"));
  part.update();
  expect(slider().value).toBe("12");
  slider().dispatchEvent(new Event("pointerup"));
  expect(slider().value).toBe("37");
});

test("a step can be typed, also one that has not been taken", () => {
  part = new StandingPart(makeTransport, session);
  const type = (text: string) => {
    field().value = text;
    field().dispatchEvent(new Event("input"));
    field().dispatchEvent(new Event("change"));
  };
  type("12");
  type(" 1,250 ");
  expect(session.asked).toEqual(["seek 12", "seek 1250"]);
  for (const text of ["", "-1", "1.5", "nan", "1e3", "100001"]) type(text);
  expect(session.asked.length).toBe(2);
  expect(part.desk.hinted.at(-1)).toBe(
    "Step: expected a whole number from 0 to 100,000, got: 100001",
  );
  expect(field().value).toBe(`${session.step}`);
});

test("what is being typed stays while steps come", () => {
  part = new StandingPart(makeTransport, session);
  field().value = "5";
  field().dispatchEvent(new Event("input"));
  session.step = 38;
  part.update();
  expect(field().value).toBe("5");
});

test("a speed is chosen, and the real one is shown while it plays", () => {
  part = new StandingPart(makeTransport, session, { speed: "2" });
  expect(part.get<HTMLSelectElement>("select").value).toBe("2");
  part.get<HTMLSelectElement>("select").value = "max";
  part.get("select").dispatchEvent(new Event("change"));
  expect(part.desk.traits.get("speed")).toBe("max");
  session.isPlaying = true;
  session.rate = 431.2;
  part.update();
  expect(part.get(".mgw-transport-rate").textContent).toBe("431 steps/s");
});

test.each(["hidden", "locked"] as const)("what a teacher has %s is not there", (kind) => {
  part = new StandingPart(makeTransport, session);
  part.desk[kind].add("reset").add("speed");
  part.update();
  part.button("Reset run").click();
  expect(session.asked).toEqual([]);
  const gone = [part.button("Reset run"), part.get("select").closest("label")!];
  expect(gone.map(({ hidden }) => hidden)).toEqual([true, true]);
});

test("who goes step by step hears where that leads", () => {
  part = new StandingPart(makeTransport, session);
  session.run.columns.loss[38] = 0.25;
  session.run.columns.accuracy[38] = 0.9;
  part.press(".", part.button("Reset run"));
  part.update();
  expect(part.desk.said).toEqual(["Step 38: loss 0.2500, accuracy 90.0 %."]);
});

test("with nothing to train nothing happens", () => {
  part = new StandingPart(makeTransport, session);
  part.part.update(null);
  expect(slider().disabled).toBe(true);
  expect(part.button("Play (space)").getAttribute("aria-disabled")).toBe("true");
});
