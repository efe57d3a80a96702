"""A disk that is full, read-only or gone: the old file stays, no part of one does, and it is said.

The kernel itself refuses: a limit on the size of files, and where a file system may be mounted, one
with no room left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager

import nbformat
import pytest

from microgradwidgets import Dashboard, cli, page, show, sweep, to_html, worksheet
from microgradwidgets.cli.demo import copy_notebooks, notebooks_folder
from microgradwidgets.views import files
from tests.interrupts import everywhere
from tests.small_lesson import LESSON, lesson_file
from tests.vectors import lecture_neuron

resource = pytest.importorskip("resource", reason="this system limits no files")

ROOM = 50
"""Bytes that a file may have."""


@contextmanager
def no_room(folder):
    """No file may grow beyond a few bytes; the rest of a write is refused."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield "File too large"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_space(folder):
    """The same by a real file system, which somebody else has filled."""
    filler = folder / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(bytes(1 << 20))
    try:
        yield "No space left on device"
    finally:
        filler.unlink()


@pytest.fixture(params=[no_room, no_space], ids=["file-limit", "file-system"])
def disk(request, tmp_path):
    """A folder, and what takes its room away for a while."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if request.param is no_room:
        yield folder, no_room
        return
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode != 0:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder, no_space
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def notebook(folder):
    path = folder.parent / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A")]), path)
    return path


WRITERS = {
    "to_html": lambda path: to_html(show(lecture_neuron()), path, engine=False, overwrite=True),
    "Diagram.to_html": lambda path: show(lecture_neuron()).to_html(
        path, engine=False, overwrite=True
    ),
    "page": lambda path: page(
        ["# A", Dashboard(hidden=[2], n_samples=4)], path, engine=False, overwrite=True
    ),
    "Worksheet": lambda path: worksheet(lecture_neuron()).to_html(path, overwrite=True),
    "Sweep.to_csv": lambda path: sweep({"steps": 2}, progress=None).to_csv(path, overwrite=True),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.usefixtures("_no_widget_left")
def test_without_room_the_old_file_stays_and_with_room_it_is_replaced(name, disk):
    folder, full = disk
    path = folder / "it.html"
    path.write_text("old")
    with full(folder) as reason, pytest.raises(OSError, match="expected to write") as refused:
        WRITERS[name](path)
    words = str(refused.value)
    assert f"got: {reason}; nothing was written or changed" in words
    assert str(path) in words
    assert [one.read_text() for one in folder.iterdir()] == ["old"]
    WRITERS[name](path)
    assert path.stat().st_size > ROOM
    assert os.listdir(folder) == ["it.html"]


def test_a_notebook_is_exported_as_soon_as_there_is_room(disk, capsys):
    folder, full = disk
    path = folder / "it.html"
    path.write_text("old")
    command = ["export", str(notebook(folder)), "--to", "html", "--overwrite"]
    command += ["--output", str(path)]
    with full(folder) as reason:
        assert cli.main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"expected {path} to be written, got: ")
    assert reason in said
    assert [one.read_text() for one in folder.iterdir()] == ["old"]
    assert cli.main(command) == 0
    assert path.stat().st_size > ROOM


@pytest.mark.parametrize("version", ["student", "teacher", "nbgrader", "otter"])
@pytest.mark.parametrize("place", ["out", "some/folder/out"])
def test_a_course_is_written_whole_or_not_at_all(version, place, disk, tmp_path, capsys):
    folder, full = disk
    lesson = lesson_file(tmp_path / "lesson")
    command = ["course", version, str(folder / place), str(lesson)]
    with full(folder) as reason:
        assert cli.main(command) == 1
        assert {*os.listdir(folder)} <= {"filler"}
    assert reason in capsys.readouterr().err
    assert cli.main(command) == 0
    (written,) = (folder / place).rglob(f"{LESSON}.ipynb")
    assert nbformat.read(written, as_version=4).cells


def test_an_empty_folder_for_a_course_stays_empty(disk, tmp_path, capsys):
    folder, full = disk
    if full is no_space:
        pytest.skip("that disk is filled by a file in it")
    with full(folder):
        assert cli.main(["course", "student", str(folder)]) == 1
    assert os.listdir(folder) == []
    assert cli.main(["course", "student", str(folder)]) == 0


def test_no_half_of_a_lesson_is_kept_as_if_it_were_the_learners(disk):
    folder, full = disk
    source = folder.parent / "course"
    source.mkdir()
    shutil.copy(notebooks_folder() / "00_quick_start.ipynb", source)
    with full(folder), pytest.raises(OSError, match="expected to write"):
        copy_notebooks(source, folder / "mine")
    assert not [*(folder / "mine").iterdir()]
    assert copy_notebooks(source, folder / "mine") == []
    assert (folder / "mine" / "00_quick_start.ipynb").stat().st_size > ROOM


@pytest.mark.parametrize("name", ["x" * 300, "漢" * 100])
def test_a_name_that_is_too_long_is_said(name, tmp_path):
    with pytest.raises(OSError, match="got: File name too long; nothing was written or changed"):
        files.write_file(tmp_path / name, "new")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["x" * 255, "漢" * 85])
def test_the_longest_name_that_there_is_can_be_written(name, tmp_path):
    for overwrite in (False, True):
        files.write_file(tmp_path / name, "new", overwrite=overwrite)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to an administrator")
def test_a_folder_that_is_read_only_is_said(tmp_path):
    (tmp_path / "it.html").write_text("old")
    tmp_path.chmod(0o500)
    with pytest.raises(OSError, match="got: Permission denied; nothing was written or changed"):
        files.write_file(tmp_path / "it.html", "new", overwrite=True)
    tmp_path.chmod(0o700)
    assert (tmp_path / "it.html").read_text() == "old"
    files.write_file(tmp_path / "it.html", "new", overwrite=True)


def test_a_disk_that_is_read_only_is_said(disk):
    folder, full = disk
    if full is no_room:
        pytest.skip("only a file system of our own can be made read-only")
    path = folder / "it.html"
    path.write_text("old")
    remount = ["mount", "-o"]
    subprocess.run([*remount, "remount,ro", str(folder)], check=True)
    with pytest.raises(OSError, match="got: Read-only file system; nothing was written or changed"):
        files.write_file(path, "new", overwrite=True)
    subprocess.run([*remount, "remount,rw", str(folder)], check=True)
    assert [one.read_text() for one in folder.iterdir()] == ["old"]
    files.write_file(path, "new", overwrite=True)
    assert path.read_text() == "new"


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_that_goes_midway_is_said(overwrite, tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    fsync = os.fsync

    def then_gone(number):
        fsync(number)
        shutil.rmtree(folder)

    monkeypatch.setattr(os, "fsync", then_gone)
    with pytest.raises(OSError, match="nothing was written"):
        files.write_file(folder / "it.html", "new", overwrite=overwrite)
    monkeypatch.undo()
    assert os.listdir(tmp_path) == []
    folder.mkdir()
    files.write_file(folder / "it.html", "new", overwrite=overwrite)


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_interrupt_at_any_line_leaves_the_old_file_or_the_new_one(overwrite, tmp_path):
    path = tmp_path / "it.html"

    def write():
        path.unlink(missing_ok=True)
        if overwrite:
            path.write_text("old")
        files.write_file(path, "new", overwrite=overwrite)

    for line in everywhere(write, within=(files.__file__,)):
        left = [one.read_text() for one in tmp_path.iterdir()]
        assert left in ([["old"], ["new"]] if overwrite else [[], ["new"]]), line
    write()
    assert path.read_text() == "new"
