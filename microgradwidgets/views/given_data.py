"""A learner's own points, in whatever form they come: rows, arrays, pairs, or a file of text.

>>> data = given_data([{"x": 0, "y": 1, "label": 1}, {"x": 2, "y": 3, "label": 0}])
>>> data.xs, data.ys
(((0.0, 1.0), (2.0, 3.0)), (1.0, -1.0))
>>> given_data(([[0, 1], [2, 3]], [1, -1])).xs == data.xs
True
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from ..arguments import is_row
from ..arithmetic import as_float, described
from ..datasets import Dataset
from .files import path_text
from .points import FEWEST, MOST

COLUMNS = ("x", "y", "label")
FORMS = "a Dataset, a pair (xs, ys), rows of x, y and label, or the path of a CSV file"

Row = tuple[str, Any]
"""What to call it in an error, and three things that should be numbers."""


def given_data(data: Any) -> Dataset:
    """Points out of any of these forms.

    Args:
        data: a data set; a pair of points and labels; rows, each a mapping with ``x``, ``y`` and
            ``label`` or three numbers; or the path of a CSV file of such rows, with or without a
            first line of names. Anything with a length and an index will do for a list. Labels
            are -1 and 1, or 0 and 1.

    Raises:
        TypeError, ValueError: with the row or the line where the data ceases to be that.
    """
    if isinstance(data, Dataset):
        _checked_count(len(data))
        return data
    if isinstance(data, (str, os.PathLike)):
        return _dataset(_file_rows(path_text(data, "data")))
    if not is_row(data):
        raise TypeError(f"expected data to be {FORMS}, got: {described(data)}")
    if len(data) == 2 and is_row(data[0]) and len(data[0]) > 0 and is_row(data[0][0]):
        return _dataset(_paired(*data))
    _checked_count(len(data))
    return _dataset((f"row {at}", data[at]) for at in range(len(data)))


def _checked_count(count: int) -> int:
    if not FEWEST <= count <= MOST:
        raise ValueError(f"expected {FEWEST} to {MOST} points, got: {count}")
    return count


def _paired(xs: Any, ys: Any) -> Iterator[Row]:
    if not is_row(ys):
        raise TypeError(f"expected ys to be a list, got: {described(ys)}")
    if len(ys) != len(xs):
        raise ValueError(f"expected as many ys as xs, got: {len(ys)} ys and {len(xs)} xs")
    for at in range(_checked_count(len(ys))):
        if not is_row(xs[at]) or len(xs[at]) != 2:
            raise ValueError(f"expected row {at} of xs to be two numbers, got: {described(xs[at])}")
        yield f"row {at}", (xs[at][0], xs[at][1], ys[at])


def _file_rows(path: str) -> Iterator[Row]:
    """The lines of a file, which may begin with the names of its columns."""
    name = os.path.basename(path)
    order: list[int] = [0, 1, 2]
    with open(path, encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        try:
            for cells in reader:
                where = f"line {reader.line_num} of {name}"
                texts = [cell.strip() for cell in cells]
                if not any(texts):
                    continue
                if reader.line_num == 1 and {*COLUMNS} <= {text.lower() for text in texts}:
                    order = [[text.lower() for text in texts].index(c) for c in COLUMNS]
                elif len(texts) <= max(order):
                    raise ValueError(f"expected {where} to be x,y,label, got: {described(texts)}")
                else:
                    yield where, [_number(texts[at]) for at in order]
        except (csv.Error, UnicodeDecodeError) as error:
            raise ValueError(f"expected {name} to be a CSV file in UTF-8, got: {error}") from None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text  # which an error shows


def _dataset(rows: Iterable[Row]) -> Dataset:
    xs: list[tuple[float, float]] = []
    labels: list[tuple[str, float]] = []
    for where, row in rows:
        x, y, label = _numbers(where, row)
        xs.append((x, y))
        labels.append((where, label))
        if len(xs) > MOST:
            raise ValueError(f"expected at most {MOST} points, got: more, up to {where}")
    _checked_count(len(xs))
    return Dataset(xs, [*_signs(labels)])


def _numbers(where: str, row: Any) -> list[float]:
    if isinstance(row, Mapping):
        if missing := [name for name in COLUMNS if name not in row]:
            raise ValueError(f"expected {where} to have {missing[0]!r}, got: {described(row)}")
        row = [row[name] for name in COLUMNS]
    if not is_row(row) or len(row) != 3:
        raise ValueError(f"expected {where} to be x, y and label, got: {described(row)}")
    try:
        numbers = [as_float(row[at], name) for at, name in enumerate(COLUMNS)]
    except (TypeError, OverflowError) as error:
        raise type(error)(f"{where}: {error}") from None
    if not all(map(isfinite, numbers)):
        raise ValueError(f"expected finite numbers in {where}, got: {numbers}")
    return numbers


def _signs(labels: list[tuple[str, float]]) -> Iterator[float]:
    """Labels as -1 and 1; 0 stands for -1 where there is no -1."""
    low = 0.0 if any(label == 0.0 for _, label in labels) else -1.0
    for where, label in labels:
        if label not in (low, 1.0):
            raise ValueError(
                f"expected labels to be -1 and 1, or 0 and 1, got: {label:g} in {where}"
                + (" beside a 0" if low == 0.0 else "")
            )
        yield 1.0 if label == 1.0 else -1.0
