"""The front end is built when it must be, and a machine that cannot build it is told why."""

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def hatch_build():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path, hatch_build):
    """A project whose front end was built after its sources were written."""
    sources = ["js/package.json", "js/package-lock.json", "js/src/widget.ts"]
    built = [hatch_build.STATIC / name for name in hatch_build.BUILT]
    for name in [*sources, "js/tests/widget.test.ts", "js/node_modules/left.js", *built]:
        touch(tmp_path / name, at=2000 if name in built else 1000)
    return tmp_path


def touch(path, *, at):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (at, at))


def program(folder, name, text):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_what_is_built_is_not_built_again(hatch_build, project):
    assert not hatch_build.build_front_end(project)


@pytest.mark.parametrize(
    "source", ["js/src/widget.ts", "js/src/diagram/new.ts", "js/package-lock.json", "js/build.mjs"]
)
def test_a_newer_source_asks_for_a_build(source, hatch_build, project):
    touch(project / source, at=3000)
    assert not hatch_build.is_fresh(project)


@pytest.mark.parametrize(
    "other", ["js/tests/widget.test.ts", "js/node_modules/left.js", "js/mutation/run.mjs"]
)
def test_newer_tests_and_packages_do_not(other, hatch_build, project):
    touch(project / other, at=3000)
    assert hatch_build.is_fresh(project)


def test_a_missing_file_asks_for_a_build(hatch_build, project):
    (project / hatch_build.STATIC / "widget.js").unlink()
    assert not hatch_build.is_fresh(project)


def test_an_interrupted_installation_is_done_again(hatch_build, project):
    assert not hatch_build.is_installed(project / "js")
    touch(project / "js/node_modules/.package-lock.json", at=1001)
    assert hatch_build.is_installed(project / "js")
    touch(project / "js/package-lock.json", at=1002)
    assert not hatch_build.is_installed(project / "js")


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins for node and npm are shell scripts")
@pytest.mark.parametrize(
    "programs, got",
    [
        pytest.param({}, "no node on the PATH", id="no-node"),
        pytest.param({"node": "echo v18.20.4", "npm": ""}, "Node 18.20.4", id="old-node"),
        pytest.param({"node": "echo v22.1.0"}, "Node 22.1.0 and no npm on the PATH", id="no-npm"),
        pytest.param({"node": "exit 1", "npm": ""}, "which does not start", id="broken-node"),
    ],
)
def test_a_machine_that_cannot_build_is_told_why(
    programs, got, hatch_build, project, tmp_path, monkeypatch
):
    path = tmp_path / "path"
    path.mkdir()
    for name, text in programs.items():
        program(path, name, text)
    monkeypatch.setenv("PATH", str(path))
    touch(project / "js/src/widget.ts", at=3000)
    with pytest.raises(hatch_build.FrontEndError) as error:
        hatch_build.build_front_end(project)
    expected = "expected Node 20 or newer and npm to build the front end, got: "
    assert str(error.value).startswith(expected)
    assert str(error.value).endswith(got)


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins for node and npm are shell scripts")
def test_a_build_that_writes_nothing_is_noticed(hatch_build, project, tmp_path, monkeypatch):
    path = tmp_path / "path"
    path.mkdir()
    program(path, "node", "echo v20.0.0")
    program(path, "npm", "exit 0")
    monkeypatch.setenv("PATH", str(path))
    (project / hatch_build.STATIC / "widget.js").unlink()
    with pytest.raises(hatch_build.FrontEndError, match=r"got: no widget\.js"):
        hatch_build.build_front_end(project)
    program(path, "npm", "exit 3")
    with pytest.raises(hatch_build.FrontEndError, match="got: exit code 3"):
        hatch_build.build_front_end(project)
