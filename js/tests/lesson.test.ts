// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { mountDiagram } from "../src/diagram/mount.ts";
import { layout } from "../src/layout/graphviz.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { mountLesson } from "../src/lesson/mount.ts";
import { restoreLesson } from "../src/lesson/restoring.ts";
import { differences, type Scene, sceneLike, spokenText } from "../src/lesson/scenes.ts";
import { eventually, FakeModel } from "./model.ts";
import { encodeTape, leaf } from "./tapes.ts";

const tape = encodeTape({
  rows: [leaf(2, "a"), leaf(-3, "b"), { op: Op.mul, of: [0, 1], name: "c" }],
});
const other = encodeTape({ rows: [leaf(5, "x"), { op: Op.mul, of: [0, 0], name: "y" }] });
const shown = [tape, other].map((bytes) => ({
  _figure: "diagram",
  tape: bytes,
  gradient_table: new Uint8Array(),
  overlay: "gradient",
  direction: "LR",
}));

const plain = (text: string) => ({ item: false, runs: [{ kind: "plain" as const, text }] });
const setting = { step: null as number | null, selected: null as number | null, edits: [] };
const scene = (text: string, changed: object = {}, figure = 0): Scene => ({
  text: [plain(text)],
  figure,
  setting: { ...setting, ...changed },
});

const quoted: Scene = {
  text: [
    {
      item: false,
      runs: [
        { kind: "plain", text: "The slope by " },
        { kind: "node", text: "a", node: 0 },
        { kind: "plain", text: " is " },
        { kind: "number", text: "a", node: 0, of: "grad" },
      ],
    },
    { item: true, runs: [{ kind: "strong", text: "<b>not an element</b>" }] },
  ],
  figure: 0,
  setting,
};

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

class Page {
  readonly model: FakeModel;
  readonly el = document.createElement("div");

  constructor(scenes: readonly Scene[], traits = {}) {
    this.model = new FakeModel({
      _scenes: scenes,
      _shown: shown,
      scene: 0,
      theme: "light",
      ...traits,
    });
    document.body.append(this.el);
    const layouts = createLayoutService(async () => ({ run: layout, stop: () => {} }));
    const end = mountLesson({ model: this.model, el: this.el, layouts }, (options) =>
      mountDiagram({ ...options, layouts }),
    );
    ends.push(() => {
      end();
      this.el.remove();
    });
  }

  get<T extends Element = HTMLElement>(selector: string): T {
    return this.el.querySelector<T>(selector)!;
  }

  get text(): string {
    return this.get(".mgw-scene.mgw-on").textContent;
  }

  button(name: string): HTMLButtonElement {
    return [...this.el.querySelectorAll<HTMLButtonElement>(".mgw-talk button")].find(
      ({ textContent }) => textContent === name,
    )!;
  }

  async drawn(): Promise<void> {
    await eventually(() => expect(this.get(".mgw-box")).toBeTruthy());
  }

  press(key: string, target: Element = this.button("Next")): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event;
  }

  /** A row of the diagram's list, by what it begins with. */
  row(start: string): HTMLElement {
    const rows = [...this.el.querySelectorAll<HTMLElement>("[role=treeitem]")];
    return rows.find((row) => row.getAttribute("aria-label")?.startsWith(start))!;
  }

  get hasMoved(): boolean {
    return this.get(".mgw-moved").classList.contains("mgw-moved-on");
  }
}

describe("going through", () => {
  test("next and back show one text at a time, and say it", () => {
    const page = new Page([scene("one"), scene("two"), scene("three")]);
    expect(page.text).toBe("one");
    expect(page.get(".mgw-script > .mgw-live").textContent).toBe("");
    page.button("Next").click();
    expect(page.model.get("scene")).toBe(1);
    expect(page.text).toBe("two");
    expect(page.get(".mgw-position").textContent).toBe("2 of 3");
    expect(page.get(".mgw-script > .mgw-live").textContent).toBe("Scene 2 of 3. two");
    page.button("Back").click();
    expect(page.text).toBe("one");
    expect(page.button("Back").getAttribute("aria-disabled")).toBe("true");
    page.button("Back").click();
    expect(page.model.get("scene")).toBe(0);
  });

  test("arrows, Home and End lead there from the text and the buttons", () => {
    const page = new Page([scene("one"), scene("two"), scene("three")]);
    expect(page.press("End").defaultPrevented).toBe(true);
    expect(page.text).toBe("three");
    page.press("ArrowLeft");
    expect(page.text).toBe("two");
    page.press("Home");
    expect(page.text).toBe("one");
    expect(page.press("PageDown").defaultPrevented).toBe(false);
    expect(page.text).toBe("one");
  });

  test("a scene that was set elsewhere is shown", () => {
    const page = new Page([scene("one"), scene("two")]);
    page.model.set("scene", 1);
    expect(page.text).toBe("two");
    page.model.set("scene", 7);
    expect(page.text).toBe("two");
  });

  test("a word that goes away leaves the focus to the way on", () => {
    const page = new Page([quoted, scene("two")]);
    page.button("a").focus();
    page.press("ArrowRight", page.button("a"));
    expect(document.activeElement).toBe(page.button("Next"));
  });
});

