"""The forward and the backward pass, one step at a time, as rows.

First every operation in turn works out its number; then the output is given the gradient 1; then
every operation, in reverse, passes its gradient on: to each operand it adds *upstream × local*.
An expression of n operations takes 2n + 1 steps. (The steps of a training are another matter:
:func:`microgradwidgets.steps`.)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, overload

from .engine import Value, expect_value
from .graph import Row
from .tape import Leaves, Tape
from .text import op_text


def pass_steps(value: Value) -> PassSteps:
    """All steps of both passes of the expression behind ``value``, as rows.

    Each row has ``number`` (from 1 on), ``phase`` (``"forward"``, ``"seed"`` or ``"backward"``),
    ``id``, ``name`` and ``op`` of the value it happens at, its ``value`` and its ``operands``. In
    the backward pass ``upstream`` is the gradient that it passes on, complete by then, and
    ``contributions`` says what becomes of it: for each operand ``to``, ``name``, ``upstream``,
    ``local``, ``contribution`` (their product), ``before`` and ``after`` (the operand's gradient).
    ``a * a`` has two of them, both to ``a``.

    The last ``after`` of a value is its gradient, bit for bit: this is how :func:`backward` adds.

    >>> x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    >>> rows = pass_steps(Value.tanh(x * w + 6.0, label="o"))
    >>> [(row["phase"], row["op"]) for row in rows[2:5]]
    [('forward', 'tanh'), ('seed', 'tanh'), ('backward', 'tanh')]
    >>> [(c["name"], c["local"], c["after"]) for c in rows[-1]["contributions"]]
    [('x', -3.0, -3.0), ('w', 2.0, 2.0)]
    """
    return PassSteps(Tape.record(expect_value(value, "value")))


class PassSteps(Sequence[Row]):
    """The rows of :func:`pass_steps`: a sequence that makes each when it is asked for.

    So the 131,000 steps of a training loss cost two short walks, and no memory for rows that
    nobody reads.
    """

    def __init__(self, tape: Tape, leaves: Leaves = None) -> None:
        self._tape = tape
        self._data = tape.replay(leaves)
        self._operations = [index for index, *_ in tape.steps]
        self._ids = {index: f"v{key}" for key, index in tape.ids.items()}

    def __len__(self) -> int:
        return 2 * len(self._operations) + 1

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._row(at) for at in range(len(self))[place]]
        return self._row(range(len(self))[place])

    def __repr__(self) -> str:
        return f"PassSteps({len(self):,} steps)"

    def _row(self, at: int) -> Row:
        forward = len(self._operations)
        if at < forward:
            return self._described(at, "forward", self._operations[at])
        if at == forward:
            return self._described(at, "seed", len(self._tape) - 1) | {"upstream": 1.0}
        index = self._operations[2 * forward - at]
        gradients, _ = self._arrivals
        return self._described(at, "backward", index) | {
            "upstream": gradients[index],
            "contributions": self._contributions(index),
        }

    def _described(self, at: int, phase: str, index: int) -> Row:
        return {
            "number": at + 1,
            "phase": phase,
            **self._called(index),
            "op": op_text(self._tape.op(index)),
            "value": self._data[index],
            "operands": [self._called(i) | {"value": self._data[i]} for i in self._operands(index)],
            "upstream": None,
            "contributions": [],
        }

    def _called(self, index: int) -> dict[str, Any]:
        return {"id": self._ids[index], "name": self._tape.names.get(index, "")}

    def _operands(self, index: int) -> list[int]:
        return [i for i in (self._tape.left[index], self._tape.right[index]) if i >= 0]

    def _contributions(self, index: int) -> list[Row]:
        gradients, before = self._arrivals
        upstream = gradients[index]
        rows: list[Row] = []
        locals_ = self._tape.local_gradients(index, self._data)
        for slot, operand in enumerate(self._operands(index)):
            there, contribution = before[2 * index + slot], upstream * locals_[slot]
            called = self._called(operand)
            rows.append(
                {
                    "to": called["id"],
                    "name": called["name"],
                    "upstream": upstream,
                    "local": locals_[slot],
                    "contribution": contribution,
                    "before": 0.0 if there is None else there,
                    "after": contribution if there is None else there + contribution,
                }
            )
        return rows

    @cached_property
    def _arrivals(self) -> tuple[list[Any], list[float | None]]:
        """All gradients; and for every operand's place what had arrived there, if anything had."""
        tape, data = self._tape, self._data
        table: list[Any] = [None] * len(tape)
        before: list[float | None] = [None] * (2 * len(tape))
        table[-1] = 1.0
        for index in reversed(self._operations):
            upstream, locals_ = table[index], tape.local_gradients(index, data)
            for slot, operand in enumerate(self._operands(index)):
                before[2 * index + slot] = there = table[operand]
                contribution = upstream * locals_[slot]
                # The first is stored as it is: even a zero keeps its sign.
                table[operand] = contribution if there is None else there + contribution
        return table, before
