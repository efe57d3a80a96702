"""Where the solutions of a notebook are, and how to take them out or put them where graders look.

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
from typing import Any, TypeAlias

from ..arithmetic import described

Notebook: TypeAlias = dict[str, Any]
Cell: TypeAlias = dict[str, Any]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = "...  # your answer"


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


# -- cells that are a solution and nothing else ----------------------------------------------------


def is_solution(cell: Cell) -> bool:
    """Whether a cell is a solution from its first line to its last, and checks itself."""
    lines = source_of(cell).strip().split("\n")
    return (lines[0], lines[-1]) == (BEGIN, END) and bool(checked(cell))


def solved_in_place(notebook: Notebook) -> Notebook:
    """The notebook with each such solution in the cell that waits for the answer.

    The check, which ends that cell, gets one of its own, since graders mark answers and tests
    cell by cell.
    """
    solutions = {checked(cell): source_of(cell) for cell in cells_of(notebook) if is_solution(cell)}
    cells: list[Cell] = []
    for cell in cells_of(notebook):
        if is_solution(cell):
            continue
        solution = solutions.pop(checked(cell), "") if BEGIN not in source_of(cell) else ""
        cells += _parted(cell, solution) if solution else [cell]
    if solutions:
        raise ValueError(f"expected a cell that asks before the solution of {', '.join(solutions)}")
    return with_cells(notebook, cells)


def _parted(cell: Cell, solution: str) -> list[Cell]:
    """The cell of an answer with its solution, and that of its check."""
    source = source_of(cell).strip()
    call = _call_of(source)
    lines = source.split("\n")
    asked, check = lines[: call.lineno - 1], lines[call.lineno - 1 :]
    name = ast.unparse(call.args[1])
    if not name.isidentifier():
        raise ValueError(f"expected a check of a variable, which graders can see, got: {source!r}")
    while asked and not asked[-1].strip():
        asked.pop()
    answer = "\n".join([*asked, BEGIN, *_answer(solution, name), END])
    named = {"id": f"{cell['id']}-check"} if "id" in cell else {}
    return [
        {**cell, "source": answer},
        {**cell, **named, "metadata": {}, "source": "\n".join(check)},
    ]


def _answer(solution: str, name: str) -> list[str]:
    """What a solution does before its check, and then the answer under this name."""
    solution = solution.strip()
    call = _call_of(solution)
    lines = solution.split("\n")
    made = lines[1 : call.lineno - 1]
    while made and not made[-1].strip():
        made.pop()
    given = ast.get_source_segment(solution, call.args[1]) or ""
    if given == name:
        return made
    remark = lines[(call.end_lineno or 0) - 1].encode()[call.end_col_offset :].decode()
    given = f"({given})" if "\n" in given else given
    return [*made, *f"{name} = {given}{remark}".split("\n")]


def _call_of(source: str) -> ast.Call:
    call = last_call(source)
    assert call is not None
    return call


# -- cells -----------------------------------------------------------------------------------------


def checked(cell: Cell) -> str:
    """The id of the exercise that a cell checks in its last line; empty if it checks none."""
    call = last_call(source_of(cell)) if cell["cell_type"] == "code" else None
    return str(ast.literal_eval(call.args[0])) if call is not None else ""


def last_call(source: str) -> ast.Call | None:
    """The ``check("id", …)`` that a cell ends with."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):  # a line for IPython, such as %time; a null byte
        return None
    except (RecursionError, MemoryError):  # nested more deeply than Python reads
        return None
    match statements[-1:]:
        case [ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str()), _]) as call)]:
            return call
    return None


def expect_notebook(notebook: Any) -> Notebook:
    """A notebook with all that is read of its cells, or a ``ValueError``."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError(f"expected a notebook with cells, got: {described(notebook)}")
    for cell in cells:
        if not _is_cell(cell):
            raise ValueError(
                f"expected cells with cell_type, metadata and source, got: {described(cell)}"
            )
    return notebook  # type: ignore[no-any-return]


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict):
        return False
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return (
        isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata"), dict)
        and all(isinstance(line, str) for line in lines)
    )


def cells_of(notebook: Notebook) -> list[Cell]:
    cells: list[Cell] = notebook["cells"]
    return cells


def with_cells(notebook: Notebook, cells: list[Cell]) -> Notebook:
    return {**notebook, "cells": cells}


def source_of(cell: Cell) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
