"""Scripts in interpreters of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.10", "3.11", "3.12", "3.13")


def environment(**variables: str) -> dict[str, str]:
    """Ours, with the checkout first and a random hash seed."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random", **variables}


def run(code: str, *arguments: str, stdin: bytes = b"", **variables: str) -> str:
    """Run Python code in a fresh interpreter and return what it printed."""
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(**variables),
        check=False,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr.decode()
    return finished.stdout.decode()


PYODIDE = ("node", str(ROOT / "tests" / "pyodide.mjs"))
"""The command that runs a script of the tests in Pyodide."""

needs_pyodide = pytest.mark.skipif(
    not ((ROOT / "js" / "node_modules" / "pyodide").exists() and shutil.which("node")),
    reason="Pyodide is not in js/node_modules",
)


def printed_by(*command: str) -> list[str]:
    """The first word of each line that a program printed, which must have ended well."""
    return [line.split()[0] for line in lines_of(*command)]


def lines_of(*command: str) -> list[str]:
    """What a program printed, which must have ended well."""
    finished = subprocess.run(
        command, capture_output=True, text=True, env=environment(), check=False, timeout=600
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout.splitlines()


@cache
def interpreters() -> dict[str, str]:
    """CPython 3.10 to 3.13 as far as they are on this machine, the running one among them."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": sys.executable}
    for version in VERSIONS:
        for python in _candidates(version):
            if version not in found and _version(python) == version:
                found[version] = python
    return found


def _candidates(version: str) -> list[str]:
    on_path = shutil.which(f"python{version}")
    candidates = [on_path] if on_path else []
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False)
        folders = Path(root.stdout.strip() or os.devnull, "versions").glob(f"{version}.*")
        candidates += [str(folder / "bin" / "python") for folder in sorted(folders)]
    return candidates


def _version(python: str) -> str | None:
    """What this program says it is; nothing if it does not run or is another implementation."""
    code = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    name, _, version = answer.stdout.strip().partition(" ")
    return version if name == "cpython" else None
