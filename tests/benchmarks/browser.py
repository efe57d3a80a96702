"""The front end's share, in a real Chromium: replay, and the time to a first picture."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from microgradwidgets import MLP, Tape, Value, max_margin, moons, show
from microgradwidgets.views.front_end import FIGURES, STATIC, built_text, engine

from .expressions import moons_loss, sum_of_products
from .timing import RUNS, Line, seconds

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_REPLAY = """
async ([source, tape, runs]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { decodeTape, createReplay } = await import(url);
  const bytes = Uint8Array.from(atob(tape), (c) => c.charCodeAt(0));
  const replay = createReplay(decodeTape(bytes));
  const once = () => { replay.forward(); replay.backward(); };
  for (let i = 0; i < 200; i++) once();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    for (let i = 0; i < 100; i++) once();
    times.push((performance.now() - start) / 100);
  }
  return times;
}
"""

_SHOW = """
async ([source, key, packed, tape, runs]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  const bytes = (text) => {
    const array = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new DataView(array.buffer);
  };
  const state = {
    tape: bytes(tape), gradient_table: bytes(""), selected: null,
    overlay: "gradient", direction: "LR", theme: "light", _figure: "diagram", _engine_key: key,
  };
  const answers = new Set();
  const model = {
    get: (name) => state[name], set: (name, value) => { state[name] = value; },
    on: (event, call) => { if (event === "msg:custom") answers.add(call); },
    off: (event, call) => answers.delete(call), save_changes() {},
    send() { for (const call of answers) call({ kind: "engine", key }, packed.map(bytes)); },
  };
  const drawn = (el) => new Promise((resolve) => {
    const look = () => {
      if (!el.querySelector('[data-index], [role="treeitem"], [role="img"]')) return false;
      requestAnimationFrame(() => resolve(performance.now()));
      return true;
    };
    if (!look()) {
      const watcher = new MutationObserver(() => { if (look()) watcher.disconnect(); });
      watcher.observe(el, { subtree: true, childList: true });
    }
  });
  const show = async () => {
    const el = document.body.appendChild(document.createElement("div"));
    const start = performance.now();
    const done = await widget.render({ model, el });
    return { took: (await drawn(el)) - start, done, el };
  };
  const kept = await show();  // stays, and keeps the page warm
  const times = [];
"""

_FIRST_PICTURE = (
    _SHOW
    + """
  for (let run = 0; run < runs; run++) {
    const { took, done } = await show();
    times.push(took);
    done();
  }
  return times;
}
"""
)

_OPENING = (
    _SHOW
    + """
  const press = async (name) => {
    const world = kept.el.querySelector(".mgw-world");
    const row = [...kept.el.querySelectorAll('[role="treeitem"]')].find((item) =>
      [" = ", ": "].some((end) => item.getAttribute("aria-label").startsWith(name + end)));
    const start = performance.now();
    row.querySelector(".mgw-turns").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    while (kept.el.querySelector(".mgw-world") === world) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - start;
  };
  const names = NAMES;
  for (const name of names.slice(0, -1)) await press(name);
  for (let run = 0; run < runs; run++) {
    times.push(await press(names.at(-1)));
    await press(names.at(-1));  // closed again
  }
  return times;
}
"""
)

_ASKING_WHY = (
    _SHOW
    + """
  state.selected = SELECTED;
  for (let run = 0; run < runs; run++) {
    const { el, done } = await show();
    const why = el.querySelector(".mgw-why");
    const listed = new Promise((resolve) => why.addEventListener("toggle", resolve));
    const start = performance.now();
    why.open = true;
    await listed;
    if (el.querySelectorAll(".mgw-path").length !== 10) throw new Error("expected ten paths");
    times.push(performance.now() - start);
    done();
  }
  return times;
}
"""
)


# From the slider's event until all numbers are written, the older ones beside them.
_CHANGING_A_LEAF = (
    _SHOW
    + """
  const boxes = kept.el.querySelectorAll(".mgw-box").length;
  if (boxes !== BOXES) throw new Error(`expected BOXES boxes, got: ${boxes}`);
  kept.el.querySelector("[role=treeitem][aria-label^='w = ']").click();
  const slider = kept.el.querySelector(".mgw-leaf-row input[type=range]");
  const move = (x) => {
    slider.value = `${x}`;
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return performance.now() - start;
  };
  for (let n = 0; n < 50; n++) move(0.02 * n);
  for (let run = 0; run < runs; run++) times.push(move(-0.02 * run - 0.01));
  return times;
}
"""
)


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
        )
        yield browser.new_page()
        browser.close()


def _packed(value: Value) -> str:
    return base64.b64encode(Tape.record(value).to_bytes()).decode("ascii")


def _milliseconds(script: str, *arguments: Any) -> float:
    with _page() as page:
        times: list[float] = page.evaluate(script, [*arguments, RUNS])
    return median(times)


def replay(theirs: float) -> Iterator[Line]:
    """Forward and backward through the tape of the moons loss, against micrograd's step."""
    source = built_text(FIGURES)
    ours = _milliseconds(_REPLAY, source, _packed(moons_loss(Value)))
    yield Line(
        f"JavaScript replay of the same: {ours:.2f} ms",
        f"{theirs * 1e3 / ours:.0f} times faster",
        "under 1 ms, at least 1,000",
        ours < 1.0 and theirs * 1e3 / ours >= 1000,
    )