describe("a text and its figure", () => {
  test("the figure stays the same element while its state moves", async () => {
    const page = new Page([scene("one", { step: 0 }), scene("two", { step: 1, selected: 0 })]);
    await page.drawn();
    const figure = page.get(".mgw-scene-stage > .mgw");
    page.button("Next").click();
    expect(page.get(".mgw-scene-stage > .mgw")).toBe(figure);
    expect(page.row("a").getAttribute("aria-selected")).toBe("true");
  });

  test("another figure takes its place, and the first comes back as its scene wants it", async () => {
    const page = new Page([scene("one", { selected: 1 }), scene("two", {}, 1)]);
    await page.drawn();
    page.button("Next").click();
    await eventually(() => expect(page.row("y")).toBeTruthy());
    expect(page.row("b")).toBeUndefined();
    page.button("Back").click();
    await eventually(() => expect(page.row("b").getAttribute("aria-selected")).toBe("true"));
  });

  test("a name selects its value, and says whether it is selected", async () => {
    const page = new Page([quoted]);
    await page.drawn();
    page.button("a").click();
    expect(page.row("a").getAttribute("aria-selected")).toBe("true");
    expect(page.button("a").getAttribute("aria-pressed")).toBe("true");
    page.button("a").click();
    expect(page.button("a").getAttribute("aria-pressed")).toBe("false");
  });

  test("a quoted number follows the step and the numbers of the figure", async () => {
    const edited = { ...quoted, setting: { ...setting, edits: [[1, 4]] } };
    const waiting = { ...quoted, setting: { ...setting, step: 0 } };
    const page = new Page([quoted, edited, waiting]);
    await page.drawn();
    expect(page.get(".mgw-on .mgw-quoted").textContent).toBe("\u22123");
    page.button("Next").click();
    expect(page.get(".mgw-on .mgw-quoted").textContent).toBe("4");
    page.button("Next").click();
    expect(page.get(".mgw-on .mgw-quoted").textContent).toBe("?");
    expect(page.get(".mgw-script > .mgw-live").textContent).toContain("The slope by a is ?");
  });

  test("a quoted number follows the slider as it moves", async () => {
    const page = new Page([{ ...quoted, setting: { ...setting, selected: 1 } }]);
    await page.drawn();
    expect(page.get(".mgw-on .mgw-quoted").textContent).toBe("\u22123");
    const slider = page.get<HTMLInputElement>(".mgw-scene-stage input[type=range][aria-label^=b]");
    slider.value = "7";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    expect(page.get(".mgw-on .mgw-quoted").textContent).toBe("7");
    expect(page.get(".mgw-moved span").textContent).toBe("You have changed the numbers.");
  });

  test("what a text says is text", () => {
    const page = new Page([quoted]);
    expect(page.get("li strong").textContent).toBe("<b>not an element</b>");
  });

  test("who moves the figure is told what has moved, and led back", async () => {
    const page = new Page([quoted]);
    await page.drawn();
    expect(page.hasMoved).toBe(false);
    page.button("a").click();
    expect(page.hasMoved).toBe(true);
    expect(page.get(".mgw-moved span").textContent).toBe("You have changed what is selected.");
    page.button("Back to this scene").click();
    expect(page.hasMoved).toBe(false);
    expect(page.row("a").getAttribute("aria-selected")).toBe("false");
  });

  test("who brings the figure to another scene is led there", async () => {
    const page = new Page([quoted, scene("two", { selected: 0 })]);
    await page.drawn();
    page.button("a").click();
    expect(page.get(".mgw-moved span").textContent).toBe("The figure is now as in scene 2.");
    page.button("Go to scene 2").click();
    expect(page.text).toBe("two");
    expect(page.hasMoved).toBe(false);
  });

  test("what cannot be read is said", () => {
    const page = new Page([scene("one", {}, 5)]);
    expect(page.get(".mgw-alert").textContent).toContain("This lesson cannot be shown.");
  });
});

