"""Formulas of a notebook as MathML, which browsers set by themselves."""

from __future__ import annotations

import re
from html import escape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer

_TABLES = re.compile(r"\\(begin|end)\{(?:aligned|alignedat|gathered|gather|split|eqnarray)\*?\}")
"""Environments that are set as one that is known is: lines, with what is to be aligned."""

_OF_PAPER = re.compile(r"\\(?:label\{[^}]*\}|nonumber|notag)")
"""What only numbered equations need."""


class MathRenderer(IPythonRenderer):
    """Markdown as nbconvert writes it, with formulas that need no script."""

    def inline_math(self, body: str) -> str:
        """``$…$``: part of a line."""
        return mathml(body)

    def block_math(self, body: str) -> str:
        """``$$…$$``: a line of its own."""
        return mathml(body, is_block=True)

    def latex_environment(self, name: str, body: str) -> str:
        r"""``\begin{…}`` without dollars."""
        if name.rstrip("*") == "equation":
            return mathml(body, is_block=True)
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", is_block=True)


def mathml(latex: str, *, is_block: bool = False) -> str:
    r"""LaTeX as MathML; what cannot be read stands there as it was written.

    >>> mathml("x^2").startswith("<math")
    True
    >>> mathml(r"\frac{")
    '<code>\\frac{</code>'
    """
    known = _OF_PAPER.sub("", _TABLES.sub(r"\\\1{align*}", latex)).strip()
    try:
        return str(convert(known, display="block" if is_block else "inline"))
    except Exception:  # there are many kinds, and no list of them
        return f"<code>{escape(latex)}</code>"


def latex_output(text: str) -> str:
    """An output of LaTeX as HTML: its formulas, and what is said around them."""
    parts = re.split(r"(\$\$.+?\$\$|\$.+?\$)", text, flags=re.DOTALL)
    if len(parts) == 1:
        return mathml(text, is_block=True)
    return "".join(
        mathml(part.strip("$"), is_block=part.startswith("$$") or len(parts) == 3)
        if n % 2
        else escape(part)
        for n, part in enumerate(parts)
    )
