"""What is refused, and that it is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def or_refused(attempt: Callable[[], T], begins: str, longest: int) -> T | None:
    """What an attempt gives, or nothing where it ends in a plain ``ValueError`` that says why.

    >>> or_refused(lambda: int("4"), "expected ", 500)
    4
    """
    refusal = None
    try:
        return attempt()
    except ValueError as error:
        refusal = error
    words = str(refusal)
    assert type(refusal) is ValueError, f"expected a plain ValueError, got: {refusal!r}"
    assert words.startswith(begins), f"expected words that begin {begins!r}, got: {words}"
    assert ", got: " in words, f"expected what was got in the words, got: {words}"
    assert len(words) <= longest, f"expected at most {longest} characters, got: {len(words)}"
    return None
