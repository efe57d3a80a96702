"""``microgradwidgets demo`` opens the course and leaves a learner's own notebooks alone."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from microgradwidgets import __version__, cli
from microgradwidgets.cli import demo


@pytest.fixture
def course(tmp_path):
    """A small course, with what an editor and Python leave beside it."""
    folder = tmp_path / "course"
    for name in ("00_quick_start.ipynb", "01_next.ipynb", "data/points.csv"):
        write(folder / name, f"original {name}")
    write(folder / ".ipynb_checkpoints/00_quick_start-checkpoint.ipynb", "checkpoint")
    write(folder / "__pycache__/helper.pyc", "cache")
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_course_is_copied_without_caches(course, tmp_path):
    mine = tmp_path / "mine"
    assert demo.copy_notebooks(course, mine) == []
    assert contents(mine) == {
        "00_quick_start.ipynb": "original 00_quick_start.ipynb",
        "01_next.ipynb": "original 01_next.ipynb",
        "data/points.csv": "original data/points.csv",
    }


def test_a_changed_notebook_is_never_written_over(course, tmp_path):
    mine = tmp_path / "mine"
    write(mine / "00_quick_start.ipynb", "my own work")
    assert demo.copy_notebooks(course, mine) == ["00_quick_start.ipynb"]
    assert contents(mine)["00_quick_start.ipynb"] == "my own work"
    assert contents(mine)["01_next.ipynb"] == "original 01_next.ipynb"


def test_a_second_start_changes_nothing(course, tmp_path):
    mine = tmp_path / "mine"
    demo.copy_notebooks(course, mine)
    before = contents(mine)
    assert demo.copy_notebooks(course, mine) == []
    assert contents(mine) == before


def test_the_course_may_be_opened_where_it_is(course):
    assert demo.copy_notebooks(course, course) == []


def test_the_checkout_has_its_course():
    assert (demo.notebooks_folder() / demo.FIRST_NOTEBOOK).is_file()


def test_without_jupyterlab_the_answer_is_the_line_to_type(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(sys, "executable", "/my course/bin/python")
    assert cli.main(["demo", "--dir", str(tmp_path / "mine")]) == 1
    assert capsys.readouterr().err == (
        "expected JupyterLab beside microgradwidgets, got: none. Install it with\n"
        '    "/my course/bin/python" -m pip install jupyterlab\n'
    )
    assert not (tmp_path / "mine").exists()


def test_version(capsys):
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8.8", ""])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["demo", f"--port={port}"])
    assert f"expected a port from 1 to 65535, got: {port}" in capsys.readouterr().err


def test_without_a_command_it_says_what_there_is(capsys):
    assert cli.main([]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (cli.parser().format_help(), "")


def test_a_command_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["teach"])
    assert "'teach'" in capsys.readouterr().err


def test_a_file_where_the_folder_should_be(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    write(tmp_path / "mine", "a file")
    assert cli.main(["demo", "--dir", str(tmp_path / "mine")]) == 1
    assert "expected --dir to name a folder, got a file" in capsys.readouterr().err


@contextmanager
def listening():
    """A port on which something else answers already."""
    with socket.create_server(("localhost", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    with listening() as port:
        assert cli.main(["demo", "--dir", str(tmp_path), "--port", str(port)]) == 1
    assert f"expected a free port, got: {port}" in capsys.readouterr().err


def test_a_taken_port_is_passed_over(monkeypatch):
    with listening() as port:
        monkeypatch.setattr(demo, "FIRST_PORT", port)
        assert demo.free_port() > port


def test_commands_beside_this_python_are_found_in_a_notebook(monkeypatch):
    ours = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join(["somewhere", "else"]))
    assert demo.own_commands_first().split(os.pathsep) == [ours, "somewhere", "else"]
    monkeypatch.setenv("PATH", os.pathsep.join(["somewhere", ours]))
    assert demo.own_commands_first().split(os.pathsep) == ["somewhere", ours]


def test_demo_serves_the_first_notebook_at_the_printed_link(tmp_path):
    pytest.importorskip("jupyterlab")
    with listening() as port:
        pass  # free again, and unlikely to be taken meanwhile
    command = [sys.executable, "-m", "microgradwidgets", "demo", "--no-browser"]
    with subprocess.Popen(
        [*command, "--port", str(port)], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            link = next(filter(None, map(find_link, started.stdout)))
            page = urllib.request.urlopen(link, timeout=30).read().decode()
            token = link.partition("token=")[2]
            listing = f"http://localhost:{port}/api/contents?token={token}"
            served = json.load(urllib.request.urlopen(listing, timeout=30))
        finally:
            started.terminate()
            started.wait(timeout=30)
    assert f"/lab/tree/{demo.FIRST_NOTEBOOK}?" in link
    assert "<title>JupyterLab</title>" in page
    names = {entry["name"] for entry in served["content"]}
    assert names == {path.name for path in Path(demo.notebooks_folder()).glob("[!._]*")}
    assert (tmp_path / "microgradwidgets-notebooks" / demo.FIRST_NOTEBOOK).is_file()


def find_link(line):
    match = re.search(r"http://\S+token=\S+", line)
    return match and match[0]
