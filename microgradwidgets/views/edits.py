"""The leaves that have other numbers now: as Python has them, and as the browser does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NoReturn, Protocol

import traitlets

from ..arithmetic import as_float, described
from ..engine import Value
from ..tape import Tape

_WORDS = {"nan", "inf", "-inf"}
"""What JSON has no numbers for."""


class Edits(Mapping[Value, float]):
    """Numbers by leaf, set as a whole: nobody would be told of a part that is changed.

    >>> from microgradwidgets import show
    >>> diagram = show(Value(2.0, label="x") * 3)
    >>> diagram.edits = {"x": 5.0}
    >>> diagram.edits["x"] = 7.0
    Traceback (most recent call last):
    TypeError: expected edits to be set as a whole, edits = {"x": 1.0}, got: str 'x' alone
    """

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[Value, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, leaf: Value) -> float:
        return self._numbers[leaf]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __repr__(self) -> str:
        return repr(self._numbers)

    def __or__(self, other: Mapping[Value, float]) -> Edits:
        return Edits({**self, **other})

    def __setitem__(self, leaf: object, number: object) -> NoReturn:
        raise TypeError(
            'expected edits to be set as a whole, edits = {"x": 1.0}, '
            f"got: {described(leaf)} alone"
        )

    def __delitem__(self, leaf: object) -> NoReturn:
        self[leaf] = None


class Leaves(Protocol):
    """What knows where leaves stand."""

    recorded: Tape

    def _leaf(self, index: int) -> Value: ...


def as_pairs(edits: Mapping[Value, float] | None, live: Leaves) -> list[list[Any]] | None:
    """Leaf indices and numbers, as the browser has them."""
    if edits is None:
        return None
    place = live.recorded.ids
    return [[place[v.id], x if isfinite(x) else str(x)] for v, x in edits.items()]


def from_pairs(pairs: Any, live: Leaves) -> Edits | None:
    if pairs is None:
        return None
    try:
        return Edits({live._leaf(index): _number(x) for index, x in pairs})
    except (TypeError, ValueError, KeyError, OverflowError):
        raise traitlets.TraitError(
            f"expected pairs of a leaf's index and its number, got: {described(pairs)}"
        ) from None


def _number(x: object) -> float:
    return float(x) if isinstance(x, str) and x in _WORDS else as_float(x, "leaf")
