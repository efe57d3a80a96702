"""What our scripts have under way in a page, and what the page keeps when a figure has gone."""

from __future__ import annotations

from playwright.sync_api import Page

# To run before the front end is there. Ours comes from a Blob in every host, whose own scripts come
# from addresses: so the stack tells whose a timer is.
SPY = """(() => {
  const pending = Object.fromEntries(
    ["workers", "addresses", "intervals", "timers", "frames"].map((name) => [name, new Set()])
  );
  const isOurs = () => new Error().stack.includes("blob:");
  const kept = (set, name, end, isRepeated) => {
    const [begin, stop] = [window[name].bind(window), window[end].bind(window)];
    window[name] = (callback, ...rest) => {
      if (!isOurs() || typeof callback !== "function") return begin(callback, ...rest);
      const id = begin((...given) => {
        if (!isRepeated) set.delete(id);
        callback(...given);
      }, ...rest);
      set.add(id);
      return id;
    };
    window[end] = (id) => {
      set.delete(id);
      stop(id);
    };
  };
  kept(pending.timers, "setTimeout", "clearTimeout", false);
  kept(pending.intervals, "setInterval", "clearInterval", true);
  kept(pending.frames, "requestAnimationFrame", "cancelAnimationFrame", false);
  const [create, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
  URL.createObjectURL = (blob) => {
    const url = create(blob);
    pending.addresses.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    pending.addresses.delete(url);
    revoke(url);
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const stays = new Set([window, document, document.documentElement, visualViewport]);
  const heard = { targets: new Set(), staying: new Set() };
  const capture = (options) => (typeof options === "object" ? options?.capture : options) ?? false;
  EventTarget.prototype.addEventListener = function (type, callback, options) {
    const target = this ?? window;
    addEventListener.call(target, type, callback, options);
    if (!isOurs()) return;
    if (!stays.has(target)) return void heard.targets.add(new WeakRef(target));
    const one = { target, type, callback, capture: capture(options) };
    heard.staying.add(one);
    const signal = options?.signal;
    if (signal) addEventListener.call(signal, "abort", () => heard.staying.delete(one));
  };
  EventTarget.prototype.removeEventListener = function (type, callback, options) {
    const target = this ?? window;
    removeEventListener.call(target, type, callback, options);
    for (const one of heard.staying) {
      const isIt = one.target === target && one.type === type && one.callback === callback;
      if (isIt && one.capture === capture(options)) heard.staying.delete(one);
    }
  };
  window.listenersLeft = () => {
    for (const one of heard.targets) if (one.deref() === undefined) heard.targets.delete(one);
    return heard.targets.size + heard.staying.size;
  };
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(url, ...rest) {
      super(url, ...rest);
      if (String(url).startsWith("blob:")) pending.workers.add(this);
    }
    terminate() {
      pending.workers.delete(this);
      super.terminate();
    }
  };
  window.pending = pending;
})()"""
PENDING = """() => Object.fromEntries(
  Object.entries(window.pending).map(([name, set]) => [name, set.size])
)"""


def pending(page: Page) -> dict[str, int]:
    """How much of each kind has begun and not ended."""
    found: dict[str, int] = page.evaluate(PENDING)
    return found


def listeners_left(page: Page) -> int:
    """How many of our listeners the page still holds, on anything that has not gone."""
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    session.detach()
    left: int = page.evaluate("window.listenersLeft()")
    return left
