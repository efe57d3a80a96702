"""Gradients of random graphs beside the chain rule in more digits, within what rounding can do.

Every graph is judged by long doubles, which have eleven bits more than what is judged. What they
find at fault, and all of it where long doubles are no wider than doubles, goes to sixty digits.
"""

from __future__ import annotations

import random
from collections import Counter

import numpy as np

from microgradwidgets import Gradients, Value, backward, to_python
from tests.graphs import BINARY, EXPONENTS, UNARY, Step, build
from tests.high_precision import (
    FourAtOnce,
    RoundingDecidesError,
    four_at_once,
    moderate,
    sixty_digits,
)
from tests.nightly.campaign import Campaign, Outcome

OPERATIONS = (*BINARY, *UNARY, "pow")
BOUND, SLACK = 64.0, 2.0**-50
"""The promise is |gradient - exact| ≤ BOUND · σ + SLACK · |exact|."""
CLOSE = 1e-12


def random_graph(source: random.Random) -> Value:
    """Up to five leaves and forty operations on them, with shared operands."""
    leaves = [source.uniform(-4.0, 4.0) for _ in range(source.randint(1, 5))]
    steps: list[Step] = [
        (
            source.choice(OPERATIONS),
            source.randint(0, 4),
            source.randint(0, 40),
            source.choice(EXPONENTS),
        )
        for _ in range(source.randint(1, 40))
    ]
    return build(leaves, steps, keep=moderate)


def worst_of(
    output: Value, gradients: Gradients, source: np.random.Generator
) -> tuple[float, float]:
    """The largest error of some gradients in units of the bound, and the largest relative one.

    Raises:
        RoundingDecidesError: where rounding decides on which side of a branch a number is.
    """
    graph = output.graph
    if FourAtOnce.is_wide:
        runs = np.empty((len(graph), 4), np.longdouble)
        for row, numbers in zip(runs, four_at_once(graph, source).values(), strict=True):
            row[:] = numbers
        exact = runs[:, 0]
        spread = np.abs(runs[:, 1:] - runs[:, :1]).max(axis=1)
        error = np.abs(np.array([gradients[key] for key in graph]) - exact)
        found = worst(error, exact, spread)
        if found[0] <= 1.0:
            return found
    table = sixty_digits(graph)
    exact = np.array([pair[0] for pair in table.values()])
    spread = np.array([pair[1] for pair in table.values()])
    error = np.array([abs(exact - gradients[key]) for key, (exact, _) in table.items()])
    return worst(error, exact, spread)


def worst(error: np.ndarray, exact: np.ndarray, spread: np.ndarray) -> tuple[float, float]:
    """The largest in units of the bound; the largest relative one.

    Gradients that are an overflow or an underflow are left out of both. A gradient no larger than
    its σ is 0 but for rounding, as of ``x`` in ``x / x``: no digit of it can be right, so only the
    bound is asked of it.
    """
    size = np.abs(exact)
    counted = (error != 0) & ((exact == 0) | ((size > 1e-200) & (size < 1e200)))
    error, size, spread = (x[counted].astype(float) for x in (error, size, spread))
    with np.errstate(divide="ignore"):
        of_bound = error / (BOUND * spread + SLACK * size)
    has_digits = size > spread
    relative = error[has_digits] / size[has_digits]
    return float(of_bound.max(initial=0.0)), float(relative.max(initial=0.0))


def run(seed: int, cases: int) -> Outcome:
    """Judge random graphs until there are enough; one where rounding decides a branch is none."""
    source, moves = random.Random(seed), np.random.default_rng(seed)
    failures, counts, largest = [], Counter[str](), 0.0
    done = 0
    while done < cases:
        output = random_graph(source)
        try:
            found, relative = worst_of(output, backward(output), moves)
        except RoundingDecidesError:
            counts["set aside, rounding decides a branch"] += 1
            continue
        done += 1
        counts["within 1e-12"] += relative <= CLOSE
        largest = max(largest, found)
        if not found <= 1.0:  # a nan is none
            failures.append(f"{found:.3g} times the bound: {to_python(output)}")
    if counts["within 1e-12"] < 0.98 * cases and cases >= 1000:
        failures.append(
            f"{counts['within 1e-12']} of {cases} within 1e-12, of which 98 % should be"
        )
    return Outcome(cases, failures, counts, {"largest error, of the bound": largest})


GRADIENTS = Campaign(
    "gradients",
    "none of 1,000,000 random graphs outside the bound of rounding, 98 % within 1e-12",
    goal=1_000_000,
    per_change=20_000,
    run=run,
    chunk=5_000,
)
