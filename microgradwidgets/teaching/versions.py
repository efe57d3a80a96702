"""The versions of a lesson, all made of one notebook: for students, for teachers, for graders.

In the one source a code cell holds its solution between ``### BEGIN SOLUTION`` and ``### END
SOLUTION``, as nbgrader has it, and a later cell ends with ``check("02.1", answer)``. A notebook
here is what ``json.loads`` makes of its file.

>>> print(
...     without_solution('''slope = ...
... ### BEGIN SOLUTION
... slope = 8.0
... ### END SOLUTION''')
... )
slope = ...
...  # your answer
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

Notebook: TypeAlias = dict[str, Any]
Cell: TypeAlias = dict[str, Any]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = "...  # your answer"


def read(text: str) -> Notebook:
    """The notebook in the text of a file."""
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError(f"expected a notebook with cells, got: {text[:60]!r}")
    return notebook


def written(notebook: Notebook) -> str:
    """A notebook as the text of a file, as Jupyter lays it out."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def student(notebook: Notebook) -> Notebook:
    """The notebook without its solutions. It runs from top to bottom all the same."""
    return _of_cells(
        notebook, [_cell(cell, without_solution(_source(cell))) for cell in _cells(notebook)]
    )


def teacher(notebook: Notebook) -> Notebook:
    """The notebook with its solutions, ready for nbgrader.

    Cells with a solution are marked as answers, and cells that check one as tests, a point each;
    there ``check(...)`` becomes ``check(...).require()``, which fails where the answer is wrong.
    """
    cells = []
    for place in _places(notebook):
        source, about = _source(place.cell), {}
        if place.is_answer:
            about = _nbgrader(f"answer-{place.key}", grade=False)
        elif place.exercise:
            source = _required(source, before="")
            about = _nbgrader(f"check-{place.key}", grade=True)
        cells.append(_cell(place.cell, source, about))
    return _of_cells(notebook, cells)


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
        source = _source(cell)
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
                _cell(cell, _required(source, before="assert ")),
                _raw(f"tests-{key}-end", "# END TESTS"),
                _raw(f"question-{key}-end", "# END QUESTION"),
            ]
        else:
            cells.append(cell)
    return _of_cells(notebook, cells)


def exercises_in(notebook: Notebook) -> list[str]:
    """The ids of the exercises that the notebook asks for an answer to and checks, in order."""
    return [p.exercise for p in _places(notebook) if p.exercise and not p.is_answer]


def without_solution(source: str) -> str:
    """The text of a cell with a stub in place of each solution."""
    lines, is_inside = [], False
    for line in source.split("\n"):
        mark = line.strip()
        if mark in (BEGIN, END):
            if (mark == BEGIN) is is_inside:
                raise ValueError(f"expected {BEGIN} and {END} in turn, got: {source!r}")
            is_inside = mark == BEGIN
            if is_inside:
                lines.append(line.replace(BEGIN, STUB))
        elif not is_inside:
            lines.append(line)
    if is_inside:
        raise ValueError(f"expected {END} after {BEGIN}, got: {source!r}")
    return "\n".join(lines)


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
    for cell in _cells(notebook):
        is_answer = cell["cell_type"] == "code" and BEGIN in _source(cell)
        found = _checked(cell)
        if is_answer and found:
            raise ValueError(f"expected the check of {found} in a cell of its own")
        if is_answer and waiting:
            raise ValueError(f"expected a check after {_source(waiting[0])!r}, got another answer")
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
        raise ValueError(f"expected a check after {_source(waiting[0])!r}, got none")


def _checked(cell: Cell) -> str:
    """The id of the exercise that a cell checks in its last line; empty if it checks none."""
    call = _last_call(_source(cell)) if cell["cell_type"] == "code" else None
    return str(ast.literal_eval(call.args[0])) if call is not None else ""


def _last_call(source: str) -> ast.Call | None:
    """The ``check("id", …)`` that a cell ends with."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a line for IPython, such as %time
        return None
    match statements[-1:]:
        case [ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str()), _]) as call)]:
            return call
    return None


def _required(source: str, *, before: str) -> str:
    """The text of a cell that fails where the answer in its last line is wrong."""
    call = _last_call(source)
    assert call is not None
    assert call.end_lineno is not None
    lines = source.encode().split(b"\n")
    end = lines[call.end_lineno - 1]
    lines[call.end_lineno - 1] = (
        end[: call.end_col_offset] + b".require()" + end[call.end_col_offset :]
    )
    lines[call.lineno - 1] = before.encode() + lines[call.lineno - 1]
    return b"\n".join(lines).decode()


# -- notebooks and cells ---------------------------------------------------------------------------


def _cells(notebook: Notebook) -> list[Cell]:
    cells: list[Cell] = notebook["cells"]
    return cells


def _of_cells(notebook: Notebook, cells: list[Cell]) -> Notebook:
    return {**notebook, "cells": cells}


def _source(cell: Cell) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


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
