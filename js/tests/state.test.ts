/** States as text: the same in Python, to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readState, shortestText, stateText } from "../src/state.ts";
import { type Encoded, numbers } from "./numbers.ts";

const file = join(import.meta.dirname, "../../tests/data/state_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as {
  states: { traits: Record<string, unknown>; text: string }[];
  readable: string[];
  damaged: string[];
  numbers: [Encoded, string][];
};

test.each(vectors.states)("$text", ({ traits, text }) => {
  expect(stateText((name) => traits[name])).toBe(text);
  for (const [name, value] of readState(text)) expect(value).toEqual(traits[name]);
  expect(stateText((name) => readState(text).get(name))).toBe(text);
});

test("for a link it is also what differs from that with which its page was made", () => {
  const made: Record<string, unknown> = { step: 3, overlay: "value", unfolded: [1], model_seed: 7 };
  const traits = (more: Record<string, unknown>) => (name: string) => ({ ...made, ...more })[name];
  const link = (more: Record<string, unknown>) => stateText(traits(more), (name) => made[name]);
  expect(link({})).toBe("mgw1;step=3;overlay=value;unfolded=1;model_seed=7");
  expect(link({ step: null, overlay: "gradient", unfolded: null, model_seed: null })).toBe(
    "mgw1;step=none;overlay=gradient;unfolded=none;model_seed=none",
  );
  expect(link({ model_seed: 1337, edits: [] })).toContain("model_seed=1337");
  expect(stateText(traits({ step: null, model_seed: null }))).toBe("mgw1;overlay=value;unfolded=1");
});

test("numbers have as few digits as read back the same", () => {
  const ours = numbers(vectors.numbers.map(([x]) => x));
  expect(ours.map(shortestText)).toEqual(vectors.numbers.map(([, text]) => text));
  expect(ours.every((x) => Object.is(Number(shortestText(x)), x))).toBe(true);
});

describe("a text from elsewhere", () => {
  test("is read where it is whole", () => {
    const read = vectors.readable.map((text) => [...readState(text).keys()].join(" "));
    expect(read).toEqual([
      ...["", "step", "predict unfolded edits _view", "edits"],
      ...["step selected unfolded _view batch_size model_seed", "controls locked", "step"],
    ]);
  });

  test("is refused where a name is unknown or there twice", () => {
    expect(() => readState("mgw1;stpe=3")).toThrow(/^expected one of step, .*, got: "stpe"$/);
    expect(() => readState("mgw1;step=1;step=2")).toThrow(
      'expected step once in a state, got: "step=2"',
    );
  });

  test.each(vectors.damaged)("is refused when it is damaged: %s", (text) => {
    expect(() => readState(text)).toThrow(/^expected .*, got: "/);
  });

  test("is quoted from its beginning only", () => {
    expect(() => readState("x".repeat(1e6))).toThrow(/^.{1,120}$/);
  });
});
