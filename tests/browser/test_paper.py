"""What is printed: black on white, whole, without controls; and the screen is as it was after."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import MLP, misconceptions, show
from tests.browser.pages import until
from tests.browser.test_misconceptions import FIGURE as LESSON
from tests.browser.training import Training
from tests.vectors import lecture_neuron

# Texts that are seen, with their colours, and the colour of the figure.
SEEN = """(root) => {
  const style = (element) => getComputedStyle(element);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const inks = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("style, svg")) continue;
    if (element.closest(".mgw-live, .mgw-spoken, [role=tree]")) continue;
    inks.push([node.data, style(element).color]);
  }
  return { paper: style(root).backgroundColor, inks };
}"""

A4 = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "1cm")}
# As wide as what is printed of an A4 page.
PAGE = {"width": 718, "height": 1040}


def brightness(colour):
    red, green, blue = (int(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_black_on_white(root):
    seen = root.evaluate(SEEN)
    assert seen["paper"] == "rgb(255, 255, 255)"
    pale = {text: ink for text, ink in seen["inks"] if brightness(ink) > 110}
    assert not pale


@pytest.fixture(params=[("light", False), ("dark", False), ("dark", True)], ids=str)
def look(request):
    theme, presenter = request.param
    return {"theme": theme}, {"presenter": presenter}


def on_paper(page):
    page.emulate_media(media="print")
    page.set_viewport_size(PAGE)


def test_a_list_beside_the_picture_is_printed_whole(plain):
    figure = plain.show(show(MLP(2, [4, 1])([0.3, -0.2])))
    figure.press_button("List")
    on_paper(plain.page)
    twin = figure.root.locator(".mgw-twin")
    expect(twin).to_have_css("max-height", "none")
    rows = twin.get_by_role("treeitem")
    listed, last = twin.bounding_box(), rows.last.bounding_box()
    assert rows.count() > 20
    assert last["y"] + last["height"] <= listed["y"] + listed["height"] + 1
    assert listed["x"] + listed["width"] <= PAGE["width"]
    stage = figure.stage.bounding_box()
    assert stage["y"] + stage["height"] <= listed["y"]


def size_of(figure):
    area = figure.stage.bounding_box()
    return area["width"], area["height"]


def boxes_are_whole(figure):
    stage = figure.stage.bounding_box()
    for box in figure.boxes:
        area = box.area
        assert stage["x"] <= area["x"]
        assert area["x"] + area["width"] <= stage["x"] + stage["width"] + 0.5
        assert stage["y"] <= area["y"]
        assert area["y"] + area["height"] <= stage["y"] + stage["height"] + 0.5


def test_a_diagram_is_whole_with_its_panel_and_its_legend(plain, look):
    page_options, options = look
    figure = plain.show(show(lecture_neuron(), **options), **page_options)
    figure.click("o")
    figure.named("o").focus()
    for key in ("-", "-", "Shift+ArrowLeft"):
        plain.page.keyboard.press(key)
    before = figure.transform, size_of(figure), figure.root.get_attribute("data-theme")
    on_paper(plain.page)
    expect(figure.root).to_have_attribute("data-theme", "light")
    is_black_on_white(figure.root)
    boxes_are_whole(figure)
    assert max(brightness(box.fill) for box in figure.boxes) > 110
    assert figure.stage.bounding_box()["width"] <= PAGE["width"]
    expect(figure.panel).to_be_visible()
    expect(figure.root.locator(".mgw-legend")).to_be_visible()
    # Names that are links on the screen are still read.
    expect(figure.panel.get_by_role("button", name="sum")).to_be_visible()
    for control in (".mgw-toolbar", ".mgw-transport", ".mgw-editing", ".mgw-traces", ".mgw-close"):
        expect(figure.root.locator(control).first).to_be_hidden()
    plain.page.set_viewport_size({"width": 1280, "height": 1000})
    plain.page.emulate_media(media="screen")
    expect(figure.root).to_have_attribute("data-theme", before[2])
    figure.until(
        lambda: (figure.transform, size_of(figure)) == before[:2],
        "the picture as it was on the screen",
    )


def test_a_picture_that_is_larger_than_the_page_is_whole(plain):
    figure = plain.show(show(MLP(2, [8, 8, 1])([0.5, -0.5])))
    figure.rows.last.focus()
    plain.page.keyboard.press("2")
    figure.until(lambda: len(figure.boxes) > 10, "open layers")
    on_paper(plain.page)
    boxes_are_whole(figure)
    assert figure.stage.bounding_box()["height"] <= PAGE["height"]


def test_a_page_is_printed_and_the_screen_stays_as_it_is(plain, look):
    """What a real print does: it tells the page before, waits for no frame, and tells it after."""
    page_options, options = look
    figure = plain.show(show(lecture_neuron(), **options), **page_options)
    plain.page.evaluate("""() => {
      window.seen = [];
      for (const name of ["beforeprint", "afterprint"]) addEventListener(name, () => {
        const { dataset, style } = document.querySelector(".mgw");
        const stage = document.querySelector(".mgw-stage");
        window.seen.push([name, dataset.theme, style.zoom, stage.hasAttribute("viewBox")]);
      });
    }""")
    zoom = figure.root.evaluate("(root) => root.style.zoom")
    before = figure.transform, size_of(figure)
    assert plain.page.pdf(**A4).startswith(b"%PDF")
    plain.page.wait_for_function("window.seen.length === 2")
    assert plain.page.evaluate("window.seen") == [
        ["beforeprint", "light", "", True],
        ["afterprint", page_options["theme"], zoom, False],
    ]
    figure.until(
        lambda: (figure.transform, size_of(figure)) == before,
        "the picture as it was on the screen",
    )


def test_a_dashboard_is_printed_with_its_pictures(plain, look):
    page_options, options = look
    training = Training(plain, hidden=[3], **options, **page_options)
    training.go(20)
    on_paper(plain.page)
    expect(training.root).to_have_attribute("data-theme", "light")
    is_black_on_white(training.root)
    for canvas in training.root.locator("canvas").all():
        if not canvas.is_visible():
            continue
        # Something is painted, and it stands on the page.
        assert canvas.evaluate("""(canvas) => {
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          return data.some((byte) => byte !== 0);
        }""")
        box = canvas.bounding_box()
        assert box["x"] + box["width"] <= PAGE["width"]
    for control in (".mgw-transport-bar", ".mgw-controls", ".mgw-boundary-tools", ".mgw-exporting"):
        expect(training.root.locator(control).first).to_be_hidden()
    expect(training.root.locator(".mgw-boundary-legend")).to_be_visible()


# What is to be printed, in the same task in which a browser says that it prints.
BEFORE_A_FRAME = """(root) => {
  const look = () => {
    const { left, right, width } = root.getBoundingClientRect();
    const canvases = [...root.querySelectorAll("canvas")].filter((c) => c.checkVisibility());
    const parts = [...canvases, ...root.querySelectorAll(".mgw-netview-unit")];
    const frame = root.querySelector(".mgw-boundary-frame").getBoundingClientRect();
    const ticks = [...root.querySelectorAll(".mgw-boundary-axes text")];
    const isPainted = (canvas) => {
      const { width, height } = canvas;
      return canvas.getContext("2d").getImageData(0, 0, width, height).data.some((x) => x !== 0);
    };
    return {
      width,
      sizes: canvases.map((c) => [c.width, c.height]),
      dense: canvases.every((c) => Math.abs(c.width - 2 * c.clientWidth) <= 2),
      painted: canvases.every(isPainted),
      whole: parts.map((part) => part.getBoundingClientRect()).every(
        (box) => box.left >= left && box.right <= right),
      ticked: ticks.every((tick) => tick.getBoundingClientRect().bottom <= frame.bottom + 1),
    };
  };
  const before = look();
  dispatchEvent(new Event("beforeprint"));
  const paper = look();
  dispatchEvent(new Event("afterprint"));
  return [before, paper, look()];
}"""


ON_A_SHEET = {"width": 600, "dense": True, "painted": True, "whole": True, "ticked": True}


def test_a_dashboard_is_ready_for_paper_before_the_next_frame(plain, look):
    page_options, options = look
    training = Training(plain, hidden=[3], **options, **page_options)
    training.go(20)
    before, paper, after = training.root.evaluate(BEFORE_A_FRAME)
    assert paper.pop("sizes") != before["sizes"]
    assert paper == ON_A_SHEET
    assert after == before


def test_what_is_out_of_sight_while_it_trains_is_ready_for_paper_too(plain_page):
    training = Training(plain_page(viewport={"width": 1280, "height": 300}), speed="1", steps=9999)
    training.button("Play").click()
    until(training.page, lambda: training.host.get("step") > 0, "a step")
    _, paper, _ = training.root.evaluate(BEFORE_A_FRAME)
    del paper["sizes"]
    assert paper == ON_A_SHEET


def test_what_goes_wrong_is_printed_whole(plain, look):
    page_options, options = look
    plain.mount(misconceptions(**options), **page_options)
    root = plain.page.locator(LESSON)
    expect(root.locator(".mgw-box").first).to_be_visible()
    on_paper(plain.page)
    is_black_on_white(root)
    for pane in root.locator(".mgw-pane").all():
        room = pane.bounding_box()
        for box in pane.locator(".mgw-box rect.mgw-frame").all():
            area = box.bounding_box()
            assert area["x"] + area["width"] <= room["x"] + room["width"] + 0.5
    expect(root.get_by_role("button", name="Next", exact=True)).to_be_hidden()
    expect(root.locator(".mgw-position")).to_be_visible()
