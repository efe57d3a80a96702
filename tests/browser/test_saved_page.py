"""A figure saved from its own menu as a page: what Python writes, as the learner left it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, Value, show, to_html
from tests.browser.figure import FIGURE, Figure
from tests.browser.training import Training
from tests.test_pages import block, elements
from tests.vectors import lecture_neuron

# What a page says in words and pictures differs; these are the data that make it live.
NAMES = ("widgets", "figures", "graphviz")


def save(root, entry):
    root.get_by_role("button", name="Export", exact=True).click()
    with root.page.expect_download() as download:
        root.get_by_role("menuitem", name=entry, exact=True).click()
    name = download.value.suggested_filename
    return name, Path(download.value.path()).read_text("utf-8")


def told_apart(text):
    """The traits of the one widget of a page."""
    (widget,) = json.loads(block(text, "widgets"))
    return widget


@pytest.fixture
def alone(browser):
    """A window without a network, for a file."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_a_saved_diagram_is_what_python_writes(plain):
    diagram = show(lecture_neuron())
    figure = plain.show(diagram)
    name, text = save(figure.root, "Save page (HTML)")
    assert name == "o.html"
    theirs = to_html(diagram)
    ours, wanted = told_apart(text), told_apart(theirs)
    # What the page alone knows.
    known = {"theme": ours["theme"], "_layout": ours["_layout"]}
    assert {key: ours[key] for key in wanted} == {**wanted, **known}
    assert block(text, "graphviz") == block(theirs, "graphviz")
    assert elements(text, "meta") == elements(theirs, "meta")


def test_a_saved_dashboard_is_what_python_writes(plain):
    name, text = save(Training(plain, hidden=[2]).root, "Save page (HTML)")
    assert name == "training-step-0.html"
    theirs = to_html(Dashboard(hidden=[2]))
    ours, wanted = told_apart(text), told_apart(theirs)
    # What the page has told Python in the meantime.
    told = {"result", "clock", "theme"}
    assert {k: ours[k] for k in wanted if k not in told} == {
        k: x for k, x in wanted.items() if k not in told
    }
    for part in ("figures", "graphviz"):
        assert block(text, part) == block(theirs, part)


def test_a_saved_page_opens_as_it_was_left(plain, alone, tmp_path):
    x = Value(2.0, label="x</script>")
    figure = plain.show(show(x * x, overlay="value"))
    plain.set("edits", [[0, 3.0]])
    _, text = save(figure.root, "Save page (HTML)")
    (tmp_path / "page.html").write_text(text, "utf-8")
    alone.goto((tmp_path / "page.html").as_uri())
    opened = Figure(alone.locator(FIGURE).first).drawn()
    assert [box.texts for box in opened.boxes] == [box.texts for box in figure.boxes]
    expect(alone.locator(".mgw-place img")).to_be_hidden()
    # And once more, from the page itself, which has no notebook around it.
    _, again = save(opened.root, "Save page (HTML)")
    assert told_apart(again) == told_apart(text)
