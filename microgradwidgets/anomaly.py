"""Where did the first ``nan`` or ``inf`` come from? ``detect_anomaly`` answers with an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from math import isfinite
from typing import TYPE_CHECKING

from . import watching
from .text import op_text, visible_text

if TYPE_CHECKING:
    from .engine import Value

_here: ContextVar[bool] = ContextVar("detect_anomaly", default=False)


@contextmanager
def detect_anomaly() -> Iterator[None]:
    """Turn the first non-finite number, local derivative or gradient into an ``ArithmeticError``.

    Outside, numbers follow IEEE 754: ``Value(0.0) ** -1`` is ``inf`` and flows on. Inside, the
    error names the operation, its operands and their labels. It holds for this thread (or
    asyncio task) only.

    >>> from microgradwidgets import Value
    >>> with detect_anomaly():
    ...     Value(0.0, label="x") ** -1
    Traceback (most recent call last):
    ArithmeticError: expected a finite number, got: inf from the operation '**-1' of x = 0.0
    """
    block, before = object(), _here.get()
    try:
        watching.active.add(block)
        _here.set(True)
        yield
    finally:
        try:
            _end(block, before)
        finally:
            _end(block, before)  # to the end, where Ctrl-C came in between


def _end(block: object, before: bool) -> None:
    _here.set(before)
    watching.active.discard(block)


def is_on() -> bool:
    """Whether a block is open here."""
    return bool(watching.active) and _here.get()


def check_value(value: Value) -> None:
    """Called for every new value while a block is open anywhere."""
    if not _here.get():
        return
    if not isfinite(value.data):
        raise ArithmeticError(f"expected a finite number, got: {value.data} from {origin(value)}")
    for edge in value.parents:
        if not isfinite(edge.local_gradient):
            raise ArithmeticError(
                f"expected a finite local derivative by {_name(edge.parent)}, "
                f"got: {edge.local_gradient} from {origin(value)}"
            )


def check_gradients(order: Iterable[Value], table: Mapping[int, float]) -> None:
    """Called with all gradients, the output's first, while a block is open here."""
    for value in order:
        if not isfinite(table[value.id]):
            raise ArithmeticError(
                f"expected a finite gradient, got: {table[value.id]} arriving at {origin(value)}"
            )


def origin(value: Value) -> str:
    """Which operation made a value, of what: the middle of a sentence."""
    own = "" if value.label is None else f" ({_name(value)})"
    if not value.parents:
        return f"the operation 'leaf'{own} of {value.data}"
    operands = ", ".join(f"{_name(edge.parent)} = {edge.parent.data}" for edge in value.parents)
    return f"the operation {op_text(value.op)!r}{own} of {operands}"


def _name(value: Value) -> str:
    return f"value {value.id}" if value.label is None else visible_text(value.label)
