"""A value of 100,000 operations opens folded, says so, and freezes nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LARGE, number

# The longest time for which the page did not come to draw a frame.
WATCH_FRAMES = """() => {
  let last = performance.now();
  window.longestGap = 0;
  const step = () => {
    const now = performance.now();
    window.longestGap = Math.max(window.longestGap, now - last);
    last = now;
    window.watching = requestAnimationFrame(step);
  };
  step();
}"""


@pytest.fixture
def large(lab):
    lab.run(LARGE)
    lab.page.evaluate(WATCH_FRAMES)
    yield lab.run("diagram = show(total)\ndiagram").figure()
    lab.page.evaluate("cancelAnimationFrame(window.watching)")


def test_opens_folded_and_says_how_many(large):
    """Two leaves, a constant and two operations a step."""
    assert "150,002 values" in large.summary
    expect(large.root.get_by_text("150,002 values").first).to_be_visible()
    assert 2 <= len(large.boxes) <= 60
    assert number(large.box("total").value) == pytest.approx(1000.0)


def test_the_page_answers_while_it_opens(lab, large):
    gap = lab.page.evaluate("window.longestGap")
    assert gap < 1500, f"nothing was drawn for {gap:.0f} ms"


def test_a_plus_adds_what_is_behind_and_the_box_stays_in_place(lab, large):
    large.fit()
    before = {box.name for box in large.boxes}, len(large.boxes)
    more = large.root.locator("[data-open]").first
    index = more.get_attribute("data-open")
    frame = large.root.locator(f'.mgw-box[data-index="{index}"] .mgw-frame')
    place = frame.bounding_box()
    more.click()
    large.until(lambda: len(large.boxes) > before[1], "more boxes")
    after = frame.bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((place["x"], place["y"]), abs=1.5)
    expect(large.root.locator(".mgw-live")).to_contain_text("added")


def test_enter_opens_a_folded_box(lab, large):
    folded = large.rows.and_(large.page.get_by_label("behind it")).first
    count = len(large.boxes)
    folded.focus()
    lab.page.keyboard.press("Enter")
    large.until(lambda: len(large.boxes) > count, "more boxes")


def test_a_value_that_is_folded_away_can_be_selected_from_python(lab, large):
    assert "x" not in {box.name for box in large.boxes}
    lab.run("diagram.selected = x")
    expect(large.panel).to_contain_text("0.5", timeout=20_000)
    assert lab.run("print(diagram.selected is x)").text.strip() == "True"


def test_a_wide_sum_opens_folded_too(lab):
    lab.run("xs = [Value(float(i)) for i in range(2000)]\ntotal = Value.sum(v * v for v in xs)")
    figure = lab.run("show(total)").figure()
    assert len(figure.boxes) <= 60
    assert "values" in figure.summary
