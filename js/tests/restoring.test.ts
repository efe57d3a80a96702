/** A state in a link: what Python takes is taken here, and what it refuses is refused. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { restoreDashboard } from "../src/dashboard/restoring.ts";
import { changesOf } from "../src/diagram/reading.ts";
import { restoreDiagram } from "../src/diagram/restoring.ts";
import { Numbers } from "../src/numbers.ts";
import { readWidgets } from "../src/page/pagemodel.ts";
import type { Restored, StoredTraits } from "../src/page/restored.ts";
import { BOUNDS, CONTROLS, FURTHEST_STEP, MOST_LAYERS, OPTIONS, UNITS } from "../src/ranges.ts";
import { readState } from "../src/state.ts";
import { decodeTape } from "../src/tape.ts";
import { readPoints } from "../src/training/points.ts";
import { type Encoded, numbers } from "./numbers.ts";

const file = join(import.meta.dirname, "../../tests/data/link_vectors.json");
const json = readFileSync(file, "utf8");

interface Outcome {
  readonly text: string;
  readonly refused?: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly made?: Readonly<Record<string, string>>;
  /** Values and gradients of a diagram. */
  readonly numbers?: readonly (readonly Encoded[])[];
}

interface Vectors {
  readonly stored: StoredTraits;
  readonly outcomes: readonly Outcome[];
}

const vectors = readWidgets(json) as unknown as Readonly<Record<string, Vectors>> & {
  readonly limits: Readonly<Record<string, unknown>>;
};
const RESTORES = { diagram: restoreDiagram, dashboard: restoreDashboard };
type Figure = keyof typeof RESTORES;

function restored(figure: Figure, text: string, more: StoredTraits = {}): Restored {
  const stored: StoredTraits = { ...vectors[figure]!.stored, ...more };
  const wished = [...readState(text)].filter(([name]) => Object.hasOwn(stored, name));
  return RESTORES[figure](stored, new Map(wished));
}

const outcome = (figure: Figure, text: string, more: StoredTraits = {}): StoredTraits => ({
  ...vectors[figure]!.stored,
  ...more,
  ...restored(figure, text, more).traits,
});

/** Equal but for how a browser rounds tanh. */
function expectNumbers(now: StoredTraits, wanted: readonly (readonly Encoded[])[]): void {
  const tape = decodeTape(now.tape as Uint8Array);
  const ours = new Numbers(tape);
  ours.change(changesOf(now.edits, tape));
  for (const [k, list] of [ours.data, ours.gradients].entries()) {
    for (const [i, x] of numbers(wanted[k]!).entries()) {
      const scale = Number.isFinite(x) ? Math.abs(x) : 0;
      if (scale === 0) expect(list[i]! + 0).toBe(x + 0);
      else expect(Math.abs(list[i]! - x)).toBeLessThanOrEqual(1e-12 * scale);
    }
  }
}

/** Of a network all bytes, of points their numbers. */
function hashOf(name: string, bytes: Uint8Array): string {
  const hash = createHash("sha256");
  if (name === "network") return hash.update(bytes).digest("hex");
  const { xs, ys } = readPoints(bytes);
  return hash.update(xs).update(ys).digest("hex");
}

test("both sides let settings go equally far", () => {
  const ends = Object.entries(BOUNDS).map(([name, { least, most, isWhole }]) => [
    name,
    [least, most].map((x) => (Number.isFinite(x) ? x : null)).concat(isWhole as never),
  ]);
  expect({
    ...Object.fromEntries(ends),
    ...OPTIONS,
    step: [0, FURTHEST_STEP, true],
    hidden: [MOST_LAYERS, UNITS.most],
    controls: CONTROLS,
  }).toEqual(
    Object.fromEntries(
      // How many points there are is known with them.
      Object.entries(vectors.limits).filter(([name]) => name !== "selected_point"),
    ),
  );
});

for (const figure of ["diagram", "dashboard"] as const) {
  describe(figure, () => {
    test.each(vectors[figure]!.outcomes)("$text", ({ text, refused, traits, made, ...more }) => {
      if (refused !== undefined) {
        expect(() => restored(figure, text)).toThrow(/^expected .*, got: /);
        return;
      }
      expect(restored(figure, text).kept).toEqual([]);
      const now = outcome(figure, text);
      for (const [name, value] of Object.entries(traits!)) {
        expect([name, now[name]]).toEqual([name, value]);
      }
      for (const [name, hash] of Object.entries(made!)) {
        expect([name, hashOf(name, now[name] as Uint8Array)]).toEqual([name, hash]);
      }
      if (figure === "diagram") expectNumbers(now, more.numbers!);
    });
  });
}

describe("what a teacher has locked", () => {
  test("stays, and is said; all else is taken", () => {
    const text = "mgw1;step=20;alpha=0.5;learning_rate=0.4;batch_seed=7";
    const { traits, kept } = restored("dashboard", text);
    expect([traits.step, traits.alpha, traits.learning_rate, traits.batch_seed]).toEqual([
      ...[20, 1e-4, 0.4, 1337],
    ]);
    expect(kept).toEqual([
      "L2 alpha is locked in this page.",
      "Batch seed is locked in this page.",
    ]);
  });

  test("may be said again", () => {
    expect(restored("dashboard", "mgw1;alpha=0.0001;batch_seed=1337").kept).toEqual([]);
  });

  test("may become more and never less", () => {
    const { traits } = restored("dashboard", "mgw1;locked=noise;learning_rate=0.7");
    expect([traits.locked, traits.learning_rate]).toEqual([["alpha", "noise"], 0.7]);
    const less = outcome("dashboard", "mgw1;locked=;controls=alpha,noise,hidden", {
      controls: ["noise", "alpha", "speed"],
    });
    expect([less.locked, less.controls]).toEqual([["alpha"], ["noise", "alpha"]]);
    expect(outcome("dashboard", "mgw1", { controls: ["noise"] }).controls).toEqual(["noise"]);
  });

  test("of leaves, too", () => {
    const locks = { editable: [0], edits: [[1, 4]] };
    const { traits, kept } = restored("diagram", "mgw1;edits=0:7,1:9", locks);
    expect(traits.edits).toEqual([
      [1, 4],
      [0, 7],
    ]);
    expect(kept).toEqual(["w is locked."]);
    expect(restored("diagram", "mgw1;edits=0:7,1:4", locks).kept).toEqual([]);
  });
});

