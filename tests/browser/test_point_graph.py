"""A point of the dashboard and its own graph, at the step on screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets.views.dashboard import Dashboard
from tests.browser.figure import FIGURE, Figure

HEAD = re.compile(r"Point 13 \(class 1\) at step (\d+): loss (\S+)")
WEIGHT = "layer 1 · neuron 2 · w1"


@pytest.fixture
def opened(plain):
    """Opens a dashboard with the graph of point 13, number 12 in Python."""

    def show(**settings):
        plain.mount(Dashboard(**settings))
        plain.set("selected_point", 12)
        return Figure(section(plain).locator(FIGURE)).drawn()

    return show


def section(plain):
    return plain.page.get_by_role("region", name="The graph of one point")


def head(plain):
    return HEAD.search(section(plain).inner_text()).groups()


def go_to(plain, step):
    plain.set("step", step)
    expect(section(plain)).to_contain_text(f"at step {step}:")


def test_shows_the_loss_of_the_step_on_screen_in_the_same_boxes(plain, opened):
    figure = opened()
    figure.toggle("layer 3")
    figure.toggle("hinge")
    world = figure.root.locator(".mgw-world").element_handle()
    losses = set()
    for step in (0, 1, 2, 7, 2):
        go_to(plain, step)
        shown = figure.box("loss").value
        assert head(plain) == (str(step), shown)
        losses.add((step, shown))
    assert len(losses) == 4
    assert len({loss for _, loss in losses}) > 1
    assert world.evaluate("(world) => world.isConnected")


def test_follows_a_training_that_goes_on_to_its_end(plain, opened):
    figure = opened(steps=30)
    start = figure.box("layer 3").value
    plain.set("playing", True)
    expect(section(plain)).to_contain_text("at step 30:")
    figure.until(lambda: plain.get("playing") is False, "the end of the training")
    now = figure.box("layer 3").value
    assert now != start
    figure = opened(steps=30)
    go_to(plain, 30)
    assert figure.box("layer 3").value == now


def test_clicks_arrive_while_numbers_change(plain, opened):
    figure = opened(steps=100_000)
    plain.set("playing", True)
    figure.click("x1")
    figure.root.get_by_role("button", name="leads to").click()
    expect(figure.root.get_by_role("button", name="leads to")).to_be_focused()
    for name in ("layer 1 · neuron 3 · w1", "x1"):
        figure.panel.get_by_role("button", name=re.compile(name)).first.click()
    plain.set("playing", False)
    assert figure.selected != []


def test_a_weight_is_selected_in_the_graph_and_in_the_dashboard(plain, opened):
    figure = opened()
    weight = 3
    plain.set("selected_parameter", weight)
    expect(figure.panel.locator("strong").first).to_have_text(WEIGHT)
    plain.set("selected_parameter", None)
    expect(figure.panel).to_be_hidden()
    figure.named(WEIGHT).focus()
    figure.page.keyboard.press("Enter")
    assert plain.get("selected_parameter") == weight


def test_what_if_leaves_the_training_alone(plain, opened):
    figure = opened()
    points = plain.page.evaluate("Array.from(window.model.get('points'))")
    before = head(plain)
    figure.click("x1")
    field = figure.root.get_by_label("x1, as a number")
    field.fill("0.5")
    field.press("Enter")
    expect(section(plain)).to_contain_text("What if: x1 were 0.5 and not 1.7543.")
    assert head(plain) == before
    assert plain.page.evaluate("Array.from(window.model.get('points'))") == points
    plain.set("selected_point", 13)
    expect(section(plain).get_by_text("What if")).to_be_hidden()


def test_escape_closes_what_is_inside_before_the_graph_and_that_before_the_dashboard(plain, opened):
    figure = opened()
    press = figure.page.keyboard.press
    figure.click("x1")
    press("Escape")
    expect(figure.panel).to_be_hidden()
    press("Escape")
    expect(section(plain)).to_be_focused()
    press("Escape")
    expect(section(plain)).to_be_hidden()
    assert plain.get("selected_point") is None
    expect(plain.page.locator(".mgw-dashboard")).to_be_focused()
    press("Escape")
    assert plain.page.evaluate("document.activeElement === document.body")


def test_leads_to_the_value_where_training_broke(plain):
    plain.mount(Dashboard(schedule="constant", learning_rate=1e6, steps=50))
    plain.set("playing", True)
    plain.page.get_by_role("button", name=re.compile("Open example|own graph")).click()
    figure = Figure(section(plain).locator(FIGURE)).drawn()
    expect(figure.panel.locator("dd").first).to_have_text(re.compile("inf|nan"))


@pytest.mark.parametrize("width", [320, 1200])
def test_stays_inside_the_dashboard(plain, width):
    plain.mount(Dashboard(), width=width)
    plain.set("selected_point", 0)
    Figure(section(plain).locator(FIGURE)).drawn()
    outer = plain.page.locator(".mgw-dashboard")
    assert outer.evaluate("(root) => root.scrollWidth <= root.clientWidth")
    close = section(plain).get_by_role("button", name="Close the graph")
    close.click()
    expect(section(plain)).to_be_hidden()
    expect(outer).to_be_focused()
