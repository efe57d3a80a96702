/** The network as a picture: what is in it, where it stands, and where keys lead. */
// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { lineAt, netLayoutOf } from "../src/dashboard/netlayout.ts";
import { columnName, spokenUnit, unitName } from "../src/dashboard/netnames.ts";
import { NetStage } from "../src/dashboard/netstage.ts";
import { Pinned, roundUp } from "../src/dashboard/pinned.ts";
import { unitStatesOf } from "../src/dashboard/unitstates.ts";
import { unitAfter } from "../src/dashboard/unitwalk.ts";
import { type Wiring, wiringOf } from "../src/dashboard/wiring.ts";
import { MINUS } from "../src/text.ts";
import { liveSession, vectorOf } from "./desks.ts";

const session = liveSession(vectorOf("relu"));
const { network } = session;
const wiring = wiringOf(network);

/** Fully connected, of units that are all the same. */
function wiringWith(counts: readonly number[]): Wiring {
  const layers = counts.slice(1);
  let value = counts[0]!;
  let parameter = 0;
  let before = [...Array(counts[0]!).keys()];
  return wiringOf({
    ...network,
    inputs: before,
    layers: layers.map((count) => {
      const units = Array.from({ length: count }, () => {
        const output = value++;
        const weights = before.map(() => parameter++);
        return { output, sum: output, weights, bias: parameter++, inputs: before };
      });
      before = units.map(({ output }) => output);
      return units;
    }),
  });
}

describe("wiring", () => {
  test("has a wire for every weight, from what it is multiplied by to the unit it belongs to", () => {
    const units = network.layers.flat();
    expect(wiring.nodes).toHaveLength(2 + units.length);
    expect(wiring.columns.map((column) => column.length)).toEqual([
      2,
      ...network.layers.map((layer) => layer.length),
    ]);
    expect(wiring.wires.map(({ parameter }) => parameter)).toEqual(
      units.flatMap(({ weights }) => weights),
    );
    for (const { from, to, parameter, rank } of wiring.wires) {
      const unit = units.find(({ output }) => output === wiring.nodes[to]!.value)!;
      expect(unit.weights[rank]).toBe(parameter);
      expect(unit.inputs[rank]).toBe(wiring.nodes[from]!.value);
      expect(wiring.nodes[from]!.column).toBeLessThan(wiring.nodes[to]!.column);
    }
  });

  test("knows from the tape what a unit does to its sum", () => {
    const activations = (of: Wiring) => of.nodes.map(({ activation }) => activation);
    const last = wiring.columns.at(-1)![0]!;
    expect(activations(wiring).slice(2, last)).toEqual(Array(last - 2).fill("relu"));
    expect(activations(wiring)[last]).toBe("none");
    const tanh = wiringOf(liveSession(vectorOf("tanh")).network);
    expect(activations(tanh)[2]).toBe("tanh");
  });

  test("leaves out what is multiplied by no unit", () => {
    const [first, ...others] = network.layers;
    const strange = first!.map((unit) => ({ ...unit, inputs: [unit.sum, unit.inputs[1]!] }));
    const { wires } = wiringOf({ ...network, layers: [strange, ...others] });
    expect(wires).toHaveLength(wiring.wires.length - first!.length);
  });
});

describe("layout", () => {
  test.each([
    { counts: [2, 16, 16, 1], room: 600, isWider: false },
    { counts: [2, 1], room: 600, isWider: false },
    { counts: [2, 32, 32, 32, 32, 1], room: 600, isWider: false },
    { counts: [2, 32, 32, 32, 32, 1], room: 320, isWider: true },
    { counts: [2, 16, 16, 1], room: 320, isWider: true },
  ])("$counts in $room px", ({ counts, room, isWider }) => {
    const net = wiringWith(counts);
    const { width, height, side, corners, lines } = netLayoutOf(net, room);
    if (isWider) expect(width).toBeGreaterThan(room);
    else expect(width).toBe(room);
    for (const { x, y } of corners) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + side).toBeLessThanOrEqual(width);
      expect(y + side).toBeLessThanOrEqual(height);
    }
    // Targets of two units do not overlap, and are 24 px high.
    for (const column of net.columns) {
      for (const [n, node] of column.entries()) {
        if (n > 0) expect(corners[node]!.y - corners[column[n - 1]!]!.y).toBeGreaterThanOrEqual(24);
      }
    }
    for (const [n, { from, to }] of net.wires.entries()) {
      const [x1, y1, x2, y2] = lines.subarray(4 * n);
      expect([x1, y1]).toEqual([corners[from]!.x + side, corners[from]!.y + side / 2]);
      expect(x2).toBe(corners[to]!.x);
      expect(Math.abs(y2! - corners[to]!.y - side / 2)).toBeLessThan(side / 2);
    }
  });

  test("finds the line under a place, and none where there is none", () => {
    const lines = Float64Array.of(0, 0, 100, 0, 0, 20, 100, 60);
    expect(lineAt(lines, { x: 50, y: 3 }, 6)).toBe(0);
    expect(lineAt(lines, { x: 50, y: 38 }, 6)).toBe(1);
    expect(lineAt(lines, { x: 50, y: 18 }, 6)).toBeNull();
    expect(lineAt(lines, { x: 110, y: 0 }, 6)).toBeNull();
  });
});

