"""Lesson 2, the chain rule: one exercise of each kind."""

from __future__ import annotations

from ...engine import Value
from ...explanation import explain
from ..kinds import (
    Answer,
    Verdict,
    built,
    drawn,
    exercise,
    expression,
    function,
    gradient,
    gradients,
    number,
)


def _c() -> Value:
    return built(lambda a, b: a * b + b**3, a=-4.0, b=2.0)


@exercise("02.1", "the gradient of b in c = a · b + b³, at a = −4 and b = 2")
def shared(answer: Answer) -> Verdict:
    """Two arrows leave b."""
    return gradient(answer, _c(), "b")


@exercise("02.2", "the expression c = a · b + b³, made of the leaves a = −4 and b = 2")
def rebuilt(answer: Answer) -> Verdict:
    """Any form of it will do."""
    return expression(answer, _c())


@exercise("02.3", "the gradients of x, w and b in tanh(x · w + b), at x = 2, w = −3 and b = 6.5")
def neuron(answer: Answer) -> Verdict:
    """A neuron of one input."""
    output = built(lambda x, w, b: (x * w + b).tanh(), x=2.0, w=-3.0, b=6.5)
    return gradients(answer, output)


@exercise("02.4", "a function of x that gives the derivative of tanh there")
def slope_of_tanh(answer: Answer) -> Verdict:
    """1 − tanh²."""
    return function(
        answer,
        lambda x: Value(x).tanh().parents[0].local_gradient,
        [(0.0,), *drawn(6, (-2.0, 2.0))],
        "the derivative of tanh is 1 − t², with t the result, and 1 at 0, where it is steepest.",
        slips={
            "1 − t² takes the result t, not what went in": lambda x: 1.0 - x * x,
            "that is tanh itself, not its derivative": lambda x: Value(x).tanh().data,
        },
    )


@exercise("02.5", "the number of paths from x to y in y = (x + x) · (x + x)")
def paths(answer: Answer) -> Verdict:
    """Ways into the sum, times ways from it into the product, however the sum is made."""
    x = Value(3.0, label="x")
    once = x + x
    *_, rest = explain(once * once, x, most=1)
    return number(
        answer,
        rest["count"] + 1,
        "two ways from x into a sum, and two from the sums into the product.",
        slips={"each of the ways into a sum goes on in two ways": 2.0},
    )
