"""Training in a real page: how many steps a second, how soon a slider shows, how much is kept."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

from playwright.sync_api import Page, sync_playwright

from microgradwidgets import MLP, Dashboard, moons, train
from tests.browser.plain import BLANK, HOST, load_engine, plain

from .browser import CHROMIUM_FLAGS
from .timing import Line, seconds

ADDRESS = "http://dashboard.test/"
MANY_STEPS = 10_000

# The gaps between frames while it trains: the longest one is how long the page stood still.
_TRAIN = """
async ({ speed, milliseconds }) => {
  const { model } = window;
  model.set("steps", 100000);
  model.set("speed", speed);
  model.set("playing", true);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let i = 0; i < 30; i++) await frame();
  const slider = window.views[0].el.querySelector(".mgw-transport-slider");
  const [from, start] = [slider.max, performance.now()];
  let [frames, longest, before] = [0, 0, start];
  while (before - start < milliseconds) {
    const now = await frame();
    longest = Math.max(longest, now - before);
    before = now;
    frames++;
  }
  model.set("playing", false);
  const steps = model.get("step") - Number(from);
  const took = (performance.now() - start) / 1000;
  return { steps: steps / took, frames: frames / took, longest };
}
"""

# From the event of the scrubber until the frame in which the boundary of that step is painted.
_SCRUB = """
async (runs) => {
  const root = window.views[0].el;
  const scrubber = root.querySelector(".mgw-transport-slider");
  const field = root.querySelector(".mgw-transport-field");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  for (let run = 0; run < runs; run++) {
    const step = String((run * 37) % 100);
    const start = performance.now();
    scrubber.value = step;
    scrubber.dispatchEvent(new Event("input", { bubbles: true }));
    for (let i = 0; field.value !== step; i++) {
      if (i > 100) throw new Error(`expected step ${step}, got: ${field.value}`);
      await frame();
    }
    times.push(performance.now() - start);
  }
  return times;
}
"""


@contextmanager
def _page(dashboard: Dashboard) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*CHROMIUM_FLAGS, "--enable-precise-memory-info"],
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.route(ADDRESS, lambda route: route.fulfill(body=BLANK, content_type="text/html"))
        page.goto(ADDRESS)
        load_engine(page)
        state = dashboard.get_state()
        settings: dict[str, Any] = {
            "state": {name: plain(value) for name, value in state.items()},
            "bytes": [name for name, value in state.items() if isinstance(value, bytes)],
            "theme": "light",
            "width": None,
        }
        page.evaluate(HOST, settings)
        page.wait_for_selector(".mgw-glance")
        yield page
        browser.close()


def training(theirs: float) -> Iterator[Line]:
    """100 points, ``MLP(2, [16, 16, 1])``: in the page, in Python, and in micrograd."""
    data, model = moons(100), MLP(2, [16, 16, 1])
    in_python = 100 / seconds(lambda: train(model, data), runs=3)
    for speed, what, goal in (("4", "drawing each", 60), ("max", "as fast as possible", 400)):
        with _page(Dashboard()) as page:
            found = page.evaluate(_TRAIN, {"speed": speed, "milliseconds": 4000})
        yield Line(
            f"dashboard, {what}: {found['frames']:.0f} frames a second, "
            f"the longest gap {found['longest']:.0f} ms; Python {in_python:.0f}, "
            f"micrograd {1 / theirs:.1f} steps a second",
            f"{found['steps']:.0f} steps a second",
            f"at least {goal}",
            found["steps"] >= goal,
        )


def scrubbing() -> Iterator[Line]:
    """Back and forth among a hundred steps."""
    with _page(Dashboard()) as page:
        page.evaluate("() => window.model.set('step', 100)")
        page.wait_for_function("document.querySelector('.mgw-transport-slider').max === '100'")
        times = page.evaluate(_SCRUB, 200)
    cuts = quantiles(times, n=20)
    yield Line(
        "dashboard: from the slider of steps to the new boundary",
        f"{cuts[9]:.0f} ms, 95 %: {cuts[18]:.0f} ms",
        "under 50 ms",
        cuts[18] < 50,
    )


def keeping() -> Iterator[Line]:
    """All of ten thousand steps, to be gone back to."""
    dashboard = Dashboard(steps=MANY_STEPS, speed="max")
    with _page(dashboard) as page:
        session = page.context.new_cdp_session(page)

        def heap() -> float:
            session.send("HeapProfiler.collectGarbage")
            used: float = page.evaluate("() => performance.memory.usedJSHeapSize")
            return used / 2**20

        before = heap()
        start = time.perf_counter()
        page.evaluate("() => window.model.set('playing', true)")
        page.wait_for_function("() => window.model.get('playing') === false", timeout=120_000)
        took = time.perf_counter() - start
        grown = heap() - before
        told = page.evaluate("() => window.model.get('result').byteLength") / 1e3
    yield Line(
        f"dashboard: memory after {MANY_STEPS:,} steps in {took:.0f} s, "
        f"{told:.0f} kB told to Python",
        f"+{grown:.0f} MB",
        "under 30 MB",
        grown < 30,
    )
