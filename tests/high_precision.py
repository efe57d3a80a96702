"""The chain rule in more digits than a double has, for judging what the engine gives.

No bound on the relative error alone can hold: ``x - x * (1 + tiny)`` loses its digits in any
arithmetic of 53 bits. What can be promised is that the error is one of rounding. Runs with more
digits in which every result and every local derivative is moved up or down by a unit roundoff, or
by half of one, or something between, show how far rounding carries a gradient: σ, the farthest of
three. (Were all moves of one size, two of them would often cancel.) A whole power is as many
operations as it has factors, because it is multiplied out. The promise is

    |gradient - exact| ≤ 64 σ + 2⁻⁵⁰ |exact|.

Two arithmetics give the digits. ``SixtyDigits`` is mpmath, which settles every question and takes
its time. ``FourAtOnce`` is numpy's long double, 64 bits where the machine has them, for the exact
run and the three disturbed ones together; a hundred thousand graphs are minutes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
import numpy as np

from microgradwidgets import Value
from microgradwidgets.arithmetic import WHOLE_EXPONENTS

ROUNDOFF = 2.0**-53
DISTURBED = 3

Disturb = Callable[[Any, Any], Any]
"""Given a result and the operation that it is of, the result as rounding might have left it."""


class RoundingDecidesError(Exception):
    """A number that is 0 or has the other sign but for rounding stands where a branch is."""


class SixtyDigits:
    """mpmath, one run at a time."""

    def __init__(self) -> None:
        self.of = mpmath.mp.clone()
        self.of.dps = 60
        self.number = self.of.mpf

    def positive_part(self, x: Any) -> Any:
        return max(x, self.of.zero)

    def has_sign_of(self, x: Any, double: float) -> bool:
        return bool(self.of.sign(x) == self.of.sign(double))

    def is_near(self, x: Any, double: float) -> bool:
        return bool(abs(x - double) < 1)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)


class FourAtOnce:
    """Arrays of four long doubles: the exact run and three disturbed ones."""

    is_wide = bool(np.finfo(np.longdouble).eps <= 2.0**-63)
    number = np.longdouble
    exp, log, tanh, cosh = np.exp, np.log, np.tanh, np.cosh

    def positive_part(self, x: Any) -> Any:
        return np.maximum(x, np.longdouble(0))

    def has_sign_of(self, x: Any, double: float) -> bool:
        return bool(np.all(np.sign(x) == np.sign(double)))

    def is_near(self, x: Any, double: float) -> bool:
        return bool(np.all(np.abs(x - double) < 1))


def logistic(m: Any, x: Any) -> Any:
    return 1 / (1 + m.exp(-x))


def operation(m: Any, op: Any, *operands: Any) -> tuple[Any, Sequence[Any]]:
    """A result and the local derivatives, from the definitions, in some arithmetic."""
    one, zero = m.number(1), m.number(0)
    if isinstance(op, tuple):
        n, x = m.number(op[1]), operands[0]
        return x**n, (n * x ** (n - 1) if op[1] else zero,)
    a, b = (*operands, None)[:2]
    match op:
        case "+":
            return a + b, (one, one)
        case "-":
            return a - b, (one, -one)
        case "*":
            return a * b, (b, a)
        case "neg":
            return -a, (-one,)
        case "relu":
            # The branch is the same in all runs, or the graph is not judged.
            return m.positive_part(a), (one if np.all(a > 0) else zero,)
        case "tanh":
            return m.tanh(a), (1 / m.cosh(a) ** 2,)
        case "exp":
            return m.exp(a), (m.exp(a),)
        case "log":
            return m.log(a), (1 / a,)
        case "sigmoid":
            return logistic(m, a), (logistic(m, a) * logistic(m, -a),)
    raise ValueError(f"expected an operation of the engine, got: {op!r}")


def high_precision(graph: Mapping[int, Any], m: Any, disturb: Disturb) -> dict[int, Any]:
    """The gradients of a graph, each result and each local derivative disturbed."""
    data: dict[int, Any] = {}
    slopes: dict[int, Sequence[Any]] = {}
    for key, node in graph.items():
        if node.op == "leaf":
            data[key], slopes[key] = m.number(node.data), ()
            continue
        operands = [data[edge.parent_id] for edge in node.parents]
        if (node.op in ("relu", "log") or isinstance(node.op, tuple)) and not all(
            m.has_sign_of(x, graph[edge.parent_id].data)
            for x, edge in zip(operands, node.parents, strict=True)
        ):
            raise RoundingDecidesError
        if node.op in ("tanh", "exp", "sigmoid") and not m.is_near(
            operands[0], node.parents[0].parent.data
        ):
            # What is left of numbers of 1e50 that cancel is noise of 1e34: nothing can be right.
            raise RoundingDecidesError
        result, derivatives = operation(m, node.op, *operands)
        data[key] = disturb(result, node.op)
        slopes[key] = [disturb(derivative, node.op) for derivative in derivatives]
    table = dict.fromkeys(graph, m.number(0))
    table[next(reversed(graph))] = m.number(1)
    for key in reversed(graph):
        for edge, slope in zip(graph[key].parents, slopes[key], strict=True):
            table[edge.parent_id] = table[edge.parent_id] + table[key] * slope
    return table


def moderate(value: Value) -> bool:
    """Whether a value is smooth and far from overflow and underflow, where digits are lost."""
    numbers = [value.data, *(edge.local_gradient for edge in value.parents)]
    if not all(n == 0.0 or 1e-60 < abs(n) < 1e60 for n in numbers):
        return False
    if isinstance(value.op, tuple) and value.op[1] < 1.0:
        return value.parents[0].parent.data != 0.0
    return True


def roundoffs(op: Any) -> float:
    """How many units one operation may be off: one, and in a whole power one a factor.

    The derivative of a power one higher than those that are multiplied out still is.
    """
    if isinstance(op, tuple) and op[1] == round(op[1]) and abs(op[1]) <= WHOLE_EXPONENTS + 1:
        return max(1.0, abs(op[1]))
    return 1.0


def up_or_down(m: SixtyDigits, seed: int) -> Disturb:
    """One disturbed run in sixty digits."""
    source = random.Random(seed)

    def disturb(number: Any, op: Any) -> Any:
        size = source.choice((-1, 1)) * source.uniform(0.5, 1.0) * roundoffs(op)
        return number * (1 + m.number(size * ROUNDOFF))

    return disturb


def sixty_digits(graph: Mapping[int, Any]) -> dict[int, tuple[Any, Any]]:
    """For each value the exact gradient and σ, by mpmath."""
    m = SixtyDigits()
    exact = high_precision(graph, m, lambda number, op: number)
    disturbed = [high_precision(graph, m, up_or_down(m, seed)) for seed in range(DISTURBED)]
    return {key: (g, max(abs(run[key] - g) for run in disturbed)) for key, g in exact.items()}


def four_at_once(graph: Mapping[int, Any], source: np.random.Generator) -> dict[int, np.ndarray]:
    """For each value its gradient in the exact run and in three disturbed ones."""
    size = 2 * len(graph) * 3
    sizes = source.uniform(0.5, 1.0, (size, 1 + DISTURBED)) * source.choice(
        (-ROUNDOFF, ROUNDOFF), (size, 1 + DISTURBED)
    )
    sizes[:, 0] = 0.0
    moves = iter(sizes.astype(np.longdouble))
    m = FourAtOnce()

    def disturb(number: Any, op: Any) -> Any:
        return number * (1 + next(moves) * roundoffs(op))

    # Far out, exp overflows on the way to a derivative that is 0.
    with np.errstate(over="ignore"):
        return high_precision(graph, m, disturb)
