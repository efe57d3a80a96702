"""The notebooks of the course, run as a learner runs them, and what their texts claim.

A cell of text may hold, in its metadata, what it says: under ``numbers`` each number that it quotes
stands with the expression that gives it, under ``claims`` are expressions that must be true. They
are worked out when the code below the text has run, so a text cannot outlive what it speaks of.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

CLAIM = "claim"
"""In the metadata of a cell that only the tests add: what must come out."""

_NUMBER = re.compile(r"(?<![\w.])−?\d[\d,]*(?:\.\d+)?(?![\w.]*\w)")
_CODE = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|^#+ \d+\.|^\d+\. ", re.DOTALL | re.MULTILINE)


def read(path: Path) -> Any:
    """A notebook as it is kept."""
    return nbformat.read(path, as_version=4)


@cache
def lesson(path: Path) -> Any:
    """A notebook after it has run from top to bottom, with the tests' own cells in it."""
    return run(with_claims(read(path)))


def run(notebook: Any) -> Any:
    """Run a notebook where a learner has it: in the folder of the course."""
    where = {"metadata": {"path": str(FOLDER)}}
    client = NotebookClient(notebook, timeout=180, kernel_name="python3", resources=where)
    # Under pytest a kernel does not capture what libraries written in C print; a learner's does.
    client.execute(env={k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"})
    return notebook


def with_claims(notebook: Any) -> Any:
    """The notebook with a cell for every number quoted and for every exercise."""
    cells: list[Any] = []
    waiting: list[Any] = []
    for cell in deepcopy(notebook.cells):
        if cell.cell_type == "markdown":
            cells += waiting
            waiting = [*_quoted(cell)]
        cells += [cell, *_answers(cell)]
    return nbformat.from_dict({**notebook, "cells": cells + waiting})


def _quoted(cell: Any) -> Iterator[Any]:
    for text, expression in cell.metadata.get("numbers", {}).items():
        _, _, decimals = text.partition(".")
        comma = "," if "," in text else ""
        yield _claim(f'format({expression}, "{comma}.{len(decimals)}f")', text.replace("−", "-"))

    for expression in cell.metadata.get("claims", []):
        yield _claim(f"str(bool({expression}))", "True")


def _answers(cell: Any) -> Iterator[Any]:
    """Of an exercise that waits for an answer, and of its solution."""
    if cell.cell_type == "code":
        for call in checks_in(cell.source):
            is_solved = "solution" in cell.metadata.get("tags", [])
            yield _claim(f"str({ast.unparse(call)}.correct)", str(is_solved))


def _claim(source: str, expected: str) -> Any:
    return nbformat.v4.new_code_cell(source, metadata={CLAIM: expected})


def checks_in(source: str) -> list[ast.Call]:
    """The calls of ``check`` in a cell."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "check"
    ]


def claims(notebook: Any) -> Iterator[tuple[str, str, str]]:
    """What was claimed, how it was worked out, and what came out."""
    for cell in notebook.cells:
        if CLAIM in cell.metadata:
            (output,) = cell.outputs
            yield cell.metadata[CLAIM], cell.source, ast.literal_eval(output.data["text/plain"])


def outputs_of(notebook: Any) -> list[Any]:
    """All that a learner sees, in order."""
    own = [cell for cell in notebook.cells if CLAIM not in cell.metadata]
    return [output for cell in own for output in cell.get("outputs", [])]


def results_of(notebook: Any) -> list[str]:
    """What the last lines of cells gave, as text."""
    return [o.data["text/plain"] for o in outputs_of(notebook) if o.output_type == "execute_result"]


def printed_by(notebook: Any) -> list[str]:
    """Line by line."""
    texts = [o.text for o in outputs_of(notebook) if o.get("name") == "stdout"]
    return "".join(texts).splitlines()


def long_numbers(text: str) -> list[str]:
    """Numbers of three digits and more that a text quotes: results, not counts of things."""
    found = _NUMBER.findall(_CODE.sub(" ", text))
    return [number for number in found if sum(map(str.isdigit, number)) >= 3]
