"""Every notebook of the course runs from top to bottom, and is kept without its outputs."""

import re

import pytest

from tests.lessons import (
    NOTEBOOKS,
    claims,
    lesson,
    long_numbers,
    outputs_of,
    read,
)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def kept(path):
    return read(path)


def test_the_lessons_are_numbered():
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{n:02}" for n in range(9)]


def test_a_notebook_runs_and_each_figure_leaves_a_picture(path):
    shown = [output["data"] for output in outputs_of(lesson(path)) if "data" in output]
    live = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    still = [data["text/html"] for data in shown if "text/html" in data]
    assert len(live) == len(still) > 0
    assert all("<img" in picture or "<table" in picture for picture in still)


def test_nothing_but_results_is_printed(path):
    assert [o["text"] for o in outputs_of(lesson(path)) if o.get("name") == "stderr"] == []


def test_what_the_text_quotes_comes_out_and_solutions_are_right(path):
    for expected, source, found in claims(lesson(path)):
        assert found == expected, source


def test_no_result_is_quoted_that_nothing_holds(kept):
    code = " ".join(cell.source for cell in kept.cells if cell.cell_type == "code")
    *texts, _exercises = [cell for cell in kept.cells if cell.cell_type == "markdown"]
    for cell in texts:
        held = cell.metadata.get("numbers", {})
        loose = [n for n in long_numbers(cell.source) if n not in held and n not in code]
        assert loose == [], cell.source


def test_a_notebook_is_kept_without_outputs(kept):
    assert "widgets" not in kept.metadata
    for cell in kept.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_cells_have_names_of_their_own(kept):
    ids = [cell.id for cell in kept.cells]
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{3,}", name) for name in ids)


def test_a_notebook_says_what_it_teaches_and_ends_with_an_exercise(kept):
    texts = [cell.source for cell in kept.cells if cell.cell_type == "markdown"]
    assert texts[0].startswith("# ")
    assert "At the end of this page you" in texts[0]
    assert texts[-1].startswith("## Try it yourself")


def test_no_lesson_needs_what_browsers_do_not_have(kept):
    # JupyterLite has no matplotlib, and where a page may store nothing no files either.
    code = " ".join(cell.source for cell in kept.cells if cell.cell_type == "code")
    assert "plot_" not in code
    assert "open(" not in code
