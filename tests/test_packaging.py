"""The wheel is what people get: it is built, opened, installed and used here, without Node."""

import gzip
import os
import re
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

from tests.distributions import ROOT, build_wheel, contents_of, names_in, run

pytestmark = pytest.mark.packaging

SCRIPTS = "Scripts" if os.name == "nt" else "bin"

USE = """
import sys
import microgradwidgets
assert not {"anywidget", "matplotlib", "ipywidgets"} & set(sys.modules), "loaded too early"
from microgradwidgets import Value, show
a, b = Value(2.0, label="a"), Value(-3.0, label="b")
diagram = show(a * b + a)
assert type(diagram).__name__ == "Diagram", type(diagram)
assert "render" in diagram._esm and len(diagram._esm) > 500, diagram._esm[:200]
print(microgradwidgets.__file__)
"""


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """An environment that holds the wheel, its dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    run(folder / SCRIPTS / "python", "-m", "pip", "install", wheel)
    return folder / SCRIPTS


@pytest.fixture
def without_node(installed):
    """Surroundings in which no program but Python's own can be found."""
    return {**os.environ, "PATH": str(installed)}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="nobody says here what is committed")
def test_wheel_holds_what_is_committed_and_built_and_nothing_else(wheel):
    listed = run("git", "ls-files", "microgradwidgets", "notebooks", cwd=ROOT).splitlines()
    committed = {name.replace("notebooks/", "microgradwidgets/notebooks/", 1) for name in listed}
    built = {f"microgradwidgets/views/static/{name}" for name in BUILT}
    about = {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt"),
        *("licenses/LICENSE", "licenses/NOTICE", "sboms/microgradwidgets.cdx.json"),
    }
    about = {f"microgradwidgets-0.1.0.dist-info/{name}" for name in about}
    assert names_in(wheel) == committed | built | about
    assert wheel.stat().st_size < 2_000_000


BUILT = {
    *("widget.js", "figures.js.gz", "diagram.js.gz", "graphviz.js.gz"),
    *("page.js", "page.html", "notebook.html", "deck.html"),
    *("THIRD_PARTY_NOTICES.txt", "carried.cdx.json"),
}


@pytest.mark.parametrize("distribution", ["wheel", "sdist"])
def test_nothing_of_the_machine_that_built_it_is_inside(distribution, request):
    """No folder or key of it, packed files included, and no map that leads there."""
    machine = {str(ROOT), str(ROOT.resolve()), f"{Path.home()}/", sys.prefix}
    found = {}
    for name, content in contents_of(request.getfixturevalue(distribution)).items():
        text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("latin-1")
        if name.startswith("microgradwidgets/views/static/"):
            found[name] = [words for words in ("sourceMappingURL", "file:///") if words in text]
        found[name] = [
            *found.get(name, []),
            *(folder for folder in machine if folder in text),
            *SECRET.findall(text),
        ]
    assert {name: words for name, words in found.items() if words} == {}


# Keys as they are written by those who give them out.
SECRET = re.compile(
    "-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}"
    "|AKIA[0-9A-Z]{16}|npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10}"
)


def test_wheel_is_for_every_platform(wheel):
    assert wheel.name == "microgradwidgets-0.1.0-py3-none-any.whl"


def test_installed_wheel_draws_without_node(installed, without_node, tmp_path):
    python = installed / "python"
    where = run(python, "-I", "-c", USE, cwd=tmp_path, env=without_node).strip()
    assert Path(where).is_relative_to(installed.parent)


@pytest.mark.parametrize("command", [["microgradwidgets"], ["python", "-m", "microgradwidgets"]])
def test_installed_command_answers(command, installed, without_node, tmp_path):
    program, *arguments = command
    answer = run(installed / program, *arguments, "demo", "--help", cwd=tmp_path, env=without_node)
    assert "--no-browser" in answer
    assert "--port" in answer
    assert "--dir" in answer


def test_installed_demo_without_jupyterlab_says_what_to_type(installed, without_node, tmp_path):
    done = subprocess.run(
        [installed / "microgradwidgets", "demo"],
        cwd=tmp_path,
        env=without_node,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("-m pip install jupyterlab")
    assert list(tmp_path.iterdir()) == []


def test_installed_wheel_finds_its_notebooks(installed, without_node, tmp_path):
    ask = "from microgradwidgets.cli.demo import notebooks_folder; print(notebooks_folder())"
    where = run(installed / "python", "-I", "-c", ask, cwd=tmp_path, env=without_node).strip()
    assert Path(where).is_relative_to(installed.parent)


def test_sdist_has_the_sources_and_what_is_built_of_them(sdist):
    names = names_in(sdist)
    assert names >= {
        "js/.npmrc",
        "js/package.json",
        "js/package-lock.json",
        "js/build.mjs",
        "hatch_build.py",
        "LICENSE",
        "NOTICE",
        "README.md",
        "pyproject.toml",
        "microgradwidgets.cdx.json",
        "microgradwidgets/engine.py",
        "notebooks/00_quick_start.ipynb",
    }
    static = {name for name in names if name.startswith("microgradwidgets/views/static/")}
    assert {name.rpartition("/")[2] for name in static} == BUILT
    assert [name for name in names if "node_modules" in name] == []


@pytest.mark.skipif(os.name == "nt", reason="other names of places, time zones and languages")
def test_sdist_builds_the_same_wheel_elsewhere_without_node(sdist, wheel, tmp_path):
    """To the byte: in another folder, for another person, in another place and language."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, **({"filter": "data"} if sys.version_info >= (3, 12) else {}))
    (source,) = tmp_path.iterdir()
    elsewhere = {
        "HOME": str(tmp_path),
        "PATH": str(tmp_path),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "1",
        "PIP_NO_INDEX": "1",
    }
    there = build_wheel(source, tmp_path / "dist", env=elsewhere, umask=0o077)
    assert there.read_bytes() == wheel.read_bytes()


def test_lower_bounds_cover_every_dependency():
    bounds = run(sys.executable, ROOT / "scripts" / "lower_bounds.py").split()
    assert [bound.partition("==")[0] for bound in bounds] == [
        "anywidget",
        "graphviz",
        "ipywidgets",
        "markdown-it-py",
        "matplotlib",
        "tqdm",
        "latex2mathml",
        "nbconvert",
        "pygraphviz",
    ]
