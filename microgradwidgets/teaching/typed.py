"""Numbers as people type them, and when one counts as right.

What predict mode takes in the page counts here: its twin is ``js/src/quiz/number.ts``.
"""

from __future__ import annotations

import re
from math import copysign, inf, isfinite, isinf, nan
from sys import float_info

from ..text import short_number

TOLERANCE = 0.01
"""The part of a number by which an answer may differ from it."""
NOTHING = 1e-12
"""What rounding leaves in place of a zero; who says 0 is right."""

_WORDS = {"nan": nan, "inf": inf, "infinity": inf, "∞": inf}
_DIGITS = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?")
LONGEST = 100


def typed_number(text: str) -> float | None:
    """None where it is no number; a comma may stand for the point, and 1/3 for a third.

    >>> typed_number("−0,5"), typed_number("1/4"), typed_number("2e-5"), typed_number("two")
    (-0.5, 0.25, 2e-05, None)
    """
    if len(text) > LONGEST:
        return None
    plain = "".join(text.split()).lower().replace("\N{MINUS SIGN}", "-")
    first, slash, second = plain.partition("/")
    above, below = _one_number(first), _one_number(second) if slash else 1.0
    if above is None or below is None:
        return None
    return above / below if below else above * copysign(inf, below)


def _one_number(plain: str) -> float | None:
    sign = -1.0 if plain.startswith("-") else 1.0
    size = plain[1:] if plain[:1] in ("+", "-") else plain
    if size in _WORDS:
        return sign * _WORDS[size]
    digits = size.replace(",", ".")
    return sign * float(digits) if _DIGITS.fullmatch(digits) else None


def is_right(answer: float, truth: float, tolerance: float = TOLERANCE) -> bool:
    """Whether an answer is within 1 % of the truth, or another part of it, with its sign.

    What a picture writes for it is right as well: of a small number its four decimals are farther
    off than 1 %. Where more than that is asked for, it is not enough.

    >>> is_right(0.503, 0.5), is_right(-0.5, 0.5), is_right(1e-17, 0.0)
    (True, False, True)
    >>> is_right(0.0017, 1 / 576), is_right(0.0017, 1 / 576, 1e-6)
    (True, False)
    """
    if not isfinite(truth):
        return answer == truth or (answer != answer and truth != truth)
    if abs(truth) <= NOTHING:
        return abs(answer) <= NOTHING
    if isinf(answer):  # near the largest double, rounding alone may lead beyond it
        answer = copysign(float_info.max, answer)
    # Doubles near the bound may lie on either side of it, so it is a little wider.
    is_within = abs(answer - truth) <= abs(truth) * tolerance * (1.0 + 1e-9)
    return is_within or (tolerance >= TOLERANCE and answer == typed_number(short_number(truth)))
