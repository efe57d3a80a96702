"""Lesson 7, build it yourself."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from ...engine import Value
from ..budget import outcome_of
from ..kinds import Answer, Verdict, drawn, exercise, function, right, wrong

LONG = 3000
"""Links of a chain: more than Python allows calls inside each other."""
MOST_LISTED = 2 * LONG
"""So much of a list is read; one may be without an end."""


class Made:
    """What the learner's own engine has, and nothing else: edges to its operands."""

    def __init__(self, *operands: Made) -> None:
        self.edges: tuple[tuple[Made, float], ...] = tuple((operand, 1.0) for operand in operands)


@exercise("07.1", "a function of a and b that gives both local derivatives of a / b")
def quotient(answer: Answer) -> Verdict:
    """A product with a power, as ours has it."""

    def slopes(a: float, b: float) -> list[float]:
        x, y = Value(a), Value(b)
        table = (x / y).backward()
        return [table[x], table[y]]

    return function(
        answer,
        slopes,
        drawn(6, (-2.0, 2.0), (0.5, 2.0)),
        "a / b is a · b⁻¹: 1 / b, and a times the derivative of b⁻¹.",
        slips={
            "the second is negative: a larger b makes the quotient smaller": lambda a, b: [
                1 / b,
                a / b**2,
            ],
            "the derivative by b is −a / b²": lambda a, b: [1 / b, -1 / b**2],
            "they stand the other way round": lambda a, b: [-a / b**2, 1 / b],
        },
    )


@exercise("07.2", "a function, without recursion, that lists an output and all behind it in order")
def order(answer: Answer) -> Verdict:
    """Operands first, each once; and a long chain as well."""
    if not callable(answer.given):
        return wrong("expected a function of an output.")
    x = Made()
    u = Made(x)
    v = Made(u)
    shared = Made(u, v)
    for output, called in ((x, "a leaf"), (Made(x, x), "x + x"), (shared, "w = u · v")):
        if trouble := _misplaced(answer.given, output):
            return wrong(f"for {called}, {trouble}.")
    chain = [x]
    for _ in range(LONG):
        chain.append(Made(chain[-1]))
    trouble = _misplaced(answer.given, chain[-1])
    # Link by link: a browser's Python has little room for one that takes the next along.
    for one in chain:
        one.edges = ()
    if trouble:
        return wrong(f"for a chain of {LONG:,} operations, {trouble}.")
    return right(f"every operand comes before what is made of it, also in a chain of {LONG:,}.")


def _misplaced(function: Callable[..., Any], output: Made) -> str:
    outcome = outcome_of(lambda: [*islice(function(output), MOST_LISTED)])
    if outcome.trouble:
        return f"the function {outcome.trouble}".rstrip(".")
    place = {id(one): at for at, one in enumerate(outcome.result)}
    todo, wanted = [output], {id(output)}
    while todo:
        one = todo.pop()
        if id(one) not in place:
            return "something is missing" if outcome.result else "the list is empty"
        for operand, _ in one.edges:
            if place.get(id(operand), -1) > place[id(one)]:
                return "an operand comes after what is made of it"
            if id(operand) not in wanted:
                wanted.add(id(operand))
                todo.append(operand)
    if len(outcome.result) > len(wanted):
        return "something is in the list twice, or does not belong there"
    return ""


@exercise("07.3", "a function of g1, g2, x1 and x2 that gives the contribution to W, as two rows")
def weights(answer: Answer) -> Verdict:
    """Each weight is used once: upstream of its row, times the input of its column."""

    def rows(g1: float, g2: float, x1: float, x2: float) -> list[list[float]]:
        w = [[Value(1.0), Value(1.0)], [Value(1.0), Value(1.0)]]
        total = Value.sum(
            (row[0] * x1 + row[1] * x2) * g for row, g in zip(w, (g1, g2), strict=True)
        )
        table = total.backward()
        return [[table[one] for one in row] for row in w]

    return function(
        answer,
        rows,
        drawn(5, *[(-2.0, 2.0)] * 4),
        "upstream × local: the gradient of the row's output, times the input it multiplies.",
        slips={
            "rows belong to outputs, columns to inputs": lambda g1, g2, x1, x2: [
                [g1 * x1, g2 * x1],
                [g1 * x2, g2 * x2],
            ],
            "upstream is missing": lambda g1, g2, x1, x2: [[x1, x2], [x1, x2]],
        },
    )
