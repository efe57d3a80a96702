"""Several views of one diagram agree, and a later one goes on where the former was."""

from __future__ import annotations

from microgradwidgets import show
from tests.browser.expressions import README


def made_names(source):
    variables = {}
    exec(source, variables)
    return variables


def test_what_is_chosen_in_one_view_is_chosen_in_all(plain):
    names = made_names(README)
    figure = plain.show(show(names["g"], names=names))
    other = plain.add_view()
    figure.fit()
    figure.click("e")
    assert figure.selected == other.selected == ["e"]
    other.choose("Colour", "value")
    assert [box.fill for box in figure.boxes] == [box.fill for box in other.boxes]
    plain.set("edits", [[0, 3.0]])
    assert [box.texts for box in figure.boxes] == [box.texts for box in other.boxes]


def test_a_later_view_begins_where_the_former_one_looked(plain):
    names = made_names(README)
    figure = plain.show(show(names["g"], names=names))
    figure.hold_focus("background")
    for _ in range(3):
        plain.page.keyboard.press("+")
    plain.page.keyboard.press("Shift+ArrowLeft")
    figure.until(lambda: plain.get("_view"), "the model to know the place")
    figure.until(lambda: plain.get("_view")[2] > 1, "the model to know the last place")
    seen = figure.transform
    other = plain.add_view()
    assert other.transform == seen
    figure.fit()
    assert plain.get("_view") is None
