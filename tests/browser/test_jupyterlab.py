"""``show(value)`` in JupyterLab, as a learner meets it: numbers, names, clicks, choices."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from microgradwidgets import backward
from microgradwidgets.gradients import topological_order
from tests.browser.expressions import LECTURE, README, made_by, number
from tests.browser.figure import FIGURE
from tests.browser.jupyter import Notebook, write_notebook


def close(a, b):
    """Equal as far as a box has room for digits."""
    return a == pytest.approx(b, rel=1e-3, abs=5e-5)


def test_readme_expression_and_lecture_neuron(visit, jupyter):
    path = write_notebook(
        jupyter.folder / "readme.ipynb", f"{README}\nshow(g)", f"{LECTURE}\nshow(o)"
    )
    notebook = Notebook.open(visit(), path)
    notebook.run_all()

    figure = notebook.figure(0)
    assert figure.box("g").value == "24.7041"
    assert figure.box("g").gradient == "1"
    assert figure.box("a").gradient == "138.8338"
    assert figure.box("b").gradient == "645.5773"
    assert {"a", "b", "c", "d", "e", "f", "g"} <= {box.texts[0] for box in figure.boxes}
    assert "24.7041" in figure.summary
    assert "35 values" in figure.summary

    neuron = notebook.figure(1)
    gradients = {name: neuron.box(name).gradient for name in ("x1", "w1", "x2", "w2", "b")}
    assert {name: number(text) for name, text in gradients.items()} == {
        "x1": -1.5,
        "w1": 1.0,
        "x2": 0.5,
        "w2": 0.0,
        "b": 0.5,
    }
    assert neuron.box("o").value == "0.7071"

    assert notebook.visit.engines == 1, "the engine comes once per page, however many figures"
    # Nothing but the figures: no warning, no text from a library.
    texts = notebook.page.locator(".jp-OutputArea-output").all()
    figures = [output.locator(FIGURE).count() for output in texts]
    assert figures == [1, 0, 1, 0], "after each figure its still picture"
    expect(notebook.page.locator("img[alt*='24.7041']")).to_be_hidden()


def test_every_box_and_every_arrow_shows_the_numbers_of_python(lab):
    figure = lab.run(f"{README}\nshow(g)").figure()
    g = made_by(README, "g")
    gradients = backward(g)
    order = topological_order(g)
    boxes = figure.boxes
    assert len(boxes) == len(order) == 35
    for box, value in zip(boxes, order, strict=True):
        spoken = box.spoken.split(" = ", 1)[1].split(", ")
        assert close(number(spoken[0]), value.data), box
        assert close(number(spoken[1].removeprefix("gradient ")), gradients[value]), box
        assert box.gradient == spoken[1].removeprefix("gradient ")
        assert spoken[0] in box.texts

    local = sorted(edge.local_gradient for value in order for edge in value.parents)
    written = sorted(number(text) for arrow in figure.arrows for text in arrow.texts)
    assert len(figure.arrows) == len(local)
    assert close(written, local)
    assert all(arrow.dashed == arrow.texts[0].startswith("−") for arrow in figure.arrows)

    assert Counter(figure.badges) == {
        "+": 13, "×": 5, "−": 2, "−x": 1, "relu": 2, "^2": 1, "^3": 1, "^−1": 2,
    }  # fmt: skip


def test_click_selects_opens_the_panel_and_dims_the_rest(lab):
    figure = lab.run(f"{README}\nshow(g)").figure()
    figure.fit()
    assert figure.panel.is_hidden()
    figure.click("e")
    expect(figure.panel).to_be_visible()
    assert figure.selected == ["e"]
    # In the panel every digit, and who passed which gradient on.
    expect(figure.panel).to_contain_text("−6.941")
    expect(figure.panel.locator(".mgw-equation").first).to_have_text("e=c−d =−1−6 =−7")
    expect(figure.panel.get_by_role("table")).to_have_count(2)
    expect(figure.panel.get_by_role("button", name="d", exact=True)).to_be_visible()

    figure.until(lambda: figure.dim == {"2", "power", "10"}, "the rest to be dimmed")
    assert not figure.box("g").dim
    assert not figure.box("a").dim

    figure.click("e")
    expect(figure.panel).to_be_hidden()
    assert figure.selected == []
    figure.until(lambda: figure.dim == set(), "everything to be lit again")


def test_escape_and_the_close_button_let_a_selection_go(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.click("n")
    expect(figure.panel).to_be_visible()
    figure.page.keyboard.press("Escape")
    expect(figure.panel).to_be_hidden()
    figure.click("n")
    figure.panel.get_by_role("button", name="Close").click()
    expect(figure.panel).to_be_hidden()
    assert figure.selected == []


def test_a_name_in_the_panel_leads_to_that_value(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.click("o")
    figure.panel.get_by_role("button", name="n", exact=True).click()
    assert figure.selected == ["n"]


def test_python_reads_the_selection_and_sets_it(lab):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o)\ndiagram").figure()
    assert lab.run("print(diagram.selected)").text.strip() == "None"
    figure.click("w1")
    assert lab.run("print(diagram.selected is w1)").text.strip() == "True"

    lab.run("diagram.selected = n")
    figure.until(lambda: figure.selected == ["n"], "the selection that Python made")
    expect(figure.panel).to_be_visible()
    lab.run("diagram.selected = 'x1'")
    figure.until(lambda: figure.selected == ["x1"], "the selection by name")
    lab.run("diagram.selected = None")
    figure.until(lambda: figure.selected == [], "no selection")
    expect(figure.panel).to_be_hidden()


def test_python_hears_of_a_click_as_it_happens(lab):
    figure = lab.run(
        f"{LECTURE}\nseen = []\ndiagram = show(o)\n"
        "diagram.observe(lambda change: seen.append(change.new), 'selected')\ndiagram"
    ).figure()
    figure.click("b")
    figure.click("o")
    figure.click("o")
    # A message may still be on its way when the first of these cells runs.
    heard = "print(seen[0] is b, seen[1] is o, seen[2:] == [None])"
    figure.until(lambda: lab.run(heard).text.split() == ["True"] * 3, "Python to hear of all")


def test_overlay_from_the_toolbar_and_from_python(lab):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o)\ndiagram").figure()
    by_gradient = figure.box("w1").fill
    figure.choose("Colour", "value")
    figure.until(lambda: figure.box("w1").fill != by_gradient, "the colours of values")
    assert lab.run("print(diagram.overlay)").text.strip() == "value"
    lab.run("diagram.overlay = 'none'")
    figure.until(lambda: len({box.fill for box in figure.boxes}) == 1, "one colour")
    expect(figure.root.get_by_label("Colour")).to_have_value("none")
    lab.run("diagram.overlay = 'gradient'")
    figure.until(lambda: figure.box("w1").fill == by_gradient, "the colours of gradients")


def test_sign_and_size_decide_the_colour(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    fills = {name: rgb(figure.box(name).fill) for name in ("w1", "x1", "w2", "b")}
    red, _, blue = fills["w1"]
    assert blue > red, "a positive gradient is blue"
    red, _, blue = fills["x1"]
    assert red > blue, "a negative one orange"
    assert max(fills["w2"]) - min(fills["w2"]) < 8, "zero is neutral"
    assert spread(fills["w1"]) > spread(fills["b"]), "a larger one is stronger"


def rgb(colour):
    return tuple(int(part) for part in re.findall(r"\d+", colour)[:3])


def spread(colour):
    return max(colour) - min(colour)


def test_direction_from_the_toolbar_and_from_python(lab):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o)\ndiagram").figure()

    def is_down():
        figure.fit()
        return figure.box("o").area["y"] > figure.box("n").area["y"] + 20

    assert not is_down()
    figure.choose("Direction", "top to bottom")
    figure.until(is_down, "a picture from top to bottom")
    assert lab.run("print(diagram.direction)").text.strip() == "TB"
    lab.run("diagram.direction = 'LR'")
    figure.until(lambda: not is_down(), "a picture from left to right")


def test_a_table_of_other_gradients_is_the_one_shown(lab):
    figure = lab.run(f"{LECTURE}\nshow(o, backward(o * 2))").figure()
    assert number(figure.box("o").gradient) == 2.0
    assert number(figure.box("w1").gradient) == pytest.approx(2.0)


def test_names_come_from_labels_then_variables_then_operations(lab):
    figure = lab.run(
        "a, b = Value(2.0, label='alpha'), Value(3.0)\n"
        "weights = [Value(4.0), Value(5.0)]\n"
        "show(a * b + weights[0] * weights[1])"
    ).figure()
    names = {box.name for box in figure.boxes}
    assert {"alpha", "b", "weights[0]", "weights[1]"} <= names
    figure = lab.run("show(a * b, names={'q': b})").figure()
    assert {"alpha", "q"} <= {box.name for box in figure.boxes}


def test_numbers_that_are_no_numbers_are_shown_and_marked(lab):
    figure = lab.run("x, w = Value(0.0), Value(1.0)\ny = x.log()\nshow(y + w)").figure()
    assert figure.box("y").value == "−inf"
    assert figure.box("x").gradient == "inf"
    marked = figure.box("y").outline
    others = {figure.box("w").outline, figure.box("x").outline}
    assert marked not in others, "marked where it began, not where it arrives"
    figure = lab.run("show((x - x) / x)").figure()
    assert "nan" in {box.value for box in figure.boxes if "value" in box.texts}


def test_two_views_of_one_diagram_agree(lab):
    lab.run(f"{LECTURE}\ndiagram = show(o)")
    first, second = lab.run("diagram").figure(), lab.run("diagram").figure()
    first.click("n")
    second.until(lambda: second.selected == ["n"], "the other view")
    second.choose("Colour", "value")
    expect(first.root.get_by_label("Colour")).to_have_value("value")
    assert {box.name: box.fill for box in first.boxes} == {
        box.name: box.fill for box in second.boxes
    }


def test_hovering_tells_name_value_gradient_and_formula(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.frame("o").hover()
    for words in ("o = tanh(n) = tanh(0.8814) = 0.7071", "0.707106781186547", "gradient"):
        expect(figure.root.locator(".mgw-tooltip")).to_contain_text(words)
