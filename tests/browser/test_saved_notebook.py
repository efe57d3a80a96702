"""A notebook of twenty diagrams and a dashboard in its file: small, not growing, never blank."""

from __future__ import annotations

import base64
import getpass
import json
import os
import socket
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE, README
from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import Visit, until
from tests.browser.servers import jupyter_server

STATE = "application/vnd.jupyter.widget-state+json"
SETUP = f"""from microgradwidgets import *
{README}
{LECTURE}
model, data = MLP(2, [16, 16, 1]), moons(100)
"""
CHAIN = """v = [Value(n / 7, label=f"v{{n}}") for n in range(5)]
while len(v) < {0}:
    v.append(v[-1] * v[-4] + v[-3].tanh())
show(v[-1])"""
SHOWN = [
    "show(g)",
    "show(g, direction='TB')",
    "show(o)",
    "show(o, predict=True)",
    "show(o, overlay='check')",
    "show(model([0.3, -0.2]))",
    "show(max_margin(model, data.xs[:1], data.ys[:1]).total_loss)",
    "show(max_margin(model, data.xs, data.ys).total_loss)",
    *(CHAIN.format(size) for size in (12, 25, 36, 100)),
    *(f"show(Neuron({size})([1.5] * {size}))" for size in (1, 2, 4, 8)),
    "show(MLP(3, [4, 4, 1])([2.0, 3.0, -1.0]))",
    "show(Value.sum([Value(n, label=f'x{n}') for n in range(50)]) * g)",
    "show(a * b, compare=Value(3.0) * Value(2.0))",
    "diagram = show(g + o)\ndiagram",
    "dashboard = Dashboard(steps=30)\ndashboard.play()\ndashboard",
]
MOST = 2_000_000
FIGURES = len(SHOWN)


class Saved(NamedTuple):
    """What stood in the file after each run and save, and once the outputs were cleared."""

    texts: list[str]
    cleared: str
    source: str
    folder: Path


