"""One figure as a person meets it: by its roles, its words and what can be seen of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import until

FIGURE = '[role="group"][aria-label^="Expression graph"]'
ROW = '[role="treeitem"]'
BOX = ".mgw-box"

# What is drawn, and what its row in the tree twin says of it. Texts in reading order, as far as
# they are painted; place and size as on the screen.
READ = """(root) => {
  const rowOf = (drawn) =>
    root.querySelector(`[role="treeitem"][data-index="${drawn.dataset.index}"]`);
  const words = (drawn) => ({
    spoken: rowOf(drawn).getAttribute("aria-label"),
    selected: rowOf(drawn).getAttribute("aria-selected") === "true",
  });
  const seen = (element) => element.getBoundingClientRect();
  const texts = (element) => [...element.querySelectorAll("text")].map((t) => t.textContent);
  const area = (element) => {
    const { x, y, width, height } = seen(element);
    return { x, y, width, height };
  };
  const boxes = [...root.querySelectorAll(".mgw-box")].map((box) => ({
    ...words(box),
    texts: texts(box),
    opacity: Number(getComputedStyle(box).opacity),
    fill: getComputedStyle(box.querySelector("rect.mgw-frame")).fill,
    outline: getComputedStyle(box.querySelector("rect.mgw-frame")).stroke,
    area: area(box.querySelector("rect.mgw-frame")),
  }));
  const arrows = [...root.querySelectorAll(".mgw-arrow")].map((arrow) => ({
    texts: texts(arrow),
    opacity: Number(getComputedStyle(arrow).opacity),
    dashed: getComputedStyle(arrow.querySelector("path")).strokeDasharray !== "none",
  }));
  const backs = [...root.querySelectorAll(".mgw-even > .mgw-frame, .mgw-odd > .mgw-frame")];
  const frames = [...root.querySelectorAll(".mgw-outline")].map((title, n) => ({
    ...words(title),
    title: title.querySelector(".mgw-title").textContent,
    area: area(backs[n]),
    title_area: area(title.querySelector(".mgw-heading")),
  }));
  return { boxes, arrows, frames };
}"""


@dataclass(frozen=True)
class Box:
    """One value: what it says aloud, what is written in it, how it looks."""

    spoken: str
    texts: list[str]
    selected: bool
    opacity: float
    fill: str
    outline: str
    area: dict[str, float]

    @property
    def name(self) -> str:
        return self.spoken.split(" = ", 1)[0]

    @property
    def value(self) -> str:
        """The number, read off the picture."""
        return self.texts[self.texts.index("value") + 1]

    @property
    def gradient(self) -> str:
        return self.texts[self.texts.index("grad") + 1]

    @property
    def dim(self) -> bool:
        return self.opacity < 0.5


@dataclass(frozen=True)
class Arrow:
    texts: list[str]
    opacity: float
    dashed: bool


@dataclass(frozen=True)
class Frame:
    """An open group: where it is, and where its title is."""

    spoken: str
    title: str
    selected: bool
    area: dict[str, float]
    title_area: dict[str, float]

    def holds(self, area: dict[str, float]) -> bool:
        return (
            self.area["x"] < area["x"]
            and self.area["y"] < area["y"]
            and area["x"] + area["width"] < self.area["x"] + self.area["width"]
            and area["y"] + area["height"] < self.area["y"] + self.area["height"]
        )


class Figure:
    """A diagram on a page."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.page: Page = root.page

    def drawn(self, seconds: float = 15.0) -> Figure:
        expect(self.root.locator(BOX).first).to_be_visible(timeout=1000 * seconds)
        return self

    # What it shows

    def _read(self) -> Any:
        return self.root.evaluate(READ)

    @property
    def boxes(self) -> list[Box]:
        return [Box(**box) for box in self._read()["boxes"]]

    @property
    def arrows(self) -> list[Arrow]:
        return [Arrow(**arrow) for arrow in self._read()["arrows"]]

    @property
    def frames(self) -> list[Frame]:
        """The open groups, outer ones first."""
        return [Frame(**frame) for frame in self._read()["frames"]]

    @property
    def rows(self) -> Locator:
        """The tree twin: every value and group that is drawn, as words."""
        return self.root.locator(ROW)

    def named(self, name: str) -> Locator:
        """The row of a value or a group, whether that is open or closed."""
        pattern = re.compile(f"^{re.escape(name)}( = |: )")
        return self.rows.and_(self.page.get_by_label(pattern)).first

    def entry(self, name: str) -> Locator:
        """The line of the list with a row and its numbers, once the list can be seen."""
        return self.named(name).locator("..")

    def drawn_for(self, row: Locator) -> Locator:
        """What a row is in the picture: a box, or the title of an open group."""
        index = row.get_attribute("data-index")
        return self.stage.locator(f'[data-index="{index}"]')

    def toggle(self, name: str) -> None:
        """Click the + of a closed group or the - of an open one, and wait for the picture."""
        world = self.root.locator(".mgw-world").element_handle()
        self.drawn_for(self.named(name)).locator(".mgw-toggle").click()
        self.until(
            lambda: not self.page.evaluate("(world) => world.isConnected", world), "a new picture"
        )

    @property
    def badges(self) -> list[str]:
        texts: list[str] = self.root.locator(".mgw-badge text").all_text_contents()
        return texts

    def box(self, name: str) -> Box:
        found = [box for box in self.boxes if box.name == name]
        assert found, f"no box called {name!r} among {[box.name for box in self.boxes]}"
        return found[0]

    def frame(self, name: str) -> Locator:
        """What one points at; a clipped title makes the bounding box of the whole far larger."""
        return self.drawn_for(self.named(name)).locator("rect.mgw-frame")

    def ring(self, name: str) -> str:
        """The colour of the ring around a box that has the focus, or "none"."""
        stroke: str = (
            self.drawn_for(self.named(name))
            .locator(".mgw-focus")
            .evaluate("(ring) => getComputedStyle(ring).stroke")
        )
        return stroke

    @property
    def summary(self) -> str:
        return self.root.get_attribute("aria-label") or ""

    @property
    def selected(self) -> list[str]:
        return [box.name for box in self.boxes if box.selected]

    @property
    def dim(self) -> set[str]:
        """What stands behind while something is selected; constants go by their number."""
        return {
            box.texts[0] if box.name == "constant" else box.name for box in self.boxes if box.dim
        }

    @property
    def panel(self) -> Locator:
        return self.root.locator(".mgw-panel")

    @property
    def stage(self) -> Locator:
        return self.root.locator("svg.mgw-stage")

    @property
    def transform(self) -> str:
        """Where zoom and pan have brought the picture."""
        answer: str = self.root.locator(".mgw-world").evaluate(
            "(world) => world.getAttribute('transform')"
        )
        return answer

    def until(self, condition: Callable[[], Any], what: str, seconds: float = 10.0) -> None:
        until(self.page, condition, what, seconds)

    # What one does with it

    def fit(self) -> None:
        """The whole picture in view, so that every box can be clicked."""
        self.root.get_by_role("button", name="Show the whole picture").click()

    def click(self, name: str) -> None:
        self.frame(name).click()

    def hold_focus(self, place: str) -> None:
        """Put the focus on a ``"box"``, the ``"background"`` or a ``"button"``."""
        if place == "box":
            self.rows.last.focus()
        elif place == "background":
            self.page.mouse.click(*self.empty_place())
        else:
            self.root.get_by_role("button", name="Keys").focus()
        assert self.has_focus

    @property
    def has_focus(self) -> bool:
        answer: bool = self.root.evaluate("(root) => root.contains(document.activeElement)")
        return answer

    def choose(self, label: str, option: str) -> None:
        self.root.get_by_label(label).select_option(label=option)

    def press_button(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def empty_place(self) -> tuple[float, float]:
        """A place of the stage with no box under it."""
        self.stage.scroll_into_view_if_needed()
        stage = self.stage.bounding_box()
        assert stage is not None
        areas = [box.area for box in self.boxes]
        for dy in range(8, int(stage["height"]) - 8, 12):
            for dx in range(8, int(stage["width"]) - 8, 24):
                x, y = stage["x"] + dx, stage["y"] + dy
                if not any(
                    a["x"] - 30 < x < a["x"] + a["width"] + 30
                    and a["y"] - 30 < y < a["y"] + a["height"] + 30
                    for a in areas
                ):
                    return x, y
        raise AssertionError("boxes everywhere")
