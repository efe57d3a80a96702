"""Other numbers for the leaves, such as one works with by hand: small, and with short results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TypeAlias

from ..formula_text import plain_name
from ..randomness import Stream
from ..tape import Tape
from .ground import is_short

NUMBERS = (1.0, 2.0, 3.0, -1.0, -2.0, -3.0, 1.0, 2.0, 3.0, -1.0, -2.0, 4.0, 0.5, -0.5, 1.5)
"""What leaves are drawn from; small whole numbers are the commonest."""
TRIES = 24
ZERO = 6.0
"""What a zero weighs that comes of an operation: it is easy, but little is learned from it."""
MOST_STEPS = 100_000
"""Of all tries together; a very large graph has few of them, and one at least."""

Burden: TypeAlias = tuple[int, float]
"""How many numbers are not finite, then how much there is to write and to carry."""


def friendly_leaves(tape: Tape, stream: Stream) -> dict[int, float]:
    """New numbers for the leaves that have a name, or for all where none has one.

    Of some draws the one is taken whose values and gradients are shortest; one in which all are
    finite, where there is any. Where none is and the numbers that are there do better, they stay.
    Leaves without a name are the constants of a formula, and stay.

    >>> from microgradwidgets import Value
    >>> x, w = Value(0.3, label="x"), Value(0.7, label="w")
    >>> numbers = friendly_leaves(Tape.record(x * w + 1), Stream(1))
    >>> set(numbers) == {0, 1} and set(numbers.values()) <= set(NUMBERS)
    True
    """
    named = [i for i in tape.leaf_indices if plain_name(tape.names.get(i, "")) is not None]
    changing = named or [*tape.leaf_indices]
    best: dict[int, float] = {}
    least = _burden(tape, {})
    is_new = False
    for attempt in range(max(1, min(TRIES, MOST_STEPS // len(tape)))):
        drawn = {i: NUMBERS[int(stream.uniform() * len(NUMBERS))] for i in changing}
        if attempt % 2:  # many functions break below zero
            drawn = {i: abs(number) for i, number in drawn.items()}
        burden = _burden(tape, drawn)
        if burden < least or (not is_new and burden[0] <= least[0]):
            best, least, is_new = drawn, burden, True
    return best


def _burden(tape: Tape, leaves: Mapping[int, float]) -> Burden:
    data = tape.replay(leaves)
    gradients = tape.gradients(data=data)
    numbers: Sequence[float] = [*data, *gradients]
    made = (data[index] for index, *_ in tape.steps)
    zeros = ZERO * sum(number == 0.0 for number in made)
    return sum(not isfinite(x) for x in numbers), sum(map(_weight, numbers)) + zeros


def _weight(number: float) -> float:
    if number == 0.0:
        return 2.0
    if not is_short(number):
        return 4.0
    if number * 8.0 != round(number * 8.0):
        return 1.0 if abs(number) >= 0.05 else 2.0
    return abs(number) / 100.0