def models(text: str) -> dict[str, Any]:
    """The widgets whose state the file holds, without their layouts."""
    kept = json.loads(text)["metadata"].get("widgets", {}).get(STATE, {"state": {}})["state"]
    return {name: one for name, one in kept.items() if one["model_name"] == "AnyModel"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Jupyter that saves the state of widgets."""
    folder = tmp_path_factory.mktemp("saving")
    setting = folder / "settings/@jupyter-widgets/jupyterlab-manager/plugin.jupyterlab-settings"
    setting.parent.mkdir(parents=True)
    setting.write_text('{"saveState": true}')
    with jupyter_server(folder) as server:
        yield server


@pytest.fixture(scope="module")
def saved(browser, server):
    path = write_notebook(server.folder / "many.ipynb", SETUP, *SHOWN)
    source = path.read_text("utf-8")
    visit = Visit.begin(browser, server)
    try:
        notebook = Notebook.open(visit, path)

        def file_with(count: int) -> str:
            """The file as soon as it has the state of so many widgets, all of them drawn.

            The dashboard keeps no layout.
            """

            def saved_again():
                notebook.command("docmanager:save")
                text = path.read_text("utf-8")
                states = [one["state"] for one in models(text).values()]
                layouts = sum(bool(one.get("_layout")) for one in states)
                return text if (len(states), layouts) == (count, max(0, count - 1)) else None

            return until(visit.page, saved_again, f"the state of {count} widgets", 30)

        texts = []
        for _ in range(3):
            notebook.run_all()
            dashboard = visit.page.locator(".mgw-dashboard").last
            taken = dashboard.get_by_role("textbox", name="taken")
            expect(taken).to_have_value("30", timeout=30_000)
            texts.append(file_with(FIGURES))
        notebook.command("notebook:clear-all-cell-outputs")
        cleared = file_with(0)
        notebook.shut_down()
    finally:
        visit.close()
    (server.folder / "many.ipynb").write_text(texts[-1], "utf-8")
    return Saved(texts, cleared, source, server.folder)


def test_twenty_diagrams_and_a_dashboard_stay_small_and_do_not_grow(saved):
    sizes = [len(text.encode("utf-8")) for text in saved.texts]
    assert max(sizes) < MOST
    assert max(sizes) / min(sizes) < 1.01, sizes
    outputs = [cell["outputs"] for cell in json.loads(saved.texts[-1])["cells"][1:]]
    assert [len(output) for output in outputs] == [2] * FIGURES


def test_cleared_outputs_leave_nothing_behind(saved):
    notebook = json.loads(saved.cleared)
    assert notebook["metadata"].get("widgets", {STATE: {"state": {}}})[STATE]["state"] == {}
    assert len(saved.cleared) - len(saved.source) < 1500, "the kernel's own language_info"


def test_where_states_are_not_saved_no_word_of_widgets_stays(lab, jupyter):
    path = write_notebook(jupyter.folder / "cleared.ipynb", f"{README}\nshow(g)")
    lab.beside(path)
    lab.run_all()
    lab.figure()
    lab.command("docmanager:save")
    assert "data:image/svg+xml" in path.read_text("utf-8")
    lab.command("notebook:clear-all-cell-outputs")
    lab.command("docmanager:save")
    notebook = json.loads(path.read_text("utf-8"))
    assert "widgets" not in notebook["metadata"]
    assert [cell["outputs"] for cell in notebook["cells"]] == [[]]
    lab.shut_down()
    lab.close()


def everything(text: str) -> str:
    """The file, and what its pictures and states hold in base64."""
    parts = [text]
    notebook = json.loads(text)
    for model in notebook["metadata"]["widgets"][STATE]["state"].values():
        parts += [as_text(buffer["data"]) for buffer in model.get("buffers", [])]
    for cell in notebook["cells"]:
        for output in cell["outputs"]:
            html = "".join(output.get("data", {}).get("text/html", ""))
            if "base64," in html:
                parts.append(as_text(html.partition("base64,")[2].partition('"')[0]))
    return "\n".join(parts)


def as_text(packed: str) -> str:
    return base64.b64decode(packed).decode("utf-8", "replace")


def test_a_saved_notebook_tells_nothing_of_the_machine(saved):
    text = everything(saved.texts[-1])
    names = [os.getcwd(), tempfile.gettempdir() + "/", "ipykernel_", str(saved.folder)]
    names.append(str(Path.home()) + "/")
    # Of a machine called `vm` and a user called `root` one cannot tell.
    names += [name for name in (socket.gethostname(), getpass.getuser()) if len(name) > 4]
    assert [name for name in names if name in text] == []


# -- reopened --------------------------------------------------------------------------------------

PLACES = ["lab/tree", "notebooks"]


def without_state(text: str) -> str:
    notebook = json.loads(text)
    del notebook["metadata"]["widgets"]
    return json.dumps(notebook, indent=1)


def few(text: str) -> str:
    """The first and the last figure, which are enough to look at."""
    notebook = json.loads(text)
    notebook["cells"] = [notebook["cells"][n] for n in (0, 1, FIGURES)]
    return json.dumps(notebook, indent=1)


@pytest.fixture
def reopened(visit, server, saved, request):
    """The saved notebook open once more, with another kernel that has run nothing, or none."""

    def reopen(place="lab/tree", *, with_state, trusted, with_kernel=True):
        text = few(saved.texts[-1])
        name = "".join(c for c in request.node.name if c.isalnum()) + ".ipynb"
        path = server.folder / name
        path.write_text(text if with_state else without_state(text), "utf-8")
        notebook = nbformat.read(path, 4)
        if trusted:
            NotebookNotary().sign(notebook)
        else:
            notebook.cells[0].source += "\n# from elsewhere"
            nbformat.write(notebook, path)
        view = visit(server)
        if with_kernel:
            Notebook.open(view, path, place)
        else:
            view.page.goto(server.link("lab", reset=""), wait_until="commit")
            until(view.page, lambda: view.page.evaluate("Boolean(window.jupyterapp)"), "Lab", 60)
            view.page.evaluate("window.jupyterapp.restored.then(() => {})")
            Notebook(view).command(
                "docmanager:open",
                path=name,
                kernelPreference={"shouldStart": False, "autoStartDefault": False},
            )
        return view

    return reopen


def shows_pictures(view):
    """Both pictures, and no word of what is missing."""
    outputs = view.page.locator(".jp-Cell-outputArea")
    for alt in ("24.7041", "Decision boundary"):
        expect(outputs.locator(f"img[alt*='{alt}']")).to_be_visible(timeout=30_000)
    expect(outputs.get_by_text("Run this cell to make it live")).to_have_count(2)


@pytest.mark.parametrize("place", PLACES)
def test_reopened_it_shows_pictures_and_no_complaint(reopened, place):
    view = reopened(place, with_state=False, trusted=True)
    shows_pictures(view)
    complaint = view.page.get_by_text("model not found")
    expect(complaint).to_have_count(2, timeout=30_000)
    for one in complaint.all():
        expect(one).to_be_hidden()
    view.forgive("model not found")


def test_reopened_with_the_state_of_its_widgets_it_shows_pictures_beside_them(reopened):
    view = reopened(with_state=True, trusted=True)
    shows_pictures(view)
    expect(view.page.get_by_text("Loading the diagram")).to_have_count(0, timeout=15_000)
    expect(view.page.get_by_text("waiting for Python")).to_have_count(0)
    shows_pictures(view)


def test_reopened_without_any_kernel_it_shows_pictures(reopened):
    view = reopened(with_state=True, trusted=True, with_kernel=False)
    shows_pictures(view)
    for one in view.page.get_by_text("Loading widget").all():
        expect(one).to_be_hidden()
    view.forgive("reading 'kernel'")  # the widget manager misses one


@pytest.mark.parametrize("place", PLACES)
def test_not_trusted_it_shows_pictures_and_what_they_are_of(reopened, place):
    view = reopened(place, with_state=True, trusted=False)
    shows_pictures(view)
    expect(view.page.get_by_text("Diagram(g = 24.7041, 35 values)")).to_be_visible()
    expect(view.page.get_by_text("not found")).to_have_count(0)
