"""Sentences with names and formulas in them, kept apart from the words until they are shown.

A label may be any text, so what shows a sentence has to know which parts of it are labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeAlias

from ..text import isolated


class Term(str):
    """A name or a formula inside a sentence.

    >>> plain(("What is ", Term("x1"), "?"))
    'What is x1?'
    """

    __slots__ = ()


Sentence: TypeAlias = tuple[str, ...]
"""Words, and between them each :class:`Term`."""


def plain(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(isolated(part) if isinstance(part, Term) else part for part in sentence)


def markdown(sentence: Sentence) -> str:
    r"""The sentence in Markdown, each term as code, in which nothing has a meaning.

    >>> print(markdown(("What is ", Term("a*b*"), "?")))
    What is `a*b*`?
    """
    return "".join(
        code(part) if isinstance(part, Term) else re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", part)
        for part in sentence
    )


def code(text: str) -> str:
    """Text as code in Markdown, whatever it holds.

    >>> print(code("a `b`"))
    `` a `b` ``
    """
    shown = isolated(text.replace("\n", "↵"))
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    room = " " if longest or shown[:1] == " " == shown[-1:] else ""
    return f"{fence}{room}{shown}{room}{fence}"


def listed(parts: Sequence[Sentence], last: str = "and") -> Sentence:
    """Several things in a row: a, b and c.

    >>> plain(listed([("a",), ("b",), ("c",)]))
    'a, b and c'
    """
    marks = [", "] * len(parts)
    marks[0], marks[-1] = "", f" {last} " if len(parts) > 1 else ""
    return joined((mark, *part) for mark, part in zip(marks, parts, strict=True))


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """One sentence after the other."""
    return tuple(chain.from_iterable(sentences))
