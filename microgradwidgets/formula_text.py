"""Formulas as plain text, for where nothing is typeset: a terminal, a sheet of paper, a cell.

Names are written as the learner wrote them, so that they are found in the picture.
"""

from __future__ import annotations

import re

from .formula import Formula
from .text import MINUS, is_blank, visible_text

LONGEST_NAME = 40

_INDEXED = re.compile("([A-Za-z])([0-9]+)")
_SIGNS = {"+": "+", "-": MINUS}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain_name(label: str) -> Formula | None:
    """A label as a name that is written as it is; None where there is nothing to see in it.

    >>> plain_name("w_out"), plain_name("x1"), plain_name(" ")
    (('name', 'w_out', '', ''), ('name', 'x', '1', ''), None)
    """
    if is_blank(label):
        return None
    shown = visible_text(label).replace("\n", "↵")
    if found := _INDEXED.fullmatch(shown):
        return ("name", found[1], found[2], "")
    return ("name", shown[:LONGEST_NAME] + "…" * (len(shown) > LONGEST_NAME), "", "")


def formula_text(formula: Formula) -> str:
    """One formula in a line.

    >>> n = ("name", "n", "", "")
    >>> formula_text(("equal", ("derivative", ("name", "o", "", ""), n), ("fraction", n, n)))
    '∂o/∂n = n / n'
    >>> formula_text(("terms", ("+", ("number", "1")), ("-", ("power", n, ("number", "2")))))
    '1 − n²'
    """
    match formula:
        case ("number", text):
            return str(text).replace("-", MINUS)
        case ("name", base, index, _):
            return f"{base}{index}"
        case ("terms", (_, first), *others):
            rest = (f" {_SIGNS[sign]} {formula_text(term)}" for sign, term in others)
            return formula_text(first) + "".join(rest)
        case ("sigma", count, first, second, last):
            shown = [formula_text(term) for term in (first, second, last)]
            return f"Σ of {count:,} terms ({shown[0]}, {shown[1]}, …, {shown[2]})"
        case ("product", a, b):
            return f"{formula_text(a)} · {formula_text(b)}"
        case ("fraction", a, b):
            return f"{_one_thing(a)} / {_one_thing(b)}"
        case ("power", a, ("number", exponent)):
            if re.fullmatch("-?[0-9]+", exponent):
                return f"{formula_text(a)}{exponent.translate(_SUPERSCRIPTS)}"
            return f"{formula_text(a)}^{exponent.replace('-', MINUS)}"
        case ("negative", a):
            return MINUS + formula_text(a)
        case ("function", name, a):
            return f"{name}({formula_text(a)})"
        case ("condition", a):
            return f"[{formula_text(a)} > 0]"
        case ("derivative", a, b):
            return f"∂{formula_text(a)}/∂{formula_text(b)}"
        case ("brackets", a):
            return f"({formula_text(a)})"
        case _:
            return " = ".join(formula_text(side) for side in formula[1:])


def _one_thing(formula: Formula) -> str:
    """Above and below a line all holds together; in one line brackets must hold it."""
    text = formula_text(formula)
    is_open = " " in text or text.startswith(MINUS)
    return f"({text})" if is_open and formula[0] not in ("function", "brackets") else text
