"""Wheel, pointer and keys: nothing is taken from the page before the figure has the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE, README
from tests.browser.jupyter import COMMAND_KEYS

# JupyterLab scrolls its notebook, not the window.
SCROLLED = """() => {
  const { node } = window.jupyterapp.shell.currentWidget.content;
  const scroller = [node, ...node.querySelectorAll("*")].find(
    (element) => element.scrollHeight > element.clientHeight + 50 && element.clientHeight > 200
      && /auto|scroll/.test(getComputedStyle(element).overflowY),
  );
  return scroller ? scroller.scrollTop : 0;
}"""


@pytest.fixture
def figure(lab):
    return lab.run(f"{README}\nshow(g)").figure()


def box_of(figure, name):
    area = figure.box(name).area
    return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2


def test_plain_wheel_scrolls_the_page_and_hints_once(lab, figure):
    lab.page.mouse.click(5, 500)  # the focus is elsewhere
    lab.run("for line in range(60): print(line)")
    figure.stage.scroll_into_view_if_needed()
    figure.stage.hover()
    before, view = lab.page.evaluate(SCROLLED), figure.transform
    lab.page.mouse.wheel(0, -120)
    figure.until(lambda: lab.page.evaluate(SCROLLED) != before, "the page to scroll")
    assert figure.transform == view
    expect(figure.root.get_by_text("wheel zooms")).to_be_visible()


def test_control_wheel_zooms_only_what_has_the_focus(lab, figure):
    x, y = figure.empty_place()
    lab.page.mouse.move(x, y)
    view = figure.transform
    lab.page.mouse.click(x, y)
    lab.page.keyboard.down("Control")
    lab.page.mouse.wheel(0, -100)
    figure.until(lambda: figure.transform != view, "the picture to be zoomed")
    assert scale(figure) > scale_of(view)
    lab.page.keyboard.up("Control")

    # A plain wheel still belongs to the page.
    zoomed = figure.transform
    scrolled = lab.page.evaluate(SCROLLED)
    lab.run("for line in range(60): print(line)")
    figure.stage.scroll_into_view_if_needed()
    figure.stage.hover()
    scrolled = lab.page.evaluate(SCROLLED)
    lab.page.mouse.wheel(0, -60)
    figure.until(lambda: lab.page.evaluate(SCROLLED) != scrolled, "the page to scroll")
    assert figure.transform == zoomed


def scale(figure):
    return scale_of(figure.transform)


def scale_of(transform):
    return float(transform.partition("scale(")[2].rstrip(")"))


def test_zoom_keeps_what_is_under_the_pointer(lab, figure):
    figure.fit()
    x, y = box_of(figure, "e")
    lab.page.mouse.click(*figure.empty_place())
    lab.page.mouse.move(x, y)
    lab.page.keyboard.down("Control")
    for _ in range(3):
        before = figure.transform
        lab.page.mouse.wheel(0, -100)
        figure.until(lambda before=before: figure.transform != before, "a step of zoom")
    lab.page.keyboard.up("Control")
    assert box_of(figure, "e") == pytest.approx((x, y), abs=1.5)


def test_dragging_moves_the_picture_and_zero_fits_it(lab, figure):
    figure.fit()
    fitted = figure.transform
    x, y = figure.empty_place()
    before = box_of(figure, "e")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 30, y + 20)
    lab.page.mouse.move(x + 60, y + 40)
    lab.page.mouse.up()
    after = box_of(figure, "e")
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((60, 40), abs=1.5)
    assert figure.selected == [], "a drag selects nothing"

    lab.page.mouse.click(x, y)
    lab.page.keyboard.press("0")
    assert figure.transform == fitted


def test_double_click_on_the_background_fits(lab, figure):
    figure.fit()
    fitted = figure.transform
    figure.press_button("Zoom in")
    assert figure.transform != fitted
    lab.page.mouse.dblclick(*figure.empty_place())
    assert figure.transform == fitted


def test_a_way_back_appears_when_nothing_is_in_view(lab, figure):
    back = figure.root.get_by_role("button", name="Back to the picture")
    expect(back).to_be_hidden()
    lab.page.mouse.click(*figure.empty_place())
    for _ in range(40):
        lab.page.keyboard.press("Shift+ArrowDown")
    expect(back).to_be_visible()
    back.click()
    expect(back).to_be_hidden()


def focused(figure):
    """The name of the box that has the focus."""
    spoken = figure.page.evaluate("document.activeElement?.getAttribute('aria-label') ?? ''")
    return spoken.split(" = ", 1)[0]


def test_everything_by_keyboard_alone(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    press = lab.page.keyboard.press
    figure.root.get_by_role("button", name="Keys").focus()
    press("Tab")
    assert focused(figure) == "o"
    # One tab stop for the whole picture; the arrow keys walk in it.
    press("ArrowLeft")
    assert focused(figure) == "n"
    press("ArrowRight")
    assert focused(figure) == "o"
    press("ArrowLeft")
    press("Enter")
    assert figure.selected == ["n"]
    expect(figure.panel).to_be_visible()
    assert focused(figure) == "n", "the focus stays in the picture"
    expect(figure.root.get_by_role("status")).to_contain_text("n = 0.8814")
    press("u")
    figure.until(lambda: "o" in figure.dim, "only what it was made from")
    press("d")
    figure.until(lambda: "b" in figure.dim and "o" not in figure.dim, "only what it leads to")
    press("b")
    figure.until(lambda: figure.dim == set(), "both ways")
    press("Enter")
    assert figure.selected == []
    press("Escape")
    assert "Cell" in focused(figure), "the keys belong to the notebook again"


def test_focus_can_be_seen(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.root.get_by_role("button", name="Keys").focus()
    lab.page.keyboard.press("Tab")
    assert figure.ring("n") == "none"
    assert figure.ring("o") != "none"
    figure.click("n")
    assert figure.ring("n") == figure.ring("o") == "none", "a click needs no ring"
    lab.page.keyboard.press("ArrowRight")
    assert figure.ring("o") != "none", "the keys go on from what was clicked"


def test_a_shift_tab_leaves_again(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.named("o").focus()
    lab.page.keyboard.press("Shift+Tab")
    expect(figure.root.get_by_role("button", name="Keys")).to_be_focused()


def test_question_mark_lists_the_keys(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    figure.click("o")
    lab.page.keyboard.press("?")
    keys = figure.root.get_by_role("region", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Arrow keys")
    lab.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert figure.selected == ["o"], "the first Esc closes the list, not the selection"


@pytest.mark.parametrize("place", ["box", "background", "button"])
def test_the_notebooks_one_letter_commands_sleep_while_the_figure_has_the_focus(lab, place):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    cells, kernel = lab.cell_ids(), lab.kernel_id()
    figure.hold_focus(place)
    for key in COMMAND_KEYS:
        lab.page.keyboard.press(key)
        assert lab.cell_ids() == cells, f"{key} reached the notebook"
    assert lab.cell_types() == ["code"] * len(cells)
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    assert lab.run("print(o.data)").text.startswith("0.7071"), "the kernel has not restarted"
    assert lab.kernel_id() == kernel


def test_after_escape_the_notebook_has_its_keys_again(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    cells = lab.cell_ids()
    figure.click("n")
    lab.page.keyboard.press("Escape")
    assert figure.selected == []
    assert figure.has_focus, "the first Esc clears the selection"
    lab.page.keyboard.press("Escape")
    lab.command("notebook:enter-command-mode")
    lab.page.keyboard.press("b")
    figure.until(lambda: len(lab.cell_ids()) == len(cells) + 1, "a new cell below")


def test_targets_are_large_enough(lab, figure):
    sizes = figure.root.get_by_role("button").or_(figure.root.get_by_role("combobox"))
    for control in sizes.all():
        area = control.bounding_box()
        if area:
            assert min(area["width"], area["height"]) >= 24, control


def test_every_control_has_a_name(lab, figure):
    figure.fit()
    figure.click("e")
    nameless = figure.root.evaluate(
        """(root) => [...root.querySelectorAll("button, select, [role=treeitem], [role=tree]")]
          .filter((control) => control.checkVisibility())
          .filter((control) => !control.getAttribute("aria-label") && !control.labels?.length)
          .filter((control) => control.localName !== "button" || !control.textContent.trim())
          .map((control) => control.outerHTML)"""
    )
    assert nameless == []


def test_a_second_click_at_the_same_place_lets_go(lab, figure):
    """The picture does not move away under the pointer when the panel opens."""
    figure.fit()
    place = box_of(figure, "e")
    lab.page.mouse.click(*place)
    expect(figure.panel).to_be_visible()
    assert figure.selected == ["e"]
    lab.page.mouse.click(*place)
    figure.until(lambda: figure.selected == [], "nothing to be selected", 3)
