r"""Formulas as LaTeX, and a whole expression in steps.

What comes out needs ``amsmath`` in a document, and is understood as it is by MathJax (in notebooks)
and KaTeX. JavaScript's twin is ``js/src/formula/latex.ts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from .engine import Value, expect_value
from .formula import Formula, plain_number
from .notation import Notation, is_written
from .symbols import GREEK
from .tape import Leaves, Tape
from .tape_bytes import LEAF

MOST_STEPS = 100

_VARIANTS = {"epsilon": "varepsilon", "phi": "varphi"}
_GREEK = {letter: f"\\{_VARIANTS.get(name, name)}" for name, letter in GREEK.items()}
_FUNCTIONS = {
    "relu": r"\operatorname{relu}",
    "sigmoid": r"\sigma",
    "tanh": r"\tanh",
    "exp": r"\exp",
    "log": r"\log",
}
_SIGNS = {
    "\\": r"\backslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "^": r"\wedge{}", "~": r"\sim{}", "<": "<", ">": ">",
}  # fmt: skip
r"""Written as mathematics: inside ``\text`` LaTeX, MathJax and KaTeX escape them differently."""

_STEERING = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_PIECES = re.compile(r"[\\{}$&#_%^~<>]|[^\\{}$&#_%^~<>]+")
_LETTERS = re.compile("[A-Za-z]+")


def latex(formula: Formula) -> str:
    r"""One formula.

    >>> print(latex(("product", ("name", "w", "out", ""), ("number", "-1.5e-7"))))
    w_{\mathrm{out}} \cdot -1.5 \times 10^{-7}
    """
    match formula:
        case ("number", text):
            return _number(text)
        case ("name", base, index, place):
            return _name(base, index, place)
        case ("terms", (_, first), *others):
            return " ".join([latex(first), *(f"{sign} {latex(term)}" for sign, term in others)])
        case ("sigma", count, first, second, last):
            shown = rf"{latex(first)},\ {latex(second)},\ \ldots,\ {latex(last)}"
            return rf"\sum_{{\text{{{count:,} terms}}}} \left({shown}\right)"
        case ("product", a, b):
            return rf"{latex(a)} \cdot {latex(b)}"
        case ("fraction", a, b):
            return rf"\frac{{{latex(a)}}}{{{latex(b)}}}"
        case ("power", a, b):
            return f"{latex(a)}^{{{latex(b)}}}"
        case ("negative", a):
            return f"-{latex(a)}"
        case ("function", name, a):
            return rf"{_FUNCTIONS[name]}\left({latex(a)}\right)"
        case ("condition", a):
            return rf"\left[{latex(a)} > 0\right]"
        case ("derivative", a, b):
            return rf"\frac{{\partial {latex(a)}}}{{\partial {latex(b)}}}"
        case ("brackets", a):
            return rf"\left({latex(a)}\right)"
        case _:
            return " = ".join(latex(side) for side in formula[1:])


def _number(text: str) -> str:
    digits, _, exponent = (
        text.replace("inf", r"\infty").replace("nan", r"\mathrm{nan}").partition("e")
    )
    return rf"{digits} \times 10^{{{int(exponent)}}}" if exponent else digits


def _name(base: str, index: str, place: str) -> str:
    written = _word(base)
    if index:
        parts = [part if part.lstrip("-").isdigit() else _word(part) for part in index.split(",")]
        written += f"_{{{','.join(parts)}}}"
    return f"{written}^{{({place})}}" if place else written


def _word(word: str) -> str:
    if word in _GREEK:
        return _GREEK[word]
    if not _LETTERS.fullmatch(word):
        return _text(word)
    return word if len(word) == 1 else rf"\mathrm{{{word}}}"


def _text(text: str) -> str:
    r"""Any text at all, read by LaTeX as the characters it is made of.

    >>> print(_text("50% of_it"))
    \text{50}\%\text{ of}\_\text{it}
    """
    seen = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
    return "".join(_SIGNS.get(piece) or rf"\text{{{piece}}}" for piece in _PIECES.findall(seen))


def to_latex(
    value: Value,
    *,
    notation: Literal["written", "primitives"] = "written",
    names: Mapping[int, str] | None = None,
) -> str:
    r"""The expression behind a value as LaTeX, for a formula of its own (``$$…$$``).

    Values with a name get a line each; nameless steps are written out inside, or are called v₁₂
    where they would make a line too long or are used more than once. Of a very large expression
    the last hundred lines are kept.

    Args:
        value: the output.
        notation: ``"written"`` as the learner wrote it, ``"primitives"`` operation by operation.
        names: id → name, for values without a label.

    >>> x, w = Value(2.0, label="x1"), Value(-3.0, label="w1")
    >>> n = Value.add(x * w, 1, label="n")
    >>> print(to_latex(n.tanh(label="o")))
    \begin{aligned}
    n &= x_{1} \cdot w_{1} + 1 \\
    o &= \tanh\left(n\right)
    \end{aligned}
    """
    return tape_latex(Tape.record(expect_value(value, "value"), names), notation)


def tape_latex(tape: Tape, notation: str = "written", leaves: Leaves = None) -> str:
    """What :func:`to_latex` gives, of a tape and perhaps other numbers of its leaves."""
    leaf = tape.filled(leaves)
    writing = Notation(tape, lambda i: plain_number(leaf[i]), written=is_written(notation))
    steps, is_whole = _steps(writing)
    lines = [] if is_whole else [r"&\ \,\vdots"]
    lines += [rf"{latex(name)} &= {latex(made)}" for name, made in steps]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _steps(writing: Notation) -> tuple[list[tuple[Formula, Formula]], bool]:
    """Name and formula of all that needs a line, found from the output back; whether it is all."""
    lines: dict[int, tuple[Formula, Formula]] = {}
    waiting = {len(writing.tape) - 1}
    while waiting and len(lines) < MOST_STEPS:
        i = max(waiting)
        waiting.remove(i)
        writing.met.clear()
        is_leaf = writing.tape.ops[i] == LEAF
        lines[i] = (writing.own(i), writing.number(i) if is_leaf else writing.expanded(i))
        # What is met was made earlier, so no line is looked for twice.
        waiting.update(j for j in writing.met if j != i and writing.tape.ops[j] != LEAF)
    return [lines[i] for i in sorted(lines)], not waiting
