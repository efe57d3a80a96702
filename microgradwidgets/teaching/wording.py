"""Values and formulas in the plain text of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..formula import plain_number
from ..formula_text import formula_text, plain_name
from ..notation import Notation
from ..tape import Tape
from ..text import short_number, visible_text

_COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def names_of(tape: Tape) -> Callable[[int], str]:
    """How a sentence calls a value: by its name, else by the formula that made it.

    >>> from microgradwidgets import Value
    >>> a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    >>> name = names_of(Tape.record(a * b + b**3 / 2))
    >>> [name(index) for index in (0, 2, 7)]
    ['a', 'a · b', 'a · b + b³ / 2']
    """
    numbers = tape.filled()
    notation = Notation(tape, lambda index: plain_number(numbers[index]), read=plain_name)

    def name(index: int) -> str:
        if index in tape.names:
            return visible_text(tape.names[index])
        if tape.left[index] < 0:
            return short_number(numbers[index])
        return formula_text(notation.expanded(index))

    return name


def count_text(count: int, thing: str, things: str = "") -> str:
    """``one arrow``, ``two arrows``, ``12 arrows``.

    >>> count_text(1, "leaf", "leaves"), count_text(12, "leaf", "leaves"), count_text(2, "arrow")
    ('one leaf', '12 leaves', 'two arrows')
    """
    number = _COUNTS[count] if count < len(_COUNTS) else f"{count:,}"
    return f"{number} {thing if count == 1 else things or f'{thing}s'}"


def listed(things: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))
