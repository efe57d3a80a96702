"""Two states of one structure: are they, and which numbers differ most?"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from math import inf, isfinite

from .graph import Row
from .tape import Tape
from .text import op_text, visible_text


def expect_same_structure(tape: Tape, other: Tape) -> None:
    """A ``ValueError`` names the first difference in operations, operands or exponents.

    >>> from microgradwidgets import Value
    >>> x, y = Value(2.0), Value(3.0)
    >>> expect_same_structure(Tape.record(x * x + y), Tape.record(y * y + x))
    >>> expect_same_structure(
    ...     Tape.record((x * x).with_label("s")), Tape.record((x + x).with_label("s"))
    ... )
    Traceback (most recent call last):
    ValueError: expected compare to have the structure of value, got: '+' in place of '*' at s
    """
    if _columns(tape) == _columns(other):
        return
    for i in range(min(len(tape), len(other))):
        wanted, got = op_text(tape.op(i)), op_text(other.op(i))
        if wanted != got:
            raise _difference(f"{got!r} in place of {wanted!r} at {_name(tape, i)}")
        if (tape.left[i], tape.right[i]) != (other.left[i], other.right[i]):
            raise _difference(f"other operands of {wanted!r} at {_name(tape, i)}")
    raise _difference(f"{len(other)} values in place of {len(tape)}")


def _columns(tape: Tape) -> tuple[bytes, Sequence[int], Sequence[int], Sequence[float]]:
    return tape.ops, tape.left, tape.right, tape.exponents


def _difference(words: str) -> ValueError:
    return ValueError(f"expected compare to have the structure of value, got: {words}")


def _name(tape: Tape, i: int) -> str:
    label = tape.names.get(i)
    return f"value {i + 1} of {len(tape)}" if label is None else visible_text(label)


def change_rows(
    tape: Tape,
    of: str,
    before: Sequence[float],
    now: Sequence[float],
    most: int,
) -> list[Row]:
    """The largest changes of values or gradients, by the size of the difference.

    A difference that is not finite comes first; equal ones stand in the order of the graph. That a
    nan has stayed a nan is no change. JavaScript's twin is ``js/src/comparison.ts``.

    Args:
        tape: the graph.
        of: what the numbers are: ``"value"`` or ``"gradient"``.
        before: the older numbers, in the order of the tape.
        now: the newer ones.
        most: how many rows.
    """
    changed = (i for i, (a, b) in enumerate(zip(before, now, strict=True)) if _differ(a, b))

    def largest_first(i: int) -> float:
        difference = now[i] - before[i]
        return -abs(difference) if isfinite(difference) else -inf

    ids = {index: f"v{key}" for key, index in tape.ids.items()}
    return [
        {
            "of": of,
            "id": ids[i],
            "label": tape.names.get(i, ""),
            "op": op_text(tape.op(i)),
            "before": before[i],
            "now": now[i],
            "difference": now[i] - before[i],
        }
        for i in nsmallest(most, changed, key=largest_first)
    ]


def _differ(a: float, b: float) -> bool:
    return a != b and (a == a or b == b)
