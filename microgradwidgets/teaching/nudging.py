"""What changes with a leaf: found by its new number, and by what stops a change on its way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isfinite

from ..tape import Tape
from ..tape_bytes import MUL, OP_NAMES


@dataclass(frozen=True)
class Nudge:
    """A leaf with another number, and all numbers before and after.

    Attributes:
        depends: what is made from the leaf, by whatever way.
        moved: what a change of the leaf reaches, nothing stopping it.
    """

    leaf: int
    before: Sequence[float]
    after: Sequence[float]
    depends: frozenset[int]
    moved: frozenset[int]

    def changes(self, i: int) -> bool:
        """Whether its number is another one."""
        return self.before[i] != self.after[i]

    def is_certain(self, i: int) -> bool:
        """Whether the numbers say what the operations say.

        They do not where rounding swallows a change, where two changes make up for each other,
        and where a number is nan.
        """
        are_finite = isfinite(self.before[i]) and isfinite(self.after[i])
        return are_finite and self.changes(i) == (i in self.moved)


def nudged(tape: Tape, data: Sequence[float], leaf: int) -> Nudge | None:
    """What happens where a leaf grows by 1; None where it cannot.

    >>> from microgradwidgets import Value
    >>> x, w = Value(2.0, label="x"), Value(0.0, label="w")
    >>> tape = Tape.record(x * w + x)
    >>> nudge = nudged(tape, tape.replay(), 0)
    >>> [nudge.changes(i) for i in range(4)]
    [True, False, False, True]
    """
    number = data[leaf] + 1.0
    if not isfinite(number) or number == data[leaf]:
        return None
    after = tape.replay({leaf: number})
    depends, moved = {leaf}, {leaf}
    for index, code, a, b in tape.steps:
        if a in depends or b in depends:
            depends.add(index)
        if (a in moved or b in moved) and not _stops(tape, index, code, data, after, moved):
            moved.add(index)
    return Nudge(leaf, data, after, frozenset(depends), frozenset(moved))


def told_by(tape: Tape, drawn: Collection[int], nudge: Nudge) -> list[int]:
    """The values of which a drawing of these says whether they change.

    It does of those behind which all is drawn, and of those that a change is seen to reach.
    """
    whole: set[int] = set()
    reached = {nudge.leaf}
    for i in sorted(drawn):
        operands = [operand for operand in (tape.left[i], tape.right[i]) if operand >= 0]
        if whole.issuperset(operands):
            whole.add(i)
        if not reached.isdisjoint(operands):
            reached.add(i)
    return [i for i in sorted(drawn) if i in whole or (i in reached and nudge.changes(i))]


def _stops(
    tape: Tape,
    index: int,
    code: int,
    before: Sequence[float],
    after: Sequence[float],
    moved: set[int],
) -> bool:
    """Whether an operation gives the same, though an operand does not stay the same."""
    a, b = tape.left[index], tape.right[index]
    if code == MUL:
        return any(before[i] == 0.0 and i not in moved for i in (a, b))
    if OP_NAMES[code] == "relu":
        return before[a] <= 0.0 and after[a] <= 0.0
    return tape.op(index) == ("pow", 0.0)