def _shown(script: str, value: Value) -> float:
    key, packed = engine()
    source = (STATIC / "widget.js").read_text(encoding="utf-8")
    sent = base64.b64encode(packed).decode("ascii")
    return _milliseconds(script, source, key, sent, _packed(value))


def first_diagram() -> Iterator[Line]:
    """From the call of ``render``, on a page that has shown a diagram, to boxes on screen."""
    for operations, goal in ((10, 100), (100, 250)):
        took = _shown(_FIRST_PICTURE, sum_of_products(Value, operations))
        yield Line(
            f"first diagram of {operations} operations, warm page",
            f"{took:.0f} ms",
            f"under {goal} ms",
            took < goal,
        )
    for what, value, goal in (
        ("the demo's loss of 65,818 values", _demo_loss(), 2.0),
        ("100,000 operations", sum_of_products(Value, 100_000), 3.0),
        ("1,000,000 operations", sum_of_products(Value, 1_000_000), 10.0),
    ):
        in_python = seconds(lambda value=value: show(value)._repr_mimebundle_(), runs=3)
        whole = in_python + _shown(_FIRST_PICTURE, value) / 1e3
        line = f"show(value) of {what}, both sides together"
        yield Line(line, f"{whole:.2f} s", f"under {goal:.0f} s", whole < goal)
    loss = _demo_loss()
    way = ["data loss", "example 1", "layer 2", "neuron 1"]
    for depth in range(1, len(way) + 1):
        opening = _shown(_OPENING.replace("NAMES", json.dumps(way[:depth])), loss)
        line = f"opening {way[depth - 1]} of the loss, from the click to the boxes"
        yield Line(line, f"{opening:.0f} ms", "under 500 ms", opening < 500)
    weight = Tape.record(loss).index("layer 1 · neuron 1 · w1")
    asking = _shown(_ASKING_WHY.replace("SELECTED", str(weight)), loss)
    line = "why: the ten largest of the 1,602 paths from a weight of layer 1"
    yield Line(line, f"{asking:.0f} ms", "under 100 ms", asking < 100)


def changing_a_leaf() -> Iterator[Line]:
    """From the input of a slider to new numbers on the screen: less than one frame."""
    for factors, boxes in ((149, 299), (500, 40)):
        # In a product every gradient changes with every factor.
        last = Value(1.1, label="w")
        value = prod([Value(1.0 + 0.001 * i) for i in range(factors - 1)], start=Value(1.0)) * last
        took = _shown(_CHANGING_A_LEAF.replace("BOXES", str(boxes)), value)
        line = f"a leaf of {len(Tape.record(value)):,} values moved, {boxes} of them drawn"
        yield Line(line, f"{took:.1f} ms", "under 16 ms", took < 16)


def _demo_loss() -> Value:
    data = moons(100)
    return max_margin(MLP(2, [16, 16, 1]), data.xs, data.ys).total_loss