describe("a question", () => {
  const asking = (question: object): Scene => ({
    ...scene("one", { step: 0 }),
    question: {
      text: [plain("Which?")],
      choices: [],
      because: [plain("So it is.")],
      ...question,
    } as never,
  });
  const number = () => asking({ answer: { node: 0, of: "grad" } });
  const choice = () => asking({ answer: 1, choices: ["this", "that"] });
  const type = (page: Page, text: string) => {
    page.get<HTMLInputElement>(".mgw-ask input").value = text;
    page.button("Check").click();
  };
  const verdict = (page: Page) => page.get(".mgw-verdict-words").textContent;
  const isHeld = (page: Page) => page.button("Next").classList.contains("mgw-held");

  test("holds the way on, and says so, until it is answered", async () => {
    const page = new Page([number(), scene("two")]);
    await page.drawn();
    expect(isHeld(page)).toBe(true);
    page.button("Next").click();
    expect(page.model.get("scene")).toBe(0);
    expect(verdict(page)).toBe("Answer the question first, or have the answer shown.");
    expect(document.activeElement).toBe(page.get(".mgw-ask input"));
    type(page, "-3,0");
    expect(verdict(page)).toBe("Right. It is \u22123.");
    expect(page.get(".mgw-ask").textContent).toContain("So it is.");
    expect(isHeld(page)).toBe(false);
    page.button("Next").click();
    expect(page.text).toBe("two");
  });

  test("the truth is worked out from the numbers that are there, before they are shown", async () => {
    const page = new Page([{ ...number(), setting: { ...setting, step: 0, edits: [[1, 7]] } }]);
    await page.drawn();
    type(page, "7");
    expect(verdict(page)).toBe("Right. It is 7.");
  });

  test("a wrong answer is said, and every try is kept", async () => {
    const page = new Page([number(), scene("two")]);
    await page.drawn();
    type(page, "three");
    expect(verdict(page)).toContain("Type a number");
    type(page, "3");
    expect(verdict(page)).toBe("Right size, wrong sign.");
    type(page, "5");
    expect(verdict(page)).toBe("Not yet.");
    expect(isHeld(page)).toBe(true);
    page.button("Show me").click();
    expect(verdict(page)).toBe("Shown. It is \u22123.");
    expect(isHeld(page)).toBe(false);
    expect(page.model.get("answers")).toEqual([
      { scene: 0, answer: 3, right: false },
      { scene: 0, answer: 5, right: false },
      { scene: 0, answer: null, right: false },
    ]);
  });

  test("a choice is made among what there is", async () => {
    const page = new Page([choice(), scene("two")]);
    await page.drawn();
    page.button("Check").click();
    expect(verdict(page)).toBe("Choose one of them.");
    const [first, second] = page.el.querySelectorAll<HTMLInputElement>(".mgw-choice input");
    first!.checked = true;
    page.button("Check").click();
    expect(verdict(page)).toBe("Not yet.");
    second!.checked = true;
    page.button("Check").click();
    expect(verdict(page)).toBe("Right. It is: that");
    expect(first!.disabled).toBe(true);
  });

  test("what has been answered elsewhere is answered here", async () => {
    const page = new Page([number(), scene("two")]);
    await page.drawn();
    page.model.set("answers", [{ scene: 0, answer: null, right: false }]);
    expect(verdict(page)).toBe("Shown. It is \u22123.");
    expect(isHeld(page)).toBe(false);
  });

  test("a scene is always to be had from elsewhere, and back is never held", async () => {
    const page = new Page([scene("zero"), number(), scene("two")], { scene: 1 });
    await page.drawn();
    page.model.set("scene", 2);
    expect(page.text).toBe("two");
    page.button("Back").click();
    page.button("Back").click();
    expect(page.text).toBe("zero");
  });

  test("what the figure asks holds the way on until the step is taken", async () => {
    const page = new Page([scene("one", { predict: true, step: 0 }), scene("two")]);
    await page.drawn();
    page.button("Next").click();
    expect(page.text).toBe("one");
    expect(page.get(".mgw-hint").textContent).toContain("Say what comes next in the figure first");
    const buttons = [...page.el.querySelectorAll<HTMLButtonElement>(".mgw-quiz button")];
    buttons.find(({ textContent }) => textContent === "Show me")!.click();
    expect(isHeld(page)).toBe(false);
    page.button("Next").click();
    expect(page.text).toBe("two");
  });
});

describe("where a figure stands", () => {
  const get = (traits: Record<string, unknown>) => (name: string) => traits[name];

  test("where to look and how it is written belong to no scene", () => {
    const one = scene("one", { unfolded: null, notation: "written" });
    const moved = { ...setting, unfolded: [1], notation: "primitives", step: 3 };
    expect(differences(one, get(moved))).toEqual(["step"]);
  });

  test("the step of who guesses is no difference", () => {
    const one = scene("one", { predict: true, step: 0 });
    expect(differences(one, get({ ...setting, predict: true, step: 2 }))).toEqual([]);
  });

  test("the next scene like it counts first, then the last one before", () => {
    const scenes = [scene("0"), scene("1"), scene("2", { step: 2 }), scene("3")];
    expect(sceneLike(scenes, 2, get({ ...setting }))).toBe(3);
    expect(sceneLike(scenes.slice(0, 3), 2, get({ ...setting }))).toBe(1);
    expect(sceneLike(scenes, 0, get({ ...setting, step: 9 }))).toBeNull();
  });

  test("a text is spoken with its numbers", () => {
    expect(spokenText(quoted.text, (node, of) => `${node}${of}`)).toBe(
      "The slope by a is 0grad <b>not an element</b>",
    );
  });
});

test("a link leads to a scene that is there", () => {
  const stored = { _scenes: [1, 2], scene: 0, theme: "auto" };
  expect(restoreLesson(stored, new Map([["scene", 1]]))).toEqual({
    traits: { scene: 1 },
    kept: [],
  });
  expect(() => restoreLesson(stored, new Map([["scene", 2]]))).toThrow(
    "expected scene to be below 2, got: 2",
  );
  expect(() => restoreLesson(stored, new Map([["theme", "pink"]]))).toThrow(/expected theme to be/);
});
