"""Every notebook of the course runs from top to bottom, and is kept without its outputs."""

import ast
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.reference import MOONS

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def executed(notebook: nbformat.NotebookNode, **options: object) -> nbformat.NotebookNode:
    """Run a notebook where a learner has it: in the folder of the course."""
    where = {"metadata": {"path": str(FOLDER)}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where)
    client.execute(**options)
    return notebook


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def test_there_is_a_course() -> None:
    assert NOTEBOOKS


def test_a_notebook_runs_and_each_show_leaves_a_picture(notebook: nbformat.NotebookNode) -> None:
    executed(notebook)
    shown = [o["data"] for c in notebook.cells for o in c.get("outputs", []) if "data" in o]
    live = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    still = [data["text/html"] for data in shown if "text/html" in data]
    assert len(live) == len(still) > 0
    assert all("<img" in picture or "<table" in picture for picture in still)


def test_nothing_but_results_is_printed(notebook: nbformat.NotebookNode) -> None:
    # Under pytest a kernel does not capture what libraries written in C print; a learner's does.
    env = {name: text for name, text in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    executed(notebook, env=env)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [o["text"] for o in outputs if o.get("name") == "stderr"] == []


def test_a_notebook_is_kept_without_outputs(notebook: nbformat.NotebookNode) -> None:
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_a_notebook_says_what_it_teaches_and_ends_with_an_exercise(
    notebook: nbformat.NotebookNode,
) -> None:
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert texts[0].startswith("# ")
    assert "At the end of this page you" in texts[0]
    assert texts[-1].startswith("## Try it yourself")


def test_the_two_moons_give_the_numbers_of_the_reference() -> None:
    notebook = executed(nbformat.read(FOLDER / "04_two_moons.ipynb", as_version=4))
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    results = [o["data"]["text/plain"] for o in outputs if o.output_type == "execute_result"]
    printed = "".join(o["text"] for o in outputs if o.get("name") == "stdout").splitlines()
    assert printed[0] == "True"  # the file's points are those of the default seed
    assert "337" in results
    initial, first = MOONS["initial"], MOONS["history"][1]
    assert f"Loss({initial['total']!r}, accuracy {initial['acc']:.1%} of 100 examples)" in results
    assert f"Loss({first['loss']!r}, accuracy {first['accuracy']:.1%} of 100 examples)" in printed
    end = next(ast.literal_eval(text) for text in results if text.startswith("(0.0"))
    assert end == (MOONS["final_loss"], MOONS["final_accuracy"])
    assert sum("image/png" in o.get("data", {}) for o in outputs) == 7
