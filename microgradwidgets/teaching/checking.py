"""``check``: is this answer right, and why?"""

from __future__ import annotations

import sys

from ..caller import names_at
from .registry import Answer, find
from .verdict import Verdict, wrong


def check(exercise: str, answer: object) -> Verdict:
    """Whether an answer to an exercise of the course is right, and why.

    What is right is worked out anew, so that neither the notebook nor the check holds a list of
    answers. Numbers may differ by one percent, expressions and functions count by what they do.
    A wrong answer is told the value and the rule that it misses; nothing that is given raises an
    error or hangs. (Where a wrong answer is to fail a cell: ``check(...).require()``.)

    Args:
        exercise: its id, as the notebook has it: ``"02.1"``.
        answer: what the exercise asks for: a number, a table, an expression or a function.

    Raises:
        ValueError: there is no exercise of that id; the nearest ids are listed.

    >>> check("02.1", -4.0)
    Not yet: −4 is not the gradient of b: b is used twice, so its two contributions add ...
    >>> check("02.1", 8.0).correct
    True
    """
    found = find(exercise)
    if answer is Ellipsis or answer is None:
        return wrong(f"there is no answer here yet. It asks for {found.task}.")
    return found.judge(Answer(answer, names_at(sys._getframe(1))))
