"""Any size: sums, levels, search, layouts that take too long, a million values."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, group, show
from tests.browser.expressions import number
from tests.browser.figure import ROW
from tests.grouped import loss, score


@pytest.fixture
def whole(plain):
    return plain.show(show(loss(), names=False))


def titles(figure):
    return [box.texts[0] for box in figure.boxes]


def said(figure):
    return figure.root.locator(".mgw-live")


def depth(figure):
    return figure.root.get_by_label("Depth")


# -- sums -----------------------------------------------------------------------------------------


def test_an_opened_loss_begins_with_its_first_example(whole):
    whole.toggle("data loss")
    assert titles(whole)[:3] == ["example 1", "example 2", "example 3"]
    tops = [box.area["y"] for box in whole.boxes if box.texts[0].startswith("example")]
    assert len(tops) == 12
    assert tops == sorted(tops)
    total = next(box for box in whole.boxes if box.texts[0] == "Σ of 100 terms")
    assert number(total.value) == pytest.approx(100 * loss().parents[0].parent.data, rel=1e-3)
    assert "101 values" in total.texts
    whole.fit()
    more = whole.root.locator(".mgw-more")
    expect(more).to_have_text("88 more terms, M adds the next+88 terms")
    more.click()
    whole.until(lambda: "example 32" in titles(whole), "the next twenty examples")


def test_an_opened_sum_shows_its_parts_and_an_opened_part_its_additions(whole):
    for name in ("data loss", "Σ of 100 terms"):
        whole.fit()
        whole.toggle(name)
    parts = [name for name in titles(whole) if name.startswith("terms")]
    assert parts == [f"terms {n}–{n + 9}" for n in range(1, 101, 10)]
    whole.fit()
    whole.toggle("terms 91–100")
    assert "example 100" in titles(whole)
    assert [frame.title for frame in whole.frames] == [
        "data loss",
        "Σ of 100 terms",
        "terms 91–100",
    ]


def test_a_neuron_of_sixteen_inputs_is_products_a_sum_and_its_activation(plain):
    figure = plain.show(show(score(), names=False))
    for name in ("layer 2", "neuron 1"):
        figure.fit()
        figure.toggle(name)
    inner = figure.frames[-1]
    inside = [box.texts[0] for box in figure.boxes if inner.holds(box.area)]
    weights = [f"w{n}" for n in range(1, 17)]
    assert sorted(inside) == sorted([*weights, "b", *["product"] * 16, "Σ of 17 terms", "relu"])
    places = {box.texts[0]: box.area["y"] for box in figure.boxes if inner.holds(box.area)}
    assert sorted(weights, key=places.__getitem__) == weights, "in their order"


# -- a learner's own groups -----------------------------------------------------------------------


def test_groups_of_ones_own_are_boxes_that_open(plain):
    x = Value(0.5, label="x")

    @group("square")
    def square(v):
        return v * v

    with group("attention"):
        y = x
        for _ in range(40):
            y = square(y).tanh()
    figure = plain.show(show(y.exp(label="end"), names=False))
    assert titles(figure) == ["attention", "end"]
    figure.toggle("attention")
    assert "square 40" in titles(figure)


# -- levels ---------------------------------------------------------------------------------------


def test_levels_are_opened_by_choice_and_by_key(plain, whole):
    assert depth(whole).input_value() == "0"
    depth(whole).select_option("1")
    whole.until(lambda: len(whole.frames) == 2, "one level")
    expect(said(whole)).to_have_text(re.compile(r"^1 level of groups open, \d+ boxes shown"))
    whole.hold_focus("background")
    plain.page.keyboard.press("2")
    whole.until(lambda: len(whole.frames) == 2 + 12, "two levels")
    assert depth(whole).input_value() == "2"
    plain.page.keyboard.press("3")
    words = "2 levels of groups open: with one more there would be over 400 boxes"
    expect(said(whole)).to_have_text(words)
    expect(whole.root.locator(".mgw-notice")).to_have_text(words)
    depth(whole).select_option(label="closed")
    whole.until(lambda: titles(whole) == ["data loss", "L2 loss", "loss"], "all closed")


# -- search ---------------------------------------------------------------------------------------


def test_what_is_in_closed_groups_is_found_shown_and_said(plain, whole):
    whole.hold_focus("box")
    plain.page.keyboard.press("/")
    plain.page.keyboard.type("layer 2 neuron 5 w3")
    expect(said(whole)).to_have_text("2 found")
    plain.page.keyboard.press("Enter")
    expect(said(whole)).to_have_text(re.compile(r"^1 of 2: layer 2 · neuron 5 · w3 = "))
    whole.until(lambda: whole.selected == ["layer 2 · neuron 5 · w3"], "the weight")
    search = whole.root.get_by_role("searchbox")
    expect(search).to_be_focused()
    search.fill("example 77")
    plain.page.keyboard.press("Enter")
    whole.until(lambda: whole.selected == ["example 77"], "the example")
    plain.page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    # What it found has the focus.
    expect(whole.root.locator(f"{ROW}[aria-selected=true]")).to_be_focused()


def test_search_is_opened_by_its_button_and_by_the_key_of_browsers(plain, whole):
    button = whole.root.get_by_role("button", name="Search")
    button.click()
    search = whole.root.get_by_role("searchbox")
    expect(search).to_be_focused()
    button.click()
    expect(search).to_be_hidden()
    plain.page.keyboard.press("Control+f")
    expect(search).to_be_focused()
    search.fill("/^example 9[89]$/")
    expect(said(whole)).to_have_text("2 found")
    for name in ("example 98", "example 99", "example 98"):
        plain.page.keyboard.press("F3")
        whole.until(lambda name=name: whole.selected == [name], name)


# -- layouts that take long ------------------------------------------------------------------------


def chains(count: int, length: int) -> Value:
    """Groups in each of which some values lead to every step of a chain: hard to lay out."""
    total = Value(1.0, label="one")
    for place in range(count):
        with group(f"chain {place + 1}"):
            factors = [Value(1 + n / 100, label=name) for n, name in enumerate("xy")]
            value = total
            for step in range(length):
                value = value * factors[step % len(factors)]
        total = value.tanh()
    return total


ENDLESS = "() => { self.onmessage = () => { for (;;); }; }"


def endless(plain):
    """A figure whose worker comes to no end with the next picture."""
    figure = plain.show(show(chains(2, 38), names=False))
    for worker in plain.page.workers:
        worker.evaluate(ENDLESS)
    return figure


# From the click until the page has told what it is asked for.
CANCEL = """async (root) => {
  const button = [...root.querySelectorAll("button")].find((b) => b.textContent === "Cancel");
  const start = performance.now();
  button.click();
  const words = "Cancelled: the picture stays as it was";
  while (root.querySelector(".mgw-live").textContent !== words) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  return performance.now() - start;
}"""


@pytest.mark.measured
def test_a_layout_under_way_can_be_cancelled(plain, measured, night):
    hard = endless(plain)
    before = titles(hard)
    depth(hard).select_option("1")
    cancel = hard.root.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible()
    took = hard.root.evaluate(CANCEL)
    measured("a layout cancelled, ms", round(took, 1), "100")
    if night:  # by day something else may run beside it
        assert took < 100
    expect(said(hard)).to_have_text("Cancelled: the picture stays as it was")
    expect(cancel).to_have_count(0)
    assert titles(hard) == before
    assert depth(hard).input_value() == "0"
    hard.fit()
    hard.toggle("chain 1")
    assert [frame.title for frame in hard.frames] == ["chain 1"]


def test_what_cannot_be_laid_out_in_ten_seconds_stays_closed(plain):
    plain.page.clock.install()
    hard = endless(plain)
    before = titles(hard)
    depth(hard).select_option("1")
    expect(hard.root.get_by_role("button", name="Cancel")).to_be_visible()
    plain.page.clock.fast_forward("00:10")
    words = "That is too much to lay out: the picture stays as it was"
    expect(said(hard)).to_have_text(words)
    assert titles(hard) == before
    assert hard.frames == []


# From the choice until the picture is there, in the page's own time.
OPEN = """async (levels) => {
  const root = levels.closest('[role="group"]');
  const start = performance.now();
  levels.value = "1";
  levels.dispatchEvent(new Event("change", { bubbles: true }));
  while (root.querySelector(".mgw-outline") === null) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  return performance.now() - start;
}"""


@pytest.mark.measured
def test_arrows_that_reach_too_far_to_be_led_around_boxes_are_straight(plain, measured, night):
    """Leading them around would take minutes."""
    figure = plain.show(show(chains(7, 50), names=False))
    took = depth(figure).evaluate(OPEN)
    measured("a picture whose arrows reach too far, ms", round(took), "1,000")
    assert [frame.title for frame in figure.frames] == [f"chain {n}" for n in range(1, 8)]
    assert len(figure.boxes) > 300
    if night:  # by day something else may run beside it
        assert took < 1000


# -- a million values -----------------------------------------------------------------------------

MILLION = 1_000_000


def chain() -> Value:
    x = Value(1.0, label="x")
    y = x
    for _ in range(MILLION // 3):
        y = (y * 0.5).tanh()
    return y


def wide_sum() -> Value:
    return Value.sum(v * v for v in [Value(float(n % 7)) for n in range(MILLION // 3)])


def random_graph() -> Value:
    numbers = random.Random(4)
    values = [Value(numbers.uniform(-1, 1), label=f"v{n}") for n in range(100)]
    while len(values) < MILLION:
        values.append(values[-1] - values[numbers.randrange(len(values))])
    return values[-1]


@pytest.mark.parametrize("make", [chain, wide_sum, random_graph])
def test_a_million_values_open_and_can_be_searched(plain, make):
    diagram = show(make(), names=False)
    count = f"{len(diagram.recorded):,} values"
    figure = plain.show(diagram)
    assert count in figure.summary
    assert 2 <= len(figure.boxes) <= 40
    figure.root.locator(ROW).last.focus()
    plain.page.keyboard.press("/")
    plain.page.keyboard.type("difference" if make is random_graph else "product")
    expect(said(figure)).to_have_text("more than 10,000 found")
    plain.page.keyboard.press("Enter")
    figure.until(lambda: len(figure.selected) == 1, "one of them to be shown", seconds=30)
