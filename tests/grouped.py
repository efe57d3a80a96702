"""Expressions in groups: a network's score of one point, and its loss over many."""

from __future__ import annotations

from collections.abc import Sequence

from microgradwidgets import MLP, Value, max_margin

DEMO = (16, 16, 1)


def network(widths: Sequence[int] = DEMO) -> MLP:
    """A network of two inputs whose parameters are eighths: short to read, exact to add."""
    fans = [2, *widths[:-1]]
    model = MLP(2, widths)
    return model.with_parameters(
        ((7 * layer + 5 * neuron + 3 * place) % 13 - 6) / 8
        for layer, (fan, width) in enumerate(zip(fans, widths, strict=True))
        for neuron in range(width)
        for place in range(fan + 1)
    )


def score(widths: Sequence[int] = DEMO, point: Sequence[float] = (0.3, -0.2)) -> Value:
    value: Value = network(widths)(point)
    return value


def loss(examples: int = 100, widths: Sequence[int] = DEMO) -> Value:
    xs = [[0.02 * place - 1, 0.5 - 0.01 * place] for place in range(examples)]
    ys = [1.0 if place % 2 else -1.0 for place in range(examples)]
    return max_margin(network(widths), xs, ys).total_loss
