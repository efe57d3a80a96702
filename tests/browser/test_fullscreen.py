"""The figure over the whole screen, or over the whole window where it may have no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import show
from tests.browser.expressions import LECTURE
from tests.browser.jupyter import Notebook, write_notebook
from tests.vectors import lecture_neuron

HAS_SCREEN = "document.fullscreenElement !== null"
# Frames of other origins may not; and what is around may clip and move the figure.
FORBID = """() => {
  Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("not allowed"));
}"""
ENCLOSE = """() => {
  Object.assign(document.body.style, {
    transform: "translate(30px, 40px)", overflow: "hidden", height: "200px",
  });
}"""


def full_button(figure):
    return figure.root.get_by_role("button", name="Full screen")


def window(page):
    return page.evaluate("({ x: 0, y: 0, width: innerWidth, height: innerHeight })")


def is_full(figure):
    return figure.root.bounding_box() == window(figure.page)


def scale(figure):
    return float(figure.transform.rpartition("scale(")[2].rstrip(")"))


@pytest.fixture(params=["allowed", "forbidden"])
def neuron(request, plain):
    figure = plain.show(show(lecture_neuron()), width=700)
    if request.param == "forbidden":
        plain.page.evaluate(FORBID)
        plain.page.evaluate(ENCLOSE)
    return figure


@pytest.mark.parametrize("way", ["button", "key"])
def test_the_figure_fills_the_screen_and_comes_back(neuron, way):
    page = neuron.page
    before, place = neuron.transform, neuron.root.bounding_box()

    def toggle():
        if way == "button":
            full_button(neuron).click()
        else:
            neuron.named("o").focus()
            page.keyboard.press("f")

    assert scale(neuron) < 1
    toggle()
    neuron.until(lambda: is_full(neuron), "a figure as large as the window")
    expect(full_button(neuron)).to_have_attribute("aria-pressed", "true")
    neuron.until(lambda: scale(neuron) > 1, "a picture fitted to the room")
    stage = neuron.stage.bounding_box()
    assert stage["height"] > 800
    for box in neuron.boxes:
        assert stage["x"] <= box.area["x"]
        assert box.area["x"] + box.area["width"] <= stage["x"] + stage["width"]
    neuron.click("b")
    expect(neuron.panel).to_be_visible()
    assert neuron.panel.bounding_box()["y"] < 1000
    neuron.click("b")
    toggle()
    neuron.until(lambda: neuron.root.bounding_box() == place, "the figure in its place")
    neuron.until(lambda: neuron.transform == before, "the picture as it was")
    expect(full_button(neuron)).to_have_attribute("aria-pressed", "false")
    assert not page.evaluate(HAS_SCREEN)


def test_esc_leaves_and_a_second_one_gives_the_keys_back(neuron):
    page = neuron.page
    neuron.click("x1")
    page.keyboard.press("f")
    neuron.until(lambda: is_full(neuron), "a figure as large as the window")
    page.keyboard.press("Escape")
    neuron.until(lambda: not is_full(neuron), "the figure in its place")
    assert neuron.selected == ["x1"]
    assert not page.evaluate(HAS_SCREEN)


def test_a_view_that_was_chosen_keeps_its_middle(neuron):
    page = neuron.page
    neuron.hold_focus("background")
    for key in ("+", "+", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    before = neuron.transform
    page.keyboard.press("f")
    neuron.until(lambda: is_full(neuron), "a figure as large as the window")
    assert scale(neuron) == float(before.rpartition("scale(")[2].rstrip(")"))
    page.keyboard.press("f")
    neuron.until(lambda: not is_full(neuron), "the figure in its place")
    neuron.until(lambda: close(neuron.transform, before), f"the picture at {before}")


def close(one, other):
    numbers = [[float(n) for n in words(t)] for t in (one, other)]
    return numbers[0] == pytest.approx(numbers[1], abs=0.5)


def words(transform):
    return transform.replace("translate(", "").replace(") scale(", " ").rstrip(")").split()


def test_a_view_that_ends_lets_go_of_the_screen(neuron):
    page = neuron.page
    full_button(neuron).click()
    neuron.until(lambda: is_full(neuron), "a figure as large as the window")
    page.evaluate("window.views[0].end()")
    neuron.until(lambda: not page.evaluate(HAS_SCREEN), "the screen to be free")
    expect(page.locator(".mgw")).to_have_count(0)


def test_the_key_belongs_to_the_deck_in_a_slide(plain):
    figure = plain.show(show(lecture_neuron()))
    page = plain.page
    page.evaluate("""() => {
      document.body.classList.add("reveal");
      window.heard = [];
      document.addEventListener("keydown", ({ key }) => window.heard.push(key));
    }""")
    figure.named("o").focus()
    page.keyboard.press("f")
    page.keyboard.press("d")
    assert page.evaluate("window.heard") == ["f"]
    assert not is_full(figure)


def test_in_a_notebook_the_figure_fills_the_screen_too(visit, jupyter):
    path = write_notebook(jupyter.folder / "full.ipynb", f"{LECTURE}\nshow(o)")
    lab = Notebook.open(visit(), path)
    lab.run_all()
    figure = lab.figure()
    figure.click("b")
    lab.page.keyboard.press("f")
    figure.until(lambda: is_full(figure), "a figure as large as the window")
    lab.page.keyboard.press("f")
    figure.until(lambda: not is_full(figure), "the figure in its place")
    lab.page.evaluate(FORBID)
    full_button(figure).click()
    figure.until(lambda: is_full(figure), "a figure as large as the window")
    figure.click("o")
    assert figure.selected == ["o"]
    lab.page.keyboard.press("Escape")
    figure.until(lambda: not is_full(figure), "the figure in its place")
