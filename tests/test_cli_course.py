"""``microgradwidgets course`` writes the lessons for students, teachers and graders."""

import json

import nbformat
import pytest
from nbformat import v4

from microgradwidgets import cli
from microgradwidgets.cli.demo import notebooks_folder
from microgradwidgets.teaching import solutions
from tests.small_lesson import LESSON, SOLUTIONS, code_of, lesson_file

CELL = {"cell_type": "code", "metadata": {}, "source": "1"}
NO_NOTEBOOKS = [
    *("[]", "no JSON", "[" * 10**5, '{"cells": 1}'),
    *(json.dumps({"cells": [{k: v for k, v in CELL.items() if k != gone}]}) for gone in CELL),
    *(json.dumps({"cells": [cell]}) for cell in (1, None, {**CELL, "metadata": 5})),
    *(json.dumps({"cells": [{**CELL, "source": s}]}) for s in (5, None, ["1", None], "\ud800")),
]


@pytest.fixture
def lesson(tmp_path):
    return lesson_file(tmp_path / "lesson")


def files_in(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def write(version, folder, *notebooks):
    return cli.main(["course", version, str(folder), *map(str, notebooks)])


@pytest.mark.parametrize(
    "version, written",
    [
        ("student", {f"{LESSON}.ipynb", "points.txt"}),
        ("teacher", {f"{LESSON}.ipynb", "points.txt"}),
        ("otter", {f"{LESSON}/{LESSON}.ipynb", f"{LESSON}/points.txt"}),
        (
            "nbgrader",
            {
                "nbgrader_config.py",
                f"source/{LESSON}/{LESSON}.ipynb",
                f"source/{LESSON}/points.txt",
            },
        ),
    ],
)
def test_each_version_is_written_with_what_it_needs(version, written, lesson, tmp_path, capsys):
    out = tmp_path / "out"
    assert write(version, out, lesson, lesson.parent / "points.txt") == 0
    assert files_in(out) == written
    assert {*capsys.readouterr().out.splitlines()} == {str(out / name) for name in written}
    (notebook,) = out.rglob("*.ipynb")
    code = code_of(notebook)
    assert all((solution in code) is (version != "student") for solution in SOLUTIONS)


@pytest.mark.parametrize("version", ["student", "teacher"])
def test_without_a_notebook_it_is_the_course(version, tmp_path):
    assert write(version, tmp_path / "out") == 0
    names = {path.name for path in notebooks_folder().iterdir() if path.name[0] not in "._"}
    assert files_in(tmp_path / "out") == names


def test_a_folder_with_something_in_it_is_left_alone(lesson, tmp_path, capsys):
    before = files_in(lesson.parent)
    assert write("student", lesson.parent, lesson) == 1
    assert capsys.readouterr().err == (
        f"expected a folder that is empty or new, got: {lesson.parent}\n"
    )
    assert files_in(lesson.parent) == before


@pytest.mark.parametrize("version", ["student", "nbgrader"])
def test_what_is_no_notebook_is_named(version, tmp_path, capsys):
    file = tmp_path / "notes.ipynb"
    assert write(version, tmp_path / "out", file) == 1
    assert "got no file of this name: " in capsys.readouterr().err
    for text in NO_NOTEBOOKS:
        file.write_text(text)
        assert write(version, tmp_path / "out", file) == 1, text
        assert capsys.readouterr().err == f"expected a notebook, got: {file}, which is none\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("version", ["student", "teacher", "nbgrader", "otter"])
@pytest.mark.parametrize(
    "marks, words",
    [
        ("### END SOLUTION", "### BEGIN SOLUTION and ### END SOLUTION in turn, got: '"),
        (
            "{begin}\n{begin}\nb = 8\n{end}",
            "### BEGIN SOLUTION and ### END SOLUTION in turn, got: '",
        ),
        ("{begin}\nb = 8", "### END SOLUTION after ### BEGIN SOLUTION, got: '"),
    ],
)
def test_marks_that_are_no_pairs_are_named_in_every_version(
    version, marks, words, tmp_path, capsys
):
    source = marks.format(begin=solutions.BEGIN, end=solutions.END)
    cells = [v4.new_code_cell(source), v4.new_code_cell("check('02.1', b)")]
    file = tmp_path / "own.ipynb"
    file.write_text(nbformat.writes(v4.new_notebook(cells=cells)))
    assert write(version, tmp_path / "out", file) == 1
    assert capsys.readouterr().err.startswith(f"{file}: expected {words}")


def test_cells_that_python_cannot_read_are_no_checks(tmp_path):
    cells = [
        v4.new_code_cell(source) for source in ("%time 1", "-" * 10**5 + "1", "a" + ".b" * 10**5)
    ]
    file = tmp_path / "own.ipynb"
    file.write_text(nbformat.writes(v4.new_notebook(cells=cells)))
    assert write("student", tmp_path / "out", file) == 0


def test_files_of_one_name_would_come_to_lie_at_one_place(lesson, tmp_path, capsys):
    other = lesson_file(tmp_path / "other")
    assert write("student", tmp_path / "out", lesson, other) == 1
    assert capsys.readouterr().err == (
        f"expected notebooks of different names, got: {lesson}, {other}\n"
    )
    assert not (tmp_path / "out").exists()


def test_graders_get_lessons_with_exercises_alone(tmp_path, capsys):
    plain = tmp_path / "plain.ipynb"
    plain.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    assert write("otter", tmp_path / "out", plain) == 1
    assert capsys.readouterr().err == (
        "expected a notebook in which check() follows a solution, got: none\n"
    )
