"""What a check says of an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether an answer is right, and why, in one sentence or two.

    As the last line of a cell it shows its ``message``; in a condition it counts as ``correct``.

    >>> verdict = Verdict(False, "Not yet: 5 has the right size, but the wrong sign.")
    >>> verdict
    Not yet: 5 has the right size, but the wrong sign.
    >>> verdict.require()
    Traceback (most recent call last):
    AssertionError: Not yet: 5 has the right size, but the wrong sign.
    """

    correct: bool
    message: str

    def require(self) -> Verdict:
        """The verdict itself if the answer is right; else an ``AssertionError`` that says why.

        Graders such as nbgrader and Otter count a cell that raises as failed.

        >>> Verdict(True, "Right: both contributions add.").require()
        Right: both contributions add.
        """
        if not self.correct:
            raise AssertionError(self.message)
        return self

    def __bool__(self) -> bool:
        return self.correct

    def __repr__(self) -> str:
        return self.message


def right(why: str) -> Verdict:
    return Verdict(True, f"Right: {why}")


def wrong(why: str) -> Verdict:
    return Verdict(False, f"Not yet: {why}")
