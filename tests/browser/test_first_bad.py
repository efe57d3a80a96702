"""The bar that tells where numbers went bad, and the way there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, group, show
from tests.browser.test_theme import assert_readable
from tests.diagnosis_vectors import saturating, squaring, well
from tests.grouped import loss


def bar(figure):
    return figure.root.locator(".mgw-alarm")


def broken(depth: int = 0) -> Value:
    a, b = Value(-1.0, label="a"), Value(2.0, label="b")
    with group("inner"):
        c = a.log(label="c")
        for _ in range(depth):
            c = (c * b).tanh()
    return (c + b).with_label("o")


def test_a_nan_is_told_with_its_operands_and_shown_on_a_click(plain):
    figure = plain.show(show(broken()))
    expect(bar(figure).get_by_role("status")).to_have_text(
        "nan begins at c = log(a), with a = −1. 2 of 4 values are not finite."
    )
    figure.press_button("Show it")
    assert figure.selected == ["c"]
    expect(figure.named("c")).to_be_focused()
    expect(figure.panel.get_by_role("table", name="Made from")).to_contain_text("a")


def test_by_keyboard_into_a_closed_group(plain):
    figure = plain.show(show(broken(40)))
    assert "c" not in [box.name for box in figure.boxes]
    figure.root.get_by_role("button", name="Show it").focus()
    figure.page.keyboard.press("Enter")
    expect(figure.named("c")).to_be_focused()
    assert figure.selected == ["c"]
    stage = figure.stage.bounding_box()
    area = figure.box("c").area
    assert stage["y"] <= area["y"] <= stage["y"] + stage["height"]


@pytest.mark.parametrize(
    "value, words",
    [
        (
            (Value(0.0, label="y") ** 0.5).with_label("r") + 1.0,
            "The gradient of y becomes inf at r = y ^ 0.5, with y = 0: local derivative inf.",
        ),
        (
            saturating(),
            "The gradient of x has vanished: 1.095e−13. Most is lost at tanh(product), "
            "with product = 6: local derivative 2.458e−5.",
        ),
        (
            squaring(),
            "The gradient of x has exploded: 1.186e+124. It grows most at product × product, "
            "with product = 1.179e+61: local derivative 1.179e+61.",
        ),
        (
            Value(float("inf"), label="x") * 2.0,
            "inf begins at the leaf x. 2 of 3 values are not finite.",
        ),
    ],
)
def test_each_kind_has_its_sentence(plain, value, words):
    figure = plain.show(show(value, names=False))
    expect(bar(figure).get_by_role("status")).to_have_text(words)


def test_what_counts_is_said_with_it(plain):
    figure = plain.show(show(saturating(), names=False))
    expect(bar(figure)).to_contain_text("below 10⁻¹² in size")
    figure = plain.show(show(broken()))
    expect(bar(figure)).not_to_contain_text("10⁻¹²")


def test_it_is_silent_where_nothing_is_wrong(plain):
    for value in [*(value for _, value in well()), loss()]:
        expect(bar(plain.show(show(value, names=False)))).to_be_hidden()


def test_it_follows_an_edit(plain):
    a = Value(1.0, label="a")
    figure = plain.show(show(a.log(label="c") * 2.0))
    expect(bar(figure)).to_be_hidden()
    plain.set("edits", [[0, -1.0]])
    expect(bar(figure)).to_contain_text("nan begins at c = log(a), with a = −1")
    plain.set("edits", [])
    expect(bar(figure)).to_be_hidden()


def test_nothing_is_said_of_what_has_not_come_yet(plain):
    figure = plain.show(show(broken()))
    for step, is_told in [(0, False), (1, True), (None, True)]:
        plain.set("step", step)
        expect(bar(figure)).to_be_visible(visible=is_told)
    figure = plain.show(show(saturating(), names=False))
    plain.set("step", 48)
    expect(bar(figure)).to_be_hidden()
    plain.set("step", 49)
    expect(bar(figure)).to_be_visible()
    plain.set("predict", True)
    plain.set("step", 30)
    expect(bar(figure)).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 900])
def test_it_is_readable_in_both_themes_and_fits(plain, theme, width):
    figure = plain.show(show(saturating(), names=False), theme=theme, width=width)
    expect(bar(figure)).to_be_visible()
    assert_readable(figure)
    outer = figure.root.bounding_box()
    for part in bar(figure).locator("p, button").all():
        inner = part.bounding_box()
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
