"""The notebooks of the course, run from top to bottom as a learner runs them."""

from __future__ import annotations

import shutil

import pytest

from tests.browser.figure import FIGURE, Figure
from tests.browser.jupyter import Notebook
from tests.browser.pages import until
from tests.lessons import FOLDER, NOTEBOOKS

RUN_ALL = """async () => {
  const { shell, commands } = window.jupyterapp;
  await commands.execute("notebook:run-all-cells");
  return [...shell.currentWidget.content.widgets].flatMap(({ model }) =>
    model.type === "code"
      ? model.outputs.toJSON().filter((output) => output.output_type === "error")
      : [],
  );
}"""


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS])
def test_a_notebook_runs_and_every_diagram_in_it_is_drawn(visit, jupyter, name):
    for path in FOLDER.iterdir():
        if path.is_file():
            shutil.copyfile(path, jupyter.folder / path.name)
    # Tall enough for the whole notebook, so that no cell is left undrawn out of sight.
    page = visit(viewport={"width": 1280, "height": 12_000})
    notebook = Notebook.open(page, jupyter.folder / name)
    assert notebook.page.evaluate(RUN_ALL) == []
    shows = (FOLDER / name).read_text("utf-8").count("show(")
    figures = notebook.page.locator(f".jp-Cell-outputArea {FIGURE}")
    until(notebook.page, lambda: figures.count() >= shows, "a figure for every show")
    for nth in range(figures.count()):
        assert Figure(figures.nth(nth)).drawn().boxes
