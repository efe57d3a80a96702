"""The inside of a network while it trains: units and weights, histograms, table, one parameter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets.text import MINUS
from tests.browser.access import violations
from tests.browser.pages import until
from tests.browser.training import Training

# Colours of the lines, in the light theme: a blue one and an orange one.
PIXELS = """
(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let [blue, orange, hash] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 40) continue;
    if (data[i + 2] > data[i] + 60) blue++;
    if (data[i] > data[i + 2] + 60) orange++;
    hash = (31 * hash + data[i] + 7 * data[i + 1] + 13 * data[i + 2]) | 0;
  }
  return { blue, orange, hash };
}
"""


class Inside:
    """A dashboard, and the parts that show what is inside its network."""

    def __init__(self, plain, **settings):
        self.training = Training(plain, **settings)
        self.plain, self.page, root = plain, plain.page, self.training.root
        self.net = root.locator("details.mgw-netview")
        self.units = self.net.locator(".mgw-netview-unit")
        self.canvas = self.net.locator(".mgw-netview-area canvas")
        self.reading = self.net.locator(".mgw-netview-reading")
        self.counts = self.net.locator(".mgw-netview-counts")
        self.list = self.net.get_by_role("group", name=re.compile("^Weights of "))
        self.weight = root.locator("details.mgw-weight")
        self.histograms = root.locator("details.mgw-histograms")
        self.table = root.locator("details.mgw-paramtable")
        expect(self.counts).not_to_be_empty()

    def open(self, section):
        section.locator("summary").click()
        return section

    def pixels(self):
        return self.canvas.evaluate(PIXELS)

    def parameter(self):
        return self.plain.get("selected_parameter")

    def shown(self, name):
        """A number of the selected parameter, which stands there from the next frame on."""
        entry = self.weight.locator("dl > div").filter(has=self.page.locator("dt", has_text=name))
        expect(entry.locator("dd")).to_be_visible()
        return number(entry.locator("dd").inner_text())


def number(text):
    return float(text.strip("▲▼ +").replace(MINUS, "-"))


def test_every_unit_has_a_picture_and_every_sign_a_colour(plain):
    inside = Inside(plain)
    expect(inside.units).to_have_count(2 + 16 + 16 + 1)
    expect(inside.net.locator(".mgw-netview-column")).to_have_text(
        ["inputs", "layer 1", "layer 2", "output"]
    )
    before = inside.pixels()
    assert before["blue"] > 1000
    assert before["orange"] > 1000
    inside.training.go(20)
    until(inside.page, lambda: inside.pixels() != before, "another picture")
    inside.training.go(0)
    until(inside.page, lambda: inside.pixels() == before, "the same picture as before")


@pytest.mark.parametrize("hidden", [[], [1], [32, 32, 32, 32]])
def test_from_no_hidden_layer_to_four_of_thirty_two(plain, hidden):
    inside = Inside(plain, hidden=hidden)
    expect(inside.units).to_have_count(2 + sum(hidden) + 1)
    words = "no hidden layer" if not hidden else f"of {sum(hidden)} units dead"
    expect(inside.counts).to_contain_text(words)
    assert inside.pixels()["blue"] + inside.pixels()["orange"] > 0


def test_dead_units_are_marked_by_a_sign_and_a_word_and_counted(plain):
    # The demo loses some of its units in the first steps.
    inside = Inside(plain)
    inside.training.go(30)
    dead = inside.net.get_by_text("× dead", exact=True)
    expect(dead.first).to_be_visible()
    expect(inside.counts).to_have_text(
        f"{dead.count()} of 32 units dead, marked × (0 for every trained point)"
    )
    named = inside.net.get_by_role("button", name=re.compile(r"^layer \d, neuron \d+: .*, dead$"))
    expect(named).to_have_count(dead.count())


def test_saturated_units_are_told_too(plain):
    inside = Inside(plain, hidden=[8], activation="tanh", learning_rate=50.0, schedule="constant")
    expect(inside.counts).to_have_text(re.compile(r"^0 of 8 units saturated \(beyond "))
    inside.training.go(5)
    expect(inside.net.get_by_text("= saturated", exact=True).first).to_be_visible()
    expect(inside.counts).to_have_text(re.compile("^[1-8] of 8 units saturated, marked = "))


def test_keys_lead_through_the_units_and_open_the_weights_of_one(plain):
    inside = Inside(plain)
    inside.net.locator("summary").focus()
    inside.page.keyboard.press("Tab")
    expect(inside.units.nth(0)).to_be_focused()
    for key in ("ArrowRight", "Home", "ArrowDown", "ArrowDown"):
        inside.page.keyboard.press(key)
    unit = inside.units.nth(4)
    expect(unit).to_be_focused()
    expect(unit).to_have_accessible_name(re.compile(r"^layer 1, neuron 3: bias 0$"))
    expect(inside.reading).to_have_text(re.compile(r"^layer 1, neuron 3: bias "))
    inside.page.keyboard.press("Enter")
    expect(inside.list).to_have_accessible_name("Weights of layer 1, neuron 3")
    rows = inside.list.get_by_role("listitem").get_by_role("button")
    expect(rows).to_have_count(1 + 2 + 16)
    expect(rows.nth(0)).to_be_focused()
    inside.page.keyboard.press("ArrowDown")
    inside.page.keyboard.press("Enter")
    assert inside.parameter() == 6
    expect(rows.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(inside.weight).to_contain_text("layer 1 · neuron 3 · w1")
    inside.page.keyboard.press("Escape")
    expect(inside.list).to_be_hidden()
    expect(unit).to_be_focused()
    # One stop for the tab key: the next one is beyond all units.
    inside.page.keyboard.press("Tab")
    expect(inside.net.locator(".mgw-netview-unit:focus")).to_have_count(0)


def test_a_line_is_read_under_the_pointer_and_selected_by_a_click(plain):
    inside = Inside(plain, hidden=[2])
    inside.canvas.scroll_into_view_if_needed()
    plain_picture = inside.pixels()
    start, end = inside.units.nth(0).bounding_box(), inside.units.nth(2).bounding_box()
    x = (start["x"] + start["width"] + end["x"]) / 2
    # Of two lines that arrive at it, the first is the upper one.
    y = (start["y"] + start["height"] / 2 + end["y"] + 0.3 * end["height"]) / 2
    inside.page.mouse.move(x, y)
    expect(inside.reading).to_have_text(re.compile(r"^layer 1 · neuron 1 · w1: "))
    until(inside.page, lambda: inside.pixels() != plain_picture, "the others to be dimmed")
    inside.page.mouse.click(x, y)
    assert inside.parameter() == 0
    expect(inside.weight).to_contain_text("In layer 1, neuron 1 it is multiplied by what input x1")
    inside.page.mouse.click(x, y)
    assert inside.parameter() is None


def test_the_shares_of_the_points_and_of_l2_add_to_the_gradient(plain):
    inside = Inside(plain, batch_size=20, alpha=0.01)
    inside.training.go(3)
    plain.set("selected_parameter", 330)
    lines = inside.weight.locator("li")
    expect(inside.weight).to_contain_text("each of the 20 points in the batch of this step")
    more = inside.weight.get_by_role("button", name=re.compile("^List .* more"))
    while more.evaluate_all("(all) => all.map((button) => button.click())"):
        continue  # it goes once all are listed
    numbers = [
        number(line.locator(".mgw-weight-number").inner_text())
        for line in lines.all()
        if line.is_visible()
    ]
    *terms, total = numbers
    assert total == inside.shown("gradient")
    assert sum(terms) == pytest.approx(total, abs=1e-4 * len(terms))
    # Exactly, it is said by the page itself where they would not.
    expect(inside.weight.get_by_text("rounding", exact=True)).to_be_hidden()


def test_a_point_of_the_shares_opens_its_own_graph(plain):
    inside = Inside(plain)
    plain.set("selected_parameter", 336)
    point = inside.weight.get_by_role("listitem").get_by_role("button").first
    place = int(re.search(r"\d+", point.inner_text()).group())
    point.click()
    assert plain.get("selected_point") == place - 1
    graph = inside.page.get_by_role("region", name="The graph of one point")
    expect(graph).to_contain_text(f"Point {place} ")


def test_the_table_goes_along_with_the_step_and_is_sorted(plain):
    inside = Inside(plain)
    table = inside.open(inside.table)
    rows = table.locator("tbody tr:visible")
    expect(rows).to_have_count(20)
    first = rows.nth(0).locator("td").nth(0)
    expect(first).not_to_be_empty()
    before = first.inner_text()
    inside.training.go(1)
    expect(first).not_to_have_text(before)
    after = first.inner_text()
    inside.training.go(0)
    expect(first).to_have_text(before)
    assert after != before
    table.get_by_role("columnheader", name="Gradient").get_by_role("button").click()

    def gradients():
        return [number(row.locator("td").nth(1).inner_text()) for row in rows.all()]

    until(plain.page, lambda: (now := gradients()) == sorted(now, reverse=True), "sorted rows")
    table.get_by_label("Filter by name").fill("layer 3 b")
    expect(rows).to_have_count(1)
    rows.nth(0).click()
    assert inside.parameter() == 336
    value = number(rows.nth(0).locator("td").nth(0).inner_text())
    assert inside.shown("value") == value


def test_all_rows_that_are_listed_are_copied(plain):
    plain.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    inside = Inside(plain)
    table = inside.open(inside.table)
    table.get_by_label("Filter by name").fill("layer 2")
    table.get_by_role("button", name=re.compile("^Copy all")).click()
    expect(inside.training.root.locator(".mgw-dashboard-hint")).to_have_text(
        "272 parameters copied"
    )
    copied = plain.page.evaluate("navigator.clipboard.readText()")
    head, *lines = copied.splitlines()
    assert head == "Name\tValue\tGradient\tUpdate"
    assert len(lines) == 17 * 16
    assert lines[0].startswith("layer 2 · neuron 1 · w1\t")
    assert all(isinstance(float(cell), float) for cell in lines[0].split("\t")[1:])


def test_bars_grow_where_the_numbers_are_and_axes_stay(plain):
    inside = Inside(plain)
    section = inside.open(inside.histograms)
    bars = section.locator(".mgw-histograms-positive").nth(0)
    ticks = section.locator(".mgw-histograms-ticks").nth(0)
    expect(section).to_contain_text("33 exactly 0")
    before, axis = bars.get_attribute("d"), ticks.inner_text()
    inside.training.go(5)
    expect(bars).not_to_have_attribute("d", before or "")
    assert ticks.inner_text() == axis
    section.get_by_label("Parameters of").select_option("layer 3 (the output)")
    picture = section.get_by_role("img", name=re.compile("^Weights and biases: 17 numbers"))
    expect(picture).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_rule_of_access_is_broken(plain, theme):
    inside = Inside(plain, theme=theme)
    inside.open(inside.table)
    inside.open(inside.histograms)
    inside.units.nth(5).click()
    plain.set("selected_parameter", 20)
    for part in ("netview", "weight", "histograms", "paramtable"):
        assert violations(inside.page, f"details.mgw-{part}") == []


def test_nothing_is_wider_than_a_narrow_column(plain):
    inside = Inside(plain, width=320, hidden=[32, 32, 32, 32])
    inside.open(inside.table)
    inside.open(inside.histograms)
    plain.set("selected_parameter", 20)
    root = inside.training.root.bounding_box()
    for section in (inside.net, inside.weight, inside.histograms, inside.table):
        box = section.bounding_box()
        assert box["x"] + box["width"] <= root["x"] + root["width"]
    # The network scrolls inside its own box, and a unit with the focus is in view.
    last = inside.units.last
    last.focus()
    stage = inside.net.locator(".mgw-netview-stage").bounding_box()
    box = last.bounding_box()
    assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1


def test_what_is_closed_costs_nothing_and_is_up_to_date_when_it_opens(plain):
    inside = Inside(plain)
    inside.open(inside.net)
    inside.training.go(12)
    stale = inside.pixels()
    inside.open(inside.net)
    until(inside.page, lambda: inside.pixels() != stale, "the picture of the step on screen")
