"""What public functions are given, checked and brought into one form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from math import isfinite
from operator import index
from typing import Any, TypeVar

from .arithmetic import Real, as_float, described, glimpse

Item = TypeVar("Item")

MOST = 2**63 - 1
"""Of anything that is counted. No count gets there, but some write it for "all of them"."""


def as_int(number: object) -> int | None:
    """A whole number as a plain int; None for anything else, and for booleans.

    Arrays and the class ``int`` have an ``__index__``, too: only asking tells.

    >>> as_int(3), as_int(3.0), as_int(True), as_int(int)
    (3, None, None, None)
    """
    if isinstance(number, bool):
        return None
    try:
        return index(number)  # type: ignore[arg-type]
    except Exception:
        return None


def checked_count(number: object, argument: str, most: int = MOST) -> int:
    """A number of things, at least 1 and at most ``most``.

    >>> checked_count(2.5, "steps")
    Traceback (most recent call last):
    TypeError: expected steps to be an int, got: float 2.5
    """
    count = as_int(number)
    if count is None:
        raise TypeError(f"expected {argument} to be an int, got: {described(number)}")
    if not 1 <= count <= most:
        bound = "at least 1" if count < 1 else f"at most {most}"
        raise ValueError(f"expected {argument} to be {bound}, got: {glimpse(count)}")
    return count


def each(things: Iterable[Item] | None, argument: str, expected: str = "a list") -> Iterator[Item]:
    """Things one by one, from whatever holds them.

    >>> each(5, "scenes")
    Traceback (most recent call last):
    TypeError: expected scenes to be a list, got: int 5
    """
    try:
        return iter(things)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"expected {argument} to be {expected}, got: {described(things)}") from None


def expect_function(thing: object, argument: str, such: str = "") -> Callable[..., Any]:
    """What can be called; ``such`` may name one."""
    if not callable(thing):
        like = f" such as {such}" if such else ""
        raise TypeError(f"expected {argument} to be a function{like}, got: {described(thing)}")
    return thing


def is_one_of(thing: object, words: Collection[str]) -> bool:
    """Whether something is one of some words; arrays, asked by ``in``, would answer in arrays."""
    return isinstance(thing, str) and thing in words


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
    """Something with a first, a second, … element: no text, no set, no number, no class."""
    if isinstance(thing, (str, bytes, bytearray, Mapping, Set, type)):
        return False
    if getattr(thing, "ndim", 1) == 0:
        return False
    return hasattr(thing, "__len__") and hasattr(thing, "__getitem__")


def public_names(variables: Any) -> dict[str, Any]:
    """Things by name, without those that IPython keeps for itself: ``_``, ``__``, ``_5``."""
    if not isinstance(variables, Mapping):
        raise TypeError(f"expected names to map names to values, got: {described(variables)}")
    for name in variables:
        if not isinstance(name, str):
            raise TypeError(f"expected names to map names to values, got: key {described(name)}")
    return {name: thing for name, thing in variables.items() if not name.startswith("_")}


def names_by_id(names: Any) -> Mapping[int, str]:
    """Names of values without a label, by id; None for none."""
    if names is None:
        return {}
    if not isinstance(names, Mapping):
        raise TypeError(f"expected names to map ids to names, got: {described(names)}")
    for key, name in names.items():
        if type(key) is not int or not isinstance(name, str):
            raise TypeError(
                f"expected names to map ids to names, got: {glimpse(key)} → {described(name)}"
            )
    return names
