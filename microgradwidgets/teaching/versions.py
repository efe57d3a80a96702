"""The versions of a lesson, all made of one notebook: for students, for teachers, for graders.

In the one source a solution stands between ``### BEGIN SOLUTION`` and ``### END SOLUTION``, as
nbgrader has it: in the cell that waits for the answer, and then a later cell ends with
``check("02.1", answer)``; or, as in the course, in a cell of its own, which ends with the same
check as the cell that waits. A notebook here is what ``json.loads`` makes of its file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .solutions import (
    BEGIN,
    END,
    Cell,
    Notebook,
    cells_of,
    checked,
    expect_notebook,
    is_solution,
    last_call,
    solved_in_place,
    source_of,
    with_cells,
    without_solution,
)


def read(text: str) -> Notebook:
    """The notebook in the text of a file."""
    try:
        notebook = expect_notebook(json.loads(text))
        written(notebook).encode()  # half a character can be read, and not be written again
    except RecursionError:
        raise ValueError("expected a notebook, got: JSON that is nested too deeply") from None
    return notebook


def written(notebook: Notebook) -> str:
    """A notebook as the text of a file, as Jupyter lays it out."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def student(notebook: Notebook) -> Notebook:
    """The notebook without its solutions. It runs from top to bottom all the same."""
    cells = [cell for cell in cells_of(notebook) if not is_solution(cell)]
    return with_cells(notebook, [_cell(c, without_solution(source_of(c))) for c in cells])


def teacher(notebook: Notebook) -> Notebook:
    """The notebook with its solutions, ready for nbgrader.

    Cells with a solution are marked as answers, and cells that check one as tests, a point each;
    there ``check(...)`` becomes ``check(...).require()``, which fails where the answer is wrong.
    Its sentence is printed, because a result at the end of a test means a part of the points.
    """
    cells = []
    for place in _places(notebook):
        source, about = source_of(place.cell), {}
        if place.is_answer:
            about = _nbgrader(f"answer-{place.key}", grade=False)
        elif place.exercise:
            source = _required(source, "print(", ")")
            about = _nbgrader(f"check-{place.key}", grade=True)
        cells.append(_cell(place.cell, source, about))
    return with_cells(notebook, cells)


def otter(notebook: Notebook, files: list[str]) -> Notebook:
    """The notebook with its solutions, as ``otter assign`` reads it.

    Args:
        notebook: the source.
        files: what lies beside the notebook and is needed to run it.
    """
    needed = "".join(f"\n  - {name}" for name in files)
    config = "# ASSIGNMENT CONFIG\nsolutions_pdf: false" + (f"\nfiles:{needed}" if files else "")
    cells = [_raw("assignment", config)]
    for place in _places(notebook):
        cell, key = place.cell, place.key
        source = source_of(cell)
        if place.is_answer:
            source = source.replace(BEGIN, "# BEGIN SOLUTION").replace(END, "# END SOLUTION")
            cells += [
                _raw(f"question-{key}", f"# BEGIN QUESTION\nname: q{key}\npoints: 1"),
                _raw(f"solution-{key}", "# BEGIN SOLUTION"),
                _cell(cell, source),
                _raw(f"solution-{key}-end", "# END SOLUTION"),
            ]
        elif place.exercise:
            cells += [
                _raw(f"tests-{key}", "# BEGIN TESTS"),
                _cell(cell, _required(source, "assert ")),
                _raw(f"tests-{key}-end", "# END TESTS"),
                _raw(f"question-{key}-end", "# END QUESTION"),
            ]
        else:
            cells.append(cell)
    return with_cells(notebook, cells)


def exercises_in(notebook: Notebook) -> list[str]:
    """The ids of the exercises that the notebook asks for an answer to and checks, in order."""
    return [p.exercise for p in _places(notebook) if p.exercise and not p.is_answer]


# -- where exercises are ---------------------------------------------------------------------------


class _Place(NamedTuple):
    """A cell, and the exercise that it answers or checks, if any."""

    cell: Cell
    exercise: str
    is_answer: bool

    @property
    def key(self) -> str:
        return re.sub("[^0-9A-Za-z]+", "_", self.exercise)


def _places(notebook: Notebook) -> Iterator[_Place]:
    """All cells in order. A check belongs to the answer before it that has none yet."""
    waiting: list[Cell] = []
    for cell in cells_of(notebook):
        without_solution(source_of(cell))  # marks that are no pairs are an error in every version
    for cell in cells_of(solved_in_place(notebook)):
        is_answer = cell["cell_type"] == "code" and BEGIN in source_of(cell)
        found = checked(cell)
        if is_answer and found:
            raise ValueError(f"expected the check of {found} in a cell of its own")
        if is_answer and waiting:
            raise ValueError(
                f"expected a check after {source_of(waiting[0])!r}, got another answer"
            )
        if not waiting and not is_answer:
            yield _Place(cell, "", False)
            continue
        waiting.append(cell)
        if found:
            yield _Place(waiting[0], found, True)
            yield from (_Place(between, "", False) for between in waiting[1:-1])
            yield _Place(cell, found, False)
            waiting = []
    if waiting:
        raise ValueError(f"expected a check after {source_of(waiting[0])!r}, got none")


def _required(source: str, before: str, after: str = "") -> str:
    """The text of a cell that fails where the answer in its last line is wrong."""
    call = last_call(source)
    assert call is not None
    assert call.end_lineno is not None
    lines = source.encode().split(b"\n")
    end = lines[call.end_lineno - 1]
    lines[call.end_lineno - 1] = (
        end[: call.end_col_offset] + f".require(){after}".encode() + end[call.end_col_offset :]
    )
    lines[call.lineno - 1] = before.encode() + lines[call.lineno - 1]
    return b"\n".join(lines).decode()


# -- notebooks and cells ---------------------------------------------------------------------------


def _cell(cell: Cell, source: str, about: dict[str, Any] | None = None) -> Cell:
    """The cell with another text, and what else is to be said about it."""
    metadata = {**cell["metadata"], **(about or {})}
    return {**cell, "metadata": metadata, "source": source.splitlines(keepends=True)}


def _raw(name: str, source: str) -> Cell:
    """A cell that speaks to Otter."""
    lines = source.splitlines(keepends=True)
    return {"cell_type": "raw", "id": name, "metadata": {}, "source": lines}


def _nbgrader(grade_id: str, *, grade: bool) -> dict[str, Any]:
    about = {"grade": grade, "grade_id": grade_id, "locked": grade, "schema_version": 3}
    points = {"points": 1} if grade else {}
    return {"nbgrader": {**about, **points, "solution": not grade, "task": False}}
