"""A notebook open in JupyterLab or Notebook 7, driven by commands: menus race with the kernel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, expect

from tests.browser.figure import FIGURE, Figure
from tests.browser.pages import Visit, until

# What command mode does with these: delete the cell, restart the kernel, insert below and above,
# cut and undo, make it Markdown and code, copy and paste, merge, interrupt.
COMMAND_KEYS = ["d", "d", "0", "0", "b", "a", "x", "z", "m", "y", "c", "v", "Shift+M", "i", "i"]

READY = """async () => {
  const app = window.jupyterapp;
  if (!app) return false;
  await app.restored;
  const panel = app.shell.currentWidget;
  if (!panel?.sessionContext || !panel.content?.model) return false;
  await panel.context.ready;
  await panel.sessionContext.ready;
  const kernel = panel.sessionContext.session?.kernel;
  return kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""

# Resolves when the kernel has answered, and tells which cell it was and what it complained of.
RUN = """async (source) => {
  const { shell, commands } = window.jupyterapp;
  const notebook = shell.currentWidget.content;
  const cells = notebook.model.sharedModel;
  cells.insertCell(cells.cells.length, { cell_type: "code", source });
  notebook.activeCellIndex = cells.cells.length - 1;
  notebook.deselectAll();
  await commands.execute("notebook:run-cell");
  const { model, node } = notebook.activeCell;
  node.dataset.cell = model.id;
  const outputs = model.outputs.toJSON();
  const errors = outputs.filter((output) => output.output_type === "error");
  const text = outputs.filter((output) => output.name === "stdout").map((output) => output.text);
  return {
    id: model.id,
    error: errors.map((error) => error.traceback.join("\\n")).join("\\n"),
    text: text.flat().join(""),
  };
}"""

PYTHON_STARTS = 150
"""Seconds that a Python which comes with the page may take."""

CLEAR = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
  cells.deleteCellRange(0, cells.cells.length);
}"""


def write_notebook(path: Path, *cells: str) -> Path:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)
    return path


@dataclass(frozen=True)
class Cell:
    """A code cell that has run."""

    notebook: Notebook
    id: str
    text: str

    @property
    def output(self) -> Locator:
        return self.notebook.page.locator(f'[data-cell="{self.id}"] .jp-Cell-outputArea')

    def figure(self, nth: int = 0) -> Figure:
        """The figure in the output, once its picture is drawn."""
        return Figure(self.output.locator(FIGURE).nth(nth)).drawn()


class Notebook:
    """The notebook in front, with a kernel that answers."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page

    @classmethod
    def open(cls, visit: Visit, path: Path, place: str = "lab/tree") -> Notebook:
        name = path.relative_to(visit.server.folder).as_posix()
        visit.page.goto(visit.server.link(f"{place}/{name}", reset=""), wait_until="commit")
        notebook = cls(visit)
        notebook.until_ready()
        return notebook

    @classmethod
    def open_lite(cls, visit: Visit, name: str) -> Notebook:
        """A notebook of the course in JupyterLite, as a link to it opens it."""
        visit.page.goto(visit.server.link(f"lab/index.html?path={name}"), wait_until="commit")
        notebook = cls(visit)
        notebook.until_ready(PYTHON_STARTS)
        return notebook

    def beside(self, path: Path) -> Notebook:
        """Another notebook in the same window, with a kernel of its own."""
        name = path.relative_to(self.visit.server.folder).as_posix()
        self.command("docmanager:open", path=name)
        in_front = "(name) => window.jupyterapp.shell.currentWidget?.context?.path === name"
        until(self.page, lambda: self.page.evaluate(in_front, name), "the notebook in front", 60)
        self.until_ready()
        return self

    def close(self) -> None:
        """Close the notebook in front."""
        self.page.evaluate("window.jupyterapp.shell.currentWidget.dispose()")

    def until_ready(self, seconds: float = 60) -> None:
        until(self.page, lambda: self.page.evaluate(READY), "a connected kernel", seconds)

    def clear(self) -> None:
        """Away with all cells, and back to the top."""
        self.page.evaluate(CLEAR)

    def run(self, source: str) -> Cell:
        """Add a cell at the end and run it; fails where Python does."""
        answer = self.page.evaluate(RUN, source)
        assert answer["error"] == "", answer["error"]
        return Cell(self, answer["id"], answer["text"])

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")

    def command(self, name: str, **arguments: object) -> None:
        self.page.evaluate(
            "([name, options]) => window.jupyterapp.commands.execute(name, options).then(() => {})",
            [name, arguments],
        )

    def figure(self, nth: int = 0) -> Figure:
        """A figure of the notebook in front, once its picture is drawn."""
        outputs = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell-outputArea")
        return Figure(outputs.locator(FIGURE).nth(nth)).drawn()

    def wear(self, theme: str) -> None:
        """Change JupyterLab's theme; its splash screen cannot bear a second change at once."""
        self.command("apputils:change-theme", theme=f"JupyterLab {theme}")
        expect(self.page.locator("body")).to_have_attribute(
            "data-jp-theme-name", f"JupyterLab {theme}"
        )
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def shut_down(self) -> None:
        """End the kernel."""
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def cell_ids(self) -> list[str]:
        ids: list[str] = self.page.evaluate(
            "[...window.jupyterapp.shell.currentWidget.content.model.cells].map((c) => c.id)"
        )
        return ids

    def cell_types(self) -> list[str]:
        types: list[str] = self.page.evaluate(
            "[...window.jupyterapp.shell.currentWidget.content.model.cells].map((c) => c.type)"
        )
        return types

    def kernel_id(self) -> str:
        answer: str = self.page.evaluate(
            "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
        )
        return answer
