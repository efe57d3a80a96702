"""Files are written whole or not at all, and nothing is lost by it."""

import os
import stat
import sys

import pytest

from microgradwidgets.views import files
from microgradwidgets.views.files import write_file

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def test_a_file_is_written_with_its_line_ends(tmp_path):
    path = tmp_path / "rows.csv"
    assert write_file(str(path), "a\r\nπ\n") == path
    assert path.read_bytes() == "a\r\nπ\n".encode()
    write_file(tmp_path / "picture.png", b"\x89PNG")
    assert (tmp_path / "picture.png").read_bytes() == b"\x89PNG"
    assert sorted(os.listdir(tmp_path)) == ["picture.png", "rows.csv"]


@needs_links
def test_a_file_has_the_rights_of_any_new_one(tmp_path):
    (tmp_path / "usual").write_text("")
    write_file(tmp_path / "ours", "")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("usual", "ours")}
    assert len(modes) == 1


def test_what_is_there_is_overwritten_only_when_asked_for(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("old")
    with pytest.raises(FileExistsError, match=r"overwrite=True replaces it$"):
        write_file(path, "new")
    assert path.read_text() == "old"
    write_file(path, "new", overwrite=True)
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["rows.csv"]


@needs_links
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("is_there", [False, True])
def test_a_link_is_not_followed(tmp_path, overwrite, is_there):
    target, link = tmp_path / "target", tmp_path / "link"
    if is_there:
        target.write_text("old")
    link.symlink_to(target)
    if overwrite:
        write_file(link, "new", overwrite=True)
        assert not link.is_symlink()
        assert link.read_text() == "new"
    else:
        with pytest.raises(FileExistsError, match=r"overwrite=True replaces it$"):
            write_file(link, "new")
        assert link.is_symlink()
    assert (target.read_text() if target.exists() else None) == ("old" if is_there else None)


@needs_links
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_that_comes_at_the_last_moment_is_not_followed(tmp_path, monkeypatch, overwrite):
    target, path = tmp_path / "target", tmp_path / "rows.csv"
    target.write_text("old")
    write_new = files._write_new

    def sneak(draft, data):
        write_new(draft, data)
        path.symlink_to(target)

    monkeypatch.setattr(files, "_write_new", sneak)
    if overwrite:
        write_file(path, "new", overwrite=True)
        assert not path.is_symlink()
        assert path.read_text() == "new"
    else:
        with pytest.raises(FileExistsError):
            write_file(path, "new")
    assert target.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["rows.csv", "target"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_that_cannot_be_finished_is_not_there(tmp_path, monkeypatch, overwrite):
    path = tmp_path / "rows.csv"
    if overwrite:
        path.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, "new", overwrite=overwrite)
    assert [name.read_text() for name in tmp_path.iterdir()] == ["old"] * overwrite


@needs_links
def test_where_there_are_no_hard_links_it_is_written_all_the_same(tmp_path, monkeypatch):
    def none(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    write_file(tmp_path / "rows.csv", "new")
    assert [name.read_text() for name in tmp_path.iterdir()] == ["new"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"expected a folder to write into, got: '.*none'"):
        write_file(tmp_path / "none" / "rows.csv", "new")
    assert os.listdir(tmp_path) == []


def test_a_folder_is_not_overwritten(tmp_path):
    (tmp_path / "rows").mkdir()
    for overwrite in (False, True):
        with pytest.raises(FileExistsError, match=r"name a file, got: '.*rows', a folder$"):
            write_file(tmp_path / "rows", "new", overwrite=overwrite)
    assert os.listdir(tmp_path) == ["rows"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_pipe_or_device_is_never_replaced(tmp_path, overwrite):
    path = tmp_path / "pipe.html"
    os.mkfifo(path)
    with pytest.raises(FileExistsError, match=r"expected path to name a file, .* no ordinary file"):
        write_file(path, "new", overwrite=overwrite)
    assert path.is_fifo()
    assert os.listdir(tmp_path) == ["pipe.html"]
