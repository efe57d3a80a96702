"""What went wrong in a learner's code, in words: the error, and the line in which it arose."""

from __future__ import annotations

import linecache
import os
import re
import sysconfig
import tempfile
from pathlib import Path
from traceback import walk_tb

from ..text import isolated, visible_text

_HERE = str(Path(__file__).parents[1])
_INSTALLED = tuple({_HERE, *sysconfig.get_paths().values()})

# The folders before the name of a file; they are nobody's business but the machine's.
_FOLDERS = re.compile(r"(?<![\w:/\\])(?:[A-Za-z]:)?[/\\](?:[^/\\\s'\"]+[/\\])+(?=[^/\\\s'\"])")


def error_words(error: BaseException) -> str:
    """Kind and message of an error, and the line of the learner's code that led to it.

    >>> def loop():
    ...     yield 1 / 0
    >>> try:
    ...     next(loop())
    ... except ZeroDivisionError as error:
    ...     error_words(error)
    'ZeroDivisionError: division by zero, in line 2 of the cell: yield 1 / 0'
    """
    message = _shown(str(error))
    said = f"{type(error).__name__}: {message}" if message else type(error).__name__
    places = [(f.f_code.co_filename, line) for f, line in walk_tb(error.__traceback__)]
    learners = [(file, line) for file, line in places if _is_learners(file)]
    if not learners:
        return said
    file, line = learners[-1]
    source = _shown(linecache.getline(file, line).strip())
    return f"{said}, in line {line} of {_called(file)}" + (f": {source}" if source else "")


def _is_learners(file: str) -> bool:
    return not (file.startswith(_INSTALLED) or file.startswith("<frozen"))


def _called(file: str) -> str:
    """What a learner calls a file; cells of notebooks are files with names made up."""
    path = Path(file)
    is_cell = file.startswith("<") or path.parent.name.startswith("ipykernel_")
    return "the cell" if is_cell or "marimo__cell" in path.name else isolated(path.name)


def _shown(text: str) -> str:
    for folder in _known_folders():
        text = text.replace(folder, "…")
    return isolated(visible_text(_FOLDERS.sub("…/", text)).replace("\n", " "))


def _known_folders() -> list[str]:
    """Folders that have names with spaces, or that a message may name alone; the longest first.

    Messages of the system write them as Python would, with two backslashes for one.
    """
    found = {os.path.expanduser("~"), tempfile.gettempdir(), _working_folder()}
    names = {name for folder in found for name in (folder, repr(folder)[1:-1])}
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)


def _working_folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it has been deleted
        return ""
