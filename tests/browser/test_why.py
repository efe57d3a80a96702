"""Why this gradient? The paths it is the sum of, listed, spoken and lit."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, backward, explain, show
from tests.browser.expressions import LECTURE, README, number
from tests.grouped import loss

WEIGHT = "layer 1 · neuron 2 · w1"


def variables(source):
    names = {}
    exec(source, names)
    return names


@pytest.fixture
def readme(plain):
    names = variables(README)
    figure = plain.show(show(names["g"], names=names))
    figure.fit()
    return figure, names["g"], names


@pytest.fixture
def whole(plain):
    value = loss()
    diagram = show(value, names=False)
    diagram.selected = WEIGHT
    return plain.show(diagram), value


def why(figure):
    """The section, opened as a person opens it."""
    figure.panel.get_by_text("Why this gradient?").click()
    return figure.panel.locator(".mgw-why")


def paths(figure):
    return figure.panel.get_by_role("list", name="Paths to the output").get_by_role("button")


def products(figure):
    texts = figure.panel.locator(".mgw-path-product").all_text_contents()
    return [number(text.split()[-1]) for text in texts]


def sums(figure):
    """The number in the line of the rest, if there is one, and in the line of the total."""
    texts = figure.panel.locator(".mgw-why-line > b").all_text_contents()
    return [number(text.split()[-1]) for text in texts]


def dimmed(figure):
    return {box.texts[0] for box in figure.boxes if box.dim}


def spoken(figure):
    return figure.root.get_by_role("status").text_content()


def test_a_weight_of_layer_1_of_a_whole_loss(whole):
    """The paths are those of Python, their parts add up, and each says where it leads along."""
    figure, value = whole
    section = why(figure)
    rows = explain(value, WEIGHT)
    assert products(figure) == pytest.approx([row["product"] for row in rows[:-1]], abs=5e-5)
    rest, total = sums(figure)
    assert rest == pytest.approx(rows[-1]["sum"], abs=5e-5)
    assert total == pytest.approx(sum(row["sum"] for row in rows), abs=1e-9)
    expect(section).to_contain_text("1,602 paths lead from here to the output.")
    expect(section).to_contain_text("the other 1,592 paths")
    expect(paths(figure).first).to_contain_text(
        f"{WEIGHT} → data loss › example 1 › layer 1 › neuron 2 → layer 2 › neuron 9"
    )
    expect(paths(figure).first).to_contain_text("(−1) × 0.625 × 0.75 × 0.01")


def test_choosing_a_path_lights_it_in_closed_boxes_and_in_open_ones(whole):
    figure, _ = whole
    why(figure)
    far, near = paths(figure).first, paths(figure).nth(2)
    expect(near).to_contain_text("example 100")
    near.click()
    figure.until(lambda: dimmed(figure) == {"L2 loss"}, "the path through closed boxes")
    assert spoken(figure).startswith(f"Lit: {WEIGHT} → data loss › example 100")
    figure.toggle("data loss")
    figure.fit()
    figure.until(lambda: {"example 1", "L2 loss"} <= dimmed(figure), "the path in the open")
    assert "loss" not in dimmed(figure)
    expect(near).to_have_attribute("aria-pressed", "true")
    far.click()
    expect(near).to_have_attribute("aria-pressed", "false")
    far.click()
    assert spoken(figure) == "The path is no longer lit."
    figure.until(lambda: "example 1" not in dimmed(figure), "all that the weight leads to")


def test_the_parts_add_up_and_more_can_be_listed(readme):
    figure, g, names = readme
    figure.click("a")
    why(figure)
    gradient = backward(g)[names["a"]]
    listed = 10
    for _ in range(3):
        assert len(products(figure)) == listed
        parts = [*products(figure), *sums(figure)[:-1]]
        assert sum(parts) == pytest.approx(gradient, abs=1e-3)
        assert sums(figure)[-1] == pytest.approx(gradient, rel=1e-12)
        if listed == 24:
            break
        figure.panel.get_by_role("button", name="List ").click()
        listed = min(listed + 10, 24)
    expect(figure.panel.get_by_text("the other")).to_have_count(0)


def test_by_keyboard_alone(plain):
    names = variables(LECTURE)
    figure = plain.show(show(names["o"], names=names))
    press = plain.page.keyboard.press
    figure.named("w1").focus()
    press("w")
    assert spoken(figure) == (
        "The gradient of w1 is 1.0000, along one path. "
        "w1, x1 × w1, sum, n, o: 2 × 1 × 1 × 0.5000 = 1.0000."
    )
    assert figure.selected == ["w1"]
    expect(figure.named("w1")).to_be_focused()
    expect(paths(figure)).to_have_count(1)
    for _ in range(40):  # past the controls of the deck and of the panel
        press("Tab")
        if plain.page.evaluate("document.activeElement.classList.contains('mgw-path')"):
            break
    press("Enter")
    assert spoken(figure) == "Lit: w1 → x1 × w1 → sum → n → o, which brings 1.0000."
    figure.until(lambda: figure.dim == {"x1", "x2", "w2", "b", "x2 × w2"}, "the path")
    expect(paths(figure)).to_be_focused()
    press("Escape")
    expect(figure.panel).to_be_hidden()
    expect(figure.named("w1")).to_be_focused()


def test_another_trace_or_value_takes_the_light_away(readme):
    figure, _, _ = readme
    figure.click("a")
    why(figure)
    paths(figure).first.click()
    expect(paths(figure).first).to_have_attribute("aria-pressed", "true")
    figure.named("a").focus()
    figure.page.keyboard.press("d")
    expect(paths(figure).first).to_have_attribute("aria-pressed", "false")
    paths(figure).first.click()
    figure.click("b")
    expect(paths(figure).first).to_have_attribute("aria-pressed", "false")
    expect(paths(figure).first).to_contain_text("b → ")


def test_fifty_doublings_are_explained_at_once(plain):
    y = Value(1.0, label="x")
    for _ in range(50):
        y = y + y
    figure = plain.show(show(y, names=False))
    figure.named("x").focus()
    plain.page.keyboard.press("w")
    assert "the sum over 1,125,899,906,842,624 paths" in spoken(figure)
    expect(figure.panel).to_contain_text("the other 1,125,899,906,842,614 paths")
    assert sums(figure)[-1] == 2.0**50


def test_other_numbers_are_explained_and_the_chosen_path_stays(plain):
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    figure = plain.show(show(x * w + x * 5.0, names=False))
    figure.click("x")
    why(figure)
    assert products(figure) == [5.0, -3.0]
    paths(figure).nth(1).click()
    plain.set("edits", [[1, 7.0]])
    assert products(figure) == [7.0, 5.0]
    assert sums(figure) == [12.0]
    expect(paths(figure).first).to_have_attribute("aria-pressed", "true")


def test_nothing_is_given_away_before_the_gradient_has_come(plain):
    names = variables(LECTURE)
    figure = plain.show(show(names["o"], names=names))
    figure.click("w1")
    section = why(figure)
    for settings in ({"step": 0}, {"predict": True}, {"step": 8}):
        for trait, value in settings.items():
            plain.set(trait, value)
        expect(section).to_contain_text("has not brought all of this gradient yet")
        assert "0.5" not in section.text_content()
    figure.named("w1").focus()
    plain.page.keyboard.press("w")
    assert "0.5" not in spoken(figure)
    plain.set("step", 11)
    expect(paths(figure)).to_have_count(1)


def test_the_output_and_gradients_that_were_given(plain):
    a = Value(2.0, label="a")
    b = (a * 3.0).with_label("b")
    figure = plain.show(show(b * b, backward(b), names=False))
    figure.click("a")
    section = why(figure)
    expect(section).to_contain_text("were given to the diagram")
    assert sums(figure) == [36.0]
    figure.root.get_by_role("treeitem").last.focus()
    plain.page.keyboard.press("w")
    expect(section).to_contain_text("This is the output itself")


def test_a_group_is_explained_where_one_value_comes_out(whole):
    figure, _ = whole
    figure.named("L2 loss").focus()
    figure.page.keyboard.press("w")
    assert spoken(figure).endswith("along one path. L2 loss, loss: 1 = 1.")
    expect(paths(figure)).to_have_count(1)


NETWORK = """\
from microgradwidgets import MLP, explain, max_margin, moons, show
data = moons(100)
model = MLP(2, [16, 16, 1])
loss = max_margin(model, data.xs, data.ys).total_loss
weight = model.layers[0].neurons[3].weights[0]
diagram = show(loss)
diagram.selected = weight
diagram"""


def test_in_a_notebook_the_page_and_python_tell_the_same(lab):
    figure = lab.run(NETWORK).figure()
    figure.until(lambda: figure.selected == ["layer 1 · neuron 4 · w1"], "the weight")
    figure.named("layer 1 · neuron 4 · w1").focus()
    lab.page.keyboard.press("w")
    rows = "[row['sum'] for row in explain(loss, weight)]"
    sums_of_python = json.loads(lab.run(f"print({rows})").text)
    assert products(figure) == pytest.approx(sums_of_python[:-1], abs=5e-5)
    assert sums(figure)[0] == pytest.approx(sums_of_python[-1], abs=5e-5)
    assert sums(figure)[-1] == pytest.approx(sum(sums_of_python), abs=1e-9)
    paths(figure).first.click()
    figure.until(lambda: "L2 loss" in dimmed(figure), "the path")
