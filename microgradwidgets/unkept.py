"""Plain numbers that a library has added and not kept, found out from what came of them.

``(w * x + 1).relu()`` is known at its end, and at ``w`` and ``x``; the sum is what the ReLU was
given, and the 1 is that less the product. So numbers are carried from the leaves on, as far as they
are known, and from the results back, through sums and through functions that can be undone. Each
has a bound on how wrong rounding can have made it. The constant is then the *shortest* decimal
number within its bounds: what somebody is likely to have typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import atanh, inf, isfinite, log
from typing import Any, NamedTuple

from .arithmetic import UNARY
from .engine import Value
from .foreign import ForeignNode, is_number, local_derivatives, maker

NOT_KEPT = float("nan")
"""Stands among the parents of a node for a number that is not known; it is told by identity."""

WIDEST = 1e-4
"""What is known no better than this is not known: more would be guessing."""

Weights = Mapping[int, Sequence[float]]
Nodes = Sequence[tuple[Any, ForeignNode]]


class Known(NamedTuple):
    """A number, and how far it may be off."""

    number: float
    error: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.error <= WIDEST * max(1.0, abs(self.number))


_UNDONE: Mapping[Any, Callable[[float], float]] = {
    "exp": log,
    "tanh": atanh,
    "sigmoid": lambda y: log(y / (1.0 - y)),
    "relu": lambda y: y if y > 0.0 else inf,
}


def with_constants(nodes: Nodes, weights: Weights, rtol: float) -> dict[int, ForeignNode]:
    """What is said of each node, by its id, with a number in place of each that was not kept.

    Args:
        nodes: operands before results, with their numbers where they were kept.
        weights: for sums, by the id of the node: what each operand is multiplied by.
        rtol: the relative error of an operation.
    """
    known = {id(node): Known(said.data) for node, said in nodes if said.data is not None}
    found = {id(node): said for node, said in nodes}
    missing = sum(_misses(said) for said in found.values())
    while missing:
        _go_on(nodes, found, known, rtol)
        _go_back(nodes, found, known, weights, rtol)
        left = sum(_misses(said) for said in found.values())
        if left == missing:
            kind = next(said.kind for said in found.values() if _misses(said))
            raise ValueError(
                f"expected every number to be known, got: one of {kind} that was not kept, and "
                "that cannot be found out from the result; make it a leaf, such as "
                "torch.tensor(1.0, requires_grad=True)"
            )
        missing = left
    return found


def _misses(said: ForeignNode) -> bool:
    return any(parent is NOT_KEPT for parent in said.parents)


def _of(parent: Any, known: Mapping[int, Known]) -> Known | None:
    """What is known of an operand."""
    if parent is NOT_KEPT:
        return None
    return Known(parent) if is_number(parent) else known.get(id(parent))


def _go_on(
    nodes: Nodes, found: Mapping[int, ForeignNode], known: dict[int, Known], rtol: float
) -> None:
    """Work out what follows from operands."""
    for node, _ in nodes:
        said = found[id(node)]
        operands = [_of(parent, known) for parent in said.parents]
        if id(node) in known or None in operands:
            continue
        numbers = [operand.number for operand in operands if operand]
        make = maker(said)
        result = make(*numbers).data
        slopes = local_derivatives(make, numbers)
        errors = [operand.error for operand in operands if operand]
        spread = sum(abs(slope) * error for slope, error in zip(slopes, errors, strict=True))
        known[id(node)] = Known(result, spread + rtol * abs(result))


def _go_back(
    nodes: Nodes,
    found: dict[int, ForeignNode],
    known: dict[int, Known],
    weights: Weights,
    rtol: float,
) -> None:
    """Work out the one operand that is not known from the result and the others."""
    for node, _ in reversed(nodes):
        said = found[id(node)]
        result = known.get(id(node))
        operands = [_of(parent, known) for parent in said.parents]
        if result is None or operands.count(None) != 1:
            continue
        place = operands.index(None)
        operand: Known | None
        if id(node) in weights:
            operand = _rest(result, operands, weights[id(node)], place, rtol)
        elif said.op == "*" or (said.op == Value.divide and place == 0):
            operand = _unscaled(result, operands, said, rtol)
        else:
            operand = _undone(result, said, rtol)
        if operand is None or not operand.is_good:
            continue
        if said.parents[place] is NOT_KEPT:
            parents = [*said.parents]
            parents[place] = shortest(operand)
            found[id(node)] = said._replace(parents=parents)
        else:
            known[id(said.parents[place])] = operand


def _rest(
    result: Known, operands: Sequence[Known | None], weights: Sequence[float], at: int, rtol: float
) -> Known:
    """What a sum lacks."""
    rest, error = result.number, result.error + rtol * abs(result.number)
    for weight, operand in zip(weights, operands, strict=True):
        if operand is not None:
            rest -= weight * operand.number
            error += abs(weight) * (operand.error + rtol * abs(operand.number))
    return Known(rest / weights[at], error / abs(weights[at]))


def _unscaled(
    result: Known, operands: Sequence[Known | None], said: ForeignNode, rtol: float
) -> Known | None:
    """What was multiplied or divided by a number that is known."""
    scale = maker(said)(*(1.0 if operand is None else operand.number for operand in operands)).data
    if not scale:
        return None
    number = result.number / scale
    spread = sum(abs(operand.error / operand.number) for operand in operands if operand)
    return Known(number, result.error / abs(scale) + (rtol + spread) * abs(number))


def _undone(result: Known, said: ForeignNode, rtol: float) -> Known | None:
    """What a function was given."""
    if said.op not in _UNDONE:
        return None
    try:
        operand = _UNDONE[said.op](result.number)
    except (ValueError, ZeroDivisionError):
        return None
    slope = abs(UNARY[str(said.op)](operand)[1])
    if not isfinite(operand) or not slope:
        return None
    return Known(operand, (result.error + rtol * abs(result.number)) / slope)


def shortest(known: Known) -> float:
    """The decimal number of the fewest digits that may be meant.

    >>> shortest(Known(0.20000000000000004, 1e-16)), shortest(Known(-3e-17, 1e-16))
    (0.2, 0.0)
    """
    number, error = known
    if abs(number) <= error:
        return 0.0
    tries = (float(f"{number:.{digits}e}") for digits in range(17))
    return next((short for short in tries if abs(short - number) <= error), number)
