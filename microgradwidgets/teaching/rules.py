"""The chain rule as one learns it, and as one gets it wrong.

A gradient is a sum over arrows, each of them *upstream × local*. :func:`mistakes` breaks one rule
at a time and works out what gradients come of it; an answer that is one of these tells which rule
it has missed, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from ..tape import Tape
from ..text import bracketed, short_number
from .wording import count_text, listed, names_of

LARGEST = 100
"""Of more values than these no mistakes are tried: each costs a backward pass of its own."""

RULES = {
    "+": "a sum hands its gradient on unchanged, to either side: both local derivatives are 1",
    "-": "a difference hands its gradient on unchanged to the left, and with the other sign to the "
    "right: the local derivatives are 1 and −1",
    "*": "the local derivative of a product by one factor is the other factor",
    "pow": "the local derivative of xⁿ is n · xⁿ⁻¹",
    "neg": "a minus turns the sign: the local derivative is −1",
    "relu": "the local derivative of a ReLU is 1 where its operand is above 0, and 0 elsewhere",
    "tanh": "the local derivative of tanh is 1 − t², with t its result",
    "exp": "the local derivative of exp is its own result",
    "log": "the local derivative of log x is 1 / x",
    "sigmoid": "the local derivative of a sigmoid is s · (1 − s), with s its result",
}
"""The local derivatives in words, by operation."""


def _power_slips(x: float, r: float, n: float) -> list[float]:
    lowered = r / x if x else 0.0
    return [lowered, n * x, n * r, r, n]


_SLIPS: dict[str, Callable[[float, float, float], list[float]]] = {
    "pow": _power_slips,
    "neg": lambda x, r, n: [1.0],
    "relu": lambda x, r, n: [1.0, 0.0, x],
    "tanh": lambda x, r, n: [1.0 - x * x, r, 1.0 - r, 1.0 + r * r, 1.0],
    "exp": lambda x, r, n: [1.0, x, x * r],
    "log": lambda x, r, n: [r, x, 1.0],
    "sigmoid": lambda x, r, n: [r, 1.0 - r, x * (1.0 - x), 1.0],
}
"""What is taken for the local derivative by mistake: of operand, result and exponent."""


class Mistake(NamedTuple):
    """What the gradients would be, and the rule that was broken for it."""

    gradients: Sequence[float]
    rule: str


_Passing: TypeAlias = Callable[[int, float], Sequence[float]]
_Gathering: TypeAlias = Callable[[int, Sequence[float]], float]


def mistakes(tape: Tape) -> Iterator[Mistake]:
    """Gradients with one rule broken, the likelier mistakes first."""
    if len(tape) > LARGEST:
        return
    data, name = tape.replay(), names_of(tape)
    operations = [index for index, *_ in reversed(tape.steps)]

    def passing(index: int, upstream: float) -> Sequence[float]:
        return [upstream * local for local in tape.local_gradients(index, data)]

    for index in reversed(range(len(tape))):
        count = len(arrows(tape, index))
        for taken in range(count if count > 1 else 0):
            gathering = partial(_only, index, taken)
            yield Mistake(_swept(tape, passing, gathering), _of_uses(name(index), count))
    for indices in _alone_and_together(tape, operations):
        for place in range(len(_slips(tape, indices[0], data))):
            slips = {index: _slips(tape, index, data)[place] for index in indices}
            table = _swept(tape, partial(_slipped, passing, slips), _all)
            yield Mistake(table, f"at {name(indices[0])}, {rule_of(tape, indices[0])}")
    for index in operations:
        for wrong in (_local_alone, _added):
            locals_ = tape.local_gradients(index, data)
            table = _swept(tape, partial(wrong, passing, index, locals_), _all)
            rule = (
                f"what {name(index)} hands on is its own gradient times the local derivative "
                "(upstream × local)"
            )
            yield Mistake(table, rule)


def rule_of(tape: Tape, index: int) -> str:
    """The rule of the operation that made a value."""
    op = tape.op(index)
    return RULES[op if isinstance(op, str) else "pow"]


def arrows(tape: Tape, index: int) -> list[tuple[int, int]]:
    """The arrows that leave a value: the operation each leads to, and 0 or 1 for its side."""
    return [
        (to, side)
        for to, _, a, b in tape.steps
        for side, operand in enumerate((a, b))
        if operand == index
    ]


def sum_over_arrows(tape: Tape, index: int) -> str:
    """A gradient written out, arrow by arrow.

    >>> from microgradwidgets import Value
    >>> b = Value(2.0, label="b")
    >>> print(sum_over_arrows(Tape.record(b * 3 + b**3), 0))
    two arrows leave b, into b · 3 and b³, and upstream × local adds up over them: ... = 15
    """
    data, name = tape.replay(), names_of(tape)
    gradients = tape.gradients(data=data)
    leaving = arrows(tape, index)
    if not leaving:
        return f"{name(index)} is the output, and the derivative of it by itself is 1"
    terms = [
        " × ".join(
            bracketed(short_number(x))
            for x in (gradients[to], tape.local_gradients(to, data)[side])
        )
        for to, side in leaving
    ]
    targets = listed([*dict.fromkeys(name(to) for to, _ in leaving)])
    leave = f"{count_text(len(leaving), 'arrow')} leave{'s' if len(leaving) == 1 else ''}"
    adds = ", and upstream × local adds up over them" if len(leaving) > 1 else ", upstream × local"
    total = short_number(gradients[index])
    return f"{leave} {name(index)}, into {targets}{adds}: {' + '.join(terms)} = {total}"


def _of_uses(name: str, count: int) -> str:
    times = "twice" if count == 2 else f"{count} times"
    together = "two" if count == 2 else f"{count}"
    return f"{name} is used {times}, so its {together} contributions add (a sum over arrows)"


def _swept(tape: Tape, passing: _Passing, gathering: _Gathering) -> list[float]:
    """A backward pass: how an operation hands on, and how a value adds up, are to be given."""
    arrived: list[list[float]] = [[] for _ in range(len(tape))]
    arrived[-1].append(1.0)
    table = [0.0] * len(tape)
    for index in reversed(range(len(tape))):
        table[index] = gathering(index, arrived[index])
        if tape.left[index] >= 0:
            operands = (tape.left[index], tape.right[index])
            for operand, contribution in zip(operands, passing(index, table[index]), strict=False):
                arrived[operand].append(contribution)
    return table


def _all(index: int, arrived: Sequence[float]) -> float:
    return sum(arrived)


def _only(index: int, taken: int, at: int, arrived: Sequence[float]) -> float:
    return arrived[taken] if at == index else sum(arrived)


def _slipped(
    passing: _Passing, slips: dict[int, Sequence[float]], index: int, upstream: float
) -> Sequence[float]:
    if index in slips:
        return [upstream * local for local in slips[index]]
    return passing(index, upstream)


def _local_alone(
    passing: _Passing, at: int, locals_: Sequence[float], index: int, upstream: float
) -> Sequence[float]:
    return locals_ if index == at else passing(index, upstream)


def _added(
    passing: _Passing, at: int, locals_: Sequence[float], index: int, upstream: float
) -> Sequence[float]:
    return [upstream + x for x in locals_] if index == at else passing(index, upstream)


def _slips(tape: Tape, index: int, data: Sequence[float]) -> Sequence[Sequence[float]]:
    """Pairs, or single numbers, that may be taken for the local derivatives of an operation."""
    op, left = tape.op(index), data[tape.left[index]]
    if not isinstance(op, str):
        return [[slip] for slip in _SLIPS["pow"](left, data[index], op[1])]
    if op in _SLIPS:
        return [[slip] for slip in _SLIPS[op](left, data[index], 1.0)]
    right = data[tape.right[index]]
    return {
        "+": [[right, left]],
        "-": [[1.0, 1.0], [-1.0, 1.0]],
        "*": [[left, right], [1.0, 1.0]],
    }[op]


def _alone_and_together(tape: Tape, operations: Sequence[int]) -> Iterator[list[int]]:
    """Each operation by itself, then all of a kind: who gets a rule wrong does so every time."""
    yield from ([index] for index in operations)
    kinds: dict[int, list[int]] = {}
    for index in operations:
        kinds.setdefault(tape.ops[index], []).append(index)
    yield from (indices for indices in kinds.values() if len(indices) > 1)
