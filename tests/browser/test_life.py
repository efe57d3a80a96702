"""What a figure leaves behind: nothing on the page, and a picture in the file."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE, README
from tests.browser.figure import FIGURE
from tests.browser.jupyter import Notebook, write_notebook

RUNS = 20
# A figure that stays behind would leave more than this.
LISTENERS_OF_A_FIGURE = 10


def layout_workers(page):
    """Workers made from a Blob are ours; JupyterLab loads its own by address."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


@pytest.fixture
def counts(lab):
    """Counts the page's event listeners after a thorough collection of garbage."""
    session = lab.visit.context.new_cdp_session(lab.page)
    session.send("Performance.enable")

    def count():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in metrics}["JSEventListeners"]

    yield count
    session.detach()


def growth(lab, source, count, is_there, runs=RUNS):
    """Listeners that stay when one cell runs again and again."""
    lab.clear()
    lab.run(source)
    lab.command("notebook:run-cell")
    is_there()
    before = count()
    for _ in range(runs):
        lab.command("notebook:run-cell")
    is_there()
    return count() - before


def test_running_a_cell_again_and_again_leaves_nothing_behind(lab, counts):
    def drawn():
        lab.figure()
        expect(lab.page.locator(FIGURE)).to_have_count(1)

    def slid():
        expect(lab.page.locator(".jp-OutputArea .widget-slider")).to_have_count(1)

    neuron = f"{LECTURE}\nshow(o)"
    growth(lab, neuron, counts, drawn, runs=5)  # what is made once per page is there from now on
    # The widget manager keeps the model of every widget, even of a plain slider.
    slider = growth(lab, "import ipywidgets\nipywidgets.IntSlider()", counts, slid)
    ours = growth(lab, neuron, counts, drawn)
    assert ours <= slider + LISTENERS_OF_A_FIGURE * RUNS
    assert len(layout_workers(lab.page)) == 1


def test_clearing_the_output_takes_everything_away(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)\nshow(o)").figure()
    lab.run("show(n)").figure()
    assert len(layout_workers(lab.page)) == 1, "one worker for all figures"
    lab.command("notebook:clear-all-cell-outputs")
    expect(lab.page.locator(FIGURE)).to_have_count(0)
    figure.until(lambda: layout_workers(lab.page) == [], "the worker to end")
    lab.run("show(o)").figure()
    assert len(layout_workers(lab.page)) == 1


def test_a_figure_goes_on_when_the_kernel_is_gone(lab, jupyter):
    """Numbers, layout and selection are the browser's own."""
    lab.beside(write_notebook(jupyter.folder / "stopped.ipynb", f"{README}\nshow(g)"))
    lab.run_all()
    figure = lab.figure()
    lab.shut_down()
    figure.choose("Direction", "top to bottom")
    figure.fit()
    figure.click("e")
    expect(figure.panel.locator(".mgw-equation").first).to_have_text("e=c−d =−1−6 =−7")
    assert figure.selected == ["e"]
    lab.close()
    # The widget manager says what it could not send, whatever the widget.
    lab.visit.forgive("Could not send")


SAVES_STATE = "@jupyter-widgets/jupyterlab-manager:saveWidgetState"


@pytest.fixture
def saved(lab, jupyter):
    """A notebook that was run and saved, and whose kernel has ended since."""

    def save(name, *, with_state):
        lab.beside(write_notebook(jupyter.folder / name, f"{README}\nshow(g)"))
        lab.run_all()
        lab.figure()
        if with_state:
            lab.command(SAVES_STATE)
        lab.command("docmanager:save")
        if with_state:  # for all of JupyterLab, until it is asked for again
            lab.command(SAVES_STATE)
        lab.shut_down()
        lab.close()
        return jupyter.folder / name

    return save


def test_saved_output_holds_a_picture(saved):
    """The form that GitHub, nbviewer and an untrusted notebook show: an <img>, or a table."""
    path = saved("saved.ipynb", with_state=False)
    (cell,) = json.loads(path.read_text())["cells"]
    (output,) = [output for output in cell["outputs"] if "text/html" in output.get("data", {})]
    page = "".join(output["data"]["text/html"])
    assert '<img src="data:image/svg+xml;base64,' in page or "<table>" in page
    assert "g = 24.7041" in page
    assert path.stat().st_size < 150_000


@pytest.mark.parametrize("with_state", [False, True], ids=["plain", "with-widget-state"])
def test_reopened_without_its_kernel_it_shows_a_picture(saved, visit, with_state):
    path = saved(f"reopened-{with_state}.ipynb", with_state=with_state)
    notebook = Notebook.open(visit(), path)
    output = notebook.page.locator(".jp-NotebookPanel .jp-Cell-outputArea")
    picture = output.locator("img[alt*='24.7041']").or_(output.get_by_role("table"))
    expect(picture.first).to_be_visible(timeout=15_000)
    # The widget manager's own word about what its file does not hold.
    notebook.visit.forgive("model not found")
