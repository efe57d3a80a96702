"""The decision boundary and its points: by pointer, by keys, by finger, and as they are spoken."""

from __future__ import annotations

import re
import struct

import pytest
from playwright.sync_api import Locator, Page, expect

from microgradwidgets.views.dashboard import Dashboard
from tests.browser.access import focused_name, violations
from tests.browser.pages import until
from tests.browser.plain import PlainPage

# What is held of the points: coordinates, then labels, behind a header of JSON.
POINTS = """() => {
  const held = window.model.get("points");
  return Array.from(new Uint8Array(held.buffer, held.byteOffset, held.byteLength));
}"""

PIXEL = """(canvas, [across, down]) => {
  const [x, y] = [across * canvas.width, down * canvas.height].map(Math.floor);
  return Array.from(canvas.getContext("2d").getImageData(x, y, 1, 1).data);
}"""


class Boundary:
    """The part of a dashboard, as a person meets it."""

    def __init__(self, host: PlainPage) -> None:
        self.host = host
        self.page: Page = host.page
        self.root = self.page.get_by_role("region", name="Decision boundary")
        self.picture = self.root.get_by_role("img")
        self.area = self.root.locator(".mgw-boundary-area")
        self.reading = self.root.locator(".mgw-boundary-reading")
        expect(self.picture).to_have_attribute("aria-label", re.compile("on their side"))

    def press(self, label: str) -> None:
        name = re.compile(f"^{re.escape(label)}")
        self.root.get_by_role("button", name=name).click()

    @property
    def points(self) -> list[tuple[float, float, float]]:
        data = bytes(self.page.evaluate(POINTS))
        (length,) = struct.unpack_from("<I", data, 4)
        count = int(re.search(rb'"count": ?(\d+)', data)[1])  # type: ignore[index]
        numbers = struct.unpack_from(f"<{3 * count}d", data, 8 + length)
        xs, ys = numbers[: 2 * count], numbers[2 * count :]
        return list(zip(xs[::2], xs[1::2], ys, strict=True))

    @property
    def selected(self) -> int | None:
        selected: int | None = self.host.get("selected_point")
        return selected

    @property
    def cursor(self) -> Locator:
        """The point that the keys are at."""
        return self.root.get_by_role("option")

    def walk(self, *keys: str) -> str:
        """To a point by keys; what is said there."""
        self.cursor.focus()
        for key in keys:
            self.page.keyboard.press(key)
        return self.cursor.get_attribute("aria-label") or ""

    def place_of_cursor(self) -> tuple[float, float]:
        box = self.cursor.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def place(self, across: float, down: float) -> tuple[float, float]:
        box = self.area.bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def shift_click(self, x: float, y: float) -> None:
        self.page.keyboard.down("Shift")
        self.page.mouse.click(x, y)
        self.page.keyboard.up("Shift")

    def drag(self, start: tuple[float, float], *places: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        for place in places:
            self.page.mouse.move(*place, steps=5)
        self.page.mouse.up()


def number_of(words: str) -> int:
    """Which point is spoken of: people count from one, lists from zero."""
    return int(re.match(r"Point (\d+) of", words)[1]) - 1  # type: ignore[index]


def shown(host: PlainPage, *, theme="light", width=None, **settings) -> Boundary:
    host.mount(Dashboard(**settings), theme=theme, width=width)
    return Boundary(host)


@pytest.fixture
def boundary(plain) -> Boundary:
    return shown(plain)


def test_training_brings_every_point_to_its_side(plain):
    boundary = shown(plain, speed="max", steps=100)
    plain.set("playing", True)
    expect(boundary.picture).to_have_accessible_name(
        "Decision boundary: 100 of 100 points on their side", timeout=20_000
    )
    left, right = (boundary.picture.evaluate(PIXEL, [x, 0.04]) for x in (0.04, 0.6))
    below = boundary.picture.evaluate(PIXEL, [0.96, 0.96])
    assert left[0] > left[2] + 50, "orange, where the upper moon is"
    assert right[0] > right[2]
    assert below[2] > below[0] + 50, "blue, where the lower moon is"


def test_the_keyboard_reaches_every_point_through_one_tab_stop(boundary):
    assert boundary.root.locator('[role="option"][tabindex="0"]').count() == 1
    reached = [number_of(boundary.walk("Home"))]
    for _ in range(99):
        reached.append(number_of(boundary.walk("ArrowRight")))
    assert sorted(reached) == list(range(100))
    xs = [boundary.points[i][0] for i in reached]
    assert xs == sorted(xs)
    assert number_of(boundary.walk("ArrowRight")) == reached[-1], "the last one stays"
    assert number_of(boundary.walk("ArrowLeft")) == reached[-2]


def test_a_point_is_read_out_and_selected_by_keys(boundary):
    words = boundary.walk("Home", "ArrowRight")
    assert re.fullmatch(
        r"Point \d+ of 100, class −?1, at \S+, \S+, score \S+, loss \S+, (right|wrong side)", words
    )
    assert focused_name(boundary.page) == ("option", words)
    expect(boundary.reading).to_have_text(words)
    boundary.page.keyboard.press("Enter")
    assert boundary.selected == number_of(words)
    expect(boundary.cursor).to_have_attribute("aria-selected", "true")
    boundary.page.keyboard.press("Escape")
    assert boundary.selected is None
    expect(boundary.cursor).to_be_focused()


@pytest.mark.parametrize("style", ["", "transform: scale(0.6) translate(40px, 90px)"])
def test_a_click_selects_wherever_the_page_has_been_moved_to(boundary, style):
    boundary.page.evaluate("(style) => (document.body.style.cssText += style)", style)
    number = number_of(boundary.walk("End", "ArrowLeft"))
    place = boundary.place_of_cursor()
    boundary.page.mouse.move(*place)
    expect(boundary.reading).to_contain_text(re.compile("^Point"))
    boundary.page.mouse.click(*place)
    chosen = boundary.selected
    x, y, _ = boundary.points[number]
    at_x, at_y, _ = boundary.points[chosen]
    assert abs(at_x - x) + abs(at_y - y) < 0.1, "one that lies there, maybe above the other"
    boundary.page.mouse.click(*place)
    assert boundary.selected is None


def test_points_are_added_taken_away_and_brought_back(boundary):
    before = boundary.points
    boundary.press("Add ●")
    boundary.page.mouse.click(*boundary.place(0.25, 0.9))
    boundary.shift_click(*boundary.place(0.75, 0.1))
    assert [label for *_, label in boundary.points[100:]] == [1, -1]
    assert boundary.host.get("dataset") == "own"
    expect(boundary.root).to_contain_text("of 102 points")
    added = boundary.points
    boundary.press("Select")
    boundary.page.mouse.click(*boundary.place(0.25, 0.9))
    assert boundary.selected == 100
    boundary.press("Delete")
    assert boundary.points == [*before, added[101]]
    assert boundary.selected is None
    for _ in range(3):
        boundary.press("Undo")
    assert boundary.points == before
    assert boundary.host.get("dataset") == "moons"
    boundary.walk()
    boundary.page.keyboard.press("Control+Shift+Z")
    assert boundary.points == added[:101]


def test_the_delete_key_takes_the_point_that_the_keys_are_at(boundary):
    before = boundary.points
    number = number_of(boundary.walk("End"))
    boundary.page.keyboard.press("Delete")
    assert boundary.points == before[:number] + before[number + 1 :]
    boundary.page.keyboard.press("Control+z")
    assert boundary.points == before


def test_a_drag_moves_a_point_and_is_undone_as_one(boundary):
    before = boundary.points
    number = number_of(boundary.walk("End"))
    start = boundary.place_of_cursor()
    boundary.press("Move")
    boundary.drag(start, boundary.place(0.5, 0.5), boundary.place(0.3, 0.92))
    until(boundary.page, lambda: boundary.points != before, "a point that was moved")
    after = boundary.points
    moved = [i for i in range(100) if after[i] != before[i]]
    assert moved == [number]
    # The plane in view follows its points, so where it is now is told by the cursor alone.
    assert number_of(boundary.walk()) == number
    assert after[number][0] < 0.2
    assert after[number][1] < before[number][1]
    boundary.press("Undo")
    assert boundary.points == before


def test_arrow_keys_move_a_point_by_a_step_and_a_finer_one(boundary):
    number = number_of(boundary.walk("End"))
    boundary.press("Move")
    x, y, _ = boundary.points[number]
    boundary.walk("ArrowLeft")
    coarse = x - boundary.points[number][0]
    boundary.walk("Shift+ArrowLeft")
    fine = x - coarse - boundary.points[number][0]
    assert 0.05 < coarse < 0.15
    assert 0 < fine < 0.3 * coarse
    assert boundary.points[number][1] == y
    boundary.walk("PageUp")
    assert number_of(boundary.walk()) != number


def test_a_typed_point_is_predicted_and_can_be_added(boundary):
    words = boundary.walk("Home")
    x, y, _ = boundary.points[number_of(words)]
    form = boundary.root.get_by_role("form", name="Predict a point")
    form.get_by_label("x", exact=True).fill(repr(x))
    form.get_by_label("y", exact=True).fill("one")
    expect(form).to_contain_text("Expected a number such as 0.5 or -2, got: one")
    form.get_by_label("y", exact=True).fill(repr(y))
    score = re.search(r"score (\S+),", words)[1]  # type: ignore[index]
    expect(form.get_by_role("status")).to_contain_text(f"score {score}: class ")
    form.get_by_role("button", name="with class 1").click()
    assert boundary.points[100] == (x, y, 1)


def test_a_finger_drags_a_point(plain_page):
    host = plain_page(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    boundary = shown(host, n_samples=20)
    before = boundary.points
    boundary.press("Move")
    number = number_of(boundary.walk("End"))
    session = host.page.context.new_cdp_session(host.page)

    def touch(kind, *place):
        points = [{"x": place[0], "y": place[1]}] if place else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", *boundary.place_of_cursor())
    touch("touchMove", *boundary.place(0.5, 0.5))
    touch("touchMove", *boundary.place(0.4, 0.8))
    touch("touchEnd")
    until(host.page, lambda: boundary.points != before, "a point that was moved")
    assert [i for i in range(20) if boundary.points[i] != before[i]] == [number]
    session.detach()


def test_locked_points_can_be_looked_at_but_not_changed(plain):
    boundary = shown(plain, locked=["points"])
    expect(boundary.root.get_by_role("group", name="Change the points")).to_have_count(0)
    expect(boundary.root.get_by_role("button")).to_have_count(0)
    before = boundary.points
    boundary.walk("Home", "Enter", "Delete")
    assert boundary.selected is not None
    assert boundary.points == before


def test_the_picture_is_there_again_after_its_host_had_taken_it_away(boundary):
    colour = boundary.picture.evaluate(PIXEL, [0.5, 0.5])
    assert colour[3] == 255
    boundary.page.evaluate(
        """async () => {
          const [{ el }] = window.views;
          const parent = el.parentNode;
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          el.remove();
          await frame();
          await frame();
          // What a browser does to save memory.
          for (const canvas of el.querySelectorAll("canvas")) canvas.width = 1;
          parent.append(el);
        }"""
    )
    until(
        boundary.page,
        lambda: boundary.picture.evaluate(PIXEL, [0.5, 0.5]) == colour,
        "the picture as it was",
    )


def test_marks_of_the_batch_stand_only_while_nothing_moves(plain):
    boundary = shown(plain, batch_size=10)
    legend = boundary.root.get_by_role("group", name="Legend")
    expect(legend).to_contain_text("batch of this step (10 points)")
    read = [boundary.walk("Home")] + [boundary.walk("ArrowRight") for _ in range(99)]
    assert sum("in the batch of this step" in words for words in read) == 10


def test_another_run_is_drawn_beside_the_one_on_screen(plain):
    boundary = shown(plain)
    legend = boundary.root.get_by_role("group", name="Legend")
    dashboard = boundary.page.locator(".mgw-dashboard")
    plain.set("step", 20)
    expect(dashboard).to_have_accessible_name(re.compile("step 20,"))
    plain.set("step", 5)
    expect(dashboard).to_have_accessible_name(re.compile("step 5,"))
    expect(legend).not_to_contain_text("score 0 of")
    plain.set("alpha", 0.5)
    expect(legend).to_contain_text("score 0 of run 1")


LOOKS = {
    "light": {},
    "dark": {"theme": "dark"},
    "narrow": {"width": 320},
    "test": {"train_share": 0.8, "batch_size": 10},
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_stands_in_the_way_of_those_who_do_not_see_it(plain, look):
    boundary = shown(plain, **LOOKS[look])
    boundary.walk("Home", "Enter")
    assert violations(boundary.page, ".mgw-boundary") == []
    assert boundary.root.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_forced_colours_keep_lines_and_points(plain_page):
    boundary = shown(plain_page(forced_colors="active"))
    assert violations(boundary.page, ".mgw-boundary") == []
    corner = boundary.picture.evaluate(PIXEL, [0.02, 0.02])
    assert corner == [255, 255, 255, 255], "the page's own paper"
    expect(boundary.root.locator(".mgw-scale")).to_be_hidden()
