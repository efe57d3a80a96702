// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { makeCurves } from "../src/dashboard/curves.ts";
import { FakeRun, FakeSession, SETTINGS } from "./sessions.ts";
import { StandingPart } from "./standing.ts";

let session: FakeSession;
let part: StandingPart;

const stage = () => part.get("[role=slider]");

beforeEach(() => {
  session = new FakeSession(new FakeRun("run 1", 60), 37);
  const { columns } = session.run;
  for (const column of Object.values(columns)) column.fill(0.5);
  columns.loss[37] = 0.25;
  columns.loss[38] = 0.125;
});

test("the legend has the numbers of the step on screen", () => {
  part = new StandingPart(makeCurves, session);
  expect(part.facts).toEqual({
    "total loss": "0.2500",
    "data loss": "0.5000",
    L2: "0.5000",
    "test loss": "0.5000",
    accuracy: "50.0 %",
    "test accuracy": "50.0 %",
  });
});

test("arrows move a read-out of its own, Enter goes there, Escape takes it away", () => {
  part = new StandingPart(makeCurves, session);
  part.press("ArrowRight", stage());
  expect(part.facts["total loss"]).toBe("0.1250");
  expect(stage().getAttribute("aria-valuenow")).toBe("38");
  expect(stage().getAttribute("aria-valuetext")).toMatch(/^step 38: total loss 0.1250, data loss/);
  expect(session.asked).toEqual([]);
  part.press("Enter", stage());
  expect(session.asked).toEqual(["seek 38"]);
  part.press("Home", stage());
  expect(stage().getAttribute("aria-valuenow")).toBe("0");
  expect(part.press("Escape", stage()).defaultPrevented).toBe(true);
  expect(stage().getAttribute("aria-valuenow")).toBe("38");
  // The next one is for whoever gives the keys back to the page.
  expect(part.press("Escape", stage()).defaultPrevented).toBe(false);
});

test("the read-out stays among the steps there are", () => {
  part = new StandingPart(makeCurves, session);
  for (let k = 0; k < 5; k++) part.press("PageUp", stage());
  expect(stage().getAttribute("aria-valuenow")).toBe("60");
  for (let k = 0; k < 9; k++) part.press("PageDown", stage());
  expect(stage().getAttribute("aria-valuenow")).toBe("0");
});

test("it leaves with the focus, and when its step is gone", () => {
  part = new StandingPart(makeCurves, session);
  part.press("End", stage());
  session.run = new FakeRun("run 1", 10);
  session.step = 4;
  part.update();
  expect(stage().getAttribute("aria-valuenow")).toBe("4");
  part.press("End", stage());
  stage().blur();
  expect(part.get(".mgw-curves-where").textContent).toBe("At step 4, on screen:");
});

test("other runs are read as well, as far as they went", () => {
  session.others = [new FakeRun("run 2", 20), new FakeRun("run 3", 50)];
  session.others[1]!.columns.loss.fill(0.75);
  part = new StandingPart(makeCurves, session);
  expect(part.facts).toMatchObject({ "run 2, loss": "ended", "run 3, loss": "0.7500" });
});

test("what cannot be seen on an axis is said", () => {
  const note = () =>
    part.get(".mgw-curves-note").hidden ? "" : part.get(".mgw-curves-note").textContent;
  part = new StandingPart(makeCurves, session);
  expect(note()).toBe("");
  session.run.columns.loss[60] = 1e9;
  session.step = 36;
  part.update();
  expect(note()).toMatch(/logarithmic axis/);
  part.get<HTMLSelectElement>("select").value = "log";
  part.get("select").dispatchEvent(new Event("change"));
  expect(note()).toBe("");
  session.run.columns.dataLoss[12] = 0;
  session.step = 37;
  part.update();
  expect(note()).toMatch(/has no zero/);
});

test("what was changed leads to its step", () => {
  session.run.segments = [
    ...session.run.segments,
    { first: 20, settings: { ...SETTINGS, learningRate: 0.5 } },
  ];
  part = new StandingPart(makeCurves, session);
  const line = part.get(".mgw-curves-turns button");
  expect(line.textContent).toBe("AStep 20: learning rate 1 → 0.5");
  line.click();
  expect(session.asked).toEqual(["seek 20"]);
});
