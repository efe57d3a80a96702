// @vitest-environment happy-dom
/** The graph of the selected point, beside a real training. */
import { afterEach, expect, test } from "vitest";
import type { Desk } from "../src/dashboard/part.ts";
import { makePointGraph } from "../src/dashboard/pointgraph.ts";
import { Traits } from "../src/diagram/traits.ts";
import { layout } from "../src/layout/graphviz.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { fullNumber } from "../src/text.ts";
import { LiveSession, type Task } from "../src/training/live.ts";
import type { Session } from "../src/training/session.ts";
import type { Settings } from "../src/training/settings.ts";
import { eventually, FakeModel } from "./model.ts";
import { networkOf, pointsOf, trainingVectors } from "./trainings.ts";

const SETTINGS: Settings = {
  learningRate: 0.1,
  schedule: "constant",
  alpha: 1e-4,
  batchSize: null,
  optimizer: "sgd",
  batchSeed: 1,
};
const small = trainingVectors.find(({ parameters }) => parameters.length === 9)!;
const TASK: Task = {
  network: networkOf(small),
  points: pointsOf(small),
  share: 1,
  rates: new Float64Array(),
  settings: SETTINGS,
  aim: { steps: 100, targetLoss: null },
};

let ended = new AbortController();

afterEach(() => {
  ended.abort();
  ended = new AbortController();
  document.body.replaceChildren();
});

/** A dashboard with nothing else in it. */
class Page implements Desk {
  readonly root = document.createElement("div");
  readonly signal = ended.signal;
  readonly model = new FakeModel({ selected_point: null, selected_parameter: null });
  readonly traits = new Traits(
    this.model,
    ["selected_point", "selected_parameter"],
    () => this.refresh(),
    this.signal,
  );
  readonly said: string[] = [];
  readonly theme = "light";
  readonly hasPython = true;
  laidOut = 0;
  readonly pages = null;
  readonly link = null;
  readonly layouts = createLayoutService(async () => ({
    run: (dot: string) => {
      this.laidOut++;
      return layout(dot);
    },
    stop: () => {},
  }));
  session: Session;
  readonly #part = makePointGraph(this);