describe("what is not in the page", () => {
  test.each([
    ["mgw1;hidden=16", "a network that was recorded in this page, got: [16] relu, model seed 1337"],
    ["mgw1;hidden=", "a network that was recorded in this page, got: no hidden layer relu"],
    ["mgw1;model_seed=5;step=3", "a network that was recorded in this page"],
    [
      "mgw1;dataset=blobs",
      "a data set that was recorded in this page, got: blobs, 10 points, noise 0.1, data seed 1337",
    ],
    ["mgw1;n_samples=11", "a data set that was recorded in this page"],
    ["mgw1;data_seed=3", "a data set that was recorded in this page"],
    ["mgw1;schedule=own", "a schedule that was recorded in this page, got: own"],
  ])("%s", (text, words) => {
    expect(() => restored("dashboard", text)).toThrow(`expected ${words}`);
  });

  test("a schedule is one table", () => {
    const own = { schedule: "own" };
    expect(outcome("dashboard", "mgw1;schedule=own;step=1", own).schedule).toBe("own");
    expect(() => restored("dashboard", "mgw1;schedule=demo", own)).toThrow("schedule");
  });

  test("own points stay what they are", () => {
    const own = { dataset: "own" };
    const now = outcome("dashboard", "mgw1;dataset=own;noise=0.3;step=2", own);
    expect(now.points).toEqual(vectors.dashboard!.stored.points);
    expect(() => restored("dashboard", "mgw1;dataset=moons;data_seed=5", own)).toThrow("data set");
  });
});

test("with a step the training begins anew; else what went on before is gone on from", () => {
  const past = { result: Uint8Array.of(1), step: 37, watching: "finished", selected_parameter: 8 };
  const anew = outcome("dashboard", "mgw1;step=5;hidden=3", past);
  expect([anew.step, anew.watching, anew.selected_parameter]).toEqual([5, "", 8]);
  expect((anew.result as Uint8Array).length).toBe(0);
  expect(outcome("dashboard", "mgw1;train_share=0.5", past).step).toBe(0);
  expect(outcome("dashboard", "mgw1;learning_rate=0.5;selected_point=3", past)).toMatchObject({
    ...past,
    learning_rate: 0.5,
    selected_point: 3,
  });
});

describe("hostile states", () => {
  const PIECES = [
    ...["mgw1", ";", "=", ",", ":", "-", ".", "0", "1", "9", "e", "step", "hidden", "edits"],
    ...["nan", "inf", "none", "locked", "controls", "alpha", "view", "__proto__", "constructor"],
    ...["<b>", "javascript:alert(1)", "%3B", "\u0000", "\ud800", "selected", "99999999999", "own"],
    ...["dataset", "toString", "noise", "data_seed", "n_samples", "model_seed", " ", "\n", "'"],
  ];
  /** A small generator, the same on every run. */
  function randomly(seed: number): (n: number) => number {
    let state = seed;
    return (n) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % n;
    };
  }

  test("thousands of them end in a clear message or in a state", () => {
    const next = randomly(7);
    const counts = { refused: 0, taken: 0 };
    for (const figure of ["diagram", "dashboard"] as const) {
      const texts = vectors[figure]!.outcomes.map(({ text }) => text);
      for (let round = 0; round < 4000; round++) {
        let text = texts[next(texts.length)]!;
        // Half are whole, and say more than one thing; half are cut up.
        const isWhole = next(2) === 0;
        if (isWhole) text += texts[next(texts.length)]!.slice(4);
        for (let cuts = isWhole ? -1 : next(3); cuts >= 0; cuts--) {
          const at = 4 + next(Math.max(1, text.length - 3));
          const piece = next(2) === 0 ? PIECES[next(PIECES.length)]! : texts[next(5)]!.slice(4);
          text = text.slice(0, at) + piece + text.slice(at + next(4));
        }
        try {
          restored(figure, text);
          counts.taken++;
        } catch (error) {
          expect((error as Error).message, text).toMatch(/^expected .{1,400}, got: /s);
          expect((error as Error).message.length).toBeLessThan(600);
          counts.refused++;
        }
      }
    }
    expect(counts.refused).toBeGreaterThan(2000);
    expect(counts.taken).toBeGreaterThan(500);
    expect(Object.prototype).not.toHaveProperty("step");
  });

  test.each([
    ["diagram", "x", "x".repeat(100_000)],
    ["dashboard", "digits", `mgw1;step=${"9".repeat(100_000)}`],
    ["dashboard", "layers", `mgw1;hidden=${"9,".repeat(50_000)}9`],
    ["diagram", "leaves", `mgw1;edits=${"5:1,".repeat(25_000)}5:1`],
    ["dashboard", "words", `mgw1;locked=${"weather,".repeat(12_500)}hidden`],
    ["diagram", "semicolons", `mgw1${";".repeat(100_000)}`],
  ] as const)("a %s refuses 100,000 characters of %s with few", (figure, _, text) => {
    expect(() => restored(figure, text)).toThrow(/^expected .{1,500}$/s);
  });
});
