"""A neuron's sum, written down value by value in one loop.

``bias + w1 * x1 + w2 * x2 + …`` is by far the most of what a network computes. Made with the
operators, a third of its time would be calls from one function to the next; here the same values,
with the same edges, are filled in side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import anomaly, ids
from .engine import LINKS_PER_KNOT, Value, _draft, _Knot


def weighted_sum(bias: Value, weights: Sequence[Value], inputs: Sequence[Value]) -> Value:
    """``((bias + w1 * x1) + w2 * x2) + …``, from the left: two values for each weight.

    >>> w, x = [Value(2.0), Value(3.0)], [Value(10.0), Value(100.0)]
    >>> weighted_sum(Value(1.0), w, x).data
    321.0
    """
    total = bias
    if anomaly.active:  # the operators look at every value they make
        for weight, value in zip(weights, inputs, strict=True):
            total = total + weight * value
        return total
    draft, draw = _draft, ids.draw
    sum_links = total._links
    for weight, value in zip(weights, inputs, strict=True):
        product = draft()
        product.data = weight.data * value.data
        product.id = draw()
        product.label = product._annotation = None
        product.op = "*"
        product._left = weight
        product._right = value
        links = weight._links
        if value._links > links:
            links = value._links
        if links < LINKS_PER_KNOT:
            product._links = links = links + 1
            product.__class__ = Value
        else:
            product._links = links = 0
            product.__class__ = _Knot

        result = draft()
        result.data = total.data + product.data
        result.id = draw()
        result.label = result._annotation = None
        result.op = "+"
        result._left = total
        result._right = product
        if links > sum_links:
            sum_links = links
        if sum_links < LINKS_PER_KNOT:
            result._links = sum_links = sum_links + 1
            result.__class__ = Value
        else:
            result._links = sum_links = 0
            result.__class__ = _Knot
        total = result
    return total
