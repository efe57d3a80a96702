"""Build JupyterLite with the course and a Pyodide of its own: a folder for any web server.

``make lite`` runs this in ``.venv-lite``. Nothing in the folder asks anything of another machine.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

from scripts.lite import wheels
from scripts.lite.lock import PyodideLock

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SITE = ROOT / "dist" / "lite"
WORK = ROOT / "build" / "lite"

# The kernel brings these along; they are not on PyPI, or something else there.
OF_KERNEL = Path(
    *(sys.prefix, "share", "jupyter", "labextensions"),
    *("@jupyterlite", "pyodide-kernel-extension", "static", "pypi"),
)
KERNEL = ("piplite", "pyodide_kernel", "ipykernel")
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
APPS = ("lab", "notebooks", "tree", "edit", "consoles")


def build() -> bool:
    """Bring the site up to date; tell whether there was anything to do."""
    own = wheels.build_own(ROOT, fresh(WORK / "own"))
    print_of_it, stamp = fingerprint(own), WORK / "built.txt"
    if SITE.is_dir() and stamp.is_file() and stamp.read_text() == print_of_it:
        return False
    stamp.unlink(missing_ok=True)
    lite = fresh(WORK / "folder")
    shutil.copy(HERE / "jupyter-lite.json", lite)
    fill_pyodide(lite / "static" / "pyodide", own)
    run_jupyterlite(lite, course_of(own, fresh(WORK / "course")))
    stamp.write_text(print_of_it)
    return True


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def fingerprint(own: Path) -> str:
    """Changes with everything that the site is made of."""
    made_of = sha256(own.read_bytes())
    for path in sorted(path for path in HERE.iterdir() if path.is_file()):
        made_of.update(path.read_bytes())
    for package in sorted(f"{d.name}=={d.version}" for d in distributions()):
        made_of.update(package.encode())
    return made_of.hexdigest()


def fill_pyodide(folder: Path, own: Path) -> None:
    """Pyodide from npm, with a lock file that names the wheels beside it."""
    npm = fresh(WORK / "npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, npm)
    quietly = ("--silent", "--no-audit", "--no-fund")
    # What is fetched runs nothing of its own.
    subprocess.run(["npm", "ci", "--ignore-scripts", *quietly], cwd=npm, check=True)
    source = npm / "node_modules" / "pyodide"
    version = json.loads((source / "package.json").read_text("utf-8"))["version"]
    if version != PYODIDE_VERSION:
        raise ValueError(f"expected Pyodide {PYODIDE_VERSION} for this kernel, got: {version}")
    folder.mkdir(parents=True)
    for name in PYODIDE_FILES:
        shutil.copy(source / name, folder)
    lock = PyodideLock(source / "pyodide-lock.json")
    roots = [own, *(next(OF_KERNEL.glob(f"{name}-*.whl")) for name in KERNEL)]
    found = wheels.download(roots, lock, fresh(WORK / "wheels"))
    content = lock.of_wheels(roots, found)
    for wheel in roots + found:
        if wheel.name in {package["file_name"] for package in content["packages"].values()}:
            shutil.copy(wheel, folder)
    (folder / "pyodide-lock.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def course_of(own: Path, folder: Path) -> Path:
    """The notebooks as the wheel carries them."""
    inside = "microgradwidgets/notebooks/"
    with zipfile.ZipFile(own) as archive:
        for name in archive.namelist():
            if name.startswith(inside):
                target = folder / name.removeprefix(inside)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    return folder


def run_jupyterlite(lite: Path, course: Path) -> None:
    """Put it all together."""
    shutil.rmtree(SITE, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "jupyterlite_core", "build", "--log-level=ERROR"),
        *("--lite-dir", str(lite), "--contents", str(course), "--output-dir", str(SITE)),
        *("--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"),
        *(f"--apps={name}" for name in APPS),
    ]
    done = subprocess.run(
        command, cwd=lite, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"expected jupyter lite to build the site, got:\n{done.stdout}")


if __name__ == "__main__":
    print("site built" if build() else "site up to date", SITE.relative_to(ROOT))
