/** Which of several pages plays: claims, each one heard by the others. */
import { beforeEach, expect, test, vi } from "vitest";
import { Leading } from "../src/dashboard/leading.ts";
import { Traits } from "../src/diagram/traits.ts";
import { FakeModel } from "./model.ts";

const { signal } = new AbortController();

/** A page: what it knows of the widget, and its claims. */
class Page {
  readonly traits = new Traits(
    new FakeModel({ playing: false, _leader: 0 }),
    ["_leader", "playing"],
    () => {},
    signal,
  );
  readonly leading = new Leading();

  play = () => this.tell({ ...this.leading.begin(this.traits), playing: true });
  pause = () => this.tell({ ...this.leading.end(), playing: false });

  tell(news: Record<string, unknown>): Record<string, unknown> {
    this.traits.setAll(news);
    return news;
  }

  get isLed(): boolean {
    return this.leading.isLed(this.traits);
  }
}

let random: number[] = [];

beforeEach(() => {
  vi.spyOn(crypto, "getRandomValues").mockImplementation((into) => {
    (into as Uint32Array)[0] = random.shift()!;
    return into;
  });
});

test("the one that was played last leads, whatever its random number", () => {
  random = [9, 0, 4];
  const [a, b] = [new Page(), new Page()];
  b.tell(a.play());
  expect([a.isLed, b.isLed]).toEqual([false, true]);
  a.tell(b.play());
  expect([a.isLed, b.isLed]).toEqual([true, false]);
  b.tell(a.play());
  expect([a.isLed, b.isLed]).toEqual([false, true]);
  expect(b.traits.get("_leader")).toBe(3 * 2 ** 32 + 4);
});

test("nobody is led while nobody plays, and then anybody may begin", () => {
  random = [9, 0];
  const [a, b] = [new Page(), new Page()];
  b.tell(a.play());
  b.tell({ playing: false }); // as Python says it
  expect(b.isLed).toBe(false);
  b.tell(a.pause());
  expect([a.isLed, b.isLed]).toEqual([false, false]);
  expect(b.traits.get("_leader")).toBe(0);
  a.tell(b.play());
  expect([a.isLed, b.isLed]).toEqual([true, false]);
});

test("of two that begin at once the larger claim holds, on both", () => {
  random = [5, 7];
  const [a, b] = [new Page(), new Page()];
  const [ofA, ofB] = [a.play(), b.play()];
  a.tell(ofB);
  b.tell(ofA); // told later, though smaller
  expect(a.isLed).toBe(true);
  expect(b.isLed).toBe(false);
  b.leading.insist(b.traits);
  expect(b.traits.get("_leader")).toBe(ofB._leader);
  expect(b.isLed).toBe(false);
});

test("who leads says so again only where that was forgotten", () => {
  random = [5];
  const page = new Page();
  page.play();
  const told = vi.spyOn(page.traits, "set");
  page.leading.insist(page.traits);
  expect(told).not.toHaveBeenCalled();
});
