"""The expressions measured: the same for micrograd's ``Value`` and for ours."""

from __future__ import annotations

from typing import Any


def moons_loss(value: Any, examples: int = 100) -> Any:
    """The data loss of a 2-16-16-1 network over made-up points: 65,000 values for 100 of them."""
    weights = [value(0.01 * (i % 23) - 0.1) for i in range(337)]
    points = [(value(0.02 * i - 1.0), value(0.5 - 0.01 * i)) for i in range(examples)]
    losses = []
    for i, point in enumerate(points):
        supply = iter(weights)
        inputs = list(point)
        for layer, width in enumerate((16, 16, 1)):
            outputs = []
            for _ in range(width):
                total = next(supply)
                for x in inputs:
                    total = total + next(supply) * x
                outputs.append(total.relu() if layer < 2 else total)
            inputs = outputs
        losses.append((inputs[0] * (-1.0 if i % 2 else 1.0) + 1.0).relu())
    total = losses[0]
    for loss in losses[1:]:
        total = total + loss
    return total * (1.0 / examples)


def sum_of_products(value: Any, operations: int) -> Any:
    """Half products, half sums, one long fold: an expression of any size."""
    weights = [value(0.01 * i) for i in range(100)]
    total = value(0.0)
    for i in range(operations // 2):
        w = weights[i % 100]
        total = total + w * w
    return total
