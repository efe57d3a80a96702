"""Changing a leaf: by slider, by typing, by keys, by dragging its number; and the way back."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, backward, show
from tests.browser.expressions import LECTURE, made_names, number
from tests.browser.jupyter import write_notebook
from tests.browser.test_theme import assert_readable
from tests.grouped import loss

SLIDER = "x2, between two ends"
FIELD = "x2, as a number"
# Places on the tape.
X1, X2 = 0, 3


def lecture(**options):
    names = made_names(LECTURE)
    return show(names["o"], names=names, **options)


def fresh(x2):
    """The neuron computed anew, in Python."""
    variables = {}
    exec(LECTURE.replace("Value(0.0)", f"Value({x2!r})"), variables)
    return variables


def shown(figure):
    """Everything that the picture and the rows say."""
    return [(box.spoken, box.texts) for box in figure.boxes]


def test_dragging_the_slider_moves_every_number_at_once_and_undo_restores_all(plain):
    figure = plain.show(lecture())
    start = shown(figure)
    figure.click("x2")
    slider = figure.root.get_by_label(SLIDER)
    for x in (0.25, 0.5, 1.0):
        slider.evaluate(
            "(slider, x) => { slider.value = x; slider.dispatchEvent(new Event('input')); }", x
        )
    slider.dispatch_event("change")
    want = fresh(1.0)
    gradients = backward(want["o"])
    for name in ("x1", "w1", "x2", "w2", "b", "n", "o"):
        texts = figure.box(name).texts
        assert math.isclose(number(texts[2]), want[name].data, abs_tol=6e-5), name
        assert math.isclose(number(texts[4]), gradients[want[name]], abs_tol=6e-5), name
    assert "0.7071" in figure.box("o").texts  # the old number, struck through
    assert "(was 0.7071)" in figure.box("o").spoken
    figure.press_button("Undo")  # a drag is one step
    figure.press_button("Hide old numbers")
    assert shown(figure) == start
    figure.press_button("Redo")
    assert figure.box("x2").texts[2] == "1"
    figure.press_button("Reset")
    assert shown(figure) == start
    assert plain.get("edits") == []


def test_a_number_is_typed_and_what_is_none_is_refused(plain):
    figure = plain.show(lecture())
    figure.click("x2")
    field = figure.root.get_by_label(FIELD)
    field.fill("2,5")
    field.press("Enter")
    expect(figure.root.get_by_text("Expected a number").first).to_be_visible()
    assert plain.get("edits") == []
    field.fill("-1e1")
    field.press("Enter")
    assert figure.box("x2").texts[2] == "−10"
    assert figure.root.get_by_label(SLIDER).get_attribute("min") == "-20"
    field.fill("nan")
    field.press("Enter")
    assert plain.get("edits")[0][1] == "nan"
    assert figure.box("o").texts[2] == "nan"
    figure.press_button("Reset x2")
    assert plain.get("edits") == []


def test_by_keys_alone(plain):
    figure = plain.show(lecture())
    figure.root.get_by_role("treeitem").and_(plain.page.get_by_label("x2 = 0")).focus()
    press = plain.page.keyboard.press
    press("e")
    expect(figure.root.get_by_label(FIELD)).to_be_focused()
    plain.page.keyboard.type("1")
    press("Enter")
    said = figure.root.get_by_role("status").filter(has_text="x2 changed from 0 to 1")
    expect(said.first).to_contain_text("was 0.7071")
    figure.root.get_by_label(SLIDER).focus()
    press("ArrowRight")
    press("PageUp")
    assert figure.box("x2").texts[2] == "1.11"
    for _ in range(3):
        press("Control+z")
    assert plain.get("edits") == []
    press("Control+Shift+Z")
    press("Control+y")
    assert figure.box("x2").texts[2] == "1.01"


def test_the_number_in_the_picture_can_be_dragged(plain):
    figure = plain.show(lecture())
    area = figure.frame("x2").locator("xpath=..").locator(".mgw-value").bounding_box()
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    before, mouse = figure.transform, plain.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 20, y)
    mouse.move(x + 50, y)
    mouse.up()
    assert number(figure.box("x2").texts[-3]) == pytest.approx(0.5, abs=0.1)
    assert figure.transform == before
    assert figure.selected == ["x2"]
    figure.press_button("Undo")
    assert plain.get("edits") == []


def test_locked_leaves_have_no_controls(plain):
    figure = plain.show(lecture(editable=["w1"]))
    figure.click("x2")
    expect(figure.root.get_by_label(SLIDER)).to_have_count(0)
    figure.click("w1")
    expect(figure.root.get_by_label("w1, as a number")).to_be_visible()


def test_undo_takes_back_what_another_view_or_python_did(plain):
    figure = plain.show(lecture())
    other = plain.add_view()
    start = shown(figure)
    plain.set("edits", [[X2, 1.0]])
    plain.set("edits", [[X2, 1.0], [X1, 3.0]])
    other.press_button("Undo")
    assert plain.get("edits") == [[X2, 1.0]]
    figure.press_button("Redo")
    assert plain.get("edits") == [[X2, 1.0], [X1, 3.0]]
    other.press_button("Reset")
    assert shown(figure) == shown(other) == start
    other.press_button("Undo")
    assert plain.get("edits") == [[X2, 1.0], [X1, 3.0]]


def test_a_drag_is_one_step_in_every_view(plain):
    figure = plain.show(lecture())
    other = plain.add_view()
    figure.click("x2")
    slider = figure.root.get_by_label(SLIDER)
    slider.evaluate(
        """(slider) => {
          for (const x of [0.25, 0.5, 1]) {
            slider.value = x;
            slider.dispatchEvent(new Event("input"));
          }
          slider.dispatchEvent(new Event("change"));
        }"""
    )
    other.press_button("Undo")
    assert plain.get("edits") == []
    figure.press_button("Redo")
    assert plain.get("edits") == [[X2, 1]]


def test_with_the_kernel_stopped(lab, jupyter):
    lab.beside(write_notebook(jupyter.folder / "edited.ipynb", f"{LECTURE}\nshow(o)"))
    lab.run_all()
    figure = lab.figure()
    lab.shut_down()
    figure.click("x2")
    field = figure.root.get_by_label(FIELD)
    field.fill("1")
    field.press("Enter")
    want = fresh(1.0)
    figure.click("o")
    figures = figure.panel.locator("dd").first.text_content()
    assert math.isclose(number(figures.split(" ")[0]), want["o"].data, rel_tol=1e-12)
    lab.close()
    lab.visit.forgive("Could not send")


def told(lab):
    lab.run("print(neuron.value.data, neuron.edits == {x2: 1.0} and o.data < 0.8)")
    return lab.page.locator(".jp-OutputArea-output pre").last.text_content()


def test_python_sees_a_new_value(lab):
    figure = lab.run(f"{LECTURE}\nneuron = show(o)\nneuron").figure()
    figure.click("x2")
    field = figure.root.get_by_label(FIELD)
    field.fill("1")
    field.press("Enter")
    want = fresh(1.0)["o"].data
    # A message may still be on its way when the first of these cells runs.
    figure.until(lambda: f"{want} True" in told(lab), "Python to know the new number")


def test_a_leaf_alone_can_be_changed(plain):
    figure = plain.show(show(Value(2.0, label="x")))
    figure.click("x")
    figure.root.get_by_label("x, as a number").fill("5")
    figure.root.get_by_label("x, as a number").press("Enter")
    assert "5" in figure.box("x").texts


def test_older_numbers_stay_legible_beside_the_new_ones(plain):
    for theme in ("light", "dark"):
        figure = plain.show(lecture(), theme=theme)
        sizes = [box.area for box in figure.boxes]
        plain.set("ghosts", [])
        plain.set("edits", [[X1, -1.23456789e-7], [X2, 123.456]])
        assert figure.root.locator(".mgw-ghost").count() >= 15
        assert [box.area for box in figure.boxes] == sizes
        assert_readable(figure)
        overlaps = figure.root.evaluate(
            """(root) => [...root.querySelectorAll(".mgw-ghost")].flatMap((old) => {
              const number = old.nextElementSibling.nextElementSibling;
              const gap = number.getBoundingClientRect().left - old.getBoundingClientRect().right;
              return gap < 1 ? [`${old.textContent} ${number.textContent} ${gap}`] : [];
            })"""
        )
        assert overlaps == []


def test_panel_list_and_tooltip_show_the_older_numbers_too(plain):
    figure = plain.show(lecture())
    plain.set("ghosts", [])
    plain.set("edits", [[X2, 1.0]])
    figure.click("o")
    numbers = figure.panel.locator("dl").first
    expect(numbers).to_contain_text("value0.9546141264596794 was 0.7071067811865477")
    figure.frame("n").hover()
    expect(figure.root.locator(".mgw-tooltip")).to_contain_text("was 0.8813735870195432")
    figure.press_button("List")
    expect(figure.named("o").locator("xpath=..")).to_contain_text("0.7071 0.9546")


def test_groups_have_older_numbers_as_well(plain):
    figure = plain.show(show(loss(), names=False))
    plain.set("ghosts", [])
    plain.set("edits", [[0, 5.0]])
    old = figure.drawn_for(figure.named("data loss")).locator(".mgw-ghost")
    expect(old).to_have_count(1)
    figure.click("data loss")
    expect(figure.panel.locator("dl").first).to_contain_text(" was ")


def test_a_double_click_on_a_number_or_e_types_another(plain):
    figure = plain.show(lecture(editable=["x2"]))
    area = figure.frame("x2").locator("xpath=..").locator(".mgw-value").bounding_box()
    plain.page.mouse.dblclick(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    field = figure.root.get_by_label(FIELD)
    expect(field).to_be_focused()
    live = figure.root.get_by_role("status").last
    for name, reason in [("o", "o is made from other values"), ("x1", "x1 is locked.")]:
        figure.named(name).focus()
        plain.page.keyboard.press("e")
        expect(live).to_contain_text(reason)


def test_escape_leads_from_the_number_back_to_the_picture(plain):
    figure = plain.show(lecture())
    figure.named("x2").focus()
    press = plain.page.keyboard.press
    press("e")
    plain.page.keyboard.type("12")
    press("Escape")
    expect(figure.root.get_by_label(FIELD)).to_have_value("0")
    press("Escape")
    expect(figure.named("x2")).to_be_focused()
    assert figure.selected == ["x2"]
    assert plain.get("edits") == []
