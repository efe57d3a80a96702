"""Gradients of random graphs beside complex steps: ``f'(x) = Im f(x + ih) / h``.

A second opinion that takes no derivative at all, so that an error which the engine shared with the
formulas of :mod:`tests.high_precision` would be seen. With h = 1e-200 there is nothing to subtract,
so no digit is lost; all leaves are stepped at once, one column each. What rounding may do, σ, is
as it is there.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from microgradwidgets import Value, backward, to_python
from microgradwidgets.arithmetic import WHOLE_EXPONENTS
from tests.graphs import leaves_of
from tests.high_precision import RoundingDecidesError, four_at_once, sixty_digits
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.gradients import BOUND, SLACK, random_graph

STEP = 1e-200
SMALLEST, LARGEST = 1e-200, 1e200
"""Gradients beyond are an underflow, as good as 0, or an overflow on the way."""


def complex_steps(graph: Mapping[int, Any], leaves: list[Value]) -> np.ndarray:
    """The gradient of the last value by each leaf.

    Raises:
        RoundingDecidesError: where rounding decides on which side of a branch a number is.
    """
    columns = dict(zip((leaf.id for leaf in leaves), np.eye(len(leaves)), strict=True))
    data: dict[int, np.ndarray] = {}
    for key, node in graph.items():
        if node.op == "leaf":
            data[key] = node.data + 1j * STEP * columns[key].astype(np.clongdouble)
            continue
        operands = [data[edge.parent_id] for edge in node.parents]
        if node.op in ("relu", "log") or isinstance(node.op, tuple):
            double = node.parents[0].parent.data
            if not (np.sign(operands[0].real) == np.sign(double)).all():
                raise RoundingDecidesError
        data[key] = result(node.op, *operands)
    return data[next(reversed(graph))].imag / np.longdouble(STEP)


def result(op: Any, a: np.ndarray, b: np.ndarray | None = None) -> np.ndarray:
    """An operation beside the real line, from its definition."""
    if isinstance(op, tuple):
        return power(a, op[1])
    if b is not None:
        return {"+": np.add, "-": np.subtract, "*": np.multiply}[op](a, b)
    match op:
        case "neg":
            return -a
        case "relu":
            return np.where(a.real > 0, a, 0)
        case "sigmoid":
            e = np.exp(np.where(a.real < 0, a, -a))
            return np.where(a.real < 0, e, 1) / (1 + e)
    return {"tanh": np.tanh, "exp": np.exp, "log": np.log}[op](a)


def power(z: np.ndarray, n: float) -> np.ndarray:
    """Whole powers as products: the angle of a negative number is π, and π is not exact."""
    if not n.is_integer() or abs(n) > 2 * WHOLE_EXPONENTS:
        return np.where(z == 0, 0, np.exp(n * np.log(np.where(z == 0, 1, z))))
    product = np.ones_like(z)
    for bit in f"{int(abs(n)):b}":
        product = product * product * (z if bit == "1" else 1)
    return product if n >= 0 else 1 / product


def farthest(output: Value, moves: np.random.Generator, counts: Counter[str]) -> float:
    """How far the gradients of the leaves are from the complex steps, in units of the bound."""
    leaves, graph, gradients = leaves_of(output), output.graph, backward(output)
    # Where numbers of 1e42 cancel, what is left of them may overflow in `exp`.
    with np.errstate(over="ignore", invalid="ignore"):
        stepped = complex_steps(graph, leaves)
        runs = four_at_once(graph, moves)
    largest = 0.0
    for leaf, found in zip(leaves, stepped, strict=True):
        sizes = abs(found), abs(gradients[leaf])
        exact, *disturbed = runs[leaf.id] * np.ones(4)
        if max(sizes) < SMALLEST or min(sizes) > LARGEST:
            counts["gradients of 0 or out of range"] += 1
            continue
        if not np.isfinite([found, exact, *disturbed]).all():
            counts["gradients that rounding carries out of range"] += 1
            continue
        counts["gradients"] += 1
        spread = max(abs(other - exact) for other in disturbed)
        error = abs(found - gradients[leaf])
        if not error <= BOUND * spread + SLACK * sizes[0]:
            counts["gradients settled by sixty digits"] += 1
            spread = float(sixty_digits(graph)[leaf.id][1])
        if error != 0.0:
            largest = float(np.maximum(largest, error / (BOUND * spread + SLACK * sizes[0])))
    return largest


def run(seed: int, cases: int) -> Outcome:
    """Graphs until there are enough; one where rounding decides a branch is none."""
    draw, moves = random.Random(seed), np.random.default_rng(seed)
    failures, counts, largest = [], Counter[str](), 0.0
    done = 0
    while done < cases:
        output = random_graph(draw)
        try:
            found = farthest(output, moves, counts)
        except RoundingDecidesError:
            counts["set aside, rounding decides a branch"] += 1
            continue
        done += 1
        largest = max(largest, found)
        if not found <= 1.0:
            failures.append(f"{found:.3g} times the bound: {to_python(output)}"[:4000])
    return Outcome(cases, failures, counts, {"farthest apart, of the bound": largest})


COMPLEX_STEPS = Campaign(
    name="complex steps",
    promise="Gradients agree with complex steps, within the bound of rounding.",
    goal=100_000,
    per_change=1_000,
    run=run,
    chunk=5_000,
)
