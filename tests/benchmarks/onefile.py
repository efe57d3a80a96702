"""A page in one file: how large it is, and how long from opening it to the first picture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from microgradwidgets import Dashboard, Value, page

from .browser import CHROMIUM_FLAGS
from .expressions import sum_of_products
from .timing import RUNS, Line

# The time of the frame that first shows a box, or a training that can begin, since the page was
# asked for.
_WATCH = """
window.firstPicture = new Promise((tell) => {
  const look = (now) => {
    if (document.querySelector(".mgw-box, .mgw-transport-slider:enabled")) tell(now);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  setTimeout(tell, 5000, Infinity);
});
"""


def _first_picture(browser: Browser, path: Path) -> float:
    """Milliseconds; each time in a window that has seen nothing yet."""
    times = []
    for _ in range(RUNS):
        with browser.new_context() as context:
            context.add_init_script(_WATCH)
            window = context.new_page()
            window.goto(path.as_uri())
            times.append(float(window.evaluate("window.firstPicture")))
    return median(times)


def opening() -> Iterator[Line]:
    """In Chromium, and in Firefox where there is one."""
    diagram = sum_of_products(Value, 10)
    pages = (
        ("a diagram", page(diagram), 1_000_000),
        ("a diagram, without Graphviz", page(diagram, engine=False), 150_000),
        ("a diagram and a dashboard", page([diagram, Dashboard()]), 1_300_000),
    )
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browsers = {
            "Chromium": playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=list(CHROMIUM_FLAGS)
            )
        }
        if firefox := shutil.which("firefox-esr"):
            browsers["Firefox"] = playwright.firefox.launch(
                executable_path=firefox, channel="moz-firefox"
            )
        for what, text, most in pages:
            size = len(str(text).encode())
            yield Line(
                f"one file with {what}: size",
                f"{size / 1e3:.0f} kB",
                f"under {most / 1e3:,.0f} kB",
                size < most,
            )
            path = Path(folder) / "page.html"
            path.write_text(str(text), encoding="utf-8")
            for name, browser in browsers.items():
                took = _first_picture(browser, path)
                line = f"one file with {what}: first picture in {name}"
                yield Line(line, f"{took:.0f} ms", "under 1,000 ms", took < 1000)
        for browser in browsers.values():
            browser.close()
