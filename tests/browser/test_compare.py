"""Two states of one structure: older numbers, marks, and the list of the largest changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import MLP, Value, moons, show
from microgradwidgets import steps as training
from microgradwidgets.losses import max_margin
from microgradwidgets.views.diagram import Diagram
from tests.browser.expressions import number
from tests.browser.test_theme import assert_readable

DELTA = "Δ"


def squares(a: float, b: float) -> Value:
    x, y = Value(a, label="a"), Value(b, label="b")
    return ((x * x).with_label("aa") + (y * y).with_label("bb")).with_label("s")


def two_steps(examples: int = 20, widths: tuple[int, ...] = (4, 4, 1)) -> Diagram:
    data = moons(examples, seed=2)
    first, second = training(MLP(2, widths, seed=1), data, steps=2)
    before, now = (
        max_margin(step.model_before, data.xs, data.ys).total_loss for step in (first, second)
    )
    return show(now, compare=before)


@pytest.fixture
def compared(plain):
    return plain.show(show(squares(1.0, 2.0), compare=squares(1.0, -3.0)))


def part(figure):
    return figure.root.locator(".mgw-compare")


def summary(figure):
    return part(figure).locator("summary")


def rows(figure, caption):
    """The rows of a table as texts, without its head."""
    found = part(figure).get_by_role("table", name=caption).get_by_role("row").all()[1:]
    return [row.locator("th, td").all_text_contents() for row in found]


def marked(figure):
    """The names of the boxes that have the mark."""
    return {box.name for box in figure.boxes if DELTA in box.texts}


def test_older_numbers_marks_and_words_say_what_has_changed(compared):
    assert marked(compared) == {"b", "bb", "s"}
    assert "−3" in compared.box("b").texts
    spoken = compared.named("bb").get_attribute("aria-label")
    assert "(was 9)" in spoken
    assert ", changed" in spoken
    assert "changed" not in compared.named("aa").get_attribute("aria-label")
    compared.press_button("List")
    expect(compared.named("bb").locator(".mgw-row-delta")).to_be_visible()
    expect(compared.named("aa").locator(".mgw-row-delta")).to_be_hidden()


def test_the_largest_changes_are_listed(compared):
    expect(summary(compared)).to_have_text(
        "Compared with another state: 3 of 5 values and 1 of 5 gradients changed"
    )
    assert rows(compared, "Values that changed most") == [
        ["b", "−3", "2", "▲ 5"],
        ["bb", "9", "4", "▼ −5"],
        ["s", "10", "5", "▼ −5"],
    ]
    assert rows(compared, "Gradients that changed most") == [["b", "−6", "4", "▲ 10"]]
    expect(part(compared)).to_contain_text("Sorted by the size of the difference")


def test_two_equal_states_are_said_to_be_equal(plain):
    figure = plain.show(show(squares(1.0, 2.0), compare=squares(1.0, 2.0)))
    expect(part(figure)).to_contain_text("Both states have the same numbers.")
    assert marked(figure) == set()


def test_without_another_state_there_is_nothing(plain):
    expect(part(plain.show(show(squares(1.0, 2.0))))).to_be_hidden()


def test_the_lists_are_those_of_python_and_grow(plain):
    diagram = two_steps()
    figure = plain.show(diagram)
    for shown in (5, 15, 25):
        listed = diagram.changes(most=shown)
        for of, caption in (("value", "Values"), ("gradient", "Gradients")):
            mine = [row for row in listed if row["of"] == of]
            theirs = rows(figure, f"{caption} that changed most")
            assert len(theirs) == len(mine) == shown
            for row, (_, before, now, difference) in zip(mine, theirs, strict=True):
                assert number(before) == pytest.approx(row["before"], rel=1e-3, abs=1e-4)
                assert number(now) == pytest.approx(row["now"], rel=1e-3, abs=1e-4)
                signless = difference.lstrip("▲▼ ")
                assert number(signless) == pytest.approx(row["difference"], rel=1e-3, abs=1e-4)
        part(figure).get_by_role("button", name="List more").click()


def test_by_keyboard_to_a_value_inside_closed_groups(plain):
    figure = plain.show(two_steps())
    assert all(DELTA in box.texts for box in figure.boxes if "group of" in box.spoken)
    assert ", changed inside" in figure.named("data loss").get_attribute("aria-label")
    link = part(figure).get_by_role("table", name="Gradients").get_by_role("button").last
    link.focus()
    figure.page.keyboard.press("Enter")
    figure.until(lambda: figure.selected, "the value in the picture")
    focused = figure.root.locator('[role="treeitem"]:focus')
    expect(focused).to_have_attribute("aria-selected", "true")
    assert ", changed" in focused.get_attribute("aria-label")


def test_an_edit_is_compared_with_what_was_before(plain):
    figure = plain.show(show(squares(1.0, 2.0)))
    plain.set("ghosts", [])
    plain.set("edits", [[0, 3.0]])
    expect(summary(figure)).to_have_text(
        "Compared with before the change: 3 of 5 values and 1 of 5 gradients changed"
    )
    assert marked(figure) == {"a", "aa", "s"}
    expect(part(figure).get_by_role("table")).to_have_count(0)
    summary(figure).focus()
    figure.page.keyboard.press("Enter")
    expect(part(figure).get_by_role("table")).to_have_count(2)
    assert rows(figure, "Values that changed most")[0] == ["aa", "1", "9", "▲ 8"]
    figure.press_button("Hide old numbers")
    expect(part(figure)).to_be_hidden()
    assert marked(figure) == set()


def test_after_the_edit_the_other_state_is_back(plain, compared):
    plain.set("ghosts", [])
    expect(summary(compared)).to_contain_text("before the change")
    plain.set("ghosts", None)
    expect(summary(compared)).to_contain_text("another state")
    assert len(rows(compared, "Values that changed most")) == 3


def test_nothing_is_told_of_what_has_not_come_yet(plain, compared):
    plain.set("step", 1)
    expect(summary(compared)).to_have_text("Compared with another state: 1 of 5 values changed")
    assert [row[0] for row in rows(compared, "Values that changed most")] == ["b"]
    assert marked(compared) == {"b"}
    plain.set("step", None)
    assert marked(compared) == {"b", "bb", "s"}


def test_a_whole_loss_of_two_steps(plain):
    figure = plain.show(two_steps(100, (16, 16, 1)))
    expect(summary(figure)).to_contain_text("of 65,818 values and")
    assert len(rows(figure, "Gradients that changed most")) == 5
    part(figure).get_by_role("table", name="Values").get_by_role("button").first.click()
    figure.until(lambda: figure.selected, "the value in the picture")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 900])
def test_it_is_readable_in_both_themes_and_fits(plain, theme, width):
    figure = plain.show(
        show(squares(1.0, 2.0), compare=squares(1.0, -3.0)), theme=theme, width=width
    )
    expect(summary(figure)).to_be_visible()
    assert_readable(figure)
    outer, inner = figure.root.bounding_box(), part(figure).bounding_box()
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


CELL = """\
from microgradwidgets import Value, show

def squares(a, b):
    a, b = Value(a, label="a"), Value(b, label="b")
    return (a * a + b * b).with_label("s")

diagram = show(squares(1.0, 2.0), compare=squares(1.0, -3.0))
diagram"""


def test_in_jupyterlab(lab):
    figure = lab.run(CELL).figure()
    expect(summary(figure)).to_contain_text("3 of 5 values and 1 of 5 gradients changed")
    cell = lab.run("print([(row['label'], row['now']) for row in diagram.changes()])")
    expect(cell.output).to_contain_text("[('b', 2.0), ('', 4.0), ('s', 5.0), ('b', 4.0)]")
