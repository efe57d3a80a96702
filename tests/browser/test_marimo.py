"""``show(value)`` in marimo, as an app that runs and as a notebook that is edited."""

from __future__ import annotations

from textwrap import indent

import pytest
from playwright.sync_api import expect

from tests.browser.exported import exported_by_marimo, opened
from tests.browser.expressions import LECTURE, number
from tests.browser.figure import FIGURE, Figure
from tests.browser.servers import marimo_server

APP = f"""\
import marimo

app = marimo.App()


@app.cell
def _():
{indent(LECTURE, "    ")}
    diagram = show(o)
    diagram
    return diagram, o


@app.cell
def _(diagram):
    print("selected:", diagram.selected)
    return


if __name__ == "__main__":
    app.run()
"""


@pytest.fixture(params=["run", "edit"])
def marimo(request, tmp_path):
    notebook = tmp_path / "neuron.py"
    notebook.write_text(APP, encoding="utf-8")
    # `edit` waits to be told to run, unless the folder says otherwise.
    (tmp_path / "pyproject.toml").write_text("[tool.marimo.runtime]\nauto_instantiate = true\n")
    with marimo_server(tmp_path, notebook, request.param) as server:
        yield server


def test_figure_with_its_numbers(marimo, visit):
    page = visit(marimo).page
    page.goto(marimo.link(""))
    figure = Figure(page.locator(FIGURE).first).drawn(30)
    gradients = {name: figure.box(name).gradient for name in ("x1", "w1", "x2", "w2", "b")}
    numbers = {name: number(text) for name, text in gradients.items()}
    assert numbers == {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5}
    assert figure.box("o").value == "0.7071"
    figure.fit()
    figure.click("n")
    expect(figure.panel.locator("code")).to_have_text("n = x1 * w1 + x2 * w2 + b")
    assert figure.selected == ["n"]
    figure.choose("Colour", "value")
    figure.choose("Direction", "top to bottom")
    figure.until(
        lambda: figure.box("o").area["y"] > figure.box("n").area["y"], "a picture downwards"
    )


def test_a_page_that_marimo_exports_has_the_picture(browser, tmp_path):
    notebook = tmp_path / "neuron.py"
    notebook.write_text(APP, encoding="utf-8")
    with opened(browser, exported_by_marimo(notebook), marimo_answers=True) as seen:
        picture = seen.page.get_by_role("img", name="Expression graph: o = 0.7071, 10 values")
        expect(picture).to_be_visible()
        assert picture.evaluate("(img) => img.naturalWidth") > 0
        expect(
            seen.page.get_by_text("A still picture. Run this cell to make it live.")
        ).to_be_visible()
        assert seen.errors == []


def test_a_live_figure_hides_the_picture_beside_it(marimo, visit):
    page = visit(marimo).page
    page.goto(marimo.link(""))
    Figure(page.locator(FIGURE).first).drawn(30)
    pictures = page.locator('img[alt^="Expression graph"]')
    expect(pictures).to_have_count(1)
    expect(pictures).to_be_hidden()
