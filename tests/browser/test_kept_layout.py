"""A picture that was laid out once is there at once, to the same tenth of a point."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import MLP, show, to_html
from tests.browser.figure import FIGURE, Figure
from tests.vectors import readme_expression

LINES = """(root) => [...root.querySelectorAll(".mgw-arrow path, .mgw-box, .mgw-arrow text")].map(
  (one) => ["d", "transform", "x", "y"].map((name) => one.getAttribute(name))
)"""

# Whatever would start Graphviz.
NO_GRAPHVIZ = """() => {
  window.started = 0;
  window.Worker = class { constructor() { window.started++; throw new Error("no worker here"); } };
}"""

EXPRESSIONS = {"README": readme_expression, "score": lambda: MLP(2, [4, 4, 1])([0.3, -0.2])}


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_a_kept_picture_is_the_one_of_graphviz(plain, name, direction):
    value = EXPRESSIONS[name]()
    drawn = plain.show(show(value, direction=direction))
    wanted = drawn.root.evaluate(LINES)
    kept = plain.get("_layout")
    assert 0 < len(kept) < 60_000
    plain.page.evaluate(NO_GRAPHVIZ)
    diagram = show(value, direction=direction)
    diagram._layout = kept
    again = plain.show(diagram)
    assert again.root.evaluate(LINES) == wanted
    assert plain.page.evaluate("window.started") == 0


def test_a_page_opens_with_the_picture_that_was_seen(plain, browser, tmp_path):
    diagram = show(MLP(2, [4, 4, 1])([0.3, -0.2]))
    wanted = plain.show(diagram).root.evaluate(LINES)
    diagram._layout = plain.get("_layout")
    diagram.unfolded = plain.get("unfolded")
    path = to_html(diagram, tmp_path / "page.html", engine=False)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    opened = Figure(page.locator(FIGURE).first).drawn()
    assert opened.root.evaluate(LINES) == wanted
    boxes = len(opened.boxes)
    opened.toggle("layer 1")
    assert len(opened.boxes) != boxes
    expect(opened.root.get_by_role("table")).to_have_count(0)
    context.close()


def test_what_is_kept_of_another_picture_is_not_shown(plain):
    plain.show(show(EXPRESSIONS["score"]()))
    diagram = show(readme_expression())
    diagram._layout = plain.get("_layout")
    assert len(plain.show(diagram).boxes) == 35
    assert plain.get("_layout") != diagram._layout
