"""``microgradwidgets course`` writes the lessons for students, teachers and graders."""

import pytest

from microgradwidgets import cli
from microgradwidgets.cli.demo import notebooks_folder
from tests.small_lesson import LESSON, SOLUTIONS, code_of, lesson_file


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
    file.write_text("[]")
    assert write(version, tmp_path / "out", file) == 1
    assert capsys.readouterr().err == f"{file}: expected a notebook with cells, got: '[]'\n"


def test_graders_get_lessons_with_exercises_alone(tmp_path, capsys):
    plain = tmp_path / "plain.ipynb"
    plain.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    assert write("otter", tmp_path / "out", plain) == 1
    assert capsys.readouterr().err == (
        "expected a notebook in which check() follows a solution, got: none\n"
    )
