"""What a command writes: each file whole or not at all, and a sentence where that cannot be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..views.files import write_file
from .errors import CommandError


def put(path: Path, content: str | bytes) -> Path:
    """Write a new file, and the folders on the way to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_file(path, content)


@contextmanager
def telling() -> Iterator[None]:
    """Turn what the system refuses, such as room on a full disk, into words for a person."""
    try:
        yield
    except OSError as error:
        place = "" if error.filename is None else f" at {error.filename}"
        raise CommandError(f"{error.strerror or error}{place}") from error


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[None]:
    """Fill a folder that is empty or new; where that fails, it is so again."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        yield
    except BaseException:
        for left in [missing[-1]] if missing else [*folder.iterdir()]:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        raise
