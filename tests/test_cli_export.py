"""``microgradwidgets export``: a notebook becomes one file, or a sentence says why not."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

import nbformat

from tests.lecture import code, notebook, run, text, write
from tests.test_exporters import seen
from tests.test_pages import elements, stored

SHOW = "from microgradwidgets import Value, show\nshow(Value(2.0, label='x') * 3)"


def export(folder, *arguments):
    command = [sys.executable, "-m", "microgradwidgets", "export", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def notebook_of(cell):
    """The file of a notebook that need not be one."""
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lecture that was not run yet, beside what it needs, and the deck that comes of it."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "factor.txt").write_text("3")
    cells = [
        text("# A product", "slide"),
        code(SHOW.replace("3)", 'int(open("factor.txt").read()))'), "slide"),
    ]
    write(notebook(*cells), folder / "lecture.ipynb")
    done = export(folder, "lecture.ipynb", "--theme", "dark", "--title", "My <title>")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(folder / "lecture.slides.html")
    assert "Running lecture.ipynb" in done.stderr
    return folder


def test_a_notebook_that_was_not_run_is_run_in_its_own_folder(folder):
    deck = (folder / "lecture.slides.html").read_text("utf-8")
    (widget,) = stored(deck)
    assert widget["_figure"] == "diagram"
    assert widget["theme"] == "dark"
    assert elements(deck, "title")[0][1] == "My <title>"
    source = nbformat.read(folder / "lecture.ipynb", 4)
    assert [cell.get("outputs", []) for cell in source.cells] == [[], []]  # it stays as it is


def test_a_file_that_is_there_stays_unless_it_may_go(folder):
    written = folder / "lecture.slides.html"
    before = written.read_bytes()
    done = export(folder, "lecture.ipynb", "--no-execute")
    assert done.returncode == 1
    assert "lecture.slides.html to be free" in done.stderr
    assert "--overwrite" in done.stderr
    assert written.read_bytes() == before
    assert export(folder, "lecture.ipynb", "--no-execute", "--overwrite").returncode == 0
    assert "data-mgw-widget" not in seen(written.read_text("utf-8"))


def test_one_that_was_run_is_not_run_again(tmp_path):
    nb = run(notebook(code(SHOW)), tmp_path)
    nb.cells[0].source = "raise SystemError"
    write(nb, tmp_path / "x.ipynb")
    done = export(tmp_path, "x.ipynb", "--to", "html", "--output", "there.html")
    assert done.returncode == 0, done.stderr
    assert "Running" not in done.stderr
    assert len(stored((tmp_path / "there.html").read_text("utf-8"))) == 1


def test_a_cell_that_fails_is_named_and_nothing_is_written(tmp_path):
    write(notebook(text("# Here"), code("x = 0"), code("1 / x  # boom")), tmp_path / "x.ipynb")
    done = export(tmp_path, "x.ipynb")
    assert done.returncode == 1
    assert "got: cell 3 (`1 / x  # boom`): ZeroDivisionError: division by zero" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.ipynb"]


def test_a_kernel_that_is_not_there_is_named(tmp_path):
    nb = notebook(code("1"))
    nb.metadata.kernelspec.name = "cobol"
    write(nb, tmp_path / "x.ipynb")
    done = export(tmp_path, "x.ipynb")
    assert done.returncode == 1
    assert "expected the kernel 'cobol'" in done.stderr
    assert export(tmp_path, "x.ipynb", "--no-execute").returncode == 0


@pytest.mark.parametrize(
    "content, words",
    [
        (None, "got: no file x.ipynb"),
        ("", "which is none"),
        ("print(1)", "which is none"),
        ("[]", "which is none"),
        (json.dumps({"nbformat": 99, "cells": []}), "which is none"),
        (notebook_of({"cell_type": "code", "metadata": {}}), "got: x.ipynb, which is none\n"),
    ],
)
def test_what_is_no_notebook(tmp_path, content, words):
    if content is not None:
        (tmp_path / "x.ipynb").write_text(content)
    done = export(tmp_path, "x.ipynb")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_cells_without_outputs_have_to_be_run(tmp_path):
    (tmp_path / "x.ipynb").write_text(
        notebook_of({"cell_type": "code", "metadata": {}, "source": "1"})
    )
    done = export(tmp_path, "x.ipynb", "--no-execute")
    assert done.returncode == 1
    assert done.stderr.endswith("can be shown, got: 'outputs' is a required property\n")
    assert "Traceback" not in done.stderr
    assert export(tmp_path, "x.ipynb").returncode == 0


def test_slides_of_nothing(tmp_path):
    write(notebook(text("Hidden", "skip")), tmp_path / "x.ipynb")
    done = export(tmp_path, "x.ipynb")
    assert done.returncode == 1
    assert "expected a notebook that can be shown, got: All cells are hidden" in done.stderr


def test_a_folder_that_is_not_there(tmp_path):
    write(notebook(text("# Here"), code("open('ran', 'w')")), tmp_path / "x.ipynb")
    done = export(tmp_path, "x.ipynb", "--output", "nowhere/x.html")
    assert done.returncode == 1
    assert "expected a folder to write into, got: '" in done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("x.ipynb", ["--output", "x.ipynb"]),
        ("x.ipynb", ["--output", "x.ipynb", "--to", "html"]),
        ("x.ipynb", ["--output", "here/../x.ipynb"]),
        ("x.ipynb", ["--output", "link"]),
        ("x.ipynb", ["--output", "twin"]),
        ("link", ["--output", "x.ipynb"]),
        ("x.html", ["--to", "html"]),
    ],
)
def test_a_notebook_is_not_replaced_by_what_it_becomes(tmp_path, name, arguments):
    (tmp_path / "here").mkdir()
    source = tmp_path / ("x.html" if name == "x.html" else "x.ipynb")
    write(notebook(code("open('ran', 'w')")), source)
    (tmp_path / "link").symlink_to(source)
    os.link(source, tmp_path / "twin")
    before = source.read_bytes()
    done = export(tmp_path, name, *arguments, "--overwrite")
    assert done.returncode == 1
    assert done.stderr.startswith("expected output to be another file than the notebook, which st")
    assert source.read_bytes() == before
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("overwrite", [[], ["--overwrite"]])
@pytest.mark.parametrize(
    "make, words",
    [
        (os.mkdir, "a folder"),
        pytest.param(
            getattr(os, "mkfifo", None),
            "no ordinary file",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here"),
        ),
    ],
)
def test_what_is_no_file_is_not_offered_to_be_replaced(tmp_path, make, words, overwrite):
    write(notebook(text("# Here"), code("open('ran', 'w')")), tmp_path / "x.ipynb")
    make(tmp_path / "there")
    done = export(tmp_path, "x.ipynb", "--output", "there", *overwrite)
    assert done.returncode == 1
    assert done.stderr.startswith("expected path to name a file, got: '")
    assert done.stderr.endswith(f"there', {words}\n")
    assert sorted(os.listdir(tmp_path)) == ["there", "x.ipynb"]


def test_nbconvert_finds_both_exporters():
    from nbconvert.exporters import get_export_names

    assert {"microgradslides", "microgradhtml"} <= set(get_export_names())
