"""What a learner who is to predict has been shown: the numbers of the steps that are done."""

from __future__ import annotations

from .engine import Value
from .gradients import Gradients
from .graph import Unknown
from .tape import Tape


def known_at(value: Value, step: int) -> tuple[Gradients, Unknown]:
    """The gradients as far as they have come, and what is still unknown.

    After ``step`` steps of both passes (see :func:`microgradwidgets.pass_steps`) the values of
    the first operations are known, then the gradients that have arrived, which others may be
    added to. Local derivatives are known of what has passed its gradient on: before, they would
    give the answer away.

    >>> x = Value(3.0, label="x")
    >>> y = x * x
    >>> gradients, unknown = known_at(y, 0)
    >>> unknown.values == {y.id}, unknown.gradients == {x.id, y.id}
    (True, True)
    >>> gradients, unknown = known_at(y, 3)
    >>> gradients[x], any(unknown)
    (6.0, False)
    """
    tape = Tape.record(value)
    ids = {index: key for key, index in tape.ids.items()}
    operations = [index for index, *_ in tape.steps]
    values = frozenset(ids[index] for index in operations[step:])
    passed_on = max(0, step - len(operations) - 1)
    done = operations[len(operations) - passed_on :]
    table: dict[int, float] = {}
    if step > len(operations):
        table[ids[len(tape) - 1]] = 1.0
    data = tape.replay()
    for index in reversed(done):
        upstream = table[ids[index]]
        operands = [ids[i] for i in (tape.left[index], tape.right[index]) if i >= 0]
        for operand, local in zip(operands, tape.local_gradients(index, data), strict=True):
            contribution = upstream * local
            before = table.get(operand)
            table[operand] = contribution if before is None else before + contribution
    waiting = frozenset(ids[index] for index in operations[: len(operations) - passed_on])
    return Gradients(value.id, table), Unknown(values, frozenset(tape.ids) - table.keys(), waiting)
