"""A tape replayed for a whole batch of examples at once: training on the standard library alone.

The graph of one example is small, and the same for every example; only some leaves differ. So it
is recorded once, and each step of it is taken for all examples together. A value is then a number
where nothing in it depends on the example, and a column, one number an example, where it does.
That is several times faster than replaying one large graph of all examples, to the same bits.

>>> from microgradwidgets import Tape, Value
>>> w, x = Value(0.0, label="w"), Value(0.0, label="x")
>>> batch = BatchReplay(Tape.record(w * x), varying=[x], wanted=[w])
>>> data = batch.forward([3.0], [[10.0, 20.0]])
>>> data[-1]
[30.0, 60.0]
>>> batch.backward(data, upstream=[0.5, 0.5], start=[0.0])  # of the mean of the two, by w
[15.0]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import add, mul
from typing import TypeAlias

from .engine import Value
from .tape import BINARY, Tape
from .tape_bytes import ADD, MUL, SUB

Column: TypeAlias = list[float]
Entry: TypeAlias = float | Column
Contribution: TypeAlias = tuple[Column, Entry | None]
"""Upstream gradients and a local derivative, or None for 1."""


class BatchReplay:
    """A tape, and which of its leaves differ from example to example.

    Args:
        tape: the graph of one example.
        varying: the leaves that have a number for every example.
        wanted: the leaves, the same for all examples, whose gradients are asked for. Leaves that
            are neither are constants.
    """

    def __init__(self, tape: Tape, varying: Iterable[Value], wanted: Iterable[Value]) -> None:
        self._tape = tape
        self._varying = [tape.index(value) for value in varying]
        self._wanted = [tape.index(value) for value in wanted]
        self._is_needed = _depends_on(tape, self._wanted)

    def forward(self, shared: Sequence[float], columns: Sequence[Column]) -> list[Entry]:
        """All numbers, in the order of the tape: an entry for every value.

        Args:
            shared: a number for each wanted leaf.
            columns: a column for each varying leaf.
        """
        data: list[Entry] = [*self._tape.filled()]
        for place, number in zip(self._wanted, shared, strict=True):
            data[place] = number
        for place, column in zip(self._varying, columns, strict=True):
            data[place] = column
        for index, code, a, b in self._tape.steps:
            if b >= 0:
                data[index] = _combined(code, data[a], data[b])
            else:
                data[index] = _each(self._tape.function(index), data[a], 0)
        return data

    def backward(
        self, data: Sequence[Entry], upstream: Column, start: Sequence[float]
    ) -> list[float]:
        """The gradient of a loss by each wanted leaf, summed over the examples.

        Args:
            data: what :meth:`forward` gave.
            upstream: the derivative of the loss by each example's output.
            start: what the wanted leaves have from elsewhere. The examples' contributions are
                added to it from the last example to the first, as one backward pass would that
                begins behind the sum of them all.
        """
        table: list[Column | None] = [None] * len(data)
        table[-1] = upstream
        arrived: dict[int, list[Contribution]] = {place: [] for place in self._wanted}

        def give(place: int, up: Column, local: Entry | None) -> None:
            if not self._is_needed[place]:
                return
            if place in arrived:
                arrived[place].append((up, local))
            else:
                table[place] = _plus_products(table[place], up, local)

        for index, code, a, b in reversed(self._tape.steps):
            up = table[index]
            if up is None:
                continue
            if code == ADD:
                give(a, up, None)
                give(b, up, None)
            elif code == MUL:
                give(a, up, data[b])
                give(b, up, data[a])
            elif code == SUB:
                give(a, up, None)
                give(b, up, -1.0)
            else:
                give(a, up, _each(self._tape.function(index), data[a], 1))
            table[index] = None  # its memory may serve the next
        return [_summed(total, arrived[i]) for total, i in zip(start, self._wanted, strict=True)]


def _depends_on(tape: Tape, sources: Iterable[int]) -> list[bool]:
    """For each value of a tape, whether one of the sources leads to it."""
    reached = [False] * len(tape)
    for place in sources:
        reached[place] = True
    for index, _, a, b in tape.steps:
        reached[index] = reached[a] or (b >= 0 and reached[b])
    return reached


def _combined(code: int, x: Entry, y: Entry) -> Entry:
    if isinstance(x, float):
        if isinstance(y, float):
            return BINARY[code](x, y)
        return _products(y, x) if code == MUL else [*map(BINARY[code], repeat(x), y)]
    if code == MUL:
        return _products(x, y)
    return [*map(BINARY[code], x, repeat(y) if isinstance(y, float) else y)]


def _each(function: Callable[[float], tuple[float, float]], x: Entry, which: int) -> Entry:
    """Of ``(f(x), f'(x))`` the one or the other, of a number or down a column."""
    return function(x)[which] if isinstance(x, float) else [function(v)[which] for v in x]


def _products(column: Column, factor: Entry) -> Column:
    return [*map(mul, column, repeat(factor) if isinstance(factor, float) else factor)]


def _plus_products(total: Column | None, up: Column, local: Entry | None) -> Column:
    """``total + up * local``; nothing before means nothing to add to, no local derivative 1."""
    if total is None:
        return up if local is None else _products(up, local)
    return [*map(add, total, up if local is None else _products(up, local))]


def _summed(total: float, contributions: Sequence[Contribution]) -> float:
    """Contributions of the last example first, each example's in the order they arrived."""
    if len(contributions) == 1:
        up, local = contributions[0]
        if isinstance(local, list):
            for product in map(mul, reversed(up), reversed(local)):
                total += product
            return total
    columns = [up if local is None else _products(up, local) for up, local in contributions]
    for row in zip(*map(reversed, columns), strict=True):
        for contribution in row:
            total += contribution
    return total
