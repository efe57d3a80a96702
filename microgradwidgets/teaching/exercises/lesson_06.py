"""Lesson 6, what goes wrong."""

from __future__ import annotations

from math import inf, isnan

from ...engine import Value
from ...nn import Neuron
from ...simulation import simulate
from ..kinds import Answer, Verdict, exercise, number, right, wrong


@exercise("06.1", "the largest gradient that can come through a chain of ten sigmoids")
def vanishing(answer: Answer) -> Verdict:
    """At best every sigmoid is at 0, where it is steepest."""
    steepest = Value(0.0).sigmoid().parents[0].local_gradient
    return number(
        answer,
        steepest**10,
        "ten factors of a quarter, less than a millionth: and that is the best case.",
        slips={
            "the slopes multiply, they do not add": steepest * 10,
            "that is the slope of one of them": steepest,
        },
    )


@exercise("06.2", "the bias below which a neuron (weights 2 and −1) is dead for inputs from 0 to 1")
def dead(answer: Answer) -> Verdict:
    """The largest sum must not be above 0."""
    without = Neuron(2, weights=[2.0, -1.0], bias=0.0, nonlin=False)
    largest = max(without([x, y]).data for x in (0.0, 1.0) for y in (0.0, 1.0))
    return number(
        answer,
        -largest,
        "the largest sum is 2 · 1 − 1 · 0 + b, and it must not be above 0.",
        slips={
            "at the inputs 1 and 1 the sum is not yet the largest": -1.0,
            "the bias has to take the sum down": largest,
        },
    )


@exercise("06.3", 'the letters of those that are nan, such as "ac"')
def nans(answer: Answer) -> Verdict:
    """Infinite is not undefined."""
    infinite = Value(inf)
    results = {
        "a": Value(0.0).log(),
        "b": Value(-1.0).log(),
        "c": Value(-1.0) ** 0.5,
        "d": 1 / Value(0.0),
        "e": infinite - infinite,
    }
    if not isinstance(answer.given, str):
        return wrong('expected letters in quotes, such as "ac".')
    said = {letter for letter in answer.given.lower() if letter.isalpha()}
    for letter, result in results.items():
        if (letter in said) != isnan(result.data):
            return wrong(f"look at ({letter}) again: build it of a Value, and see what it gives.")
    if extra := said - {*results}:
        return wrong(f"there is no ({min(extra)}).")
    return right("an infinite number is still a number; these three have no answer at all.")


@exercise("06.4", "what stands in w.grad when backward() is called twice on w · x + b, at x = 2")
def twice(answer: Answer) -> Verdict:
    """Carried out by a small engine that writes gradients over."""
    (row,) = [x for x in simulate("backward twice").results if x["what"] == "w.grad"]
    return number(
        answer,
        row["mistake"],
        "2 is left from the first time. The second time w · x has a gradient of 2, the 1 that was "
        "left and a new 1, and hands on 2 × 2 = 4 more.",
        slips={
            "the first call has left something, and nothing takes it away": row["right"],
            "the gradient of w · x is left over as well, and is handed on again": 2 * row["right"],
        },
    )
