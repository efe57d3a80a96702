"""``microgradwidgets doctor``: what is there, what is missing, what can be seen."""

import json
import os
import subprocess
import sys

import pytest

from microgradwidgets import __version__
from microgradwidgets.cli import doctor
from microgradwidgets.cli.hosts import host
from tests.processes import run

MARKS = ("JPY_", "VSCODE_", "COLAB_", "KAGGLE_", "JUPYTERHUB_", "BINDER_")


def ask(*arguments, **surroundings):
    own = {name: what for name, what in os.environ.items() if not name.startswith(MARKS)}
    command = [sys.executable, "-m", "microgradwidgets", "doctor", *arguments]
    return subprocess.run(
        command, env={**own, **surroundings}, capture_output=True, text=True, check=False
    )


def test_all_is_well_here():
    done = ask()
    assert done.returncode == 0, done.stdout
    lines = {line.split()[1]: line for line in done.stdout.splitlines() if line.startswith("ok")}
    assert __version__ in lines["microgradwidgets"]
    assert {"Python", "anywidget", "ipywidgets", "front"} <= set(lines)
    assert "Here: a terminal. Shows: text (" in done.stdout


def test_the_same_for_programs():
    report = json.loads(ask("--json", JPY_SESSION_NAME="x").stdout)
    assert report["host"]["name"] == "Jupyter"
    assert report["host"]["shows"] == "live"
    found = {row["what"]: row for row in report["findings"]}
    assert found["anywidget"]["is_needed"]
    assert found["front end"]["is_fine"]


@pytest.mark.parametrize(
    "marks, name, shows",
    [
        ({}, "a terminal", "text"),
        ({"JPY_PARENT_PID": "1"}, "Jupyter", "live"),
        ({"COLAB_RELEASE_TAG": "r", "JPY_PARENT_PID": "1"}, "Google Colab", "live"),
        ({"VSCODE_PID": "1", "JPY_PARENT_PID": "1"}, "VS Code", "live"),
        ({"VSCODE_PID": ""}, "a terminal", "text"),
    ],
)
def test_the_host_is_told_by_its_marks(marks, name, shows):
    found = host(marks, "linux")
    assert (found.name, found.shows) == (name, shows)
    assert found.why


def test_python_in_the_page_is_a_host_too():
    assert host({}, "emscripten").name == "JupyterLite"


BARE = """
import sys
sys.meta_path.insert(0, type("Nothing", (), {{"find_spec": staticmethod(
    lambda name, *_: (_ for _ in ()).throw(ModuleNotFoundError(name))
    if name.split(".")[0] in {missing} else None)}}))
import importlib.metadata as metadata
version = metadata.version
def without(name):
    if name in {missing}:
        raise metadata.PackageNotFoundError(name)
    return version(name)
metadata.version = without
from microgradwidgets.cli import main
print(main(["doctor"]))
"""


def test_it_works_where_things_are_missing():
    said = run(BARE.format(missing={"anywidget", "graphviz", "pygraphviz", "jupyterlab"}))
    assert "!! anywidget" in said
    assert "pip install 'anywidget>=" in said
    assert "-  still pictures" in said
    assert "-  jupyterlab" in said
    assert said.splitlines()[-1] == "1"


def test_a_front_end_that_is_not_built(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("microgradwidgets.views.front_end.STATIC", tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "x")
    monkeypatch.delenv("VSCODE_PID", raising=False)
    from microgradwidgets.cli import main

    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "!! front end" in said
    assert "Shows: text (front end: not built" in said


@pytest.mark.parametrize(
    "version, bound, is_older",
    [("0.9.2", "0.9.13", True), ("0.10", "0.9.13", False), ("8.1.0", "8.1", False)],
)
def test_versions_are_compared_by_their_numbers(version, bound, is_older):
    assert (doctor.numbers(version) < doctor.numbers(bound)) == is_older
