/** How numbers are distributed over bins that do not move. */
// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { binned, linearAxis, logAxis, symlogAxis } from "../src/dashboard/bins.ts";
import { makeHistograms, parametersOf, ratioLook } from "../src/dashboard/histograms.ts";
import { LiveDesk, liveSession, vectorOf } from "./desks.ts";

const total = (counts: Uint32Array) => counts.reduce((sum, n) => sum + n, 0);

describe("bins", () => {
  test("every number is counted once: in a bin, as zero, or as not finite", () => {
    const numbers = [-1, -0.5, -1e-9, 0, -0, 1e-9, 0.49, 0.5, 1, Number.NaN, -1 / 0];
    const { counts, zeros, notFinite, least, most } = binned(numbers, linearAxis(1), 4);
    expect([...counts]).toEqual([1, 2, 2, 2]);
    expect([zeros, notFinite, least, most]).toEqual([2, 2, -1, 1]);
  });

  test("what lies beyond an end is counted there", () => {
    expect([...binned([-9, 9, 10], linearAxis(1), 2).counts]).toEqual([1, 2]);
    expect([...binned([1e-30, 1e30], logAxis(-2, 2), 4).counts]).toEqual([1, 0, 0, 1]);
  });

  test("signs stay on their sides, on a linear axis and on a logarithmic one", () => {
    for (const axis of [linearAxis(3), symlogAxis(3, 1e-4)]) {
      expect(axis(-3)).toBeCloseTo(0, 12);
      expect(axis(0)).toBe(0.5);
      expect(axis(3)).toBeCloseTo(1, 12);
      expect(axis(-1e-300)).toBeLessThanOrEqual(0.5);
      expect(axis(1e-6)).toBeGreaterThan(0.5);
    }
    expect(symlogAxis(3, 1e-4)(0.01)).toBeGreaterThan(0.7);
  });

  test("decades are equally wide", () => {
    expect([1e-8, 1e-3, 1e2].map(logAxis(-8, 2))).toEqual([0, 0.5, 1]);
  });
});

describe("ratios of updates to parameters", () => {
  test("have none where the parameter is 0, and say what was not changed", () => {
    const look = ratioLook([1, -2, 0, 4], [0.001, 0.002, 0.5, 0]);
    expect(total(look.binned.counts)).toBe(2);
    expect(look.facts).toEqual(["1 without a ratio (parameter 0)", "1 not changed at all"]);
    const place = look.binned.counts.findIndex((n) => n > 0);
    const [from, to] = look.band!;
    expect((place + 0.5) / look.binned.counts.length).toBeGreaterThan(from);
    expect((place + 0.5) / look.binned.counts.length).toBeLessThan(to);
  });

  test("of a loop of the learner's own are not known", () => {
    const look = ratioLook([1, 2], null);
    expect(total(look.binned.counts)).toBe(0);
    expect(look.facts).toEqual([]);
    expect(look.note).toMatch(/known only to Python/);
  });
});

describe("on the page", () => {
  const made = () => {
    const session = liveSession(vectorOf("relu"));
    const desk = new LiveDesk(session);
    const part = makeHistograms(desk.asDesk);
    desk.refresh = () => part.update(session);
    desk.root.append(part.element);
    return { session, part, details: part.element as HTMLDetailsElement };
  };

  test("closed, they do no work", () => {
    const { part, session, details } = made();
    part.update(session);
    expect(details.querySelectorAll("option")).toHaveLength(0);
    details.open = true;
    part.update(session);
    expect(details.querySelectorAll("option")).toHaveLength(session.network.layers.length + 1);
  });

  test("are of one layer or of all, and say so to those who listen", () => {
    const { part, session, details } = made();
    const { network } = session;
    details.open = true;
    part.update(session);
    const name = () => details.querySelector("svg")!.getAttribute("aria-label");
    expect(name()).toContain(`Weights and biases: ${network.names.length} numbers`);
    const choice = details.querySelector("select")!;
    choice.value = "0";
    choice.dispatchEvent(new Event("change"));
    const first = network.layers[0]!;
    expect(name()).toContain(`${3 * first.length} numbers`);
    expect(parametersOf(network, "0")).toHaveLength(3 * first.length);
    expect(parametersOf(network, "all")).toHaveLength(network.names.length);
  });
});
