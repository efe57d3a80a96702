"""Faults between a page and its Python, in JupyterLab: interrupts, dead kernels, dropped lines.

Each time: what is said, what is still there, and that the next thing one does works.
"""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE
from tests.browser.jupyter import write_notebook
from tests.browser.pages import until

SOON = 30_000
"""Milliseconds that a crowded machine may take for what a kernel has to do first."""

BEGIN = """(source) => {
  const { shell, commands } = window.jupyterapp;
  const notebook = shell.currentWidget.content;
  const cells = notebook.model.sharedModel;
  cells.insertCell(cells.cells.length, { cell_type: "code", source });
  notebook.activeCellIndex = cells.cells.length - 1;
  notebook.deselectAll();
  window.begun = commands.execute("notebook:run-cell");
}"""

WATCH_STATUS = """() => {
  window.statuses = [];
  window.jupyterapp.shell.currentWidget.sessionContext.statusChanged.connect(
    (_, status) => window.statuses.push(status),
  );
}"""

TRAINS = {
    "values": """
from microgradwidgets import MLP, backward, group, max_margin, moons
data, model, losses = moons(10), MLP(2, [4, 1]), []
print("training")
while True:
    with group("step"):
        loss = max_margin(model, data.xs, data.ys).total_loss
    gradients = backward(loss)
    losses.append(loss.data)
    model = model.apply_gradients(gradients, 0.1)
""",
    "train": """
from microgradwidgets import MLP, moons, steps
data, model, losses = moons(10), MLP(2, [4, 1]), []
print("training")
for step in steps(model, data, steps=None):
    losses.append(step.loss)
    model = step.model_after
""",
}

CHECK = """
from microgradwidgets import Tape
again = model([1.0, 2.0])
print(len(losses) > 0, [one.name for one in Tape.record(again).groups].count("step"))
x = Value(3.0, label="x")
print(backward(x * x)[x])
"""

WATCH = """
from microgradwidgets import MLP, Dashboard, moons, steps
dashboard = Dashboard(hidden=[3])
dashboard.watch(steps(MLP(2, [3, 1]), moons(20), steps=None))
dashboard
"""


@pytest.fixture
def notebook(lab, jupyter, request):
    """A notebook of the test's own, with a kernel that may come to harm."""
    name = "".join(c for c in request.node.name if c.isalnum())
    lab.beside(write_notebook(jupyter.folder / f"{name}.ipynb", ""))
    lab.run("from microgradwidgets import Value, backward, show")
    # JupyterLab says in a dialog, at any time after it, that a kernel died, and asks nothing.
    lab.page.add_locator_handler(lab.page.locator(".jp-Dialog"), dismiss)
    yield lab
    lab.page.remove_locator_handler(lab.page.locator(".jp-Dialog"))
    lab.close()
    # What the widget manager says of messages that nobody takes, whatever the widget.
    for words in ("Could not send", "Canceled future", "Kernel", "kernel", "WebSocket"):
        lab.visit.forgive(words)


def dismiss(dialog):
    dialog.page.keyboard.press("Escape")


def panel(lab):
    return lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


@pytest.mark.parametrize("kind", TRAINS)
def test_an_interrupt_while_a_cell_trains_stops_it_and_keeps_what_it_had(notebook, kind):
    notebook.page.evaluate(BEGIN, TRAINS[kind])
    expect(panel(notebook).get_by_text("training", exact=True)).to_be_visible(timeout=SOON)
    notebook.command("notebook:interrupt-kernel")
    said = panel(notebook).locator(".jp-RenderedText[data-mime-type$='stderr'], .jp-OutputArea")
    expect(said.get_by_text("KeyboardInterrupt").first).to_be_visible(timeout=SOON)
    notebook.until_ready()
    assert notebook.run(CHECK).text == "True 0\n6.0\n"
    assert notebook.run("show(x * x)").figure().box("x").texts[4] == "6"


def glance(lab, name):
    entries = panel(lab).locator(".mgw-glance > div")
    return entries.filter(has=lab.page.get_by_text(name, exact=True)).locator("dd").last


