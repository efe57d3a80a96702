"""Formulas as plain trees of tuples: what a printer writes down without a question.

::

    ("number", "-1.5e-7")                 ("name", base, index, place)
    ("terms", ("+", a), ("-", b), …)      a - b …
    ("sigma", count, a, b, z)             a sum too long to write out
    ("product", a, b)  ("fraction", a, b)  ("power", a, b)  ("negative", a)
    ("function", "tanh", a)               ("condition", a): 1 if a > 0, else 0
    ("derivative", a, b)                  ∂a / ∂b
    ("brackets", a)
    ("equal", a, b, …)                    a = b = …

The functions here put brackets where the reading would change without them, and only there.
JavaScript's twin is ``js/src/formula/tree.ts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

from .text import MINUS, short_number

Formula: TypeAlias = tuple[Any, ...]
Thing = TypeVar("Thing")

LONGEST_SUM = 6
"""Of more terms, and of more lines that are alike, the first two and the last are shown."""

# How tightly a formula holds together.
_SUM, _NEGATIVE, _PRODUCT, _FRACTION, _POWER, _ATOM = range(6)
_LEVELS = {
    "terms": _SUM,
    "sigma": _SUM,
    "negative": _NEGATIVE,
    "product": _PRODUCT,
    "fraction": _FRACTION,
    "derivative": _FRACTION,
    "function": _POWER,
    "power": _POWER,
}

_OPERATORS = set("+-−*×·/^=<>&|")
"""A label that holds one of these reads like a formula of its own."""

ONE: Formula = ("number", "1")
TWO: Formula = ("number", "2")


def plain_number(x: float) -> str:
    """A number as formulas hold it: as pictures write it, with the minus of a keyboard.

    >>> plain_number(-0.5), plain_number(1.5e-7)
    ('-0.5', '1.5e-7')
    """
    return short_number(x).replace(MINUS, "-")


def _level(formula: Formula) -> int:
    kind, first = formula[0], formula[1]
    if kind == "number":
        return _NEGATIVE if first[0] == "-" else _PRODUCT if "e" in first else _ATOM
    if kind == "name":
        if _OPERATORS & set(first):
            return _SUM
        return _POWER if formula[3] or " " in first else _ATOM
    return _LEVELS.get(kind, _ATOM)


def _closed(formula: Formula, least: int) -> Formula:
    return formula if _level(formula) >= least else ("brackets", formula)


def terms(signed: Sequence[tuple[str, Formula]]) -> Formula:
    """A sum of terms, each with its sign; of the first that is a plus.

    >>> a, b = ("name", "a", "", ""), ("number", "-2")
    >>> terms([("+", a), ("-", b)])
    ('terms', ('+', ('name', 'a', '', '')), ('-', ('brackets', ('number', '-2'))))
    """
    if len(signed) == 1:
        return signed[0][1]
    (_, first), *others = signed
    closed = [(sign, _closed(term, _PRODUCT)) for sign, term in others]
    return ("terms", ("+", _closed(first, _NEGATIVE)), *closed)


def shown_of(things: Sequence[Thing]) -> Sequence[Thing]:
    """Of many things the first two and the last; of a few all."""
    return things if len(things) <= LONGEST_SUM else [*things[:2], things[-1]]


def total(count: int, shown: Sequence[tuple[str, Formula]]) -> Formula:
    """A sum of that many terms, of which these are to be shown."""
    if count == len(shown):
        return terms(shown)
    return ("sigma", count, *(term if sign == "+" else negative(term) for sign, term in shown))


def product(a: Formula, b: Formula) -> Formula:
    return ("product", _closed(a, _PRODUCT), _closed(b, _FRACTION))


def fraction(a: Formula, b: Formula) -> Formula:
    return ("fraction", a, b)


def negative(a: Formula) -> Formula:
    return ("negative", _closed(a, _FRACTION))


def power(base: Formula, exponent: Formula) -> Formula:
    return ("power", _closed(base, _ATOM), exponent)


def function(name: str, a: Formula) -> Formula:
    return ("function", name, a)


def derivative(of: Formula, by: Formula) -> Formula:
    return ("derivative", _closed(of, _POWER), _closed(by, _POWER))


def equal(*sides: Formula) -> Formula:
    """A chain of equations, without those that say the same twice."""
    told = [side for place, side in enumerate(sides) if place == 0 or side != sides[place - 1]]
    return ("equal", *told)


def size(formula: Formula) -> int:
    """How much room it takes: its numbers and names, with their indices."""
    if formula[0] in ("number", "name"):
        return sum(part != "" for part in formula[1:])
    return sum(size(part) for part in formula[1:] if isinstance(part, tuple))
