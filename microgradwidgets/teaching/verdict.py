"""What there is to say of an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether an answer is right, in a word and in a sentence.

    >>> Verdict(False, "Right size, wrong sign.")
    Right size, wrong sign.
    """

    correct: bool
    message: str

    def __repr__(self) -> str:
        return self.message
