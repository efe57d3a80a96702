// @vitest-environment happy-dom
/** Whether Python is there, on a clock of our own. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Python } from "../src/dashboard/python.ts";
import { pythonText as said } from "../src/strings/python.ts";
import { FakeModel } from "./model.ts";

type Beat = { kind: string; n: number };

/** A host with a Python that answers as long as it is up. */
class Kernel extends FakeModel {
  isUp = true;
  status: string | null = "idle";

  readonly #slots = new Set<(kernel: unknown, status: string) => void>();

  get widget_manager() {
    const { status } = this;
    const statusChanged = {
      connect: (slot: (kernel: unknown, status: string) => void) => this.#slots.add(slot),
      disconnect: (slot: (kernel: unknown, status: string) => void) => this.#slots.delete(slot),
    };
    return status === null ? undefined : { kernel: { status, statusChanged } };
  }

  /** Says for a moment how it is. */
  tell(status: string): void {
    for (const slot of this.#slots) slot(null, status);
  }

  override get listeners(): number {
    return super.listeners + this.#slots.size;
  }

  override send(content: unknown): void {
    super.send(content);
    if (this.isUp) this.emit("msg:custom", { kind: "beat", n: (content as Beat).n });
  }
}

let ended: AbortController;
const changed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  ended = new AbortController();
  changed.mockClear();
});
afterEach(() => {
  ended.abort();
  vi.useRealTimers();
});

const watch = (kernel: FakeModel) => new Python(kernel, changed, ended.signal);
const pass = (seconds: number) => vi.advanceTimersByTime(1000 * seconds);
const words = (python: Python) => (python.element.hidden ? "" : python.element.textContent);

test("nothing is said while all is well, and a beat goes out every 1.5 seconds", () => {
  const kernel = new Kernel({});
  const python = watch(kernel);
  pass(15);
  expect(kernel.sent).toEqual(Array.from({ length: 11 }, (_, i) => ({ kind: "beat", n: i + 1 })));
  expect([python.hasPython, words(python)]).toEqual([true, ""]);
  expect(changed).not.toHaveBeenCalled();
});

describe("a kernel that dies", () => {
  test.each([0, 0.4, 1.2, 1.5])("%s s after the last tick is missed within 5 s", (moment) => {
    const kernel = new Kernel({});
    const python = watch(kernel);
    pass(3 + moment);
    kernel.isUp = false;
    pass(2);
    expect(python.hasPython).toBe(true);
    pass(3);
    expect([python.hasPython, words(python)]).toEqual([false, said.lost]);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("is missed at once where the host knows of it", () => {
    const kernel = new Kernel({});
    const python = watch(kernel);
    pass(3);
    kernel.isUp = false;
    kernel.tell("autorestarting");
    expect(python.hasPython).toBe(false);
    expect(changed).toHaveBeenCalledTimes(1);
    pass(10);
    expect([python.hasPython, words(python)]).toEqual([false, said.restarted]);
  });

  test("may only be busy where the host does not say", () => {
    const kernel = new Kernel({});
    kernel.status = null;
    const python = watch(kernel);
    pass(3);
    kernel.isUp = false;
    pass(5);
    expect([python.hasPython, words(python)]).toEqual([false, said.silent]);
  });

  test("is asked now and then, and its return is told for a while", () => {
    const kernel = new Kernel({});
    const python = watch(kernel);
    pass(3);
    kernel.isUp = false;
    pass(5);
    const asked = kernel.sent.length;
    pass(60);
    expect(kernel.sent.length - asked).toBe(12);
    kernel.isUp = true;
    pass(5);
    expect([python.hasPython, words(python)]).toEqual([true, said.back]);
    pass(6);
    expect(words(python)).toBe("");
    expect(changed).toHaveBeenCalledTimes(2);
  });
});

describe("a kernel that works", () => {
  test("is called busy, is there, and is asked nothing more", () => {
    const kernel = new Kernel({});
    const python = watch(kernel);
    pass(3);
    kernel.isUp = false;
    kernel.status = "busy";
    pass(2);
    const asked = kernel.sent.length;
    pass(600);
    expect(kernel.sent.length).toBe(asked);
    expect([python.hasPython, words(python)]).toEqual([true, said.busy]);
    expect(changed).not.toHaveBeenCalled();
    kernel.status = "idle";
    pass(1);
    expect(python.hasPython, "the answer is under way").toBe(true);
    kernel.emit("msg:custom", { kind: "beat", n: asked });
    expect(words(python)).toBe("");
  });

  test("and dies is missed when the host notices", () => {
    const kernel = new Kernel({});
    const python = watch(kernel);
    kernel.isUp = false;
    kernel.status = "busy";
    pass(3);
    kernel.status = "dead";
    pass(0.5);
    expect(words(python)).toBe(said.lost);
  });
});

describe("a page without Python", () => {
  test("says so at once where nothing can be sent", () => {
    const page = new Kernel({});
    page.send = () => {
      throw new Error("static");
    };
    const python = watch(page);
    expect([python.hasPython, words(python)]).toEqual([false, said.absent]);
  });

  test("says so after a while where nothing comes back", () => {
    const python = watch(new FakeModel({}));
    expect([python.hasPython, words(python)]).toEqual([true, ""]);
    pass(4);
    expect([python.hasPython, words(python)]).toEqual([false, said.absent]);
    expect(changed).toHaveBeenCalledTimes(1);
  });
});

test("while nobody looks nothing is asked, and no silence counts", () => {
  const kernel = new Kernel({});
  const python = watch(kernel);
  pass(3);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const asked = kernel.sent.length;
  pass(3600);
  expect(kernel.sent.length).toBe(asked);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(kernel.sent.length).toBe(asked + 1);
  pass(3600);
  expect([python.hasPython, words(python)]).toEqual([true, ""]);
  hidden.mockRestore();
});

test("other messages are no answer, whatever they hold", () => {
  const kernel = new Kernel({});
  const python = watch(kernel);
  kernel.isUp = false;
  for (let i = 0; i < 20; i++) {
    pass(0.5);
    for (const message of [null, undefined, "beat", { kind: "engine" }, []]) {
      kernel.emit("msg:custom", message);
    }
  }
  expect(python.hasPython).toBe(false);
});

test("ends with the view", () => {
  const kernel = new Kernel({});
  watch(kernel);
  ended.abort();
  const asked = kernel.sent.length;
  pass(60);
  expect([kernel.sent.length, kernel.listeners, vi.getTimerCount()]).toEqual([asked, 0, 0]);
});
