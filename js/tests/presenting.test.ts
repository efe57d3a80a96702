// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import { walkedTo } from "../src/dashboard/transport.ts";
import { actionOf } from "../src/diagram/keys.ts";
import {
  DECK_KEYS,
  deckKeyOf,
  isForDeck,
  keepFromPage,
  keepInside,
  PRESENTER,
  take,
  wasTaken,
} from "../src/presenting/deckkeys.ts";
import { isField, isTextField } from "../src/presenting/fields.ts";
import { zoomFor } from "../src/presenting/largetype.ts";
import type { Session } from "../src/training/session.ts";

const figure = document.createElement("div");
const inside = document.createElement("button");
figure.append(inside);
document.body.append(figure);

afterEach(() => {
  figure.className = "";
});

/** Presses a key on the button in the figure; says what became of it and whether it got out. */
function press(key: string, does: (event: KeyboardEvent) => void, options: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  let isOut = false;
  const ended = new AbortController();
  const { signal } = ended;
  figure.addEventListener("keydown", does, { signal });
  document.body.addEventListener("keydown", () => (isOut = true), { signal });
  inside.dispatchEvent(event);
  ended.abort();
  return { event, isOut, isPrevented: event.defaultPrevented };
}

const PAST = { isOut: true, isPrevented: false };
const KEPT = { isOut: false, isPrevented: true };

describe("keys of the deck", () => {
  test.each([...DECK_KEYS.keys(), "B", "F"])("%s goes past a figure in presenter mode", (key) => {
    figure.className = PRESENTER;
    expect(press(key, take)).toMatchObject(PAST);
    expect(press(key, keepInside)).toMatchObject(PAST);
    expect(press(key, keepFromPage)).toMatchObject(PAST);
  });

  test.each([...DECK_KEYS.keys()])("%s is the figure's elsewhere", (key) => {
    expect(press(key, take)).toMatchObject(KEPT);
    expect(press(key, keepInside).isOut).toBe(false);
    expect(press(key, keepFromPage).isOut).toBe(false);
  });

  test("all other keys are the figure's in presenter mode too, if it has a use for them", () => {
    figure.className = PRESENTER;
    for (const key of ["ArrowLeft", "u", "Enter", "0"]) {
      expect(press(key, take)).toMatchObject(KEPT);
    }
    expect(press("n", keepFromPage)).toMatchObject(PAST);
  });

  test("together with another key they are no keys of the deck", () => {
    figure.className = PRESENTER;
    expect(press("f", take, { ctrlKey: true })).toMatchObject(KEPT);
    const { event } = press("f", () => {}, { ctrlKey: true });
    expect(deckKeyOf(event)).toBeNull();
    expect(actionOf(event, "LR")).toEqual({ do: "search" });
  });

  test("they ask for nothing in the picture, but Esc closes what is open", () => {
    figure.className = PRESENTER;
    for (const key of DECK_KEYS.keys()) {
      let action: unknown;
      press(key, (event) => {
        action = actionOf(event, "LR");
      });
      expect(action).toEqual(key === "Escape" ? { do: "leave" } : null);
    }
  });

  test("what an Esc has closed is known to those who hear of it later", () => {
    figure.className = PRESENTER;
    const { event } = press("Escape", take);
    expect(wasTaken(event)).toBe(true);
    expect(wasTaken(press("Escape", () => {}).event)).toBe(false);
  });

  test("whether a figure is in presenter mode is asked where somebody listens", () => {
    figure.className = PRESENTER;
    let outside: boolean | null = null;
    const ask = (event: KeyboardEvent) => {
      outside = isForDeck(event);
    };
    document.body.addEventListener("keydown", ask, { once: true });
    press("b", () => {});
    expect(outside).toBe(false);
  });
});

test("a slider is no text field, and both have keys of their own", () => {
  const made = (type: string) => Object.assign(document.createElement("input"), { type });
  expect(["range", "checkbox"].map((type) => isTextField(made(type)))).toEqual([false, false]);
  expect(["text", "search"].map((type) => isTextField(made(type)))).toEqual([true, true]);
  expect(isTextField(document.createElement("textarea"))).toBe(true);
  expect(isField(made("range")) && isField(document.createElement("select"))).toBe(true);
  expect(isField(document.createElement("button"))).toBe(false);
});

describe("large type", () => {
  test.each([
    ["a full screen", 1920, 1080, 1],
    ["a screen of twice the pixels", 3840, 2160, 1],
    ["a slide that is scaled up", 1920, 1080, 1.45],
  ])("is 18 pixels of 1080 or more: %s", (_, width, height, scale) => {
    const seen = 11 * zoomFor({ width, height, scale }) * scale;
    expect((seen * 1080) / height).toBeGreaterThanOrEqual(18);
    expect((seen * 1080) / height).toBeLessThan(18.5);
  });

  test("is larger than usual on small screens, and never smaller", () => {
    expect(zoomFor({ width: 1024, height: 768, scale: 1 })).toBe(1.3);
    expect(zoomFor({ width: 1280, height: 720, scale: 0.65 })).toBe(1.68);
    expect(zoomFor({ width: 1280, height: 720, scale: 3 })).toBe(1);
    expect(zoomFor({ width: 10_000, height: 10_000, scale: 0 })).toBe(4);
  });
});

describe("a walk through a training", () => {
  const at = (step: number, last = step, traits: Partial<Session> = {}) =>
    ({
      ...{ step, last, knowsUpdates: true, status: { kind: "ready" } },
      ...traits,
    }) as Session;

  test("goes on by tenths to the end that was planned", () => {
    expect([0, 7, 10, 90, 95].map((step) => walkedTo(at(step), 100, 1))).toEqual([
      10, 10, 20, 100, 100,
    ]);
    expect(walkedTo(at(100), 100, 1)).toBeNull();
    expect(walkedTo(at(100, 120), 100, 1)).toBe(110);
  });

  test("and back the same way to the start", () => {
    expect([100, 95, 10, 3].map((step) => walkedTo(at(step), 100, -1))).toEqual([90, 90, 0, 0]);
    expect(walkedTo(at(0, 100), 100, -1)).toBeNull();
  });

  test("takes single steps where there are few", () => {
    expect(walkedTo(at(0), 3, 1)).toBe(1);
    expect(walkedTo(at(0), 25, 1)).toBe(3);
  });

  test("ends where the training ended before its time", () => {
    const status = { kind: "diverged", step: 34 } as Session["status"];
    expect(walkedTo(at(34, 34, { status }), 100, 1)).toBeNull();
    expect(walkedTo(at(20, 34, { status }), 100, 1)).toBe(30);
    expect(walkedTo(at(30, 34, { status }), 100, 1)).toBe(34);
  });

  test("ends where a loop of one's own has come to", () => {
    expect(walkedTo(at(12, 12, { knowsUpdates: false }), 100, 1)).toBeNull();
  });
});
