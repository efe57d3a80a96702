"""Light, dark, forced colours, narrow windows: readable in each."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from microgradwidgets.engine import fresh_id
from tests.browser.expressions import LECTURE, README
from tests.browser.jupyter import Notebook, write_notebook

# The colour of every text and of what it stands on.
TEXTS = """(root) => {
  const style = (element) => getComputedStyle(element);
  const under = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = style(e).backgroundColor;
      if (!/^rgba.*, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const pairs = [];
  for (const text of root.querySelectorAll(".mgw-box text, .mgw-outline text")) {
    const around = text.closest(".mgw-badge, .mgw-mark") ?? text.closest(".mgw-box, .mgw-outline");
    const paper = around.querySelector(":scope > rect:not(.mgw-stack), :scope > path");
    const opacity = Number(style(text).opacity);
    pairs.push([text.textContent, style(text).fill, style(paper).fill, opacity]);
  }
  for (const text of root.querySelectorAll(".mgw-arrow text")) {
    pairs.push([text.textContent, style(text).fill, under(root), 1]);
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("svg, style, [hidden], .mgw-live") || !node.data.trim()) continue;
    pairs.push([node.data, style(element).color, under(element), 1]);
  }
  return pairs;
}"""


def channels(colour):
    return [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink, paper, opacity):
    ink, paper = channels(ink), channels(paper)
    ink = [opacity * i + (1 - opacity) * p for i, p in zip(ink, paper, strict=True)]
    light = sorted(luminance([c / 255 for c in colour]) for colour in (ink, paper))
    return (light[1] + 0.05) / (light[0] + 0.05)


def assert_readable(figure):
    pairs = figure.root.evaluate(TEXTS)
    assert len(pairs) > 20
    faint = [pair for pair in pairs if contrast(*pair[1:]) < 4.5]
    assert faint == []


def background(figure):
    (paper,) = figure.root.evaluate("(root) => [getComputedStyle(root).backgroundColor]")
    return luminance([c / 255 for c in channels(paper)])


def test_every_text_has_contrast_in_light_and_dark(lab):
    figure = lab.run(f"{README}\nshow(g)").figure()
    figure.fit()
    light = background(figure), figure.box("b").fill
    assert light[0] > 0.8
    for overlay in ("value", "none", "gradient"):
        figure.choose("Colour", overlay)
        assert_readable(figure)
    lab.wear("Dark")
    try:
        figure.until(lambda: background(figure) < 0.1, "a dark figure")
        assert figure.box("b").fill != light[1]
        for overlay in ("value", "none", "gradient"):
            figure.choose("Colour", overlay)
            assert_readable(figure)
    finally:
        lab.wear("Light")
    figure.until(lambda: (background(figure), figure.box("b").fill) == light, "light again")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_and_the_list_of_keys_have_contrast(lab, theme):
    figure = lab.run(f"{LECTURE}\nshow(o, theme={theme!r})").figure()
    figure.root.get_by_role("button", name="Keys").click()
    assert_readable(figure)
    lab.page.keyboard.press("Escape")
    figure.frame("n").hover()
    expect(figure.root.locator(".mgw-tooltip")).to_be_visible()
    assert_readable(figure)
    # Selecting dims the rest on purpose; what is lit stays readable.
    figure.named("o").focus()
    lab.page.keyboard.press("Enter")
    expect(figure.panel).to_be_visible()
    assert_readable(figure)


def test_a_theme_that_is_asked_for_stays(lab):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o, theme='dark')\ndiagram").figure()
    assert background(figure) < 0.1
    assert_readable(figure)
    lab.run("diagram.theme = 'auto'")
    figure.until(lambda: background(figure) > 0.8, "the theme of the page")


LOOKS = """(box) => {
  const frame = getComputedStyle(box.querySelector("rect.mgw-frame"));
  const ring = getComputedStyle(box.querySelector(".mgw-focus"));
  return [frame.stroke, frame.strokeWidth, frame.strokeDasharray, ring.stroke].join(" ");
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_forced_colours_leave_words_and_tell_states_apart(plain_page, theme):
    page = plain_page(forced_colors="active", color_scheme=theme)
    zero = Value(0.0, label="zero")
    fine = (Value(2.0, label="two") * 3.0).with_label("six")
    wrong = (zero**-1.0).with_label("wrong")
    figure = page.show(show((wrong * fine + 1.0).with_label("end"), names=False), theme=theme)
    assert figure.box("six").fill != figure.box("six").outline
    assert_readable(figure)
    figure.named("six").focus()
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("ArrowRight")
    names = {"selected": "six", "focused": "wrong × six", "lit": "end", "begins": "wrong"}
    looks = {
        state: figure.drawn_for(figure.named(name)).evaluate(LOOKS)
        for state, name in {**names, "behind": "zero"}.items()
    }
    assert len(set(looks.values())) == len(looks), looks
    marks = figure.stage.locator(".mgw-mark path").evaluate_all(
        "(marks) => marks.map((mark) => getComputedStyle(mark).fill)"
    )
    assert len(set(marks)) == 2, "filled where it began"


def test_a_narrow_window_keeps_everything_in_reach(visit, jupyter):
    path = write_notebook(jupyter.folder / "narrow.ipynb", f"{LECTURE}\nshow(o)")
    notebook = Notebook.open(visit(viewport={"width": 320, "height": 640}), path, "notebooks")
    notebook.run_all()
    figure = notebook.figure()
    room = figure.root.bounding_box()
    assert room["x"] >= 0
    assert room["x"] + room["width"] <= 320
    for control in figure.root.get_by_role("button").or_(figure.root.get_by_role("combobox")).all():
        area = control.bounding_box()
        if area:
            assert room["x"] <= area["x"]
            assert area["x"] + area["width"] <= room["x"] + room["width"]
    figure.fit()
    figure.click("n")
    expect(figure.panel).to_be_visible()
    wide = figure.root.evaluate("(root) => root.scrollWidth - root.clientWidth")
    assert wide <= 0
    figure.panel.get_by_role("button", name="Close").click()
    expect(figure.panel).to_be_hidden()


def test_twice_as_large_is_usable(visit, jupyter):
    """Zoom of 200 % is half the room at twice the density."""
    path = write_notebook(jupyter.folder / "zoomed.ipynb", f"{LECTURE}\nshow(o)")
    options = {"viewport": {"width": 640, "height": 480}, "device_scale_factor": 2}
    notebook = Notebook.open(visit(**options), path, "notebooks")
    notebook.run_all()
    figure = notebook.figure()
    figure.click("o")
    expect(figure.panel).to_be_visible()
    assert figure.root.evaluate("(root) => root.scrollWidth - root.clientWidth") <= 0


# Words and numbers of each box that lie on one another or reach over its edge; a title is clipped.
COLLISIONS = """(root) => {
  const found = [];
  for (const box of root.querySelectorAll(".mgw-box")) {
    const frame = box.querySelector("rect.mgw-frame").getBoundingClientRect();
    const texts = [...box.querySelectorAll(":scope > text:not([aria-hidden])")].map((text) => ({
      words: text.textContent, ...text.getBoundingClientRect().toJSON(),
    }));
    for (const text of texts) {
      if (text.left < frame.left || text.right > frame.right) found.push([text.words, "edge"]);
      for (const other of texts) {
        const apart = text.right <= other.left || other.right <= text.left;
        const sameLine = Math.abs(text.bottom - other.bottom) < text.height / 2;
        if (text.left < other.left && sameLine && !apart) found.push([text.words, other.words]);
      }
    }
  }
  return found;
}"""


def long_numbers():
    x, y = Value(-123456.789, label="x"), Value(-0.000123456, label="y")
    return x * 1234.5678 + y * -98765.4321 + (x + y).relu()


def long_exponents():
    """Eleven characters, in every kind of box: there is none longer."""
    x, y = Value(-1.2345e170, label="x"), Value(-1.2345e-130, label="y")
    since = fresh_id()
    inside = ((x * 6.5454) * (y * -8.0812e-101)).with_group("g", since)
    return inside * -1.2345e-102


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("make", [long_numbers, long_exponents])
def test_no_words_run_into_one_another(plain, make, direction):
    figure = plain.show(show(make(), names=False, direction=direction))
    assert figure.root.evaluate(COLLISIONS) == []
    if figure.frames:
        figure.toggle("g")
        assert figure.root.evaluate(COLLISIONS) == []


OVERLAPPING_PAIRS = """(list) => [...list.querySelectorAll("dt")].filter((word) => {
  const range = document.createRange();
  range.selectNodeContents(word);
  const ink = range.getBoundingClientRect();
  const meaning = word.nextElementSibling.getBoundingClientRect();
  return ink.right > meaning.left && ink.bottom > meaning.top && ink.top < meaning.bottom;
}).map((word) => word.textContent)"""


def test_the_panel_of_a_narrow_figure_keeps_words_and_numbers_apart(visit, jupyter):
    path = write_notebook(jupyter.folder / "panel.ipynb", f"{LECTURE}\nshow(o)")
    notebook = Notebook.open(visit(viewport={"width": 320, "height": 640}), path, "notebooks")
    notebook.run_all()
    figure = notebook.figure()
    figure.named("o").focus()
    notebook.page.keyboard.press("Enter")
    numbers = figure.panel.locator("dl").first
    assert numbers.evaluate(OVERLAPPING_PAIRS) == []


def test_the_list_of_keys_writes_each_key_on_one_line(lab):
    figure = lab.run(f"{README}\nshow(g)").figure()
    figure.root.get_by_role("button", name="Keys").click()
    keys = figure.root.get_by_role("region", name="Keys").locator("dt")
    heights = keys.evaluate_all(
        """(keys) => keys.map((key) => {
          const range = document.createRange();
          range.selectNodeContents(key);
          return [key.textContent, new Set([...range.getClientRects()].map((r) => r.top)).size];
        })"""
    )
    assert [words for words, lines in heights if lines > 1] == []
