"""The export menu: what it copies and saves, in the page's clipboard and in real files."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.image import imread
from playwright.sync_api import expect

from microgradwidgets import MLP, Value, show
from microgradwidgets.text import visible_text
from tests.browser.expressions import LECTURE
from tests.browser.jupyter import write_notebook
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "g", "rect", "path", "text", "tspan", "linearGradient", "stop"}
# What belongs to the page alone.
INTERACTIVE = re.compile(r"^(tabindex|class|style|data-.*|on.*|.*href)$")
PERMISSIONS = ["clipboard-read", "clipboard-write"]


def button(figure, name="Export"):
    return figure.root.get_by_role("button", name=name, exact=True)


def menu(figure):
    return figure.root.get_by_role("menu", name="Export")


def choose(figure, name):
    button(figure).click()
    figure.root.get_by_role("menuitem", name=name, exact=True).click()


def expect_said(figure, words):
    """A sentence that is shown over the picture, and spoken."""
    expect(figure.root.locator(".mgw-notice")).to_have_text(words)
    expect(figure.root.locator(".mgw-live")).to_have_text(words)


def saved(figure, name):
    """What a save entry hands to the browser: its name and its bytes."""
    with figure.page.expect_download() as download:
        choose(figure, name)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


# -- the menu -------------------------------------------------------------------------------------


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_the_menu_is_worked_by_keys_alone(plain):
    figure = plain.show(show(lecture_neuron()))
    keyboard = plain.page.keyboard
    button(figure).focus()
    expect(button(figure)).to_have_attribute("aria-haspopup", "menu")
    keyboard.press("Enter")
    expect(menu(figure)).to_be_visible()
    expect(button(figure)).to_have_attribute("aria-expanded", "true")
    assert focused(plain.page) == "Copy DOT"
    keyboard.press("ArrowUp")
    assert focused(plain.page) == "Save page (HTML)"
    keyboard.press("ArrowDown")
    assert focused(plain.page) == "Copy DOT"
    keyboard.press("End")
    assert focused(plain.page) == "Save page (HTML)"
    keyboard.press("Home")
    keyboard.press("s")
    assert focused(plain.page) == "Save SVG"
    keyboard.press("s")
    assert focused(plain.page) == "Save PNG (2×)"
    keyboard.press("Escape")
    expect(menu(figure)).to_be_hidden()
    assert focused(plain.page) == "Export"
    expect(button(figure)).to_have_attribute("aria-expanded", "false")
    keyboard.press("ArrowUp")
    assert focused(plain.page) == "Save page (HTML)"
    keyboard.press("Tab")
    expect(menu(figure)).to_be_hidden()
    assert figure.selected == []


@pytest.mark.parametrize("place", ["page", "picture", "button"])
def test_a_click_elsewhere_closes_the_menu(plain, place):
    figure = plain.show(show(lecture_neuron()))
    button(figure).click()
    expect(menu(figure)).to_be_visible()
    if place == "page":
        plain.page.mouse.click(20, 900)
    elif place == "picture":
        figure.click("x1")
    else:
        button(figure).click()
    expect(menu(figure)).to_be_hidden()


def test_in_a_narrow_figure_the_menu_is_in_view(plain):
    figure = plain.show(show(Value(1.0, label="x") * 2), width=300)
    button(figure).click()
    room, area = figure.root.bounding_box(), menu(figure).bounding_box()
    assert room["x"] <= area["x"]
    assert area["x"] + area["width"] <= room["x"] + room["width"]
    assert area["y"] + area["height"] <= room["y"] + room["height"]


# -- text -----------------------------------------------------------------------------------------


@pytest.fixture
def with_clipboard(plain):
    plain.page.context.grant_permissions(PERMISSIONS)
    return plain


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_dot_is_copied_as_python_writes_it(with_clipboard, direction):
    diagram = show(readme_expression(), direction=direction)
    figure = with_clipboard.show(diagram)
    choose(figure, "Copy DOT")
    dot = diagram.to_dot()
    expect_said(figure, f"DOT copied, {len(dot):,} characters")
    assert clipboard(figure.page) == dot
    assert figure.has_focus


def test_dot_of_a_large_expression_is_its_end_and_the_sentence_says_so(with_clipboard):
    value = Value(1.0, label="x")
    for _ in range(1500):
        value = value * 1.001
    diagram = show(value)
    figure = with_clipboard.show(diagram)
    choose(figure, "Copy DOT")
    expect_said(figure, re.compile("^DOT of the last 1,000 of 3,001 values copied, "))
    assert clipboard(figure.page) == diagram.to_dot()


@pytest.mark.parametrize("notation", ["written", "primitives"])
def test_latex_is_copied_as_python_writes_it(with_clipboard, notation):
    diagram = show(readme_expression())
    diagram.notation = notation
    figure = with_clipboard.show(diagram)
    choose(figure, "Copy LaTeX")
    latex = diagram.to_latex()
    expect_said(figure, f"LaTeX copied, {len(latex):,} characters")
    assert clipboard(figure.page) == latex


def test_latex_of_a_large_expression_is_its_end_and_the_sentence_says_so(with_clipboard):
    value = Value(1.0, label="x")
    for _ in range(1500):
        value = value * 1.001
    figure = with_clipboard.show(show(value))
    choose(figure, "Copy LaTeX")
    expect_said(figure, re.compile("^LaTeX of the last 100 steps copied, "))


def test_the_code_that_is_copied_builds_the_expression_with_the_learners_numbers(with_clipboard):
    diagram = show(lecture_neuron())
    figure = with_clipboard.show(diagram)
    with_clipboard.set("edits", [[0, 0.1], [1, "-inf"]])
    choose(figure, "Copy Python")
    diagram.edits = {"x1": 0.1, "w1": -float("inf")}
    code = diagram.to_python()
    expect_said(figure, f"Python copied, {len(code):,} characters")
    assert clipboard(figure.page) == code
    variables = {}
    exec(code, variables)
    assert variables["o"].data == diagram.value.data


def test_a_state_that_was_copied_is_the_state_in_python(with_clipboard):
    diagram = show(lecture_neuron())
    figure = with_clipboard.show(diagram)
    figure.choose("Colour", "value")
    figure.choose("Direction", "top to bottom")
    figure.fit()
    figure.click("b")
    with_clipboard.set("edits", [[0, 0.1], [1, "-inf"]])
    choose(figure, "Copy state")
    expect_said(figure, re.compile("^State copied, "))
    text = clipboard(figure.page)
    expect_said(figure, f"State copied, {len(text)} characters")
    again = show(lecture_neuron(), state=text)
    assert again.state == text
    assert (again.overlay, again.direction, again.selected.label) == ("value", "TB", "b")
    assert [*again.edits.values()] == [0.1, -float("inf")]


REFUSE = "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));"


def test_where_the_clipboard_is_refused_a_selection_is_copied(with_clipboard):
    figure = with_clipboard.show(show(lecture_neuron()))
    figure.page.evaluate(f"() => {{ {REFUSE} }}")
    choose(figure, "Copy state")
    expect_said(figure, "State copied, 4 characters")
    assert clipboard(figure.page) == "mgw1"
    assert figure.root.locator("textarea").count() == 0
    assert focused(figure.page) == "Export"


def test_where_nothing_may_be_copied_the_text_is_there_to_select(with_clipboard):
    diagram = show(lecture_neuron())
    figure = with_clipboard.show(diagram)
    figure.page.evaluate(f"() => {{ {REFUSE} document.execCommand = () => false }}")
    choose(figure, "Copy DOT")
    text = figure.root.get_by_role("textbox", name="Text to copy")
    expect(text).to_be_focused()
    assert text.input_value() == diagram.to_dot()
    selected = text.evaluate("(area) => area.selectionEnd - area.selectionStart")
    assert selected == len(diagram.to_dot())
    figure.page.keyboard.press("d")  # means nothing to the figure behind
    figure.page.keyboard.press("Escape")
    expect(text).to_have_count(0)
    assert focused(figure.page) == "Export"
    choose(figure, "Copy DOT")
    figure.root.get_by_role("button", name="Close", exact=True).last.click()
    expect(text).to_have_count(0)


# -- pictures -------------------------------------------------------------------------------------


def parsed(svg):
    """The picture as any XML parser reads it, which must be safe and stand alone."""
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    names = {name for element in root.iter() for name in element.attrib}
    assert [name for name in names if INTERACTIVE.match(name)] == []
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert [value for value in values if "var(" in value or "px" in value] == []
    assert [value for value in values if "url(" in value and value != "url(#mgw-scale)"] == []
    roles = [element.get("role") for element in root.iter() if element.get("role")]
    assert roles == ["img"]
    ids = [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")]
    assert root.get("aria-labelledby").split() == ids
    return root


def words(root):
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_an_svg_shows_the_whole_picture_however_it_is_looked_at(plain):
    figure = plain.show(show(readme_expression()))
    name, whole = saved(figure, "Save SVG")
    assert name == "g.svg"
    expect_said(figure, "SVG saved")
    root = parsed(whole)
    width, height = (float(root.get(side)) for side in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {width:g} {height:g}"
    assert root.find(f"{SVG}title").text == "Expression graph: g = 24.7041"
    assert root.find(f"{SVG}desc").text.startswith("g = 24.7041, 35 values, 2 leaves, 6 constants")
    shown = figure.root.locator(".mgw-world text:not(.mgw-probe)").all_text_contents()
    assert words(root)[: len(shown)] == shown
    assert {"gradient", "−645.5773", "number on an arrow: its local derivative"} <= {*words(root)}
    figure.hold_focus("background")
    for key in ("+", "+", "+", "Shift+ArrowLeft"):
        figure.page.keyboard.press(key)
    assert saved(figure, "Save SVG")[1] == whole


def open_image(page, svg):
    """The file by itself on an empty page, as its pixels."""
    page.evaluate(
        """(svg) => new Promise((resolve, reject) => {
          const image = new Image();
          Object.assign(image.style, { position: "absolute", top: "0", left: "0" });
          image.onload = () => resolve();
          image.onerror = () => reject(new Error("no picture"));
          image.src = "data:image/svg+xml;base64," + btoa(unescape(encodeURIComponent(svg)));
          document.body.replaceChildren(image);
          document.body.style.margin = "0";
        })""",
        svg.decode(),
    )
    return pixels(page.locator("img").screenshot())


def pixels(png):
    return imread(BytesIO(png))[..., :3]


def box_at(figure, name):
    """A box on the page, with a little of what is around it."""
    area = figure.box(name).area
    x, y = round(area["x"]) - 6, round(area["y"]) - 6
    return x, y, round(area["width"]) + 12, round(area["height"]) + 12


def moved(place, transform):
    """How far things are from where they are in the file, in whole pixels."""
    stage, on_stage = place
    ours, theirs = (
        [float(n) for n in re.findall(r"-?[\d.]+", words)][:2] for words in (on_stage, transform)
    )
    return round(stage["x"] + ours[0] - theirs[0]), round(stage["y"] + ours[1] - theirs[1])


def network():
    x = [Value(0.3, label="x1"), Value(-0.2, label="x2")]
    return MLP(2, [3, 3, 1])(x)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("expression", ["lecture", "network"])
def test_an_svg_opens_by_itself_and_looks_as_on_the_page(plain, theme, expression):
    value = lecture_neuron() if expression == "lecture" else network()
    figure = plain.show(show(value), theme=theme)
    figure.fit()
    assert figure.transform.endswith("scale(1)"), "the expression fits into the window"
    if expression == "lecture":
        figure.click("b")
    figure.page.mouse.move(0, 0)
    button(figure).focus()
    boxes = {box.name: box_at(figure, box.name) for box in figure.boxes}
    figure_place = figure.stage.bounding_box(), figure.transform
    # What begins to be dimmed is so at once.
    page = pixels(figure.page.screenshot(animations="disabled"))
    _, svg = saved(figure, "Save SVG")
    root = parsed(svg)
    alone = open_image(figure.page, svg)
    assert alone.shape[:2] == (int(root.get("height")), int(root.get("width")))
    dx, dy = moved(figure_place, root.find(f"{SVG}g").get("transform"))
    for name, (x, y, width, height) in boxes.items():
        ours = page[y : y + height, x : x + width]
        theirs = alone[y - dy : y - dy + height, x - dx : x - dx + width]
        assert np.abs(ours - theirs).mean() < 0.02, name
    corner = alone[2, 2]
    assert corner.mean() > 0.95 if theme == "light" else corner.mean() < 0.15


def test_what_a_label_holds_stays_text_in_the_file(plain):
    labels = [label_of(row) for row in rows("label")]
    # Products and not a sum, which would be folded into one box.
    product = Value(1.0)
    for label in labels:
        product = product * Value(1.0, label=label)
    figure = plain.show(show(product))
    name, svg = saved(figure, "Save SVG")
    assert name == "product.svg"
    root = parsed(svg)
    shown = {*words(root)}
    for label in labels:
        if label.strip():
            assert visible_text(label).replace("\n", "↵") in shown
    assert figure.page.evaluate("window.__pwn") is None
    open_image(figure.page, svg)


@pytest.mark.parametrize("label", ["a\x0bb", "\ud800 & <", "]]>", "x\ufffe", "-" * 300])
def test_title_and_description_are_valid_whatever_the_output_is_called(plain, label):
    figure = plain.show(show(Value.relu(2.0, label=label)))
    root = parsed(saved(figure, "Save SVG")[1])
    shown = visible_text(label)
    assert root.find(f"{SVG}title").text == f"Expression graph: {shown} = 2"
    assert root.find(f"{SVG}desc").text.startswith(f"{shown} = 2, 2 values")


def size_of_png(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_is_twice_as_dense_and_has_a_background(plain, theme):
    figure = plain.show(show(lecture_neuron()), theme=theme)
    _, svg = saved(figure, "Save SVG")
    name, png = saved(figure, "Save PNG (2×)")
    expect_said(figure, "PNG saved")
    assert name == "o.png"
    root = parsed(svg)
    assert size_of_png(png) == tuple(2 * int(root.get(side)) for side in ("width", "height"))
    picture = imread(BytesIO(png))
    assert picture.shape[2] == 3 or picture[..., 3].min() == 1.0
    small = open_image(figure.page, svg)
    halved = picture[::2, ::2, :3]
    assert np.abs(small - halved).mean() < 0.05


def test_a_picture_too_large_for_twice_the_density_is_made_coarser_and_says_so(plain):
    value = Value(1.0, label="x")
    for _ in range(40):
        value = value * 1.1
    figure = plain.show(show(value))
    _, png = saved(figure, "Save PNG (2×)")
    expect_said(figure, re.compile(r"^PNG saved at [01]\.\d+×: at 2× it would be too large"))
    assert max(size_of_png(png)) == 8192


# -- without a kernel -----------------------------------------------------------------------------


def test_everything_can_be_taken_away_when_the_kernel_is_gone(lab, jupyter):
    lab.page.context.grant_permissions(PERMISSIONS)
    source = f"{LECTURE}\ndiagram = show(o)\nprint(diagram.to_dot())\ndiagram"
    lab.beside(write_notebook(jupyter.folder / "export.ipynb", source))
    lab.run_all()
    figure = lab.figure()
    dot = figure.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea pre").first
    expected = dot.text_content()
    lab.shut_down()
    choose(figure, "Copy DOT")
    expect_said(figure, re.compile("^DOT copied"))
    assert clipboard(lab.page).strip() == expected.strip()
    figure.choose("Direction", "top to bottom")
    choose(figure, "Copy state")
    expect_said(figure, re.compile("^State copied"))
    assert clipboard(lab.page) == "mgw1;direction=TB"
    name, svg = saved(figure, "Save SVG")
    assert name == "o.svg"
    assert "tanh" in words(parsed(svg))
    name, png = saved(figure, "Save PNG (2×)")
    assert name == "o.png"
    assert size_of_png(png)[0] > 500
    lab.close()
    # The widget manager says what it could not send, whatever the widget.
    lab.visit.forgive("Could not send")