def test_a_loop_under_watch_whose_kernel_is_killed_stays_where_it_was(notebook):
    notebook.run(WATCH)
    expect(glance(notebook, "run")).to_have_text("your loop", timeout=SOON)
    pid = int(
        notebook.run("import os\nprint(os.getpid(), len(dashboard.history) * 0)").text.split()[0]
    )
    until(
        notebook.page, lambda: not glance(notebook, "step").inner_text().startswith("0 "), "a step"
    )
    os.kill(pid, signal.SIGKILL)
    root = panel(notebook).locator(".mgw-dashboard").last
    expect(root.get_by_text("Kernel lost")).to_be_visible(timeout=SOON)
    step = glance(notebook, "step").inner_text()
    assert step.replace(",", "").split()[0] != "0"
    expect(root.get_by_text("run the cell again")).to_be_visible(timeout=SOON)
    assert glance(notebook, "step").inner_text() == step
    notebook.until_ready()
    notebook.run(WATCH)
    expect(glance(notebook, "run")).to_have_text("your loop", timeout=SOON)
    notebook.run("dashboard.stop()\nprint(dashboard.watching)")


@pytest.mark.parametrize("fault", ["killed", "restarted"])
def test_a_diagram_that_is_edited_keeps_its_numbers_when_the_kernel_goes(notebook, fault):
    cell = notebook.run(f"{LECTURE}\nimport os\nprint(os.getpid())\nshow(o)")
    figure = cell.figure()
    figure.click("x2")
    field = figure.root.get_by_label("x2, as a number")
    field.fill("1")
    field.press("Enter")
    before = [box.texts for box in figure.boxes]
    if fault == "killed":
        notebook.page.evaluate(WATCH_STATUS)
        os.kill(int(cell.text), signal.SIGKILL)
        gone = 'window.statuses.includes("autorestarting")'
        until(notebook.page, lambda: notebook.page.evaluate(gone), "the end of the kernel", 30)
    else:
        notebook.page.evaluate(
            "window.jupyterapp.shell.currentWidget.sessionContext.restartKernel().then(() => {})"
        )
    notebook.until_ready()
    assert [box.texts for box in figure.boxes] == before
    field.fill("0.5")
    field.press("Enter")
    assert figure.box("x2").texts[2] == "0.5"
    figure.press_button("Undo")
    assert figure.box("x2").texts[2] == "1"
    again = notebook.run(f"from microgradwidgets import *\n{LECTURE}\nshow(o)").figure()
    assert again.box("x2").texts[2] == "0"


def test_a_server_that_stops_and_goes_on_is_missed_and_found_again(notebook):
    notebook.run(
        "from microgradwidgets import Dashboard\ndashboard = Dashboard(steps=100_000)\ndashboard"
    )
    server = int(notebook.run("import os\nprint(os.getppid())").text)
    root = panel(notebook).locator(".mgw-dashboard").last
    root.get_by_role("button", name="Play").click()
    step = lambda: int(root.locator(".mgw-transport-field").input_value())  # noqa: E731
    until(notebook.page, lambda: step() > 0, "a step")
    os.kill(server, signal.SIGSTOP)
    try:
        expect(
            root.get_by_text("Kernel lost or busy").or_(root.get_by_text("Kernel lost"))
        ).to_be_visible(timeout=SOON)
        missed = step()
        until(notebook.page, lambda: step() > missed, "more steps")
    finally:
        os.kill(server, signal.SIGCONT)
    expect(root.get_by_text("Python answers again")).to_be_visible(timeout=SOON)
    assert step() > missed
    points = root.get_by_role("group", name="Points", exact=True).get_by_role("textbox")
    points.fill("50")
    points.press("Enter")
    expect(root.get_by_text("50 train, 0 test")).to_be_visible(timeout=SOON)


def test_a_widget_that_python_closes_while_the_page_trains_leaves_its_picture(notebook):
    cell = notebook.run(
        "from microgradwidgets import Dashboard\ndashboard = Dashboard(steps=100_000)\ndashboard"
    )
    root = panel(notebook).locator(".mgw-dashboard").last
    root.get_by_role("button", name="Play").click()
    until(
        notebook.page, lambda: root.locator(".mgw-transport-field").input_value() != "0", "a step"
    )
    knows = lambda: notebook.run("print(dashboard.step > 0)").text == "True\n"  # noqa: E731
    until(notebook.page, knows, "Python to know of it", 30)
    kept = notebook.run("dashboard.close()\nprint(dashboard.step > 0, len(dashboard.history) > 0)")
    assert kept.text == "True True\n"
    expect(panel(notebook).locator(".mgw-dashboard")).to_have_count(0)
    expect(
        cell.output.locator("[class^=mgw-still] img, [class^=mgw-still] table").first
    ).to_be_visible()
    again = notebook.run("Dashboard(**{'hidden': [3]})")
    expect(again.output.locator(".mgw-dashboard")).to_be_visible(timeout=SOON)
