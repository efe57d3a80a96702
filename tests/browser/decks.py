"""A real reveal.js deck around our figures: a title, a slide with what is to be shown, an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from microgradwidgets.views.live import Live
from tests.browser.pages import until
from tests.browser.plain import PlainPage

REVEAL = Path(__file__).parents[2] / "js" / "node_modules" / "reveal.js" / "dist"

SLIDES = """(shown) => {
  document.body.innerHTML = `<div class="reveal"><div class="slides">
    <section><h1>Title</h1></section>
    <section class="middle">${shown}</section>
    <section><h1>End</h1></section>
  </div></div>`;
}"""

# What arrives at the page, and whether somebody has prevented it before the deck could see it.
START = """(options) => {
  window.heard = [];
  document.body.addEventListener("keydown", ({ key, defaultPrevented }) =>
    window.heard.push([key, defaultPrevented]));
  return Reveal.initialize({ transition: "none", hash: false, ...options });
}"""

TITLE, MIDDLE, END = 0, 1, 2


class Deck:
    """Three slides, the middle one with figures or with a frame."""

    def __init__(self, host: PlainPage, shown: str = "", **options: Any) -> None:
        self.host = host
        self.page = host.page
        self.page.evaluate(SLIDES, shown)
        self.page.add_style_tag(path=REVEAL / "reveal.css")
        self.page.add_script_tag(path=REVEAL / "reveal.js")
        self.page.evaluate(START, options)

    def put(self, widget: Live, **options: Any) -> None:
        """Put a live figure on the middle slide, below those that are there."""
        self.host.mount(widget, beside=True, **options)
        self.page.evaluate("document.querySelector('.middle').append(window.views[0].el)")

    @property
    def slide(self) -> int:
        answer: int = self.page.evaluate("Reveal.getIndices().h")
        return answer

    def go(self, slide: int) -> None:
        self.page.evaluate("(slide) => Reveal.slide(slide)", slide)
        self.is_on(slide)

    def is_on(self, slide: int) -> None:
        until(self.page, lambda: self.slide == slide, f"slide {slide}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def heard(self) -> list[tuple[str, bool]]:
        """What keys have come to the page since one asked last, and which were prevented."""
        answer = self.page.evaluate("window.heard.splice(0)")
        return [(key, prevented) for key, prevented in answer]

    @property
    def is_paused(self) -> bool:
        answer: bool = self.page.evaluate("Reveal.isPaused()")
        return answer

    @property
    def is_overview(self) -> bool:
        answer: bool = self.page.evaluate("Reveal.isOverview()")
        return answer
