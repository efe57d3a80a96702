"""A neuron's sum, written out only when somebody looks.

``bias + w1 * x1 + w2 * x2 + …`` is by far the most of what a network computes: two values for
every weight. Training needs their numbers and gradients, hardly ever the values themselves. So a
weighted sum keeps what it was made of, and makes the products and partial sums, with the ids that
were set aside for them, when the graph is walked: to draw it, to record it, to read an edge. Who
looks sees what the operators would have made; :mod:`.backpropagation` need not look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from . import anomaly, grouping, watching
from .engine import LINKS_PER_KNOT, Value, _copy, _draft, _Knot
from .folding import Folded, ingredients
from .ids import reserve
from .immutable import raw_left, raw_right, set_left, set_right
from .records import UNANNOTATED, Annotation


class FoldedSum(Folded, Value):
    """A weighted sum before anybody has looked; then it becomes a value like any other."""

    __slots__ = ()

    @property
    def _left(self) -> Value | None:  # type: ignore[override]
        _write_out(self)
        return cast("Value | None", raw_left(self))

    @property
    def _right(self) -> Value | None:  # type: ignore[override]
        _write_out(self)
        return cast("Value | None", raw_right(self))


FoldedSum.__name__ = FoldedSum.__qualname__ = "Value"


def weighted_sum(
    bias: Value,
    weights: Sequence[Value],
    inputs: Sequence[Value],
    annotation: Annotation | None = None,
) -> Value:
    """``((bias + w1 * x1) + w2 * x2) + …``, from the left: two values for each weight.

    >>> w, x = (Value(2.0), Value(3.0)), (Value(10.0), Value(100.0))
    >>> total = weighted_sum(Value(1.0), w, x)
    >>> total.data, len(total.graph)
    (321.0, 9)
    """
    if anomaly.is_on():  # the operators look at every value they make
        total = bias
        for weight, value in zip(weights, inputs, strict=True):
            total = total + weight * value
        if annotation is None:
            return total
        within = (total._annotation or UNANNOTATED).within
        return _copy(total, None, annotation._replace(within=within))
    data = bias.data
    for weight, value in zip(weights, inputs, strict=True):
        data += weight.data * value.data
    numbers = reserve(2 * len(weights))
    folded = _draft()
    folded.data = data
    folded.id = numbers[-1]
    folded.label = None
    folded.op = "+"
    folded._left = (bias, weights, inputs, numbers)  # type: ignore[assignment]
    folded._right = None
    folded._links = 0  # letting go of it begins anew, as of a knot
    folded._annotation = annotation
    folded.__class__ = FoldedSum
    if watching.active:
        grouping.mark(folded)
    return folded


def _write_out(folded: FoldedSum) -> None:
    kept = ingredients(folded)
    if kept is None:  # another thread was faster
        return
    total, weights, inputs, numbers = kept
    last = len(weights) - 1
    within = (folded._annotation or UNANNOTATED).within
    annotation = None if within is None else Annotation(within=within)
    for place, (weight, value) in enumerate(zip(weights, inputs, strict=True)):
        product = _made(
            "*", weight.data * value.data, numbers[2 * place], weight, value, annotation
        )
        if place < last:
            data = total.data + product.data
            total = _made("+", data, numbers[2 * place + 1], total, product, annotation)
    set_right(folded, product)
    set_left(folded, total)
    object.__setattr__(folded, "__class__", _Knot)


def _made(
    op: str, data: float, number: int, left: Value, right: Value, annotation: Annotation | None
) -> Value:
    """What the engine makes of two operands, under an id that was set aside for it."""
    value = _draft()
    value.data = data
    value.id = number
    value.label = None
    value.op = op
    value._left = left
    value._right = right
    value._annotation = annotation
    value._links = 0 if (links := max(left._links, right._links)) == LINKS_PER_KNOT else links + 1
    value.__class__ = Value if value._links else _Knot
    return value
