"""Pages on paper: text, code, formulas and figures black on white, however dark the screen is."""

from __future__ import annotations

from contextlib import closing

import nbformat
import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, misconceptions, page, show
from tests.browser.figure import FIGURE, Figure
from tests.browser.test_paper import A4, brightness, is_black_on_white, on_paper
from tests.lecture import run
from tests.vectors import lecture_neuron

nbconvert = pytest.importorskip("nbconvert")

TEXT = """# On paper

Some *text* with a [link](#x), `code`, and a table:

| a | b |
| - | - |
| 1 | 2 |

> A quotation.
"""
CODE = """from microgradwidgets import Value, show  # a comment
x = Value(2.0, label="x")
def square(x): return x ** 2.0
print(f"{square(x).data}")
import sys; print("\\x1b[31mred\\x1b[0m and plain", file=sys.stderr)
show(square(x))"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A notebook with everything that has a colour, as a page."""
    nb = nbformat.v4.new_notebook()
    nb.cells = [
        nbformat.v4.new_markdown_cell(
            f"{TEXT}\nand $$\\frac{{x}}{{2}} + y$$\n\n```python\nx = 1\n```"
        ),
        nbformat.v4.new_code_cell(CODE),
    ]
    nb = run(nb, tmp_path_factory.mktemp("paper"))
    return nbconvert.get_exporter("microgradhtml")().from_notebook_node(nb)[0]


@pytest.fixture(params=["auto", "dark"])
def theme(request):
    return request.param


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page on a dark system."""
    with closing(browser.new_context(offline=True, color_scheme="dark")) as context:
        window = context.new_page()

        def begin(text):
            path = tmp_path / "page.html"
            path.write_text(text, "utf-8")
            window.goto(path.as_uri())
            for figure in window.locator(FIGURE).all():
                Figure(figure).drawn()
            assert brightness(ground(window)) < 50
            return window

        yield begin


def ground(window):
    return window.evaluate("getComputedStyle(document.body).backgroundColor")


def is_printed_black_on_white(window):
    """And dark again on the screen after."""
    before = ground(window)
    for background in (True, False):
        assert window.pdf(**A4, print_background=background).startswith(b"%PDF")
    assert ground(window) == before
    on_paper(window)
    window.emulate_media(media="print", color_scheme="dark")
    is_black_on_white(window.locator("body"))
    for root in window.locator(".mgw").all():
        expect(root).to_have_attribute("data-theme", "light")
        is_black_on_white(root)


def test_a_page(opened, theme):
    lesson = [TEXT, show(lecture_neuron()), Dashboard(hidden=[2], n_samples=8), misconceptions()]
    window = opened(page(lesson, title="On paper", theme=theme))
    is_printed_black_on_white(window)


def test_a_notebook_as_a_page(opened, notebook, theme):
    window = opened(notebook.replace('data-theme="auto"', f'data-theme="{theme}"', 1))
    is_printed_black_on_white(window)
    for seen in (".k", ".s2", ".c1", ".nb", ".ansi-red-fg", "blockquote", "math", "td"):
        assert window.locator(seen).first.evaluate("(e) => getComputedStyle(e).color") == (
            "rgb(0, 0, 0)"
        )
    grounds = window.locator("pre, .highlight").evaluate_all(
        "(all) => all.map((e) => getComputedStyle(e).backgroundColor)"
    )
    assert {*grounds} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
