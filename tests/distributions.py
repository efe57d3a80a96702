"""The wheel and the source distribution of this checkout, built as people would."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, **options: Any) -> str:
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


def build_wheel(source: Path, folder: Path, **options: Any) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    run(*pip, "--wheel-dir", folder, source, **options)
    (wheel,) = folder.glob("*.whl")
    return wheel


def build_sdist(source: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=source)
    (archive,) = folder.glob("*.tar.gz")
    return archive


def names_in(distribution: Path) -> set[str]:
    """Its files; those of a source distribution below the folder that it unpacks to."""
    return {*contents_of(distribution)}


def contents_of(distribution: Path) -> dict[str, bytes]:
    """The same with what is in them."""
    if distribution.suffix == ".whl":
        with zipfile.ZipFile(distribution) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(distribution) as sdist:
        files = (member for member in sdist.getmembers() if member.isfile())
        opened = {one.name.partition("/")[2]: sdist.extractfile(one) for one in files}
        return {name: file.read() for name, file in opened.items() if file}
