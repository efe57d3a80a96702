"""Rows as CSV and as JSON that every program reads, with all digits of every number.

JavaScript's twin is ``js/src/export/rows.ts``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from .text import visible_text

_FORMULA = tuple("=+-@＝＋－＠")
_NEEDS_QUOTES = frozenset(',"\r\n')


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    r"""Rows as RFC 4180 has it, under the keys of the first one.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers, also
    negative ones, are written as they are.

    >>> csv_text([{"loss": -0.5, "words": "=1+1"}, {"loss": float("inf"), "words": "a, b"}])
    'loss,words\r\n-0.5,\'=1+1\r\ninf,"a, b"\r\n'
    """
    if not rows:
        return ""
    names = [*rows[0]]
    lines: list[list[Any]] = [names, *([row.get(name) for name in names] for row in rows)]
    return "".join(",".join([_cell(value) for value in line]) + "\r\n" for line in lines)


def json_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a JSON list, one row a line; a number that is not finite becomes a text.

    >>> print(json_text([{"step": 0, "loss": 0.1}, {"step": 1, "loss": float("nan")}]))
    [
    {"step": 0, "loss": 0.1},
    {"step": 1, "loss": "nan"}
    ]
    <BLANKLINE>
    """
    lines = [
        json.dumps({key: _finite(x) for key, x in row.items()}, allow_nan=False) for row in rows
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return str(value)
    text = visible_text(value) if isinstance(value, str) else json.dumps(value)
    if text.lstrip().startswith(_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.intersection(text) else text


def _finite(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not isfinite(value) else value
