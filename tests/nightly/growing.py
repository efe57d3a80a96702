"""Random graphs and random numbers from a seed, as hostile as doubles can be."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from random import Random

from microgradwidgets import Value
from microgradwidgets.weighted_sum import weighted_sum
from tests.graphs import AWKWARD, BINARY, EXPONENTS, UNARY

OPERATIONS = (*BINARY, *UNARY, "pow", "neuron")
EXACT = (*BINARY, "neg", "relu", "whole power", "neuron")
"""Those that every platform computes to the same bits."""

Step = tuple[str, int, int, float]


def any_number(draw: Random) -> float:
    """Any double: by its bits, by its size, or beside one that is known to be awkward."""
    match draw.randrange(5):
        case 0:
            return float(struct.unpack("<d", draw.randbytes(8))[0])
        case 1:
            return draw.choice((-1.0, 1.0)) * math.exp(draw.uniform(-745.0, 709.0))
        case 2:
            return draw.uniform(-800.0, 800.0)
        case 3:
            return math.nextafter(draw.choice(AWKWARD), draw.choice((-math.inf, math.inf)))
        case _:
            return draw.choice(AWKWARD)


def ordinary_number(draw: Random) -> float:
    return draw.uniform(-4.0, 4.0)


def whole_exponent(draw: Random) -> float:
    """One of those that are multiplied out."""
    return float(draw.choice((draw.randint(-64, 64), draw.randint(-4, 4))))


def any_exponent(draw: Random) -> float:
    match draw.randrange(5):
        case 0:
            return draw.choice(EXPONENTS)
        case 1:
            return whole_exponent(draw)
        case 2:
            return float(draw.randint(-1100, 1100))
        case 3:
            return draw.uniform(-3.0, 3.0)
        case _:
            return draw.choice((draw.uniform(-1e4, 1e4), draw.randint(-200, 200) / 2.0))


def steps(draw: Random, operations: Sequence[str] = OPERATIONS, most: int = 40) -> list[Step]:
    """Operations in order; operands are counted back from the latest."""
    chosen: list[Step] = []
    for _ in range(draw.randint(1, most)):
        op = draw.choice(operations)
        exponent = whole_exponent(draw) if op == "whole power" else any_exponent(draw)
        chosen.append((op, draw.randint(0, 4), draw.randint(0, 40), exponent))
    return chosen


def grown(leaves: Sequence[Value], steps: Sequence[Step]) -> Value:
    """The value that the steps lead to; nobody has looked into its weighted sums."""
    made = [*leaves]
    for op, first, second, exponent in steps:
        a, b = made[-1 - first % len(made)], made[-1 - second % len(made)]
        if op in ("pow", "whole power"):
            made.append(a**exponent)
        elif op == "neuron":
            made.append(weighted_sum(a, (b, made[0]), (made[-1], b)))
        elif op in UNARY:
            made.append(getattr(a, op)())
        else:
            made.append(getattr(a, op)(b))
    return made[-1]


def named(numbers: Sequence[float]) -> list[Value]:
    return [Value(number, label=f"x{place}") for place, number in enumerate(numbers)]
