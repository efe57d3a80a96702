"""Lesson 1, derivatives by hand."""

from __future__ import annotations

from ...engine import Value
from ..kinds import Answer, Verdict, built, exercise, expression, gradient, gradients, number


def _curve(x: Value) -> Value:
    return x**2 - 3 * x + 1


def _slope(at: float) -> float:
    x = Value(at)
    return _curve(x).backward()[x]


@exercise("01.1", "the derivative of x² − 3x + 1 at x = 5")
def slope(answer: Answer) -> Verdict:
    """By the rule from school, or by a nudge."""
    return gradient(answer, built(_curve, x=5.0), "x")


@exercise("01.2", "the x at which the derivative of x² − 3x + 1 is zero")
def lowest(answer: Answer) -> Verdict:
    """The derivative is a straight line, so two of its points say where it is zero."""
    first, second = _slope(0.0), _slope(1.0)
    return number(
        answer,
        -first / (second - first),
        "2x − 3 is 0 there. To the left the curve falls, to the right it rises: its lowest point.",
        slips={
            "there the curve itself is about zero, not its derivative": 0.381966,
            "there 2x + 3 is zero, and the derivative is 2x − 3": -1.5,
        },
    )


@exercise("01.3", "the derivatives of a · b + c by a, b and c, at a = 5, b = 4 and c = −7")
def partial(answer: Answer) -> Verdict:
    """A product and a sum."""
    return gradients(answer, built(lambda a, b, c: a * b + c, a=5.0, b=4.0, c=-7.0))


@exercise("01.4", "the expression (x + y)² − x · y of two values, x = 3 and y = −1")
def written(answer: Answer) -> Verdict:
    """x² + x·y + y² is as good."""
    return expression(answer, built(lambda x, y: (x + y) ** 2 - x * y, x=3.0, y=-1.0))
