"""Each operation of the page beside Python's, on operands from all over the range of doubles."""

from __future__ import annotations

import math
from random import Random

import numpy as np

from microgradwidgets import Tape, Value
from tests.graphs import BINARY, UNARY
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.growing import any_exponent, any_number, whole_exponent
from tests.nightly.page_numbers import apart, replayed

OPERATIONS = (*BINARY, *UNARY, "whole power", "power")
SAME_BITS = {*BINARY, "neg", "relu", "whole power"}
MOST_APART = 4.0
"""Units in the last place, for what is left to the library of the platform."""
ROWS = 250


def run(seed: int, cases: int) -> Outcome:
    """Rows of operands, as many of one operation as cost little."""
    draw, failures = Random(seed), []
    worst: dict[str, float] = {}
    done = 0
    while done < cases:
        op = draw.choice(OPERATIONS)
        tape, exponent = one_operation(op, draw)
        operands = len(tape.leaves)
        rows = [
            [operand(draw, exponent) for _ in range(operands)]
            for _ in range(min(ROWS, cases - done))
        ]
        done += len(rows)
        data = [tape.replay(row) for row in rows]
        ours = np.array([(d, tape.gradients(row, d)) for row, d in zip(rows, data, strict=True)])
        distances = apart(ours, replayed(tape, rows))
        for place, what in enumerate(("value", "derivative")):
            key = f"{op}: {what} apart, ulp"
            worst[key] = max(worst.get(key, 0.0), float(distances[:, place].max()))
        bad = distances.max(axis=(1, 2)) > (0.0 if op in SAME_BITS else MOST_APART)
        failures += [
            f"{op} {exponent!r} of {rows[i]}: {distances[i].max():.3g} ulp apart"
            for i in np.flatnonzero(bad)[:20]
        ]
    return Outcome(cases, failures, worst=worst)


def one_operation(op: str, draw: Random) -> tuple[Tape, float | None]:
    """A tape of it alone, and the exponent of a power."""
    if op in BINARY:
        return Tape.record(getattr(Value(1.0), op)(Value(2.0))), None
    if op in UNARY:
        return Tape.record(getattr(Value(1.0), op)()), None
    exponent = whole_exponent(draw) if op == "whole power" else any_exponent(draw)
    return Tape.record(Value(2.0) ** exponent), exponent


def operand(draw: Random, exponent: float | None) -> float:
    """Any number; of a power every second such that the result is in the range of doubles."""
    if not exponent or draw.random() < 0.5:
        return any_number(draw)
    size = min(709.0, max(-745.0, draw.uniform(-760.0, 760.0) / exponent))
    return draw.choice((-1.0, 1.0)) * math.exp(size)


PAGE_OPERATIONS = Campaign(
    name="operations in the page",
    promise="Each operation of the page and its derivative are within 4 units in the last place "
    "of Python's on the same operands; sums, products, quotients, ReLU and whole powers have the "
    "same bits.",
    goal=10_000_000,
    per_change=100_000,
    run=run,
    chunk=100_000,
)
