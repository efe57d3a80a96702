"""The graph of a worksheet: as much of it as can be read on paper, with blanks to write in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..engine import Value
from ..gradients import Gradients
from ..graph import NOTHING, Unknown
from ..teaching.question import Question
from .still import still_svg

WIDTH, HEIGHT = 510.0, 540.0
"""What a page has room for, in points: as much on A4 as on Letter paper."""
LIMITS = (40, 28, 20, 14, 10)
SMALLEST = 0.55
"""The scale at which what is written in a box is still read: 6 points."""
BLANK = "_" * 9

_SIZE = re.compile(rb'width="([0-9.e+]+)pt" height="([0-9.e+]+)pt"')


class Paper(NamedTuple):
    """How a graph is drawn on a page: how many values of it, and in which direction."""

    limit: int
    direction: str


def fitting(value: Value, gradients: Gradients, direction: str | None) -> Paper:
    """As many values as can be read on a page, drawn the way that leaves them largest."""
    directions = ("LR", "TB") if direction is None else (direction,)
    for limit in LIMITS:
        best, largest = directions[0], 0.0
        for way in directions:
            scale = _scale(value, gradients, Paper(limit, way))
            if scale > largest:
                best, largest = way, scale
            if scale == 1.0:
                break
        if largest >= SMALLEST:
            break
    return Paper(limit, best)


def _scale(value: Value, gradients: Gradients, paper: Paper) -> float:
    svg = still_svg(value, gradients, {}, paper.direction, limit=paper.limit, paper=True)
    found = None if svg is None else _SIZE.search(svg)
    if found is None:  # no Graphviz, and so a table, of which as much again has room
        return 1.0 if paper.limit <= 20 else 0.0
    width, height = float(found[1]), float(found[2])
    return min(1.0, WIDTH / width, HEIGHT / height)


def blanks(questions: Sequence[Question], drawn: Iterable[Value]) -> Unknown:
    """What is left out of the picture: all that is asked for, and the derivatives on the arrows.

    A local derivative may be the very number that is asked for, and is one half of a gradient.
    """
    marks: dict[tuple[str, int], str] = {("local", value.id): "" for value in drawn}
    for place, question in enumerate(questions, start=1):
        if question.kind in _SUBJECTS:
            marks[_SUBJECTS[question.kind], question.node.id] = f"({place}) {BLANK}"
    values, gradients, local = (
        frozenset(key for kind, key in marks if kind == wanted)
        for wanted in ("value", "gradient", "local")
    )
    return Unknown(values, gradients, local, marks)


_SUBJECTS: Mapping[str, str] = {"value": "value", "sign": "gradient", "gradient": "gradient"}


def picture(
    value: Value, gradients: Gradients, paper: Paper, unknown: Unknown = NOTHING
) -> bytes | None:
    """The drawing, with white boxes; None where no Graphviz is installed."""
    return still_svg(value, gradients, {}, paper.direction, unknown, paper.limit, paper=True)
