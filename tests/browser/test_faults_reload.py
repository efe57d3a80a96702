"""A page of JupyterLab that is loaded anew while a network trains in it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import until

SOON = 60_000
# Asked of the kernel beside the notebook: a new cell would scroll the dashboard out of the window.
ASK = """async (code) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const future = kernel.requestExecute({ code, silent: false, store_history: false });
  let text = "";
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") text += content.text;
  };
  await future.done;
  return text.trim();
}"""


def test_a_page_reloaded_while_it_trains_goes_on_from_what_python_knows(visit, jupyter):
    source = "from microgradwidgets import Dashboard\nboard = Dashboard(steps=100_000)\nboard"
    path = write_notebook(jupyter.folder / "reloaded.ipynb", source)
    notebook = Notebook.open(visit(), path)
    page = notebook.page

    def asked(code):
        # What is printed while a page that was loaded anew takes up its line again may be lost.
        return until(page, lambda: page.evaluate(ASK, code), "an answer of the kernel", 30)

    def known():
        return int(asked("print(board.step)"))

    def losses():
        return asked("print([row['loss'] for row in board.history])")[1:-1].split(", ")

    def board():
        return page.locator(".jp-NotebookPanel .mgw-dashboard")

    def step():
        return int(board().locator(".mgw-transport-field").input_value())

    notebook.run_all()
    board().get_by_role("button", name="Play").click()
    until(page, lambda: known() > 0, "a step in Python", 30)
    notebook.command("docmanager:save")
    taken = losses()
    page.reload(wait_until="commit")
    notebook.until_ready()
    field = board().locator(".mgw-transport-field")
    expect(field).to_be_enabled(timeout=SOON)
    reached = known()
    assert reached > 0
    until(page, lambda: known() > reached, "the training to go on", 30)
    assert step() > reached
    assert losses()[: len(taken)] == taken
    field.fill("7")
    field.press("Enter")
    until(page, lambda: known() == 7, "the new step in Python", 30)
    assert step() == 7
    board().get_by_role("button", name="Play").click()
    until(page, lambda: known() > 7, "more steps", 30)
