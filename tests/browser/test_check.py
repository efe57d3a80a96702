"""The numerical check: the measured slope beside each gradient, and what a bad step does to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, backward, check_gradients, show
from tests.browser.expressions import LECTURE, README, number
from tests.browser.test_theme import assert_readable
from tests.grouped import loss


def variables(source):
    names = {}
    exec(source, names)
    return names


@pytest.fixture
def lecture(plain):
    names = variables(LECTURE)
    return plain.show(show(names["o"], names=names, overlay="check"))


def strip(figure):
    return figure.root.get_by_role("group", name="Numerical check")


def slider(figure):
    return strip(figure).get_by_role("slider", name="Step h")


def shown(figure, word):
    """The numbers that stand after a word, by the name of the box."""
    rows = [(box.name, box.texts) for box in figure.boxes]
    return {
        name: number(texts[texts.index(word) + 1])
        for name, texts in rows
        if name != "constant" and word in texts
    }


def labels(figure):
    """What is written at the corners, by name."""
    return {box.name: box.texts[-1] for box in figure.boxes}


def test_every_box_shows_the_slope_beside_the_gradient(lecture):
    slopes, gradients = shown(lecture, "slope"), shown(lecture, "grad")
    assert slopes == pytest.approx(gradients, abs=1e-4)
    assert slopes == {
        "x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5, "x1 × w1": 0.5, "x2 × w2": 0.5,
        "sum": 0.5, "n": 0.5, "o": 1.0,
    }  # fmt: skip
    assert all(label.startswith("✓ ") for label in labels(lecture).values())
    expect(strip(lecture)).to_contain_text("10 of 10 gradients in the picture agree")
    expect(strip(lecture)).to_contain_text("at most 10⁻⁷ + 10⁻⁵ of the larger")


def test_it_is_chosen_where_colours_are_and_left_there(plain):
    names = variables(LECTURE)
    figure = plain.show(show(names["o"], names=names))
    before = [box.texts for box in figure.boxes]
    expect(strip(figure)).to_be_hidden()
    figure.choose("Colour", "numerical check")
    expect(strip(figure)).to_be_visible()
    assert len({box.fill for box in figure.boxes}) == 1
    assert plain.get("overlay") == "check"
    figure.choose("Colour", "gradient")
    expect(strip(figure)).to_be_hidden()
    assert [box.texts for box in figure.boxes] == before


@pytest.mark.parametrize("step", [1e-1, 1e-3, 6.055454452393343e-06, 1e-9, 1e-13])
def test_the_picture_agrees_with_python_at_every_step(plain, step):
    names = variables(README)
    g = names["g"]
    figure = plain.show(show(g, names=names, overlay="check", check_step=step))
    rows = {row["id"]: row for row in check_gradients(g, step=step, operations=True)}
    marks = {box.name: box.texts[-1][0] for box in figure.boxes if box.name in names}
    expected = {
        name: "✓" if rows[f"v{names[name].id}"]["ok"] else "✗"
        for name in names
        if isinstance(names[name], Value) and name in marks
    }
    assert marks == expected
    slopes = shown(figure, "slope")
    for name in expected:
        assert slopes[name] == pytest.approx(rows[f"v{names[name].id}"]["numerical"], rel=1e-3)
    right = sum(row["ok"] for row in rows.values())
    expect(strip(figure)).to_contain_text(f"{right} of {len(rows)} gradients in the picture agree")


def test_the_step_is_moved_by_keyboard_and_rounding_becomes_visible(plain, lecture):
    slider(lecture).focus()
    lecture.page.keyboard.press("Home")
    assert plain.get("check_step") == pytest.approx(1e-14)
    expect(slider(lecture)).to_have_attribute("aria-valuetext", "1e−14")
    assert "✗" in labels(lecture)["w1"]
    assert "✓" in labels(lecture)["o"], "the output is 1 by definition"
    assert lecture.root.get_by_role("status").text_content().startswith("Step 1e−14: ")
    lecture.page.keyboard.press("End")
    assert plain.get("check_step") == pytest.approx(0.1)
    assert "✗" in labels(lecture)["n"], "tanh bends"
    lecture.press_button("Best step")
    expect(strip(lecture)).to_contain_text("10 of 10 gradients in the picture agree")


def test_a_wrong_gradient_is_found(plain):
    a = Value(2.0, label="a")
    b = (a * 3.0).with_label("b")
    figure = plain.show(show(b * b, backward(b), names=False, overlay="check"))
    assert {name: label[0] for name, label in labels(figure).items() if name in "ab"} == {
        "a": "✗",
        "b": "✗",
    }
    assert "measured slope 36" in figure.named("a").get_attribute("aria-label")
    assert "differs, error 3e1" in figure.named("a").get_attribute("aria-label")


def test_the_tree_and_the_strip_say_it_too(lecture):
    spoken = lecture.named("w1").get_attribute("aria-label")
    assert spoken.startswith("w1 = −3, gradient 1.0000, leaf, measured slope 1.0000, agrees, error")
    lecture.click("w1")
    expect(strip(lecture)).to_contain_text("w1: gradient 0.9999999999999997, slope 1.0000000")
    lecture.press_button("List")
    expect(lecture.entry("w1")).to_contain_text("1.0000 ✓")


def test_nothing_is_given_away_before_the_gradient_has_come(plain, lecture):
    plain.set("predict", True)
    assert shown(lecture, "slope") == {}
    assert all("measured" not in row for row in spoken_rows(lecture))
    plain.set("step", 7)  # forward, the seed, and tanh
    assert set(shown(lecture, "slope")) == {"n", "o"}
    plain.set("predict", False)
    plain.set("step", None)
    assert len(shown(lecture, "slope")) == 10


def spoken_rows(figure):
    return [row.get_attribute("aria-label") for row in figure.rows.all()]


def test_other_numbers_are_measured_anew(plain, lecture):
    plain.set("edits", [[0, 1.0]])
    assert shown(lecture, "slope") == pytest.approx(shown(lecture, "grad"), abs=2e-4)
    expect(strip(lecture)).to_contain_text("10 of 10 gradients in the picture agree")


def test_a_whole_loss_is_measured_where_it_is_drawn(plain):
    figure = plain.show(show(loss(), names=False, overlay="check"))
    expect(strip(figure)).to_contain_text("3 of 3 gradients in the picture agree")
    figure.toggle("data loss")
    expect(strip(figure)).to_contain_text("17 of 17 gradients in the picture agree")
    assert shown(figure, "slope")["example 1"] == 0.01


def test_it_is_readable_in_both_themes(plain):
    names = variables(README)
    for theme in ("light", "dark"):
        diagram = show(names["g"], names=names, overlay="check", check_step=1e-13)
        figure = plain.show(diagram, theme=theme)
        expect(strip(figure)).to_be_visible()
        assert_readable(figure)
