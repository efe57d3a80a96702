"""The course in JupyterLite, from a plain web server: Python runs in the page as well."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.figure import FIGURE, Figure
from tests.browser.jupyter import PYTHON_STARTS, Notebook
from tests.browser.launching import CHROMIUM_ARGUMENTS
from tests.browser.pages import Visit, until
from tests.browser.steps import Stepper
from tests.lessons import FOLDER, NOTEBOOKS

QUICK_START = "00_quick_start.ipynb"

# A cell at a time, as a learner does who looks at each, and past those that fail; what each
# complains of.
RUN_EACH_CELL = """async () => {
  const { shell, commands } = window.jupyterapp;
  const notebook = shell.currentWidget.content;
  const complaints = {};
  for (const [index, cell] of [...notebook.widgets].entries()) {
    if (cell.model.type !== "code") continue;
    notebook.activeCellIndex = index;
    notebook.deselectAll();
    await commands.execute("notebook:run-cell").catch(() => {});
    const figures = () => [...cell.node.querySelectorAll(".jupyter-widgets")];
    const deadline = performance.now() + 60_000;
    while (!figures().every((figure) => figure.querySelector("svg"))) {
      if (performance.now() > deadline) throw new Error(`no figure: ${cell.node.innerText}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    for (const output of cell.model.outputs.toJSON())
      if (output.output_type === "error") complaints[cell.model.sharedModel.source] = output.evalue;
  }
  return complaints;
}"""

OPEN = """async (path) => {
  const panel = await window.jupyterapp.commands.execute("docmanager:open", { path });
  await panel.revealed;
}"""

OUTPUT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell-outputArea"

SOURCES = """() =>
  [...(window.jupyterapp?.shell.currentWidget?.content?.model?.sharedModel?.cells ?? [])]
    .filter((cell) => cell.cell_type === "code").map((cell) => cell.source)"""


@pytest.fixture(scope="module")
def window(browser, lite):
    """One page for all notebooks; tall enough for a whole one, so that every cell is drawn."""
    visit = Visit.begin(browser, lite, viewport={"width": 1280, "height": 12_000})
    yield visit
    visit.close()


def is_in_order(visit):
    """Nothing was asked of another machine, and no error is of our making."""
    # The browser asks for a picture at the root before the page has named its own; and Jupyter
    # looks for the files that a traceback names.
    for noise in ("/favicon.ico", "/api/resolvePath", "/all.json"):
        visit.forgive(noise)
    visit.assert_clean()
    return True


def test_the_quick_start_is_live_and_steps_by_keyboard(window):
    notebook = Notebook.open_lite(window, QUICK_START)
    assert notebook.page.evaluate("window.crossOriginIsolated") is False
    assert notebook.page.evaluate(RUN_EACH_CELL) == {}
    figures = notebook.page.locator(f".jp-Cell-outputArea {FIGURE}")
    expect(figures).to_have_count((FOLDER / QUICK_START).read_text("utf-8").count("show(") + 1)
    figure = Figure(figures.nth(1)).drawn()
    assert figure.box("o").value == "0.7071"
    stepper = Stepper(figure)
    stepper.press("Home", "ArrowRight")
    assert stepper.place.lower().startswith("step 1 of")
    stepper.press("ArrowRight")
    assert stepper.place.lower().startswith("step 2 of")
    assert is_in_order(window)


def test_what_a_learner_changes_is_there_after_a_reload(window):
    Notebook(window).run("mine = 42")
    Notebook(window).command("docmanager:save")
    window.page.reload(wait_until="commit")
    kept = "mine = 42"
    until(window.page, lambda: kept in window.page.evaluate(SOURCES), "the changed notebook", 60)
    assert is_in_order(window)


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS[1:]])
def test_every_notebook_of_the_course_runs(window, name):
    page = window.page
    page.evaluate(OPEN, name)
    Notebook(window).until_ready(PYTHON_STARTS)
    assert page.evaluate(RUN_EACH_CELL) == {}
    figures = page.locator(f"{OUTPUT} {FIGURE}")
    shows = (FOLDER / name).read_text("utf-8").count("show(")
    until(page, lambda: figures.count() >= shows, "a figure for every show")
    for nth in range(figures.count()):
        assert Figure(figures.nth(nth)).drawn().boxes
    assert is_in_order(window)


def test_a_chart_says_what_it_misses(window):
    """matplotlib is compiled, and comes from no place that this site may ask."""
    chart = "try: plot_dataset(moons(10))\nexcept ImportError as error: print(error)"
    chart = f"from microgradwidgets import moons, plot_dataset\n{chart}"
    assert "expected matplotlib to draw" in Notebook(window).run(chart).text
    assert is_in_order(window)


def test_a_dashboard_trains_and_python_knows(window):
    """In the notebook that was open last, which has a kernel."""
    notebook = Notebook(window)
    cell = notebook.run("from microgradwidgets import Dashboard\nd = Dashboard(steps=20)\nd")
    dashboard = cell.output.locator(".mgw-dashboard")
    dashboard.get_by_role("button", name="Play").click()
    expect(dashboard.locator(".mgw-transport-field")).to_have_value("20", timeout=30_000)

    def is_known():
        return notebook.run("print(d.run)").text.startswith("Run(20 steps, loss 0.")

    # The loop of the notebook is going on in the same kernel.
    until(window.page, is_known, "Python to know the run", 30)
    assert is_in_order(window)


def test_it_runs_where_the_browser_may_store_nothing(browser, lite, chromium, tmp_path):
    """With no place for a service worker either, as on a page that came by plain http."""
    (tmp_path / "Default").mkdir()
    denied = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(denied))
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium, args=CHROMIUM_ARGUMENTS
    )
    visit = Visit(lite, context, context.pages[0])
    try:
        notebook = Notebook.open_lite(visit, QUICK_START)
        storage = "try { localStorage; 'given' } catch (error) { error.name }"
        assert notebook.page.evaluate(storage) == "SecurityError"
        show = "from microgradwidgets import Value, show\nshow(Value(2.0) * Value(3.0))"
        assert notebook.run(show).figure().boxes
        assert not visit.outside
    finally:
        visit.close()


def test_the_site_is_small_enough_to_hand_around(lite):
    files = [path for path in lite.folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 60e6
    assert not [path for path in files if path.suffix == ".map"]
