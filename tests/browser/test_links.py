"""A page opened by a link: in the very state that the link says, or as it was made, with a word."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, Value, embed, page, show, to_html
from tests.browser.figure import FIGURE
from tests.browser.linked import opening
from tests.browser.pages import until
from tests.vectors import lecture_neuron

CLOSE = 1e-12


@pytest.fixture
def opened(browser, tmp_path):
    with opening(browser, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    "state",
    [
        "mgw1;step=4;edits=0:1.5,3:-0.25",
        "mgw1;edits=0:nan;overlay=value;direction=TB;theme=dark",
        "mgw1;selected=4;overlay=check;check_step=0.001;notation=primitives",
        "mgw1;step=9;predict=yes",
    ],
)
def test_a_link_shows_what_python_makes_of_its_state(opened, state):
    value = lecture_neuron()
    ours = opened.open(to_html(show(value)), f"#{state}").texts
    assert opened.notes.count() == 0
    theirs = opened.open(to_html(show(value, state=state))).texts
    assert ours == theirs


def test_a_link_restores_place_and_scale(opened):
    opened.open(to_html(lecture_neuron()), "#mgw1;view=100,50,1.25")
    figure = opened.figure
    until(opened.window, lambda: "scale(1.25)" in figure.transform, "the scale of the link")


def test_a_link_that_was_copied_leads_back(opened):
    value = lecture_neuron()
    opened.open(to_html(show(value, overlay="value", state="mgw1;step=3")), "#mgw1;edits=0:7")
    figure = opened.figure
    figure.choose("Colour", "gradient")
    figure.press_button("Show all")
    texts = opened.texts
    link = opened.copied_link()
    assert link.endswith("page.html#mgw1;step=none;edits=0:7;overlay=gradient")
    assert len(link) < 2000
    assert opened.go(link).texts == texts
    # And in Python, whatever it is shown with.
    state = link.partition("#")[2]
    again = show(value, overlay="value", state=state)
    assert (again.step, again.overlay, [*again.edits.values()]) == (None, "gradient", [7.0])


def test_another_address_is_followed_and_so_is_the_same_once_more(opened):
    text = "[At x = 7](#mgw1;edits=0:7), [the other](#2/mgw1;step=0)."
    x = Value(2.0, label="x")
    opened.open(page([text, x * x, x + x]))
    for _ in range(2):
        opened.window.get_by_role("link", name="At x = 7").click()
        until(opened.window, lambda: opened.figures[0].box("x").value == "7", "the edit")
        opened.window.get_by_role("button", name="Reset", exact=True).first.click()
        until(opened.window, lambda: opened.figures[0].box("x").value == "2", "the way back")
    opened.window.get_by_role("link", name="the other").click()
    until(opened.window, lambda: opened.figures[1].box("x").gradient == "?", "the other's step")
    assert opened.figures[0].box("x").gradient == "4"
    assert opened.window.locator(FIGURE).count() == 2


def test_all_of_a_link_or_nothing(opened):
    x = Value(2.0, label="x")
    opened.open(page([x * x, x + x]), "#mgw1;edits=0:7&2/mgw1;step=99")
    assert [figure.box("x").value for figure in opened.figures] == ["2", "2"]
    note = opened.notes
    expect(note).to_have_text(re.compile("expected step to be in 0…3, got: 99"))
    assert opened.window.locator("[data-mgw-widget='1']").get_by_role("alert").count() == 1
    note.get_by_role("button", name="Close").click()
    expect(note).to_have_count(0)
    assert opened.figures[1].root.evaluate("(root) => document.activeElement === root")


HOSTILE = [
    *("#mgw2;step=1", "#mgw1;step=-1", "#mgw1;step=1000000000", "#mgw1;edits=1:2;selected=0"),
    *("#mgw1;stpe=1", "#mgw1;step=1;step=2", "#mgw1;edits=0:1;st", "#mgw1;step=1&1/mgw1;step=2"),
    *("#mgw1;selected=99", "#mgw1;step", "#mgw1%253Bstep=1", "#mgw1;step=%E0%A4%A", "#9/mgw1"),
    *("#javascript:alert(1)", "#<img src=x onerror=alert(1)>", "#mgw1;overlay=<script>alert(1)"),
    *("#mgw1;theme=__proto__", "#mgw1;view=1,2,nan", "#%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
    "#mgw1;edits=" + "1:1," * 25_000 + "1:1",
]


@pytest.mark.parametrize("fragment", HOSTILE, ids=lambda x: x[:30])
def test_a_link_that_does_not_fit_is_said_and_changes_nothing(opened, fragment):
    x = Value(2.0, label="x")
    text = to_html(x * x)
    opened.open(text, fragment)
    expect(opened.notes).to_have_text(re.compile("^The link does not fit, .*expected .*, got: "))
    assert opened.notes.evaluate("(note) => note.querySelectorAll('*').length") == 1  # its button
    assert opened.notes.evaluate("(note) => note.textContent.length") < 500
    mine = opened.texts
    assert opened.open(text).texts == mine
    assert opened.notes.count() == 0


LONG = "A line.\n\n" * 60


@pytest.mark.parametrize("place", [1, 2])
def test_a_link_leads_to_its_figure(opened, place):
    x = Value(2.0, label="x")
    window = opened.open(page([LONG, x * x, LONG, x + x, LONG]), f"#{place}/mgw1;step=0").window
    assert opened.figures[place - 1].box("x").gradient == "?"
    assert opened.window.evaluate("scrollY") > 500
    until(window, lambda: is_in_sight(window, place), "the figure that the link is of")


def test_a_link_in_the_text_leads_to_its_figure_and_the_reader_away_from_it(opened):
    x = Value(2.0, label="x")
    text = f"[The second](#2/mgw1;step=0), [none](#2/mgw1;stpe=0).\n\n{LONG}"
    training = Dashboard(hidden=[2], n_samples=8)
    window = opened.open(page([text, training, LONG, x + x, LONG])).window
    opened.is_at(0)
    for name in ("The second", "none"):
        window.get_by_role("link", name=name).click()
        until(window, lambda: is_in_sight(window, 2), "the second figure")
        window.mouse.wheel(0, -100_000)
        until(window, lambda: window.evaluate("scrollY") == 0, "the beginning")


def test_what_is_wrong_with_a_link_is_said_in_sight(opened):
    x = Value(2.0, label="x")
    window = opened.open(page([LONG, x * x, LONG, x + x, LONG]), "#2/mgw1;step=99").window
    expect(opened.notes).to_be_visible()
    until(window, lambda: is_in_sight(window, 2), "the figure")
    expect(opened.notes).to_be_in_viewport(ratio=1)


def test_a_figure_in_sight_stays_where_it_is(opened):
    opened.open(to_html(lecture_neuron(), title="Here"), "#mgw1;step=2")
    assert opened.figure.box("o")
    assert opened.window.evaluate("scrollY") == 0


def is_in_sight(window, place):
    """Its beginning, in the upper half."""
    area = window.locator("[data-mgw-widget]").nth(place - 1).bounding_box()
    return 0 <= area["y"] <= window.viewport_size["height"] / 2


def test_a_place_in_the_text_is_no_state(opened):
    opened.open(to_html(lecture_neuron()), "#intro")
    assert opened.texts
    assert opened.notes.count() == 0


def test_a_link_that_would_be_too_long_is_not_copied(opened):
    leaves = [Value(float(i), label=f"x{i}") for i in range(200)]
    diagram = show(sum(leaves))
    diagram.edits = {leaf: leaf.data / 7 for leaf in leaves}
    opened.open(to_html(diagram))
    assert opened.figure
    opened.export("Copy link")
    dialog = opened.window.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile(r"would have \d,\d{3} characters; .* after 2,000"))
    assert dialog.get_by_role("textbox").input_value() == diagram.state


def test_a_frame_has_no_link_of_its_own(opened):
    window = opened.open(f"<!doctype html><title>x</title>{embed(lecture_neuron())}").window
    frame = window.frame_locator("iframe")
    frame.get_by_role("button", name="Export", exact=True).click()
    expect(frame.get_by_role("menuitem", name="Copy state", exact=True)).to_be_visible()
    expect(frame.get_by_role("menuitem", name="Copy link", exact=True)).to_have_count(0)


def test_nor_has_a_notebook(plain):
    figure = plain.show(show(lecture_neuron()))
    figure.press_button("Export")
    expect(figure.root.get_by_role("menuitem", name="Copy state", exact=True)).to_be_visible()
    expect(figure.root.get_by_role("menuitem", name="Copy link", exact=True)).to_have_count(0)


def test_another_address_is_followed_in_every_browser(tab, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(to_html(lecture_neuron()), "utf-8")
    tab.open(path)
    shows = """(text) =>
      [...document.querySelectorAll('.mgw-box text')].some((one) => one.textContent === text)"""
    tab.until(shows, "6.8814")
    tab.evaluate("() => void (location.hash = '#mgw1;edits=0:7;step=3')")
    tab.until(shows, "7")
    tab.until(shows, "?")
    tab.evaluate("() => void (location.hash = '#mgw1;step=99')")
    tab.until("() => document.querySelector('.mgw-page-note')?.textContent.includes('got: 99')")
    assert tab.evaluate(shows, "7")
    tab.click_on(".mgw-page-note button")
    tab.until("() => document.querySelector('.mgw-page-note') === null")