  constructor(task: Partial<Task> = {}) {
    this.session = this.train(task);
    this.root.tabIndex = -1;
    this.root.append(this.#part.element);
    this.root.addEventListener("keydown", (event) => {
      if (!event.defaultPrevented) this.#part.key?.(event);
    });
    document.body.append(this.root);
    this.refresh();
  }

  train(task: Partial<Task>): Session {
    return new LiveSession({ ...TASK, ...task }, () => this.refresh(), this.signal);
  }

  refresh(): void {
    this.#part.update(this.session);
  }

  has = () => true;
  mayMove = () => true;
  say = (words: string) => void this.said.push(words);
  hint = () => {};

  async open(point: number): Promise<this> {
    this.traits.set("selected_point", point);
    await eventually(() => expect(this.all(".mgw-box").length).toBeGreaterThan(0));
    return this;
  }

  /** Opens a point and all groups of its graph. */
  async openWhole(point: number): Promise<this> {
    await this.open(point);
    const depth = this.all<HTMLSelectElement>(".mgw-toolbar select")[2]!;
    depth.value = "all";
    depth.dispatchEvent(new Event("change"));
    await eventually(() => expect(this.row("loss")).toBeTruthy());
    return this;
  }

  async at(step: number): Promise<void> {
    this.session.seek(step);
    await eventually(() => expect(this.session.step).toBe(step));
    await eventually(() => expect(this.head).toContain(`step ${step}:`));
  }

  all<T extends Element = HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  get<T extends Element = HTMLElement>(selector: string): T {
    return this.all<T>(selector)[0] ?? expect.fail(`nothing like ${selector}`);
  }

  get head(): string {
    return this.get(".mgw-pointgraph-head").textContent;
  }

  row(name: string): HTMLElement | undefined {
    return this.all("[role=treeitem]").find((row) =>
      row.getAttribute("aria-label")!.startsWith(`${name} = `),
    );
  }

  select(name: string): void {
    this.row(name)!.click();
  }

  /** Of what is selected, with all digits. */
  get numbers(): string[] {
    return this.all(".mgw-numbers dd").map(({ textContent }) => textContent);
  }

  press(key: string, target: HTMLElement): void {
    target.focus();
    const options = { key, bubbles: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent("keydown", options));
  }
}

test("is there only while a point is selected", async () => {
  const page = new Page();
  const section = page.get(".mgw-pointgraph");
  expect(section.hidden).toBe(true);
  expect(page.all(".mgw")).toHaveLength(0);
  await page.open(2);
  expect(section.hidden).toBe(false);
  expect(page.said).toEqual(["The graph of point 3 is open"]);
  page.traits.set("selected_point", null);
  expect(section.hidden).toBe(true);
  expect(page.all(".mgw")).toHaveLength(0);
  page.traits.set("selected_point", 30);
  expect(section.hidden).toBe(true);
});

test("shows the loss of that point at the step on screen, to the last digit", async () => {
  const page = await new Page().openWhole(1);
  for (const step of [0, 3, 17, 3]) {
    await page.at(step);
    const { losses } = page.session;
    page.traits.set("selected_point", 1);
    page.select("loss");
    expect(page.numbers[0]).toBe(fullNumber(losses[1]!));
    page.traits.set("selected_point", 3);
    expect(page.numbers[0]).toBe(fullNumber(losses[3]!));
    page.press("Escape", page.get(".mgw"));
  }
});

test("says which share of the mean a point has", async () => {
  const page = await new Page({ share: 0.75 }).open(0);
  expect(page.head).toMatch(
    /^Point 1 \(class 1\) at step 0: loss 1.*1\/23 of it goes into the mean/,
  );
  page.traits.set("selected_point", 29);
  expect(page.head).toMatch(/^Point 30 \(class −?1\)/);
  expect(page.head).toContain("kept for the test");
});

test("says whether a point is in the batch of the step", async () => {
  const page = new Page({ settings: { ...SETTINGS, batchSize: 2 } });
  const [inside] = page.session.batch;
  const outside = [0, 1, 2].find((point) => !page.session.batch.includes(point))!;
  await page.open(inside!);
  expect(page.head).toContain("1/2 of it goes into the mean of this step’s batch of 2 points");
  page.traits.set("selected_point", outside);
  expect(page.head).toContain("not in this step’s batch of 2 points");
});

test("one picture serves all points, steps and seeds; another network has its own", async () => {
  const page = await new Page().open(1);
  const opened = page.all(".mgw-stage .mgw-box");
  const fold = page.get<SVGElement>(".mgw-toggle");
  fold.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await eventually(() => expect(page.laidOut).toBe(2));
  await eventually(() => expect(page.all(".mgw-stage .mgw-box")).not.toEqual(opened));
  const boxes = page.all(".mgw-stage .mgw-box");
  page.traits.set("selected_point", 2);
  await page.at(5);
  const { example } = TASK.network;
  const constants = example.constants.map((x) => x + 0.5);
  page.session = page.train({ network: { ...TASK.network, example: { ...example, constants } } });
  page.refresh();
  expect(page.all(".mgw-stage .mgw-box")).toEqual(boxes);
  expect(page.laidOut).toBe(2);
  page.traits.set("selected_point", null);
  await page.open(0);
  await eventually(() => expect(page.all(".mgw-stage .mgw-box")).toHaveLength(boxes.length));
});

test("a weight selected in the graph is selected everywhere, and the other way round", async () => {
  const page = await new Page().openWhole(1);
  const name = "layer 1 · neuron 2 · w1";
  page.traits.set("selected_parameter", page.session.network.names.indexOf(name));
  await eventually(() => expect(page.get(".mgw-panel strong").textContent).toBe(name));
  page.select("loss");
  expect(page.traits.get("selected_parameter")).toBe(3);
  page.press("Escape", page.get(".mgw"));
  expect(page.traits.get("selected_parameter")).toBe(3);
  page.select("layer 1 · neuron 2 · w1");
  page.press("Escape", page.get(".mgw"));
  expect(page.traits.get("selected_parameter")).toBeNull();
  page.select("layer 1 · neuron 2 · w1");
  expect(page.traits.get("selected_parameter")).toBe(3);
  page.traits.set("selected_parameter", null);
  expect(page.get(".mgw-panel").hidden).toBe(true);
});

test("a coordinate can be changed in the graph, and the training is left alone", async () => {
  const page = await new Page().openWhole(1);
  const before = [...page.session.points.xs];
  page.select("x1");
  const number = page.get<HTMLInputElement>(".mgw-leaf-row input[type=text]");
  number.value = "0.5";
  number.dispatchEvent(new Event("change"));
  const words =
    "What if: x1 were 0.5 and not 1.8740. The training goes on with the point as it is.";
  expect(page.get(".mgw-pointgraph-what-if").textContent).toBe(words);
  expect([...page.session.points.xs]).toEqual(before);
  await page.at(4);
  expect(page.numbers[0]).toBe(`0.5 was ${fullNumber(before[2]!)}`);
  page.traits.set("selected_point", 0);
  expect(page.get(".mgw-pointgraph-what-if").hidden).toBe(true);
  expect(page.numbers[0]).toBe(fullNumber(before[0]!));
  page.select("-y");
  expect(page.get(".mgw-leaf-row").hidden).toBe(true);
});

test("Escape clears the graph first, then closes it", async () => {
  const page = await new Page().openWhole(1);
  page.select("loss");
  page.press("Escape", page.get(".mgw"));
  expect(page.get(".mgw-panel").hidden).toBe(true);
  page.press("Escape", page.get(".mgw"));
  const section = page.get(".mgw-pointgraph");
  expect(document.activeElement).toBe(section);
  expect(section.hidden).toBe(false);
  page.press("Escape", section);
  expect(section.hidden).toBe(true);
  expect(page.traits.get("selected_point")).toBeNull();
  expect(document.activeElement).toBe(page.root);
});

test("numbers wait while a pointer is pressed, and while there is something to guess", async () => {
  const page = await new Page().open(1);
  page.get(".mgw").dispatchEvent(new Event("pointerdown", { bubbles: true }));
  page.session.seek(3);
  await eventually(() => expect(page.session.step).toBe(3));
  expect(page.head).toContain("step 0:");
  dispatchEvent(new Event("pointerup"));
  await eventually(() => expect(page.head).toContain("step 3:"));
  const predict = page.all("button").find(({ textContent }) => textContent === "Predict")!;
  predict.click();
  expect(page.head).toContain("step 3: loss ?");
  page.session.seek(4);
  await eventually(() => expect(page.session.step).toBe(4));
  page.refresh();
  expect(page.head).toContain("step 3:");
  predict.click();
  expect(page.head).toContain("step 4: loss 1");
});

test("selects where training broke, in a point that is open or opened then", async () => {
  const page = new Page({
    network: networkOf(trainingVectors[0]!),
    settings: { ...SETTINGS, learningRate: 1e200 },
  });
  const broken = () => {
    const { status } = page.session;
    return status.kind === "diverged" ? status : expect.fail(status.kind);
  };
  page.session.seek(9);
  await eventually(() => expect(page.session.status.kind).toBe("diverged"));
  const { example, step } = broken();
  await page.open(example!);
  expect(page.numbers[0]).toMatch(/inf|nan/);
  await page.at(0);
  page.press("Escape", page.get(".mgw"));
  expect(page.get(".mgw-panel").hidden).toBe(true);
  page.session.seek(step);
  await eventually(() => expect(page.get(".mgw-panel").hidden).toBe(false));
  await eventually(() => expect(page.numbers[0]).toMatch(/inf|nan/));
});

test("nothing is left when the view ends", async () => {
  const page = await new Page().open(1);
  ended.abort();
  expect(page.all(".mgw")).toHaveLength(0);
  expect(page.model.listeners).toBe(0);
});
