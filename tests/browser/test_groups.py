"""Groups: closed they are one box, open a frame around what they hold."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from microgradwidgets import backward
from microgradwidgets.gradients import topological_order
from tests.browser.expressions import number
from tests.browser.test_hostile_labels import FOREIGN, ROWS, label_of, promised
from tests.browser.test_theme import assert_readable
from tests.grouped import loss, score

# The kernel does not know the tests' folder; the cell brings what it needs.
BUILD = "import sys\nsys.path.insert(0, {root!r})\nfrom tests.grouped import loss, score\n"

# The + of a closed box and the - of an open frame stand at the same place from the corner.
CORNER = """(drawn) => {
  const toggle = drawn.querySelector(".mgw-toggle .mgw-key").getBoundingClientRect();
  return [toggle.x, toggle.y];
}"""


@pytest.fixture
def build(lab, request):
    lab.run(BUILD.format(root=str(request.config.rootpath)))
    return lab


@pytest.fixture
def model(build):
    return build.run("value = score()\ndiagram = show(value, names=False)\ndiagram").figure()


@pytest.fixture
def whole(build):
    return build.run("value = loss()\ndiagram = show(value, names=False)\ndiagram").figure()


def corner(figure, name):
    return figure.drawn_for(figure.named(name)).evaluate(CORNER)


def titles(figure):
    return [box.texts[0] for box in figure.boxes]


def test_a_network_opens_as_its_layers(model):
    assert titles(model) == ["x1", "x2", "layer 1", "layer 2", "layer 3"]
    assert "979 values" in model.summary
    assert "5 boxes shown" in model.summary
    assert [arrow.texts for arrow in model.arrows] == [["16×"], ["16×"], ["256×"], ["16×"]]
    first = model.boxes[2]
    assert first.spoken.startswith("layer 1: 16 outputs, gradient norm ")
    assert first.texts[first.texts.index("outputs") + 1] == "16"
    assert "128 values" in first.texts


def test_a_closed_layer_shows_the_length_of_its_gradients(model):
    value = score()
    gradients = backward(value)
    hidden = [v for v in topological_order(value) if v.op == "relu"][:16]
    norm = sum(gradients[v] ** 2 for v in hidden) ** 0.5
    texts = model.boxes[2].texts
    assert number(texts[texts.index("‖grad‖") + 1]) == pytest.approx(norm, rel=1e-3)


def test_a_click_opens_and_a_click_closes_while_the_corner_stays(model):
    place = corner(model, "layer 1")
    model.toggle("layer 1")
    assert [frame.title for frame in model.frames] == ["layer 1"]
    assert corner(model, "layer 1") == pytest.approx(place, abs=2)
    expect(model.root.get_by_role("status")).to_have_text("layer 1 opened, 20 boxes shown")
    neurons = [box for box in model.boxes if box.name.startswith("neuron")]
    assert [box.name for box in neurons] == [f"neuron {n}" for n in range(1, 17)]
    tops = [box.area["y"] for box in neurons]
    assert tops == sorted(tops), "in their order"

    place = corner(model, "neuron 2")
    model.toggle("neuron 2")
    assert corner(model, "neuron 2") == pytest.approx(place, abs=2)
    outer, inner = model.frames
    assert (outer.title, inner.title) == ("layer 1", "neuron 2")
    assert outer.holds(inner.area)
    weight = next(box for box in model.boxes if box.texts[0] == "w1")
    assert weight.name == "layer 1 · neuron 2 · w1"
    assert inner.holds(weight.area)
    assert not outer.holds(model.box("x1").area)

    model.fit()
    place = corner(model, "layer 1")
    model.toggle("layer 1")
    assert corner(model, "layer 1") == pytest.approx(place, abs=2)
    assert titles(model) == ["x1", "x2", "layer 1", "layer 2", "layer 3"]


def test_a_click_at_the_same_place_undoes_the_first(build, model):
    area = model.drawn_for(model.named("layer 2")).locator(".mgw-key").bounding_box()
    middle = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    build.page.mouse.click(*middle)
    model.until(lambda: len(model.frames) == 1, "an open layer")
    build.page.mouse.click(*middle)
    model.until(lambda: len(model.frames) == 0, "a closed layer")


def test_groups_open_and_close_by_keyboard_alone(build, model):
    press = build.page.keyboard.press
    model.root.get_by_role("button", name="Keys").focus()
    press("Tab")
    expect(model.named("layer 3")).to_be_focused()
    press("Enter")
    model.until(lambda: len(model.frames) == 1, "an open layer")
    expect(model.named("layer 3")).to_be_focused()
    expect(model.named("layer 3")).to_have_attribute(
        "aria-label", "layer 3 = 1.0365, gradient 1, group of 49 values, open, Enter closes it"
    )
    press("ArrowDown")
    expect(model.named("neuron 1")).to_be_focused()
    press("ArrowUp")
    expect(model.named("layer 3")).to_be_focused()
    press("ArrowLeft")
    expect(model.named("layer 2")).to_be_focused()
    press("ArrowRight")
    expect(model.named("neuron 1")).to_be_focused()
    press("ArrowUp")
    assert model.ring("layer 3") != "none"
    press("Enter")
    model.until(lambda: len(model.frames) == 0, "a closed layer")
    expect(model.root.get_by_role("status")).to_have_text("layer 3 closed, 5 boxes shown")
    expect(model.named("layer 3")).to_be_focused()


def test_the_chain_rule_can_be_read_off_closed_boxes(build):
    """Each gradient is the sum of upstream gradient times the number of the arrow."""
    figure = build.run("diagram = show(loss(4, [2, 1]), names=False)\ndiagram").figure()
    for name in [frame.title for frame in figure.frames if frame.title.endswith(" loss")]:
        figure.fit()
        figure.toggle(name)
    assert figure.frames == []
    value = loss(4, [2, 1])
    gradients = backward(value)
    weight = next(v for v in topological_order(value) if v.label == "layer 1 · neuron 1 · w1")
    index = topological_order(value).index(weight)
    build.run(f"diagram.selected = diagram._order[{index}]")
    figure.until(lambda: len(figure.selected) == 1, "the weight to be selected")
    lit = figure.root.locator(".mgw-lit text").all_text_contents()
    # Both groups have gradient 1: they are added.
    numbers = [number(text) for text in lit[:2]]
    assert sum(numbers) == pytest.approx(gradients[weight], abs=2e-4)


def test_neurons_show_how_they_pass_their_operands_on(model):
    model.toggle("layer 1")
    value = score()
    expected = set()
    parents = {
        edge.parent.label: edge.parent for v in topological_order(value) for edge in v.parents
    }
    for neuron in range(1, 17):
        w, b = [parents[f"layer 1 · neuron {neuron} · {name}"].data for name in ("w1", "b")]
        w2 = parents[f"layer 1 · neuron {neuron} · w2"].data
        is_on = b + w * 0.3 + w2 * -0.2 > 0
        expected |= {w if is_on else 0.0, w2 if is_on else 0.0}
    written = {
        number(text) for arrow in model.arrows for text in arrow.texts if not text.endswith("×")
    }
    assert written == {round(x, 4) for x in expected}


def test_a_selected_group_tells_what_it_holds(build, model):
    model.frame("layer 2").click()
    expect(model.panel).to_contain_text("group of 800 values")
    expect(model.panel.get_by_role("table", name="Outputs")).to_be_visible()
    assert build.run("print(diagram.selected)").text.strip() == "None", "it stands for many values"
    model.frame("layer 3").click()
    expect(model.panel).to_contain_text("group of 49 values")
    assert build.run("print(diagram.selected is value)").text.strip() == "True"
    assert model.frames == [], "nothing was opened"
    link = model.panel.get_by_role("table", name="Made from").get_by_role("button").first
    link.click()
    model.until(
        lambda: [frame.title for frame in model.frames] == ["layer 2", "neuron 1"],
        "the groups around the value",
    )
    model.until(lambda: model.selected == ["relu"], "the value itself")
    expect(model.named("relu")).to_be_focused()


def test_up_and_down_are_traced_through_closed_boxes(build, model):
    model.named("layer 2").focus()
    build.page.keyboard.press("u")
    model.until(lambda: {box.texts[0] for box in model.boxes if box.dim} == {"layer 3"}, "up")
    build.page.keyboard.press("d")
    model.until(
        lambda: {box.texts[0] for box in model.boxes if box.dim} == {"x1", "x2", "layer 1"}, "down"
    )


def test_hovering_a_group_tells_what_is_inside(model):
    model.frame("layer 1").hover()
    tooltip = model.root.locator(".mgw-tooltip")
    for words in ("layer 1", "group of 128 values", "outputs", "gradient norm"):
        expect(tooltip).to_contain_text(words)


def test_a_hidden_value_can_be_selected_from_python(build, model):
    build.run(
        "from microgradwidgets.gradients import topological_order\n"
        "diagram.selected = 'layer 2 · neuron 5 · w3'"
    )
    model.until(lambda: model.selected == ["layer 2 · neuron 5 · w3"], "the weight")
    assert [frame.title for frame in model.frames] == ["layer 2", "neuron 5"]


def test_the_whole_loss_opens_as_three_boxes_and_every_group_in_it_opens(build, whole):
    assert titles(whole) == ["data loss", "L2 loss", "loss"]
    assert "65,818 values" in whole.summary
    assert "3 boxes shown" in whole.summary
    assert "64,803 values + 337 leaves" in whole.boxes[0].texts
    for name in ("data loss", "example 1", "layer 2", "neuron 7"):
        whole.fit()
        whole.toggle(name)
    assert [frame.title for frame in whole.frames] == [
        "data loss",
        "example 1",
        "layer 2",
        "neuron 7",
    ]
    weight = next(box for box in whole.boxes if box.texts[0] == "w3")
    assert weight.name == "layer 2 · neuron 7 · w3"
    assert whole.frames[-1].holds(weight.area), "a shared weight stands where it is used"
    whole.fit()
    whole.frame(weight.name).click()
    expect(whole.panel).to_contain_text("more where no arrow is drawn")
    expect(whole.panel.get_by_role("table", name="Used by")).to_contain_text("and 72 more")
    whole.toggle("data loss")
    assert titles(whole) == ["data loss", "L2 loss", "loss"]


def test_a_figure_with_groups_is_readable_in_both_themes(build):
    for theme in ("light", "dark"):
        figure = build.run(f"show(score([3, 1]), theme={theme!r}, names=False)").figure()
        assert len(figure.frames) >= 4
        assert_readable(figure)
        figure = build.run(f"show(score(), theme={theme!r}, names=False)").figure()
        figure.frame("layer 1").hover()
        expect(figure.root.locator(".mgw-tooltip")).to_be_visible()
        assert_readable(figure)


def test_titles_keep_clear_of_boxes(build):
    figure = build.run("show(score([3, 1]), names=False)").figure()
    for frame in figure.frames:
        title = frame.title_area
        for box in figure.boxes:
            area = box.area
            apart = (
                area["x"] >= title["x"] + title["width"]
                or title["x"] >= area["x"] + area["width"]
                or area["y"] >= title["y"] + title["height"]
                or title["y"] >= area["y"] + area["height"]
            )
            assert apart, f"{box.name} stands on the title of {frame.title}"


def test_hostile_names_of_groups_are_shown_as_they_are(build):
    names = [label_of(row) for row in ROWS]
    build.run(f"import json\nnames = json.loads({json.dumps(json.dumps(names))})")
    for start in range(0, len(names), 20):
        figure = build.run(
            "from microgradwidgets.engine import fresh_id\n"
            "def step(total, name):\n"
            "    since = fresh_id()\n"
            "    return (total.tanh() + 1.0).with_group(name, since)\n"
            "total = Value(1.0, label='x')\n"
            f"for name in names[{start}:{start + 20}]:\n"
            "    total = step(total, name)\n"
            "show(total, names=False, direction='TB')"
        ).figure()
        shown = set(figure.root.locator(".mgw-title").all_text_contents())
        for row in ROWS[start : start + 20]:
            text = promised(row)
            wanted = "group" if text is None else text.replace("\n", "↵")
            assert any(wanted.lower() == title.lower() for title in shown), row["id"]
        assert figure.root.evaluate(FOREIGN) == []
    assert build.page.evaluate("window.__pwn ?? null") is None
