"""The backward pass over values as they lie in memory.

It visits them in the reverse of the depth-first post-order that
:func:`~microgradwidgets.gradients.topological_order` gives, so that contributions add up in
MicrogradEx's order, to the same bits. A weighted sum that is still folded is gone through without
being written out: its products and partial sums stand in the order in stretches, between which the
walk turned aside to an operand that it had not met before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .folding import FOLDED, Ingredients, ingredients

if TYPE_CHECKING:
    from .engine import Value

Table: TypeAlias = "dict[int, float]"
Met: TypeAlias = "dict[int, float | None]"
"""The table while it is being filled: None where nothing has arrived yet."""
Stretch: TypeAlias = "tuple[int, Ingredients, int, int]"
"""The id of a folded sum, its ingredients, and which of its products: from, and up to."""
FoldedGradients: TypeAlias = "Sequence[tuple[tuple[int, ...], float]]"
"""Ids of products and partial sums, and the gradient that all of them have."""


def derivatives(output: Value) -> tuple[Table, FoldedGradients]:
    """The derivative of ``output`` by everything it came from, id → number."""
    order, table = _walk(output)
    table[output.id] = 1.0
    folded: list[Any] = []
    value: Any  # an operation, with operands that are there
    for value in reversed(order):
        if type(value) is tuple:
            _backward_through(value, table, folded)
            continue
        upstream: Any = table[value.id]
        left, right = value._left, value._right
        # The first contribution is stored as it is: no sum, no new number.
        before = table[left.id]
        if right is None:
            local = upstream * value._slope
            table[left.id] = local if before is None else before + local
        elif value.op == "*":
            local = upstream * right.data
            table[left.id] = local if before is None else before + local
            before = table[right.id]
            local = upstream * left.data
            table[right.id] = local if before is None else before + local
        else:
            table[left.id] = upstream if before is None else before + upstream
            before = table[right.id]
            local = upstream if value.op == "+" else -upstream
            table[right.id] = local if before is None else before + local
    return cast("Table", table), folded


def _backward_through(stretch: Stretch, table: Met, folded: list[Any]) -> None:
    """From the last product of a stretch to its first; then, at the very front, to the bias."""
    number, (bias, weights, inputs, numbers), start, stop = stretch
    upstream: Any = table[number]
    for place in range(stop - 1, start - 1, -1):
        weight, value = weights[place], inputs[place]
        if place == 0:
            before = table[bias.id]
            table[bias.id] = upstream if before is None else before + upstream
            folded.append((numbers, upstream))
        local = upstream * value.data
        before = table[weight.id]
        table[weight.id] = local if before is None else before + local
        local = upstream * weight.data
        before = table[value.id]
        table[value.id] = local if before is None else before + local


def _walk(output: Value) -> tuple[list[Value | Stretch], Met]:
    """Operations, operands before results; and every id that was met, leaves too."""
    order: list[Value | Stretch] = []
    met: Met = {output.id: None}
    waiting: list[Value | Stretch] = []
    emit, wait = order.append, waiting.append
    now: Any = _unfolding(output)
    while True:
        # What waits while an operand is visited looks again afterwards; leaves need no visit.
        if type(now) is tuple:
            operand, rest = _along(now, met, order)
            if operand is not None:
                wait(rest)
                now = operand
                continue
        elif (left := now._left) is not None:
            if left.id not in met:
                met[left.id] = None
                if isinstance(left, FOLDED) or left._left is not None:
                    wait(now)
                    now = _unfolding(left) if isinstance(left, FOLDED) else left
                    continue
            right = now._right
            if right is not None and right.id not in met:
                met[right.id] = None
                if isinstance(right, FOLDED) or right._left is not None:
                    wait(now)
                    now = _unfolding(right) if isinstance(right, FOLDED) else right
                    continue
            emit(now)
        if not waiting:
            return order, met
        now = waiting.pop()


def _unfolding(value: Value) -> Value | Stretch:
    """All of a folded sum; any other value as it is."""
    kept = ingredients(value)
    return value if kept is None else (value.id, kept, 0, len(kept[1]))


def _along(
    stretch: Stretch, met: Met, order: list[Value | Stretch]
) -> tuple[Value | Stretch | None, Stretch]:
    """Go along a folded sum up to an operand to visit first; give it, and the rest of the sum."""
    number, kept, start, stop = stretch
    bias, weights, inputs, _ = kept
    for place in range(start, stop):
        weight, value = weights[place], inputs[place]
        if place and weight.id in met and value.id in met:
            continue
        for operand in (bias, weight, value) if place == 0 else (weight, value):
            if operand.id not in met:
                met[operand.id] = None
                if isinstance(operand, FOLDED) or operand._left is not None:
                    if place > start:
                        order.append((number, kept, start, place))
                    return _unfolding(operand), (number, kept, place, stop)
    order.append((number, kept, start, stop))
    return None, stretch
