"""The wheel is what people get: it is built, opened, installed and used here, without Node."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parent.parent
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


def run(*command: object, **options: object) -> str:
    """Run a command; when it fails, show what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def build_wheel(source: Path, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    run(*pip, "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory):
    """The source distribution of this checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    return archive


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


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_has_the_front_end_the_notices_and_the_course(wheel):
    package = "microgradwidgets"
    licenses = f"{package}-0.1.0.dist-info/licenses"
    assert names_in(wheel) >= {
        f"{package}/py.typed",
        f"{package}/views/static/widget.js",
        f"{package}/views/static/figures.js.gz",
        f"{package}/views/static/diagram.js.gz",
        f"{package}/views/static/graphviz.js.gz",
        f"{package}/views/static/page.js",
        f"{package}/views/static/page.html",
        f"{package}/views/static/notebook.html",
        f"{package}/views/static/deck.html",
        f"{package}/views/exporting/templates/microgradslides/index.html.j2",
        f"{package}/views/exporting/templates/microgradhtml/conf.json",
        f"{package}/views/static/THIRD_PARTY_NOTICES.txt",
        f"{package}/notebooks/00_quick_start.ipynb",
        f"{licenses}/LICENSE",
        f"{licenses}/NOTICE",
    }


def test_wheel_has_every_module_and_notebook(wheel):
    modules = {path.relative_to(ROOT) for path in (ROOT / "microgradwidgets").rglob("*.py")}
    notebooks = {
        "microgradwidgets" / path.relative_to(ROOT) for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    assert {path.as_posix() for path in modules | notebooks} <= names_in(wheel)


def test_wheel_has_nothing_else(wheel):
    names = names_in(wheel)
    assert {name.split("/")[0] for name in names} == {
        "microgradwidgets",
        "microgradwidgets-0.1.0.dist-info",
    }
    unwanted = ("test", "node_modules", "__pycache__", ".ipynb_checkpoints", ".ts", ".map")
    assert [name for name in names if any(part in name for part in unwanted)] == []
    assert wheel.stat().st_size < 2_000_000


def test_wheel_carries_the_licences_in_full(wheel):
    with zipfile.ZipFile(wheel) as archive:
        static = "microgradwidgets/views/static/"
        notices = archive.read(static + "THIRD_PARTY_NOTICES.txt").decode()
    assert "Eclipse Public License" in notices
    assert "Apache License" in notices
    assert "Arjun Barrett" in notices
    assert "Hakim El Hattab" in notices
    assert "Chris Pettitt" in notices
    assert "Expat" in notices or "expat" in notices


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


def test_sdist_has_sources_and_no_built_file(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {
        "js/package.json",
        "js/package-lock.json",
        "js/build.mjs",
        "hatch_build.py",
        "LICENSE",
        "NOTICE",
        "README.md",
        "pyproject.toml",
        "microgradwidgets/engine.py",
        "notebooks/00_quick_start.ipynb",
    }
    assert [name for name in names if "node_modules" in name or "static" in name] == []


def test_sdist_builds_the_same_wheel(sdist, wheel, tmp_path):
    assert names_in(build_wheel(sdist, tmp_path)) == names_in(wheel)


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
