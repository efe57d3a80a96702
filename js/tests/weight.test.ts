/** What a gradient is made of: each example's share and that of the penalty, to the last bit. */
// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { sharesList } from "../src/dashboard/shareslist.ts";
import { makeWeight } from "../src/dashboard/weight.ts";
import { usesOf } from "../src/dashboard/weightuse.ts";
import { wiringOf } from "../src/dashboard/wiring.ts";
import { LiveDesk, liveSession, vectorOf } from "./desks.ts";
import { trainingVectors } from "./trainings.ts";

describe("the terms of a gradient", () => {
  test.each(trainingVectors.map((vector) => ({ ...vector.settings, vector })))(
    "add to it exactly ($activation, batch $batch_size, alpha $alpha)",
    ({ vector }) => {
      const session = liveSession(vector);
      for (const parameter of session.network.names.keys()) {
        const gradient = session.gradients[parameter]!;
        const shares = session.shares(parameter);
        const list = sharesList(shares, gradient, 8);
        expect(list.rounding).toBe(0);
        const { largest, rest, penalty } = list;
        expect(largest.length + rest.count).toBe(session.batch.length);
        const sum = largest.reduce((s, { gradient: g }) => s + g, rest.sum + penalty);
        expect(Math.abs(sum - gradient)).toBeLessThan(1e-12);
      }
    },
  );

  const shares = (...gradients: number[]) =>
    gradients.map((gradient, example) => ({ example, gradient }));

  test("the largest come first, whatever their sign, and zeros are never listed", () => {
    const list = sharesList({ examples: shares(0, -3, 1, 0, 3), penalty: 0.5 }, 1.5, 8);
    expect(list.largest.map(({ example }) => example)).toEqual([1, 4, 2]);
    expect(list.rest).toEqual({ count: 2, zeros: 2, sum: 0 });
    expect(list.rounding).toBe(0);
  });

  test("the others are folded, with their count and sum", () => {
    const list = sharesList({ examples: shares(8, 4, 2, 1, 0), penalty: 0 }, 15, 2);
    expect(list.largest.map(({ gradient }) => gradient)).toEqual([8, 4]);
    expect(list.rest).toEqual({ count: 3, zeros: 1, sum: 3 });
  });

  test("what is not a number is not hidden among the others", () => {
    const { largest } = sharesList(
      { examples: shares(1, Number.NaN, 2), penalty: 0 },
      Number.NaN,
      1,
    );
    expect(largest[0]!.example).toBe(1);
  });
});

describe("where a parameter is used", () => {
  const { network } = liveSession(vectorOf("relu"));
  const wiring = wiringOf(network);

  test("a weight tells its unit and what it is multiplied by", () => {
    const unit = network.layers[0]![1]!;
    expect(usesOf(network, wiring, unit.weights[1]!)).toEqual([
      "In layer 1, neuron 2 it is multiplied by what input x2 gives.",
    ]);
    expect(usesOf(network, wiring, unit.bias)).toEqual([
      "In layer 1, neuron 2 it is added to the weighted sum: its bias.",
    ]);
    const [later] = network.layers[1]!;
    expect(usesOf(network, wiring, later!.weights[2]!)[0]).toMatch(/layer 1, neuron 3 gives/);
  });

  test("one that is used twice says so twice, and one that is not used says that", () => {
    const [first, second, ...others] = network.layers[0]!;
    const shared = [first!, { ...second!, weights: first!.weights }, ...others];
    const twice = { ...network, layers: [shared, ...network.layers.slice(1)] };
    expect(usesOf(twice, wiringOf(twice), first!.weights[0]!)).toHaveLength(2);
    expect(usesOf(twice, wiringOf(twice), second!.weights[0]!)).toEqual(["No unit uses it."]);
  });
});

describe("on the page", () => {
  const made = () => {
    const session = liveSession(vectorOf("relu"));
    const desk = new LiveDesk(session);
    const part = makeWeight(desk.asDesk);
    desk.refresh = () => part.update(session);
    desk.root.append(part.element);
    part.update(session);
    const lines = () =>
      [...part.element.querySelectorAll<HTMLElement>("li")].filter((line) => !line.hidden);
    const number = (line: Element) =>
      Number(line.lastElementChild!.textContent!.replace("\u2212", "-"));
    return { session, desk, part, lines, number };
  };
  const strongest = (gradients: Float64Array) =>
    gradients.reduce((best, g, p) => (Math.abs(g) > Math.abs(gradients[best]!) ? p : best), 0);

  test("says how to select one while none is", () => {
    const { part } = made();
    expect(part.element.textContent).toMatch(/None yet/);
  });

  test("lists the terms, and their sum is the gradient", () => {
    const { session, desk, part, lines, number } = made();
    const parameter = strongest(session.gradients);
    desk.traits.set("selected_parameter", parameter);
    expect(part.element.querySelector("strong")!.textContent).toBe(
      session.network.names[parameter],
    );
    const sum = lines().at(-1)!;
    expect(sum.textContent).toMatch(/^sum: the gradient/);
    expect(number(sum)).toBeCloseTo(session.gradients[parameter]!, 3);
    const terms = lines()
      .slice(0, -1)
      .map(number)
      .reduce((a, b) => a + b, 0);
    expect(Math.abs(terms - number(sum))).toBeLessThan(1e-4 * lines().length);
  });

  test("a click on an example selects it, and another lets it go", () => {
    const { session, desk, part } = made();
    desk.traits.set("selected_parameter", strongest(session.gradients));
    const first = part.element.querySelector<HTMLButtonElement>("li button")!;
    first.click();
    const example = Number(/\d+/.exec(first.textContent!)![0]) - 1;
    expect(desk.traits.get("selected_point")).toBe(example);
    expect(first.getAttribute("aria-pressed")).toBe("true");
    first.click();
    expect(desk.traits.get("selected_point")).toBeNull();
  });

  test("a parameter that another network does not have is not shown", () => {
    const { desk, part, session } = made();
    desk.traits.set("selected_parameter", session.network.names.length);
    expect(part.element.querySelector<HTMLElement>(".mgw-weight-nothing")!.hidden).toBe(false);
  });
});
