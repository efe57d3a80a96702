"""From gradients to the next parameters: gradient descent, momentum and Adam.

Each optimizer is a pure function of numbers. What it remembers from step to step is a flat tuple
that it is given and gives back, so that any step can be gone on from. The same is written in
TypeScript (``js/src/optimizers.ts``), held equal to the last bit by shared vectors; both use
nothing but ``+ - * /`` and the square root, which IEEE 754 rounds alike everywhere.

>>> update("sgd", [1.0], [0.5], 0.1)
([0.95], ())
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from typing import TypeAlias

from .arithmetic import described

Memory: TypeAlias = tuple[float, ...]
Numbers: TypeAlias = Sequence[float]

EMPTY: Memory = ()
"""The memory before the first step."""

MOMENTUM = 0.9
ADAM_FIRST, ADAM_SECOND, ADAM_EPSILON = 0.9, 0.999, 1e-8


def update(
    optimizer: str,
    numbers: Numbers,
    gradients: Numbers,
    learning_rate: float,
    memory: Memory = EMPTY,
) -> tuple[list[float], Memory]:
    """The next parameters and the next memory.

    Args:
        optimizer: ``"sgd"``, ``"momentum"`` or ``"adam"``.
        numbers: the parameters.
        gradients: the derivative of the loss by each.
        learning_rate: the step size.
        memory: what the last update gave back; nothing at the beginning.
    """
    return OPTIMIZERS[checked_optimizer(optimizer)](numbers, gradients, learning_rate, memory)


def checked_optimizer(name: object) -> str:
    if not isinstance(name, str) or name not in OPTIMIZERS:
        expected = ", ".join(map(repr, OPTIMIZERS))
        raise ValueError(f"expected optimizer to be one of {expected}, got: {described(name)}")
    return name


def sgd(
    numbers: Numbers, gradients: Numbers, learning_rate: float, memory: Memory
) -> tuple[list[float], Memory]:
    """Gradient descent: ``p - rate * g``. Nothing is remembered."""
    return [p - learning_rate * g for p, g in zip(numbers, gradients, strict=True)], memory


def momentum(
    numbers: Numbers, gradients: Numbers, learning_rate: float, memory: Memory
) -> tuple[list[float], Memory]:
    """Heavy-ball momentum: ``v = 0.9 v + g``, then ``p - rate * v``.

    Memory: the velocity v of each parameter. Source: Polyak (1964), in the form of PyTorch.
    """
    before = memory or (0.0,) * len(numbers)
    velocity = tuple([MOMENTUM * v + g for v, g in zip(before, gradients, strict=True)])
    return [p - learning_rate * v for p, v in zip(numbers, velocity, strict=True)], velocity


def adam(
    numbers: Numbers, gradients: Numbers, learning_rate: float, memory: Memory
) -> tuple[list[float], Memory]:
    """Adam: the mean gradient over its root mean square, both with their start-up bias removed.

    ``m = 0.9 m + 0.1 g``, ``s = 0.999 s + 0.001 g²``, then
    ``p - rate * (m / (1 - 0.9ᵗ)) / (√(s / (1 - 0.999ᵗ)) + 1e-8)`` at step t = 1, 2, ….

    Memory: m of each parameter, s of each, 0.9ᵗ, 0.999ᵗ. Source: Kingma and Ba (2015),
    algorithm 1.
    """
    n = len(numbers)
    memory = memory or (*(0.0,) * (2 * n), 1.0, 1.0)
    means, squares = memory[:n], memory[n : 2 * n]
    first, second = memory[2 * n] * ADAM_FIRST, memory[2 * n + 1] * ADAM_SECOND
    m = [ADAM_FIRST * a + (1.0 - ADAM_FIRST) * g for a, g in zip(means, gradients, strict=True)]
    s = [
        ADAM_SECOND * a + (1.0 - ADAM_SECOND) * (g * g)
        for a, g in zip(squares, gradients, strict=True)
    ]
    next_numbers = [
        p - learning_rate * (a / (1.0 - first)) / (sqrt(b / (1.0 - second)) + ADAM_EPSILON)
        for p, a, b in zip(numbers, m, s, strict=True)
    ]
    return next_numbers, (*m, *s, first, second)


OPTIMIZERS: dict[str, Callable[[Numbers, Numbers, float, Memory], tuple[list[float], Memory]]] = {
    "sgd": sgd,
    "momentum": momentum,
    "adam": adam,
}
"""The optimizers by name."""