describe("units that say nothing more", () => {
  const outputs = (of: Record<string, number[]>, otherwise: number[]) => ({
    outputs: (layer: number, place: number) =>
      Float64Array.from(of[`${layer} ${place}`] ?? otherwise),
  });

  test("a ReLU is dead when it gives 0 for every point, and the output never is", () => {
    const found = unitStatesOf(wiring, outputs({ "0 1": [0, 0, 0] }, [0, 0.1, 0]));
    expect(found.dead).toBe(1);
    expect(found.relus).toBe(network.layers.slice(0, -1).flat().length);
    expect(found.states.indexOf("dead")).toBe(wiring.columns[1]![1]);
    const all = unitStatesOf(wiring, outputs({}, [0, 0]));
    expect(all.dead).toBe(all.relus);
    expect(all.states.at(-1)).toBe("live");
  });

  test("a tanh is saturated when 95 % of its outputs are beyond 0.97", () => {
    const tanh = wiringOf(liveSession(vectorOf("tanh")).network);
    const far = Array.from({ length: 19 }, (_, i) => (i % 2 === 0 ? 0.98 : -0.98));
    const found = unitStatesOf(tanh, outputs({ "0 0": [...far, 0] }, [...far.slice(1), 0, 0]));
    expect([found.saturated, found.dead, found.relus]).toEqual([1, 0, 0]);
    expect(found.states[2]).toBe("saturated");
  });

  test("are told by name, with their bias", () => {
    const parameters = network.initial.slice();
    parameters[wiring.nodes[4]!.bias!] = -0.125;
    expect(spokenUnit(network, wiring, parameters, 4, "dead")).toBe(
      `layer 1, neuron 3: bias ${MINUS}0.1250, dead`,
    );
    expect(spokenUnit(network, wiring, parameters, 0, "live")).toMatch(
      /^input x1: \d+ weights lead on from it$/,
    );
    const last = wiring.nodes.length - 1;
    expect(unitName(network, wiring, last)).toBe(
      `layer ${network.layers.length}, neuron 1 (the output)`,
    );
    expect(columnName(wiring, network.layers.length)).toBe("output");
  });
});

describe("keys", () => {
  const net = wiringWith([2, 16, 3, 1]);
  const place = (node: number) => [net.nodes[node]!.column, net.nodes[node]!.place];

  test.each([
    [[0, 0], "ArrowDown", [0, 1]],
    [[0, 1], "ArrowDown", [0, 1]],
    [[0, 0], "ArrowLeft", [0, 0]],
    [[0, 0], "ArrowRight", [1, 7]],
    [[1, 0], "ArrowRight", [2, 0]],
    [[1, 15], "ArrowRight", [2, 2]],
    [[1, 7], "ArrowUp", [1, 6]],
    [[1, 7], "Home", [1, 0]],
    [[1, 7], "End", [1, 15]],
    [[3, 0], "ArrowLeft", [2, 1]],
    [[3, 0], "ArrowRight", [3, 0]],
  ])("from %j, %s leads to %j", (from, key, to) => {
    const at = net.columns[from[0]!]![from[1]!]!;
    expect(place(unitAfter(net, at, key)!)).toEqual(to);
  });

  test("others lead nowhere", () => {
    expect(unitAfter(net, 0, "Tab")).toBeNull();
    expect(unitAfter(net, 0, "x")).toBeNull();
  });

  test("units are one stop for the tab key, which moves with the arrows", () => {
    const { signal } = new AbortController();
    const clicked: number[] = [];
    const stage = new NetStage(
      { wireClicked() {}, unitClicked: (node) => clicked.push(node), changed() {} },
      signal,
    );
    Object.defineProperty(stage.element, "clientWidth", { value: 600 });
    document.body.replaceChildren(stage.element);
    expect(stage.lay(network, wiring)).toBe(true);
    const units = [...stage.element.querySelectorAll("button")];
    const stops = () => units.flatMap((unit, n) => (unit.tabIndex === 0 ? [n] : []));
    expect(stops()).toEqual([0]);
    units[0]!.focus();
    const press = (key: string) =>
      document.activeElement!.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      );
    press("ArrowDown");
    expect(stops()).toEqual([1]);
    expect(stage.node).toBe(1);
    press("ArrowRight");
    expect(wiring.nodes[stage.node!]!.column).toBe(1);
    expect(stops()).toEqual([stage.node]);
    (document.activeElement as HTMLElement).click();
    expect(clicked).toEqual([stage.node]);
  });
});

describe("a pinned scale", () => {
  test("ends at 1, 2 or 5 times a power of ten", () => {
    expect([0.003, 0.1, 1, 1.01, 2, 2.1, 4.9, 7, 30, 1e-7].map(roundUp)).toEqual([
      0.005, 0.1, 1, 2, 2, 5, 5, 10, 50, 1e-7,
    ]);
  });

  test("grows by large steps, and stays when numbers get smaller again", () => {
    const scale = new Pinned(2);
    const ends = [[0.5], [-1.9], [2.2], [-4], [0.1]].map((numbers) => scale.around("a", numbers));
    expect(ends).toEqual([2, 2, 5, 5, 5]);
    expect(scale.around("b", [0.1])).toBe(2);
  });

  test("falls back after numbers without bounds, and does not follow what is not finite", () => {
    const scale = new Pinned(2);
    expect(scale.around("a", [Number.NaN, Number.POSITIVE_INFINITY, 1])).toBe(2);
    expect(scale.around("a", [3e200])).toBe(5e200);
    expect(scale.around("a", [1])).toBe(2);
  });
});
