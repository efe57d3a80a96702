"""What public functions are given, checked and brought into one form."""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import isfinite
from operator import index
from typing import Any

from .arithmetic import Real, as_float, described


def checked_count(number: object, argument: str) -> int:
    """A number of things, at least 1.

    >>> checked_count(2.5, "steps")
    Traceback (most recent call last):
    TypeError: expected steps to be an int, got: float 2.5
    """
    if isinstance(number, bool) or not hasattr(number, "__index__"):
        raise TypeError(f"expected {argument} to be an int, got: {described(number)}")
    count = index(number)
    if count < 1:
        raise ValueError(f"expected {argument} to be at least 1, got: {count}")
    return count


def checked_size(number: Real, argument: str, *, positive: bool = False) -> float:
    """A finite number of at least 0; above 0 where it has to be ``positive``.

    >>> checked_size(-1, "noise")
    Traceback (most recent call last):
    ValueError: expected noise to be finite and at least 0, got: -1.0
    """
    size = as_float(number, argument)
    if not (isfinite(size) and (size > 0.0 or (size == 0.0 and not positive))):
        bound = "above 0" if positive else "at least 0"
        raise ValueError(f"expected {argument} to be finite and {bound}, got: {size}")
    return size


def checked_label(label: Any) -> float:
    """The class of an example: -1.0 or 1.0."""
    y = as_float(label, "a label")
    if y not in (-1.0, 1.0):
        raise ValueError(f"expected labels to be -1 or 1, got: {y}")
    return y


def checked_rows(xs: Any, ys: Any) -> None:
    """Two lists of one length, not empty."""
    for argument, rows in (("xs", xs), ("ys", ys)):
        if not is_row(rows):
            raise TypeError(f"expected {argument} to be a list, got: {described(rows)}")
    if len(xs) != len(ys):
        raise ValueError(f"expected as many ys as xs, got: {len(ys)} ys and {len(xs)} xs")
    if len(xs) == 0:
        raise ValueError("expected at least one example, got: none")


def xs_and_ys(data: Any) -> tuple[Any, Any]:
    """The two halves of a data set, or of a pair."""
    if isinstance(data, (tuple, list)) and len(data) == 2:
        return data[0], data[1]
    if hasattr(data, "xs") and hasattr(data, "ys"):
        return data.xs, data.ys
    raise TypeError(f"expected data to be a data set or a pair (xs, ys), got: {described(data)}")


def is_row(thing: object) -> bool:
    """Something with a first, a second, … element: no text, no set, no number."""
    if isinstance(thing, (str, bytes, bytearray, Mapping, Set)) or getattr(thing, "ndim", 1) == 0:
        return False
    return hasattr(thing, "__len__") and hasattr(thing, "__getitem__")
