"""What stands on a one-file page, read and used in any browser."""

from __future__ import annotations

from typing import Any

from tests.browser.expressions import number
from tests.browser.figure import FIGURE, READ, Box
from tests.browser.tabs import Tab

# The tasks of a picture that has come and a training that can begin.
READY = """() => {
  const places = [...document.querySelectorAll("[data-mgw-widget]")];
  return places.length > 0 && places.every((place) =>
    place.querySelector(".mgw-box, .mgw-transport-slider:enabled, .mgw-table"));
}"""

# A picture that has just come is fitted to the room for it.
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const place = () => JSON.stringify(document.querySelector(".mgw-world").getBoundingClientRect());
  const before = place();
  await frame();
  await frame();
  return place() === before;
}"""

GLANCE = """(name) => [...document.querySelectorAll(".mgw-glance dt")]
  .find((entry) => entry.textContent === name).nextElementSibling.textContent"""

# How many colours a canvas shows, of the places on a coarse grid.
COLOURS = """(css) => {
  const canvas = document.querySelector(css);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let n = 0; n < data.length; n += 4 * 97) seen.add(data.slice(n, n + 4).join());
  return seen.size;
}"""


class Sheet:
    """A page in a tab; of several diagrams the first is the one that is used."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        tab.until(READY)

    @property
    def boxes(self) -> dict[str, Box]:
        read: Any = self.tab.evaluate(f"(css) => ({READ})(document.querySelector(css))", FIGURE)
        boxes = [Box(**box) for box in read["boxes"]]
        return {box.name: box for box in boxes}

    def gradient(self, name: str) -> float:
        return number(self.boxes[name].gradient)

    def value(self, name: str) -> float:
        """As it is said; in the picture an older one may stand beside it."""
        said = self.boxes[name].spoken.partition(" = ")[2]
        return number(said.replace(", ", " ").split()[0])

    def text(self, css: str) -> str:
        text: str = self.tab.until("(css) => document.querySelector(css)?.textContent.trim()", css)
        return text

    def says(self, css: str, words: str) -> None:
        """Wait for these words in one of the elements that can be seen."""
        self.tab.until(
            """(css, words) => [...document.querySelectorAll(css)].some((element) =>
              element.getClientRects().length > 0 && element.textContent.includes(words))""",
            *(css, words),
        )

    def choose(self, name: str) -> None:
        """Click a box of the picture."""
        self.tab.until(AT_REST)
        area = self.boxes[name].area
        self.tab.click(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
        self.tab.until(
            """(name) => document.querySelector(
              `[role="treeitem"][aria-selected="true"][aria-label^="${name}"]`)""",
            name,
        )

    def press_button(self, name: str) -> None:
        self.tab.click_on("button", name)

    def fill(self, label: str, text: str) -> None:
        """Type into a field as one does it: click, replace, Enter."""
        self.tab.click_on("input", label)
        self.tab.type(text)
        self.tab.press("Enter")

    def step_of(self, slider: str) -> str:
        """Where a slider of steps stands, in words."""
        words: str = self.tab.evaluate(
            "(css) => document.querySelector(css).getAttribute('aria-valuetext')", slider
        )
        return words

    def glance(self, name: str) -> str:
        """One of the numbers above a training."""
        text: str = self.tab.evaluate(GLANCE, name)
        return text

    def glances(self, name: str, words: str) -> None:
        """Wait until such a number begins like that."""
        self.tab.until(f"(name, words) => ({GLANCE})(name).startsWith(words)", name, words)

    def colours(self, css: str) -> int:
        count: int = self.tab.evaluate(COLOURS, css)
        return count
