"""``microgradwidgets course``: the lessons for students, for teachers, for nbgrader, for Otter."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ..teaching import solutions, versions
from .demo import course_files, notebooks_folder
from .errors import CommandError
from .writing import all_or_nothing, put, telling

DESCRIPTION = """\
Write a version of the lessons into a folder, all made of the same notebooks:

  student   without solutions
  teacher   with solutions
  nbgrader  a course for nbgrader: source/LESSON/LESSON.ipynb and nbgrader_config.py
  otter     LESSON/LESSON.ipynb, as `otter assign` reads it
"""

EXAMPLES = """\
examples:
  microgradwidgets course student handout
  microgradwidgets course nbgrader my-course
  cd my-course && nbgrader generate_assignment --create 02_chain_rule
      then, when submitted/NAME/02_chain_rule/ is there: nbgrader autograde 02_chain_rule
  microgradwidgets course otter assignments
  otter assign assignments/02_chain_rule/02_chain_rule.ipynb dist
  microgradwidgets course teacher answers homework.ipynb
      a notebook of your own. Its code cells hold solutions between lines with
      ### BEGIN SOLUTION and ### END SOLUTION; check("02.1", answer) ends a later cell.

In the versions for graders a wrong answer fails its cell, with the sentence that check() says.
Lessons without exercises are not among them.
"""

NBGRADER_CONFIG = f"""\
c = get_config()
c.CourseDirectory.course_id = "microgradwidgets"
c.ClearSolutions.code_stub = {{"python": "{solutions.STUB}"}}
"""


def add_to(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "course",
        help="the lessons for students, teachers, nbgrader or Otter",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("version", choices=[*WRITERS], help="for whom")
    command.add_argument("folder", type=Path, help="where to; it must be empty or new")
    command.add_argument(
        "notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="in place of the course's"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the version and name each file."""
    folder = options.folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise CommandError(f"expected a folder that is empty or new, got: {folder}")
    files = options.notebooks or [*course_files(notebooks_folder())]
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise CommandError(f"expected notebooks, got no file of this name: {', '.join(missing)}")
    names = [path.name for path in files]
    twice = [str(path) for path in files if names.count(path.name) > 1]
    if twice:  # they would come to lie at one place
        raise CommandError(f"expected notebooks of different names, got: {', '.join(twice)}")
    with telling(), all_or_nothing(folder):
        written = [*WRITERS[options.version](files, folder)]
    print(*written, sep="\n")
    return 0


def _for_people(
    version: Callable[[solutions.Notebook], solutions.Notebook], files: list[Path], folder: Path
) -> Iterator[Path]:
    for path in files:
        if path.suffix == ".ipynb":
            yield put(folder / path.name, versions.written(version(_notebook(path))))
        else:
            yield _copy(path, folder)


def _for_nbgrader(files: list[Path], folder: Path) -> Iterator[Path]:
    for path, notebook, needed in _assignments(files):
        place = folder / "source" / path.stem
        yield put(place / path.name, versions.written(versions.teacher(notebook)))
        yield from (_copy(file, place) for file in needed)
    yield put(folder / "nbgrader_config.py", NBGRADER_CONFIG)


def _for_otter(files: list[Path], folder: Path) -> Iterator[Path]:
    for path, notebook, needed in _assignments(files):
        place = folder / path.stem
        assignment = versions.otter(notebook, [file.name for file in needed])
        yield put(place / path.name, versions.written(assignment))
        yield from (_copy(file, place) for file in needed)


WRITERS: dict[str, Callable[[list[Path], Path], Iterator[Path]]] = {
    "student": partial(_for_people, versions.student),
    "teacher": partial(_for_people, versions.teacher),
    "nbgrader": _for_nbgrader,
    "otter": _for_otter,
}


def _assignments(files: list[Path]) -> list[tuple[Path, solutions.Notebook, list[Path]]]:
    """The notebooks with exercises, each with the files beside it that it names."""
    found = []
    others = [path for path in files if path.suffix != ".ipynb"]
    for path in files:
        notebook = _notebook(path) if path.suffix == ".ipynb" else {"cells": []}
        if versions.exercises_in(notebook):
            text = path.read_text("utf-8")
            found.append((path, notebook, [file for file in others if file.name in text]))
    if not found:
        raise CommandError("expected a notebook in which check() follows a solution, got: none")
    return found


def _notebook(path: Path) -> solutions.Notebook:
    try:
        notebook = versions.read(path.read_text("utf-8"))
    except ValueError as error:  # not text, not JSON, not of a notebook
        raise CommandError(f"expected a notebook, got: {path}, which is none") from error
    try:
        versions.exercises_in(notebook)
    except ValueError as error:
        raise CommandError(f"{path}: {error}") from error
    return notebook


def _copy(path: Path, folder: Path) -> Path:
    return put(folder / path.name, path.read_bytes())
