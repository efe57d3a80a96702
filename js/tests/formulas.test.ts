// @vitest-environment happy-dom
/** Formulas on the page: MathML that holds text as text, and the section of the panel. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Op } from "../src/arithmetic.ts";
import { makeFormulas } from "../src/diagram/formulas.ts";
import type { Desk, Situation } from "../src/diagram/part.ts";
import { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { mathml, sidesOf } from "../src/formula/mathml.ts";
import { symbol } from "../src/formula/symbols.ts";
import { equal, type Formula, number, power, product, terms } from "../src/formula/tree.ts";
import { hostileLabels } from "./hostile.ts";
import { encodeTape, leaf, type Row } from "./tapes.ts";

const name = (letters: string): Formula => ["name", letters, "", ""];
const [a, b] = [name("a"), name("b")];
const markup = (formula: Formula) => mathml(formula).outerHTML.replaceAll(' form="infix"', "");
const LETTER = (letter: string) => `<mi mathvariant="normal">${letter}</mi>`;

describe("MathML", () => {
  test("is made of the browser's own elements", () => {
    expect(mathml(a).namespaceURI).toBe("http://www.w3.org/1998/Math/MathML");
    expect(markup(power(a, number(2)))).toBe(`<msup>${LETTER("a")}<mn>2</mn></msup>`);
    expect(markup(product(a, number(-3)))).toBe(
      `<mrow>${LETTER("a")}<mo>⋅</mo><mrow><mo stretchy="false">(</mo>` +
        '<mrow><mo>−</mo><mn>3</mn></mrow><mo stretchy="false">)</mo></mrow></mrow>',
    );
    expect(markup(["name", "w", "2,out", "1,3"])).toBe(
      `<msubsup>${LETTER("w")}<mrow><mn>2</mn><mo>,</mo><mi>out</mi></mrow>` +
        '<mrow><mo stretchy="false">(</mo><mn>1,3</mn><mo stretchy="false">)</mo></mrow></msubsup>',
    );
  });

  test.each([
    ["1.816e-4", "1.816×10−4"],
    ["-inf", "−∞"],
    ["nan", "nan"],
    ["?", "?"],
  ])("writes the number %s", (written, read) => {
    expect(mathml(number(written)).textContent).toBe(read);
  });

  test("has brackets that grow around what is high only", () => {
    const stretchy = (formula: Formula) =>
      mathml(["brackets", formula]).querySelector("mo")?.getAttribute("stretchy");
    expect(stretchy(power(a, b))).toBe("false");
    expect(stretchy(["fraction", a, b])).toBe("true");
    expect(stretchy(["sigma", 9, a, b, a])).toBe("true");
  });

  test("comes in pieces that a line may end after", () => {
    const sum = terms([
      ["+", a],
      ["-", b],
    ]);
    const sides = sidesOf(equal(name("c"), sum, number(1)));
    const read = sides.map((pieces) => pieces.map((piece) => piece.textContent));
    expect(read).toEqual([["c=a", "−b"], ["=1"]]);
    expect(sides.flat().every((piece) => piece.localName === "math")).toBe(true);
  });

  test.each(hostileLabels)("$id stays text", ({ input }) => {
    const formula = symbol(input);
    if (formula === null) return;
    const made = mathml(formula);
    const allowed = ["mi", "mn", "mo", "mtext", "bdi", "mrow", "msub", "msup", "msubsup"];
    expect([made, ...made.querySelectorAll("*")].map((e) => e.localName)).toSatisfy(
      (names: string[]) => names.every((tag) => allowed.includes(tag)),
    );
  });
});

const neuron: Row[] = [
  leaf(2, "x"),
  leaf(-3, "w"),
  { op: Op.mul, of: [0, 1], name: "xw" },
  { op: Op.relu, of: [2], name: "o" },
];

class FakeDesk {
  readonly traits = {
    values: new Map<string, unknown>([["sources", [[2, "xw = x * w \u202e"]]]]),
    get: (key: string) => this.traits.values.get(key),
    set: (key: string, value: unknown) => {
      this.traits.values.set(key, value);
      this.part.update(this.situation);
    },
  };
  readonly root = document.createElement("div");
  readonly said: string[] = [];
  readonly expression = new Expression(encodeTape({ rows: neuron }));
  readonly fold = new Fold(this.expression.tape, this.expression.groups);
  item: number | null = null;
  readonly part = makeFormulas(this as unknown as Desk);

  get situation(): Situation {
    return { expression: this.expression, fold: this.fold, item: this.item };
  }

  say = (words: string) => this.said.push(words);
  hint = () => {};

  select(item: number | null): HTMLElement {
    this.item = item;
    this.part.update(this.situation);
    return this.part.element;
  }
}

describe("the section of the panel", () => {
  let desk: FakeDesk;
  beforeEach(() => {
    desk = new FakeDesk();
    desk.root.append(desk.part.element);
    document.body.append(desk.root);
  });
  afterEach(() => {
    desk.root.remove();
    vi.unstubAllGlobals();
  });

  const equations = (element: HTMLElement) =>
    [...element.querySelectorAll(".mgw-equation")].map((e) => e.textContent?.replaceAll(" ", ""));

  test("says how a value is made, and the chain rule there", () => {
    const element = desk.select(2);
    expect(equations(element)).toEqual([
      "xw=x⋅w=2⋅(−3)=−6",
      "∂xw∂x=w=−3",
      "∂xw∂w=x=2",
      "∂o∂xw=[xw>0]=1⋅0=0",
    ]);
    expect(element.querySelector("code")?.textContent).toBe("xw = x * w \u202e");
    expect(element.querySelector("code bdi")).not.toBeNull();
    expect(element.textContent).toContain("[a > 0] is 1 where a is above zero");
  });

  test("is there for values only", () => {
    expect(desk.select(null).hidden).toBe(true);
    expect(desk.select(neuron.length).hidden).toBe(true);
    expect(desk.select(0).hidden).toBe(false);
    expect(desk.part.element.querySelector("code")).toBeNull();
    desk.part.update(null);
    expect(desk.part.element.hidden).toBe(true);
  });

  test("leaves no number in the page that nobody sees", () => {
    const element = desk.select(2) as HTMLDetailsElement;
    expect(element.textContent).toContain("−6");
    element.open = false;
    element.dispatchEvent(new Event("toggle"));
    expect(element.textContent).not.toContain("−6");
    element.open = true;
    element.dispatchEvent(new Event("toggle"));
    expect(element.textContent).toContain("−6");
    desk.select(null);
    expect(element.textContent).not.toContain("−6");
  });

  test("keeps its buttons while nothing changes, and follows the numbers", () => {
    const element = desk.select(2);
    const button = element.querySelector(".mgw-copy");
    desk.part.update(desk.situation);
    expect(element.querySelector(".mgw-copy")).toBe(button);
    desk.expression.numbers.change(new Map([[0, 5]]));
    desk.part.update(desk.situation);
    expect(equations(element)[0]).toBe("xw=x⋅w=5⋅(−3)=−15");
  });

  test("closed, it works nothing out", () => {
    const element = desk.part.element as HTMLDetailsElement;
    element.open = false;
    desk.select(2);
    expect(equations(element)).toEqual([]);
    element.open = true;
    element.dispatchEvent(new Event("toggle"));
    expect(equations(element)).toHaveLength(4);
  });

  test("the notation is the model's", () => {
    const choice = desk.select(2).querySelector("select")!;
    expect(choice.value).toBe("written");
    choice.value = "primitives";
    choice.dispatchEvent(new Event("change"));
    expect(desk.traits.get("notation")).toBe("primitives");
    desk.traits.set("notation", "nonsense");
    expect(choice.value).toBe("written");
  });

  test("LaTeX goes to the clipboard, with a word about it", async () => {
    const writeText = vi.fn(async () => {});
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    desk.select(2).querySelectorAll<HTMLElement>(".mgw-copy")[1]!.click();
    await vi.waitFor(() =>
      expect(desk.said).toEqual(["LaTeX of the local derivatives copied, 131 characters"]),
    );
    expect(writeText).toHaveBeenCalledWith(
      "\\begin{aligned}\n\\frac{\\partial \\mathrm{xw}}{\\partial x} &= w = -3 \\\\\n" +
        "\\frac{\\partial \\mathrm{xw}}{\\partial w} &= x = 2\n\\end{aligned}",
    );
  });

  test("where no script may use the clipboard, the text is there to be copied", async () => {
    vi.stubGlobal("navigator", {});
    Object.assign(document, { execCommand: () => false });
    HTMLDialogElement.prototype.showModal ??= () => {};
    desk.select(0).querySelector<HTMLElement>(".mgw-copy")!.click();
    await vi.waitFor(() => expect(desk.root.querySelector("textarea")?.value).toBe("x = 2"));
    expect(desk.said).toEqual([]);
  });
});
