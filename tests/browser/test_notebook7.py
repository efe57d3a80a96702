"""``show(value)`` in Notebook 7: the same figure under another roof."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE, README
from tests.browser.jupyter import COMMAND_KEYS, Notebook, write_notebook


@pytest.fixture
def notebook(visit, jupyter):
    path = write_notebook(
        jupyter.folder / "notebook7.ipynb", f"{README}\nshow(g)", f"{LECTURE}\nshow(o)"
    )
    notebook = Notebook.open(visit(), path, "notebooks")
    notebook.run_all()
    return notebook


def test_figures_with_their_numbers(notebook):
    figure = notebook.figure(0)
    assert figure.box("g").value == "24.7041"
    assert figure.box("a").gradient == "138.8338"
    assert figure.box("b").gradient == "645.5773"
    assert notebook.visit.engines == 1

    neuron = notebook.figure(1)
    neuron.click("n")
    expect(neuron.panel).to_be_visible()
    assert neuron.selected == ["n"]


@pytest.mark.parametrize("place", ["box", "background", "button"])
def test_its_one_letter_commands_sleep_while_the_figure_has_the_focus(notebook, place):
    """It listens before the figure can: only an attribute on what has the focus keeps it away."""
    figure = notebook.figure(1)
    cells, kernel = notebook.cell_ids(), notebook.kernel_id()
    figure.hold_focus(place)
    for key in COMMAND_KEYS:
        notebook.page.keyboard.press(key)
        assert notebook.cell_ids() == cells, f"{key} reached the notebook"
    assert notebook.cell_types() == ["code"] * len(cells)
    expect(notebook.page.get_by_role("dialog")).to_have_count(0)
    assert notebook.kernel_id() == kernel


def test_the_arrow_keys_and_enter_stay_in_the_figure(notebook):
    figure = notebook.figure(1)
    figure.hold_focus("box")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "Shift+ArrowDown", "Enter", " "):
        notebook.page.keyboard.press(key)
        assert figure.has_focus, f"{key} took the focus away"
