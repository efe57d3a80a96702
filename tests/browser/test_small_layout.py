"""A page without Graphviz: the small layout draws it, and it is as live as any other."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import MLP, show, to_html
from tests.browser.figure import FIGURE, Figure
from tests.vectors import lecture_neuron, readme_expression


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the page of a value from disk, without a network and without Graphviz."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def open_(value, **options):
        path = tmp_path / "page.html"
        to_html(show(value, **options), path, engine=False)
        page.goto(path.as_uri())
        return Figure(page.locator(FIGURE).first).drawn()

    yield open_
    assert wrong == []
    context.close()


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_it_is_drawn_whole(opened, direction):
    figure = opened(readme_expression(), direction=direction)
    figure.fit()
    assert len(figure.boxes) == 35
    for n, box in enumerate(figure.boxes):
        for other in figure.boxes[n + 1 :]:
            a, b = box.area, other.area
            assert (
                a["x"] + a["width"] <= b["x"]
                or b["x"] + b["width"] <= a["x"]
                or a["y"] + a["height"] <= b["y"]
                or b["y"] + b["height"] <= a["y"]
            )


def test_it_can_be_stepped_edited_and_turned(opened):
    figure = opened(lecture_neuron())
    figure.click("w1")
    slider = figure.root.get_by_role("slider", name="w1")
    slider.fill("0")
    figure.until(lambda: "1.0000" in figure.box("o").texts, "the number of the edit")
    figure.choose("Direction", "top to bottom")
    figure.until(
        lambda: figure.box("o").area["y"] > figure.box("b").area["y"] + 60, "a picture turned"
    )


def test_groups_open_and_close(opened):
    figure = opened(MLP(2, [16, 16, 1])([0.3, -0.2]))
    before = len(figure.boxes)
    figure.toggle("layer 1")
    assert len(figure.boxes) > before
    (frame,) = figure.frames
    inside = [box for box in figure.boxes if box.name.startswith("neuron")]
    assert len(inside) == 16
    assert all(frame.holds(box.area) for box in inside)
    figure.toggle("layer 1")
    assert len(figure.boxes) == before
    expect(figure.root.get_by_role("table")).to_have_count(0)
