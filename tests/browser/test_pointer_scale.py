"""The pointer hits what it points at, however the slide around a figure is scaled."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import show
from tests.browser.test_boundary import Boundary, number_of
from tests.browser.training import Training
from tests.vectors import lecture_neuron

SETTLE = """() => {
  dispatchEvent(new Event("resize"));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
SMALLER = "transform: scale(0.6); transform-origin: 30px 10px"
LARGER = "transform: scale(1.7); transform-origin: 0 0"
# What is around a figure, and whether it is in presenter mode: then it is zoomed itself.
SCALES = {
    "smaller": (SMALLER, False),
    "larger": (LARGER, False),
    "zoomed": ("zoom: 1.4", False),
    "presenter, smaller": (SMALLER, True),
    "presenter, zoomed": ("zoom: 0.8; transform: scale(1.3); transform-origin: 0 0", True),
}


@pytest.fixture(params=SCALES)
def scaled(plain_page, request):
    host = plain_page(viewport={"width": 1500, "height": 1400})

    def scale():
        host.page.evaluate("(css) => { window.views[0].el.style.cssText += css }", style)
        # As a deck does; and whatever watches sizes has seen the new ones.
        host.page.evaluate(SETTLE)

    css, host.is_presented = SCALES[request.param]
    style = f"; {css}"
    host.scale = scale
    return host


@pytest.fixture
def neuron(scaled):
    figure = scaled.show(show(lecture_neuron(), presenter=scaled.is_presented), width=860)
    scaled.scale()
    return figure


def middle(area):
    return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2


def area_of(figure, name):
    (box,) = [box for box in figure.boxes if box.name == name]
    return box.area


def test_a_box_is_pointed_at_and_clicked(neuron):
    page = neuron.page
    neuron.fit()
    for name in ("x1", "o"):
        page.mouse.move(*middle(area_of(neuron, name)))
        tooltip = neuron.root.locator(".mgw-tooltip")
        expect(tooltip.locator(".mgw-name")).to_have_text(name)
        # Beside the pointer, and inside the figure.
        _, y = middle(area_of(neuron, name))
        told, root = tooltip.bounding_box(), neuron.root.bounding_box()
        assert told["x"] >= root["x"] - 1
        assert told["x"] + told["width"] <= root["x"] + root["width"] + 1
        far = max(told["y"] - y, y - told["y"] - told["height"])
        assert far < 80, (told, y)
        page.mouse.down()
        page.mouse.up()
        assert neuron.selected == [name]


def test_a_drag_takes_the_picture_along(neuron):
    page = neuron.page
    neuron.fit()
    x, y = neuron.empty_place()
    before = area_of(neuron, "o")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    after = area_of(neuron, "o")
    moved = after["x"] - before["x"], after["y"] - before["y"]
    assert moved == (pytest.approx(40, abs=1.5), pytest.approx(30, abs=1.5))


def test_the_wheel_zooms_around_the_pointer(neuron):
    page = neuron.page
    neuron.fit()
    neuron.hold_focus("background")
    place = middle(area_of(neuron, "b"))
    page.mouse.move(*place)
    width = area_of(neuron, "b")["width"]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    neuron.until(lambda: area_of(neuron, "b")["width"] > 1.2 * width, "a larger box")
    assert middle(area_of(neuron, "b")) == pytest.approx(place, abs=2)


def test_a_number_is_taken_hold_of(neuron):
    page = neuron.page
    neuron.fit()
    number = neuron.frame("x1").locator("..").locator(".mgw-value").bounding_box()
    x, y = middle(number)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    ((_, x1),) = page.evaluate("window.model.get('edits')")
    assert x1 > 2


@pytest.fixture
def training(scaled):
    training = Training(scaled, hidden=[2], presenter=scaled.is_presented, width=860)
    training.go(20)
    scaled.scale()
    return training


def test_the_curves_are_read_and_clicked_where_the_pointer_is(training):
    page = training.page
    training.chart.scroll_into_view_if_needed()
    x, y = training.chart.evaluate("""(chart) => {
      const { left, top, width, height } = chart.getBoundingClientRect();
      // Beside the numbers of the axis, a hundred steps have this much room.
      const scale = width / chart.offsetWidth;
      return [left + (52 + 0.15 * (chart.offsetWidth - 64)) * scale, top + height / 2];
    }""")
    page.mouse.move(x, y)
    expect(training.curves.get_by_text("At step")).to_have_text(
        "At step 15 (click or Enter goes there):"
    )
    page.mouse.click(x, y)
    training.is_at(15, of=100)


def test_a_point_is_dragged_to_where_it_is_dropped(training):
    boundary = Boundary(training.host)
    last, target = number_of(boundary.walk("End")), boundary.place_of_cursor()
    first, start = number_of(boundary.walk("Home")), boundary.place_of_cursor()
    boundary.press("Move")
    boundary.drag(start, boundary.place(0.5, 0.5), target)
    assert boundary.points[first][:2] == pytest.approx(boundary.points[last][:2], abs=0.03)


def test_a_point_is_clicked(training):
    boundary = Boundary(training.host)
    number = number_of(boundary.walk("End"))
    training.page.mouse.click(*boundary.place_of_cursor())
    assert boundary.selected == number


def test_a_line_of_the_network_is_pointed_at(training):
    page = training.page
    net = training.root.locator("details.mgw-netview")
    units = net.locator(".mgw-netview-unit")
    units.first.scroll_into_view_if_needed()
    start, end = units.nth(0).bounding_box(), units.nth(2).bounding_box()
    x = (start["x"] + start["width"] + end["x"]) / 2
    y = (start["y"] + start["height"] / 2 + end["y"] + 0.3 * end["height"]) / 2
    page.mouse.click(x, y)
    assert training.host.get("selected_parameter") == 0


def test_the_slider_of_the_steps_goes_where_it_is_pressed(training):
    at = training.slider.bounding_box()
    training.page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    training.is_at(10, of=100)
